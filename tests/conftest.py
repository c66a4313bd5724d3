"""Puts this folder on the path, so that tests share `strategies` and `fakes`; lets no test speak to a network."""

from __future__ import annotations

import functools
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from hakemus.domain.draft import Document

# A loaded machine is slow now and then: how long one example takes says nothing of the program.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

sys.path.append(str(Path(__file__).resolve().parents[1]))  # for `campaign` and `benchmarks`

NETWORK = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request", "http.client.connect", "webbrowser.open",
}  # fmt: skip
"""What the interpreter tells its audit hooks of a network; the program works offline, and so do its tests."""
tried: list[str] = []


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    # screens and message buses of this computer have addresses among its files
    local = event == "socket.connect" and arguments[0].family == getattr(socket, "AF_UNIX", None)
    if event in NETWORK and not local:
        tried.append(f"{event} {arguments!r}")
        raise ConnectionRefusedError(f"no network: {event}")


sys.addaudithook(_no_network)


@pytest.fixture(autouse=True)
def stays_offline() -> Iterator[list[str]]:
    """Fails a test that spoke to a network, also where what it called kept quiet about the refusal."""
    tried.clear()
    yield tried
    assert not tried


Figure = Callable[..., None]


@pytest.fixture(scope="session")
def figure() -> Figure:
    """Reports what a test counted to the campaign, where one runs: key of its row, sentence, name of the part.

    Counts are summed over all tests that report them of one part, and fill the places of the sentence.
    """

    def report(key: str, text: str, part: str = "", **counts: int) -> None:
        path = os.environ.get("HAKEMUS_FIGURES")
        if path:
            with open(path, "a", encoding="utf-8") as out:
                out.write(json.dumps({"key": key, "part": part, "text": text, "counts": counts}) + "\n")

    return report


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A whole suite that went through tells the campaign that nothing connected."""
    path = os.environ.get("HAKEMUS_FIGURES")
    if path and exitstatus == 0 and session.testscollected > 1_000 and not hasattr(session.config, "workerinput"):
        text = f"0 in {session.testscollected} tests, each of which would have failed by it"
        with open(path, "a", encoding="utf-8") as out:
            out.write(json.dumps({"key": "network", "part": "", "text": text}) + "\n")


@pytest.fixture
def ready() -> Document:
    """The example that ships, with the grant that its call allows: a draft that lacks nothing."""
    from fakes.ports import document
    from hakemus.adapters.resources.locator import resources_root

    path = resources_root() / "examples" / "pop-up-kirjasto.json"
    application = json.loads(path.read_text(encoding="utf-8"))["application"]
    application["funding"]["grant"] = "7200.00"
    application["funding"]["own"][0]["amount"] = "1800.00"
    return document(application)


@functools.cache
def _sentences() -> tuple[frozenset[str], ...]:
    from hakemus.adapters.resources.catalogues import languages, read_messages
    from hakemus.adapters.resources.locator import resources_root

    root = resources_root()
    return tuple(frozenset(read_messages(root, language)) for language in languages(root) if language != "en")


@pytest.fixture(autouse=True)
def every_message_can_be_said(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever message the program makes stands in every catalogue, with a value for each of its places."""
    from hakemus.domain.messages import Message
    from hakemus.i18n.catalog import places

    kept = Message.__init__
    made: dict[str, Message] = {}

    def noted(self: Message, *args: Any, **values: Any) -> None:
        kept(self, *args, **values)
        caller = sys._getframe(1)
        while caller.f_back and caller.f_globals["__name__"] == "hakemus.domain.messages":
            caller = caller.f_back
        module = caller.f_globals["__name__"]
        # i18n shows an address that has no name; what has a gap is filled by a later message of the same sentence
        if module.startswith("hakemus.") and not module.startswith("hakemus.i18n") and self.own is None:
            made[self.key] = self

    monkeypatch.setattr(Message, "__init__", noted)
    yield
    for key, message in made.items():
        assert all(key in sentences for sentences in _sentences()), f"no catalogue has {key!r}"
        assert places(key) <= message.values.keys(), f"{key!r} lacks values: {dict(message.values)}"
        assert None not in message.values.values(), f"{key!r} would show None: {dict(message.values)}"
