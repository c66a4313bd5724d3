"""The window as assistive tools find it: started as a process of its own, read and worked over AT-SPI."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("AT-SPI is how Linux does it", allow_module_level=True)

from accessibility_client import Client, Node, VirtualDesktop, lacking

pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"not here: {' '.join(lacking())}")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """An assistive tool beside the program, which has just been started with nothing remembered."""
    with VirtualDesktop() as desktop:
        environ = {**os.environ, **desktop.environment, "HAKEMUS_STATE": str(tmp_path / "state")}
        environ |= {"HAKEMUS_TODAY": "2018-11-15", "PYTHONPATH": str(ROOT / "src")}
        program = subprocess.Popen([sys.executable, "-m", "hakemus"], env=environ)
        try:
            with Client(desktop) as made:
                yield made
        finally:
            program.terminate()
            program.wait()


def window_of(client: Client) -> Node:
    return client.program("hakemus").find("frame")


def test_a_call_is_begun_and_a_field_filled_from_outside(client: Client) -> None:
    window = window_of(client)
    window.find("push button", part="syksyn 2018 haku, Avoinna").press()
    field = window.find("text", "Hakijaorganisaatio")
    field.put("Järvikallion kaupunki – 1 234 €")
    client.key("Tab")
    client.until(lambda: "focused" not in field.states, "leaving the field")
    assert field.text == "Järvikallion kaupunki – 1 234 €"
    client.key("Control+Z")
    client.until(lambda: field.text == "", "taking it back")
