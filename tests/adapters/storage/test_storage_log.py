"""The log: it turns over, holds kinds and places but no words of errors, and troubles nobody."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hakemus.adapters.storage import log


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    logger = logging.getLogger("hakemus")
    before = logger.level
    yield tmp_path / "log"
    for handler in list(logger.handlers):
        log.stop(handler)
    logger.setLevel(before)


def written(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(folder.iterdir()))


def test_an_error_is_its_kind_and_its_places(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, raised = [], []
    monkeypatch.setattr(sys, "__excepthook__", lambda *what: told.append(what))
    log.start(folder)
    log.note("command save")
    try:
        raise ValueError("what somebody wrote")
    except ValueError as error:
        log.note_error(ValueError, error, error.__traceback__)
        logging.getLogger("hakemus.ui").exception("a page broke")
        raised.append((ValueError, error, error.__traceback__))
    lines = written(folder).splitlines()
    stamp = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"
    place = r"ValueError < test_storage_log\.py:\d+ test_an_error_is_its_kind_and_its_places"
    for line, form in zip(
        lines,
        [
            rf"{stamp} INFO hakemus: command save",
            rf"{stamp} ERROR hakemus: not caught: {place}",
            rf"{stamp} ERROR hakemus\.ui: a page broke",
            place,
        ],
        strict=True,
    ):
        assert re.fullmatch(form, line), line
    assert told == raised
    assert log.places(None, None) == "?"


def test_any_letters_and_signs_are_written_as_they_are_on_any_system(folder: Path) -> None:
    handler = log.start(folder)
    assert isinstance(handler, logging.FileHandler)
    assert handler.encoding == "utf-8"
    log.note("100 %s of Ä")
    assert written(folder).endswith(" INFO hakemus: 100 %s of Ä\n")


def test_its_folder_is_made_with_those_above_it_for_its_user_alone(tmp_path: Path, folder: Path) -> None:
    inner = tmp_path / "state" / "log"
    log.stop(log.start(inner))
    assert inner.stat().st_mode & 0o777 == 0o700
    log.start(inner)
    log.note("command save")
    assert "command save" in written(inner)


def test_it_never_grows_beyond_three_files(folder: Path) -> None:
    log.start(folder)
    for _ in range(1000):
        log.note("x" * 1000)
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert len(sizes) == 1 + log.KEPT
    assert max(sizes) <= log.MOST_BYTES


def test_where_it_cannot_be_written_nothing_happens(folder: Path) -> None:
    folder.write_text("no folder")
    log.start(folder)
    log.note("command save")
    assert folder.read_text() == "no folder"


def test_after_the_end_nothing_is_written(folder: Path) -> None:
    handler = log.start(folder)
    log.note("one")
    log.stop(handler)
    log.note("two")
    assert "two" not in written(folder)
