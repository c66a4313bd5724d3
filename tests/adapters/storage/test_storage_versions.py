"""Earlier versions: the last twenty, then one a day, one a week; each comes back byte for byte, and goes on demand."""

from __future__ import annotations

import json
import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hakemus.adapters.storage import container, json_form, state
from hakemus.adapters.storage.state import Content, key
from hakemus.adapters.storage.versions import DAYS, LAST, WEEKS, EarlierVersions, to_keep

PATH = Path("/kansio/a.hakemus")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def versions(tmp_path: Path, content: Content, clock: Any) -> EarlierVersions:
    return EarlierVersions(tmp_path / "state" / "versions", content, clock)


@pytest.fixture
def packed(document: dict[str, Any], letter: tuple[str, bytes]) -> bytes:
    document["format"]["minor"] = 1
    return container.pack(json_form.dump(document), {letter[0]: letter[1]}, {"new/x": b"y"})


def _draft(revision: int, draft_id: str = "d1") -> bytes:
    document = {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": draft_id, "revision": revision}
    return container.pack(json_form.dump(document), {})


def test_a_version_comes_back_byte_for_byte(
    versions: EarlierVersions, packed: bytes, document: dict[str, Any], letter: tuple[str, bytes], clock: Any
) -> None:
    versions.keep(PATH, packed)
    (version,) = versions.entries(document["id"], PATH)
    assert versions.read(version) == packed
    assert (version.path, version.kept_at, version.size) == (PATH, clock.moment, len(packed))
    assert (version.title, version.revision, version.pinned) == ("Lukupiha – čđŋšŧž", 4, False)
    assert letter[0] in versions.references()


def test_versions_of_several_places_stand_in_the_order_of_time(versions: EarlierVersions, clock: Any) -> None:
    for revision, name in enumerate(("a", "a", "b"), start=1):
        versions.keep(Path(f"/kansio/{name}.hakemus"), _draft(revision))
        clock.go_on(minutes=1)
    assert [version.revision for version in versions.entries("d1")] == [3, 2, 1]
    assert [version.order for version in versions.entries("d1")] == [1, 2, 1]


@pytest.mark.parametrize("digest", ["\ud800" * 64, "0" * 63, "", "../" + "0" * 61])
def test_what_is_no_hash_has_no_content(content: Content, digest: str) -> None:
    assert content.get(digest) is None


@pytest.mark.parametrize("raw", [b"", b"not a draft", b"PK\x03\x04 half a draft"])
def test_bytes_that_are_no_draft_come_back_too(versions: EarlierVersions, raw: bytes) -> None:
    versions.keep(PATH, raw, draft_id="d1")
    (version,) = versions.entries("d1")
    assert versions.read(version) == raw
    assert version.sha256 in versions.references()


def test_a_draft_that_another_program_packed_comes_back_byte_for_byte(versions: EarlierVersions) -> None:
    data = _draft(1)
    commented = data[:-2] + b"\x03\x00abc"
    versions.keep(PATH, commented, draft_id="d1")
    assert versions.read(versions.entries("d1")[0]) == commented


def test_the_same_bytes_are_not_kept_twice_in_a_row(versions: EarlierVersions, clock: Any) -> None:
    for revision in (1, 1, 2, 1):
        clock.go_on(minutes=1)
        versions.keep(PATH, _draft(revision))
    assert [version.revision for version in versions.entries("d1")] == [1, 2, 1]
    versions.keep(PATH, _draft(1), pinned=True)
    versions.keep(PATH, _draft(1), pinned=True)
    assert [version.pinned for version in versions.entries("d1")].count(True) == 1


def test_versions_of_one_instant_stand_in_the_order_of_their_saves(versions: EarlierVersions, clock: Any) -> None:
    for revision in range(1, 9):
        versions.keep(PATH, _draft(revision))
    found = versions.entries("d1")
    assert [version.revision for version in found] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert found[-1].kept_at == clock.moment
    assert found[0].kept_at - clock.moment < timedelta(milliseconds=1)


def test_drafts_and_places_are_kept_apart(versions: EarlierVersions, clock: Any) -> None:
    other = Path("/kansio/b.hakemus")
    for path, draft_id in ((PATH, "d1"), (other, "d1"), (PATH, "d2")):
        clock.go_on(minutes=1)
        versions.keep(path, _draft(1, draft_id))
    assert [version.path for version in versions.entries("d1")] == [other, PATH]
    assert [version.path for version in versions.entries("d1", PATH)] == [PATH]
    assert len(versions.all()) == 3
    versions.forget(versions.entries("d1"))
    assert [version.draft_id for version in versions.all()] == ["d2"]


def test_a_hundred_saves_leave_the_last_twenty(versions: EarlierVersions, clock: Any) -> None:
    versions.keep(PATH, _draft(0), pinned=True)
    for revision in range(1, 61):
        clock.go_on(minutes=1)
        versions.keep(PATH, _draft(revision))
    assert [version.revision for version in versions.entries("d1")] == [*range(60, 40, -1), 0]


@pytest.mark.parametrize("years", [10, -11])
def test_the_last_saves_are_kept_whatever_the_clock_says(
    versions: EarlierVersions, clock: Any, tmp_path: Path, years: int
) -> None:
    versions.keep(Path("/other/a.hakemus"), _draft(99))  # another place counts for itself
    for revision in range(1, 26):
        clock.go_on(hours=1)
        versions.keep(PATH, _draft(revision))
        if revision == 24:
            right = clock.moment
            clock.moment = right.replace(year=right.year + years)
    for revision in range(26, 31):
        versions.keep(PATH, _draft(revision))
        clock.moment = right
    kept = [version.revision for version in versions.entries("d1", PATH)]
    assert kept[:20] == list(range(30, 10, -1))
    assert versions.entries("d1", PATH)[0].order == 30
    versions.keep(PATH, _draft(30))  # the same bytes as the last save, not as the one with the latest time
    assert [version.revision for version in versions.entries("d1", PATH)] == kept


def test_records_of_an_earlier_program_without_order_stand_by_their_times(
    versions: EarlierVersions, clock: Any, tmp_path: Path
) -> None:
    for revision in range(1, 4):
        clock.go_on(hours=1)
        versions.keep(PATH, _draft(revision))
    for record in (tmp_path / "state" / "versions").glob("*/*.version"):
        line, _, document = record.read_bytes().partition(b"\n")
        header = json.loads(line)
        del header["order"]
        record.write_bytes(json.dumps(header).encode() + b"\n" + document)
    assert [(item.revision, item.order) for item in versions.entries("d1", PATH)] == [(3, 0), (2, 0), (1, 0)]
    clock.go_on(hours=-9)
    versions.keep(PATH, _draft(4))
    assert [(item.revision, item.order) for item in versions.entries("d1", PATH)] == [(4, 1), (3, 0), (2, 0), (1, 0)]


def test_what_has_been_damaged_is_not_given_out(
    versions: EarlierVersions, packed: bytes, document: dict[str, Any], tmp_path: Path
) -> None:
    versions.keep(PATH, packed)
    (version,) = versions.all()
    record = tmp_path / "state" / "versions" / version.name
    whole = record.read_bytes()
    for damaged in (whole[:-1], whole.replace(b"Lukupiha", b"Lukupuha"), whole.replace(b'"new/x"', b'"new/z"')):
        record.write_bytes(damaged)
        assert versions.read(version) is None
    record.write_bytes(b"\n")
    assert versions.all() == []
    assert versions.read(version) is None
    assert versions.references() == set()
    record.write_bytes(whole)
    for kept in (tmp_path / "state" / "content").glob("*/*"):
        kept.unlink()
    assert versions.read(version) is None
    record.write_bytes(b"[]\n")
    assert versions.read(version) is None


def test_contents_that_nothing_refers_to_go_at_once(
    versions: EarlierVersions, packed: bytes, content: Content, tmp_path: Path
) -> None:
    versions.keep(PATH, packed)
    stray = content.put(b"stray")
    folder = tmp_path / "state" / "content" / stray[:2]
    being_written = folder / ".hakemus-000000000000-00000000-1-00000000.tmp"
    being_written.write_bytes(b"half")
    now = being_written.stat().st_mtime
    assert content.keep_only(versions.references, now + 3_599) == 1
    assert content.get(stray) is None
    assert being_written.exists(), "another process may be about to give it its name"
    assert content.keep_only(versions.references, now + 3_700) == 0
    assert list(folder.iterdir()) == []
    assert versions.read(versions.all()[0]) == packed


def test_what_comes_to_be_referred_to_while_one_tidies_up_stays(content: Content, tmp_path: Path) -> None:
    digest, other = content.put(b"letter"), content.put(b"other")
    asked: list[set[str]] = []

    def wanted() -> set[str]:
        asked.append({digest} if asked else set())
        return asked[-1]

    assert content.keep_only(wanted, 0) == 1
    assert (content.get(digest), content.get(other)) == (b"letter", None)
    assert len(asked) == 2
    assert content.keep_only(lambda: asked.append({digest}) or {digest}, 0) == 0  # type: ignore[func-returns-value]
    assert len(asked) == 3, "where nothing goes nobody is asked again"


def test_a_record_that_cannot_be_read_meanwhile_brings_all_back(content: Content) -> None:
    digest = content.put(b"letter")
    answers = iter((set[str](), OSError(5, "no")))

    def wanted() -> set[str]:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    with pytest.raises(OSError, match="no"):
        content.keep_only(wanted, 0)
    assert content.get(digest) == b"letter"


def test_what_a_killed_process_had_put_aside_comes_back_where_it_is_wanted(content: Content, tmp_path: Path) -> None:
    digest, other = content.put(b"letter"), content.put(b"other")
    for name in (digest, other):
        path = tmp_path / "state" / "content" / name[:2] / name
        path.rename(path.with_name(name + ".aside"))
    assert content.keep_only(lambda: {digest}, 0) == 1
    assert (content.get(digest), content.get(other)) == (b"letter", None)


def test_a_version_whose_files_were_tidied_away_while_it_was_written_has_them(
    versions: EarlierVersions, packed: bytes, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = state.write_record

    def tidied_before(*args: Any) -> None:
        content.keep_only(versions.references, 0)
        write(*args)

    monkeypatch.setattr(state, "write_record", tidied_before)
    versions.keep(PATH, packed)
    versions.keep(PATH, b"no draft")
    assert {versions.read(version) for version in versions.all()} == {packed, b"no draft"}


def test_of_each_place_the_last_twenty_are_kept(versions: EarlierVersions, clock: Any) -> None:
    for revision in range(1, 16):
        for path in (PATH, Path("/kansio/b.hakemus")):
            clock.go_on(minutes=1)
            versions.keep(path, _draft(revision))
    assert len(versions.entries("d1")) == 30


def test_what_an_earlier_program_kept_is_found(versions: EarlierVersions, tmp_path: Path) -> None:
    """Where things lie may not change, or they are lost to whoever updates the program."""
    versions.keep(PATH, _draft(1))
    assert key("d1", PATH) == "24aac1bfcf5de478733cbd73"
    (kept,) = (tmp_path / "state" / "versions" / key("d1", PATH)).iterdir()
    assert kept.name.startswith("20261120T120000.000000Z-")
    assert key("d1", Path("/kansio/\udcff")) != key("d1", PATH)


def test_times_are_those_of_utc_wherever_the_computer_stands(
    versions: EarlierVersions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        versions.keep(PATH, _draft(1))
        (kept,) = (tmp_path / "state" / "versions").glob("*/*")
        assert kept.name.startswith("20261120T120000.000000Z-")
        recent = [NOW - timedelta(minutes=n) for n in range(LAST)]
        evening = datetime(2026, 11, 10, 23, 0, tzinfo=UTC)
        day = [evening, evening - timedelta(hours=11, minutes=30), evening - timedelta(hours=22)]
        assert to_keep([*recent, *day], NOW) == {*range(LAST), LAST}
        one_day = [datetime(2026, 11, 20, 12, tzinfo=UTC) - timedelta(minutes=n) for n in range(LAST)]
        assert to_keep([*one_day, datetime(2026, 11, 20, 1, tzinfo=UTC)], NOW) == set(range(LAST))
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_version_of_half_a_year_ago_to_the_minute_is_kept() -> None:
    recent = [NOW - timedelta(minutes=n) for n in range(LAST)]
    for age, kept in ((timedelta(weeks=WEEKS), True), (timedelta(weeks=WEEKS, minutes=1), False)):
        assert (LAST in to_keep([*recent, NOW - age], NOW)) is kept
    for age, kept in ((timedelta(days=DAYS), True), (timedelta(days=DAYS, minutes=1), False)):
        days = [NOW - timedelta(days=DAYS - 1, hours=n) for n in (0,)]
        assert (LAST + 1 in to_keep([*recent, *days, NOW - age], NOW)) is kept


def test_a_version_says_nothing_that_its_draft_does_not(versions: EarlierVersions, clock: Any, tmp_path: Path) -> None:
    for application in ({}, {"project": {"title": None}}, {"project": []}, []):
        clock.go_on(minutes=1)
        document = {"format": {"name": "hakemus", "major": 1, "minor": 0}, "id": "d1", "application": application}
        versions.keep(PATH, container.pack(json_form.dump(document), {}))
    assert [(version.title, version.revision) for version in versions.all()] == [("", 0)] * 4
    versions.keep(PATH, b"no draft")
    (raw,) = versions.entries("")
    (record,) = (tmp_path / "state" / "versions" / key("", PATH)).iterdir()
    assert record.read_bytes().endswith(b"}\n")
    versions.forget([raw])
    versions.forget([raw])
    assert versions.entries("") == []
    record.write_bytes(b"{}\n")
    (blank,) = versions.entries("")
    assert (blank.path, blank.sha256, blank.title, blank.kept_at) == (Path(), "", "", state.BEGINNING)


def test_contents_go_where_they_can(content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"one", b"two", b"three"):
        content.put(data)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(PermissionError(1, "not yours")))
        assert content.keep_only(set, 0) == 0
    assert content.keep_only(set, 0) == 3


@pytest.mark.skipif(os.name == "nt", reason="pipes in folders are POSIX")
def test_a_pipe_among_what_is_remembered_holds_nobody_up(
    versions: EarlierVersions, content: Content, tmp_path: Path
) -> None:
    def late(*_: object) -> None:
        raise AssertionError("a pipe is waited for")

    versions.keep(PATH, _draft(1))
    folder = next((tmp_path / "state" / "versions").iterdir())
    os.mkfifo(folder / "pipe.version")
    letter = "a" * 64
    (tmp_path / "state" / "content" / "aa").mkdir(parents=True)
    os.mkfifo(tmp_path / "state" / "content" / "aa" / letter)
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    try:
        versions.keep(PATH, _draft(2))
        assert [version.revision for version in versions.all()] == [2, 1]
        assert state.read_document(folder / "pipe.version") == (b"", False)
        assert content.get(letter) is None
        with pytest.raises(OSError, match=r"pipe\.version"):
            versions.references()
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_a_record_of_odd_parts(tmp_path: Path) -> None:
    assert state.read_document(tmp_path / "none") == (b"", False)
    state.write_record(tmp_path / "long", {"title": "x" * state.HEADER_LIMIT}, b"")
    assert state.read_header(tmp_path / "long") is None
    assert state.when("x") == state.BEGINNING
    for odd in ("0001-01-01T00:00:00+23:59", "0001-01-01", "0999-12-31T23:59:59", "3000-01-01", "9999-12-31T23:59:59Z"):
        assert state.when(odd) == state.BEGINNING
    assert state.when("2999-12-31T23:59:59Z").astimezone(ZoneInfo("Pacific/Kiritimati")).year == 3000
    assert state.BEGINNING.astimezone(ZoneInfo("Pacific/Honolulu")).year == 999
    assert state.when("2026-11-20T12:00:00+02:00") == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert state.when("2026-11-20T12:00:00") == datetime(2026, 11, 20, 12, tzinfo=UTC)


def _times(*ages: timedelta) -> list[datetime]:
    return sorted((NOW - age for age in ages), reverse=True)


def test_retention_by_example() -> None:
    recent = [timedelta(minutes=n) for n in range(20)]
    days = [timedelta(days=n, hours=h) for n in range(1, 40) for h in (0, 1)]
    times = _times(*recent, *days)
    kept = sorted(to_keep(times, NOW))
    assert kept[:20] == list(range(20))
    dates = [times[at].date() for at in kept[20:]]
    assert len(dates) == len(set(dates))
    within = [day for day in dates if NOW.date() - day < timedelta(days=DAYS)]
    assert len(within) == DAYS - 1
    assert {NOW.date() - timedelta(days=n) for n in range(1, DAYS)} == set(within)


def test_a_year_of_daily_saves_leaves_a_month_of_days_and_half_a_year_of_weeks() -> None:
    times = _times(*(timedelta(days=n) for n in range(365)))
    kept = to_keep(times, NOW)
    ages = sorted((NOW - times[at]).days for at in kept)
    assert ages[: DAYS + 1] == list(range(DAYS + 1))
    weekly = ages[DAYS + 1 :]
    assert all(later - earlier == 7 for earlier, later in pairwise(weekly))
    assert max(ages) > (WEEKS - 1) * 7
    assert max(ages) <= WEEKS * 7


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(-10_000, 500_000), max_size=120))
def test_pruning_twice_is_pruning_once_and_the_newest_is_always_kept(minutes: list[int]) -> None:
    times = _times(*(timedelta(minutes=n) for n in minutes))
    kept = to_keep(times, NOW)
    left = [times[at] for at in sorted(kept)]
    assert to_keep(left, NOW) == set(range(len(left)))
    assert set(range(min(LAST, len(times)))) <= kept


@pytest.fixture
def named(tmp_path: Path, content: Content, clock: Any) -> tuple[EarlierVersions, list[str]]:
    """Versions of a computer on which a name can be typed: the last of the list."""
    typed = [""]
    return EarlierVersions(tmp_path / "state" / "versions", content, clock, lambda: typed[-1]), typed


def test_a_content_that_was_saved_under_a_name_has_it_once_it_is_replaced(
    named: tuple[EarlierVersions, list[str]], clock: Any
) -> None:
    versions, typed = named
    names = ["", "Aino", "Olli", "", "Aino"]
    for at, name in enumerate(names):
        typed.append(name)
        versions.keep(PATH, _draft(at), then=state.digest_of(_draft(at + 1)))
        clock.go_on(minutes=1)
    # the name of a content is that of whoever saved it, not of whoever replaced it
    assert [version.by for version in versions.entries("d1")][::-1] == ["", "", "Aino", "Olli", ""]


def test_what_somebody_else_saved_has_no_name(named: tuple[EarlierVersions, list[str]], clock: Any) -> None:
    versions, typed = named
    typed.append("Aino")
    versions.keep(PATH, _draft(1), then=state.digest_of(_draft(2)))
    clock.go_on(minutes=1)
    versions.keep(PATH, _draft(7), then=state.digest_of(_draft(8)))
    assert [version.by for version in versions.entries("d1")] == ["", ""]


def test_without_a_typed_name_nothing_is_noted(versions: EarlierVersions, tmp_path: Path) -> None:
    versions.keep(PATH, _draft(1), then=state.digest_of(_draft(2)))
    (path,) = (tmp_path / "state" / "versions").glob("*/*.version")
    assert b'"then"' not in path.read_bytes()


def test_what_is_kept_for_another_reason_than_a_save_names_nobody(
    named: tuple[EarlierVersions, list[str]], tmp_path: Path
) -> None:
    versions, typed = named
    typed.append("Aino")
    versions.keep(PATH, _draft(1))
    (path,) = (tmp_path / "state" / "versions").glob("*/*.version")
    assert b'"then"' not in path.read_bytes()


def test_a_version_that_goes_meanwhile_names_nobody(
    named: tuple[EarlierVersions, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions, typed = named
    typed.append("Aino")
    versions.keep(PATH, _draft(1), then=state.digest_of(_draft(2)))
    gone = replace(versions.all()[0], name="gone/with-the-stick.version")
    with monkeypatch.context() as patch:
        patch.setattr(EarlierVersions, "entries", lambda *_: [gone])
        versions.keep(PATH, _draft(2), then=state.digest_of(_draft(3)))
    assert sorted(version.by for version in versions.all()) == ["", ""]


def test_what_is_in_an_older_format_is_kept_for_good(
    versions: EarlierVersions, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions.keep(PATH, _draft(1))
    clock.go_on(minutes=1)
    monkeypatch.setattr("hakemus.adapters.storage.versions.MAJOR", 2)
    versions.keep(PATH, _draft(2))
    clock.go_on(minutes=1)
    versions.keep(PATH, b"no draft", draft_id="d1")
    assert [version.pinned for version in versions.entries("d1")] == [False, True, False]


def test_a_save_that_failed_leaves_its_name_to_the_one_that_succeeds(
    named: tuple[EarlierVersions, list[str]], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions, typed = named
    typed.append("Aino")
    versions.keep(PATH, _draft(1), then=state.digest_of(_draft(2)))
    (before,) = versions.entries("d1")
    typed.append("Olli")
    versions.keep(PATH, _draft(1), then=state.digest_of(_draft(3)))
    with monkeypatch.context() as patch:
        patch.setattr(state, "write_record", lambda *_: pytest.fail("that is noted already"))
        versions.keep(PATH, _draft(1), then=state.digest_of(_draft(3)))
    assert versions.entries("d1") == [before]
    assert versions.read(before) == _draft(1)
    clock.go_on(minutes=1)
    versions.keep(PATH, _draft(3))
    assert [version.by for version in versions.entries("d1")] == ["Olli", ""]
    assert [versions.read(version) for version in versions.entries("d1")] == [_draft(3), _draft(1)]


@pytest.mark.parametrize("then", ["x", 3, {}, {"sha256": 1, "by": "Aino"}, {"sha256": "0" * 64, "by": 5}])
def test_what_a_record_says_oddly_is_no_name(
    versions: EarlierVersions, tmp_path: Path, clock: Any, then: object
) -> None:
    versions.keep(PATH, _draft(1))
    (path,) = (tmp_path / "state" / "versions").glob("*/*.version")
    record = state.read_header(path)
    assert record is not None
    document, _ = state.read_document(path)
    if isinstance(then, dict) and then.get("sha256") == "0" * 64:
        then["sha256"] = state.digest_of(_draft(2))
    state.write_record(path, {**record.header, "then": then}, document)
    clock.go_on(minutes=1)
    versions.keep(PATH, _draft(2))
    assert [version.by for version in versions.entries("d1")] == ["", ""]


@pytest.mark.parametrize("members", [{"../x": "0" * 64}, {"new/x": "\0" * 64}])
def test_a_version_whose_record_names_what_no_file_may_hold_cannot_be_read(
    versions: EarlierVersions, packed: bytes, content: Content, tmp_path: Path, members: dict[str, str]
) -> None:
    path = tmp_path / "a.hakemus"
    versions.keep(path, packed)
    (version,) = versions.all()
    assert versions.read(version) == packed
    (record,) = (tmp_path / "state" / "versions").rglob("*.version")
    found = state.read_header(record)
    assert found is not None
    document, _ = state.read_document(record)
    named = {name: content.put(b"x") if digest == "0" * 64 else digest for name, digest in members.items()}
    state.write_record(record, {**found.header, "members": named}, document)
    assert versions.read(version) is None
