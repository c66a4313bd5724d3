"""Call files as a person meets them: shipped, one's own, built on others, and unreadable."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hakemus.adapters.resources.calls import CallFiles, funder_name
from hakemus.adapters.resources.locator import resources_root
from hakemus.adapters.resources.toml_plain import UnreadableToml, read_toml
from hakemus.i18n.catalog import Catalog
from hakemus.usecases.calls import validated
from hakemus.usecases.errors import UserError

ROOT = resources_root()
OWN = """
schema = 1
id = "oma-haku-2027"
edition = "2027"
extends = "avi-kirjastot-2018"
title = { fi = "Oma haku", sv = "Egen utlysning", en = "Own call" }
[window]
closes = "2027-05-31T16:00"
[carried]
analogy = ["turku-decision-2023"]
[[rules]]
id = "grant-share"
percent = 75.5
[[rules]]
id = "letter-of-intent"
remove = true
[[fields]]
path = "project.title"
help = { fi = "Lyhyt nimi." }
"""


def refusal(path: Path, own: Path | None = None) -> str:
    with pytest.raises(UserError) as caught:
        CallFiles(ROOT, own).read(path)
    return Catalog("en").render(caught.value.message)


def test_the_year_of_an_id_is_that_of_the_window() -> None:
    files = CallFiles(ROOT)
    for call_id in files.ids():
        call = validated(files.plain(call_id) or {})
        moment = call.window.opens or call.window.closes
        if moment:
            assert call_id.endswith(moment[:4])


def test_ones_own_call_builds_on_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "oma.toml").write_text(OWN, encoding="utf-8")
    files = CallFiles(ROOT, tmp_path)
    assert "oma-haku-2027" in files.ids()
    call = validated(files.plain("oma-haku-2027") or {})
    shipped = validated(files.plain("avi-kirjastot-2018") or {})
    assert [rule.id for rule in call.rules] == [r.id for r in shipped.rules if r.id != "letter-of-intent"]
    share = call.rule("grant-share")
    assert share is not None
    assert share.parameters["percent"] == "75.5"
    assert share.reference is not None
    assert share.reference.status == "analogy"
    assert call.window.closes == "2027-05-31T16:00"
    assert call.window.opens == "2018-10-29"
    guide, before = call.guide("project.title"), shipped.guide("project.title")
    assert guide is not None
    assert before is not None
    assert guide.help is not None
    assert guide.help["fi"] == "Lyhyt nimi."
    assert before.help is not None
    assert guide.help["sv"] == before.help["sv"]
    assert guide.label == before.label


def test_a_funder_bears_the_name_of_the_day() -> None:
    names = read_toml(ROOT / "calls" / "avi" / "funder.toml").plain
    assert funder_name(names, "2018-12-03")["sv"] == "Regionförvaltningsverket"
    assert funder_name(names, "2026-02-01")["fi"].startswith("Lupa- ja valvontavirasto")
    assert funder_name(names, "") == funder_name(names, "2030-01-01")
    assert funder_name({}, "2026-02-01") == {}


def test_sources_that_nobody_cites_are_left_out() -> None:
    plain = CallFiles(ROOT).plain("oph-erityisavustus-2026") or {}
    assert "register-guide-sv" in {item["id"] for item in plain["sources"]}
    assert "turku-decision-2023" not in {item["id"] for item in plain["sources"]}
    assert {"extends", "carried"}.isdisjoint(plain)


def test_borrowed_sources_are_marked_as_borrowed() -> None:
    files = CallFiles(ROOT)
    oph = validated(files.plain("oph-erityisavustus-2026") or {})
    assert oph.reference(oph.share.reference).status == "source"  # type: ignore[union-attr]
    guide = oph.guide("project.need")
    assert oph.reference(guide.reference).status == "analogy"  # type: ignore[union-attr]
    avi = validated(files.plain("avi-kirjastot-2018") or {})
    assert avi.category("personnel").reference.status == "analogy"  # type: ignore[union-attr]
    rule = avi.rule("grant-share")
    assert avi.reference(rule.reference).status == "inferred"  # type: ignore[union-attr]


def test_files_that_build_on_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('id = "a"\nextends = "b"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('id = "b"\nextends = "a"\n', encoding="utf-8")
    assert "circle" in refusal(tmp_path / "a.toml", tmp_path)


@pytest.mark.parametrize("name", ["../avi/funder", "", ".", "/etc/hosts"])
def test_a_file_builds_on_names_and_never_on_paths(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f'id = "a"\nextends = "{name}"\n', encoding="utf-8")
    assert "not known" in refusal(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'id = "a"\nid = "b"\n', "line 2"),
        (b"id = \n", "line 1"),
        (b'id = "\xff"\n', "not UTF-8"),
        (b"a = " + b"[" * 3000 + b"]" * 3000, "nested too deeply"),
        (b'extends = "finnish-library"\ncarried = { inferred = "x" }\n', "lists of sources"),
        (b'carried = "x"\n', "lists of sources"),
    ],
)
def test_what_cannot_be_read_is_told_with_file_and_line(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "call.toml"
    path.write_bytes(data)
    told = refusal(path)
    assert words in told
    assert "call.toml" in told


def test_a_missing_file_is_told() -> None:
    assert "cannot be read" in refusal(Path("/nowhere/call.toml"))


def test_own_files_that_cannot_be_read_do_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "nameless.toml").write_text("x = 1", encoding="utf-8")
    (tmp_path / "oma.toml").write_text(OWN, encoding="utf-8")
    files = CallFiles(ROOT, tmp_path)
    assert files.ids()[-1] == "oma-haku-2027"
    assert len(files.own_files()) == 3
    assert files.plain("no-such-call") is None
    assert CallFiles(ROOT, tmp_path / "missing").own_files() == ()


def test_decimals_and_days_come_as_text(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(
        "a = 12.50\nb = 2026-05-02\nc = 2026-05-02T16:15:00\nd = 3\ne = true\nf = [1.10, {g = 1e2}]\r\nh = 16:15:00\n",
        encoding="utf-8",
    )
    assert read_toml(path).plain == {
        "a": "12.50",
        "b": "2026-05-02",
        "c": "2026-05-02T16:15",
        "d": 3,
        "e": True,
        "f": ["1.10", {"g": "100"}],
        "h": "16:15:00",
    }


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.toml"
    path.write_text('a = "' + "x" * 200 + '"', encoding="utf-8")
    monkeypatch.setattr("hakemus.adapters.resources.toml_plain.LARGEST_FILE", 100)
    with pytest.raises(UnreadableToml):
        read_toml(path)


def test_every_source_was_read_on_a_day_that_has_been() -> None:
    files = CallFiles(ROOT)
    for call_id in files.ids():
        for source in validated(files.plain(call_id) or {}).sources:
            assert source.read is not None
            assert source.read <= datetime.date(2026, 12, 31)


def test_cases_beside_a_call_build_on_shared_ones(tmp_path: Path) -> None:
    files = CallFiles(ROOT)
    call = tmp_path / "call.toml"
    assert files.cases(call) is None
    (tmp_path / "cases.toml").write_text('terms = { unit = "1.00" }\n[[cases]]\nname = "a"\n', encoding="utf-8")
    assert files.cases(call) == [{"terms": {"unit": "1.00"}, "name": "a"}]
    (tmp_path / "cases.toml").write_text('extends = "avi-e-form"\n[[cases]]\nname = "a"\n', encoding="utf-8")
    assert len(files.cases(call) or []) > 5
    (tmp_path / "cases.toml").write_text('extends = "../avi"\n', encoding="utf-8")
    with pytest.raises(UserError):
        files.cases(call)


def test_a_funder_of_ones_own_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('id = "x"\nfunder = "oma"\n', encoding="utf-8")
    assert "funder_name" not in CallFiles(ROOT).read(path).plain


def test_lines_are_found_as_far_as_an_address_leads(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('id = "x"\n[[rules]]\nkind = "deficit"\n[[rules]]\nid = "b"\nkind = "x"\n', encoding="utf-8")
    file = CallFiles(ROOT).read(path)
    assert file.line_of("rules[1].kind") == 3
    assert file.line_of("rules[b].kind") == 6
    assert file.line_of("rules[c].kind") is None
    assert file.line_of("id[c]") == 1
