"""The program works offline: nothing in it, and nothing in the suite, speaks to a network."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

AUDITED = """
import sys
def hook(event, arguments):
    if event.split(".")[0] in ("socket", "urllib", "http", "webbrowser") and event != "socket.gethostname":
        print("network:", event, arguments)
sys.addaudithook(hook)
from hakemus.cli import main
code = main(sys.argv[1:])
sys.exit(code)
"""


def test_a_test_that_connects_is_found_out(stays_offline: list[str]) -> None:
    with socket.socket() as one, pytest.raises(ConnectionRefusedError):
        one.connect(("127.0.0.1", 9))
    with pytest.raises(OSError, match="no network"):
        urllib.request.urlopen("http://localhost:9/")
    assert any(entry.startswith("socket.connect") for entry in stays_offline)
    assert any(entry.startswith("urllib.Request") for entry in stays_offline)
    stays_offline.clear()


@pytest.mark.parametrize(
    "arguments",
    [
        ["calls"],
        ["new", "a.hakemus", "--call", "avi-kirjastot-2018"],
        ["check", "v1.0.hakemus", "--json"],
        ["export", "v1.0.hakemus", "--pdf", "a.pdf", "--xlsx", "a.xlsx"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_speaks_to_a_network(tmp_path: Path, arguments: list[str]) -> None:
    corpus = Path(__file__).parents[1] / "corpus" / "v1.0.hakemus"
    (tmp_path / corpus.name).write_bytes(corpus.read_bytes())
    run = subprocess.run(
        [sys.executable, "-c", AUDITED, *arguments],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode in (0, 1), run.stderr
    assert "network:" not in run.stdout
