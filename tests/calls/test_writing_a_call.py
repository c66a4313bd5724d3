"""The guide to writing a call and the empty template: what they show works, and what is left empty is told."""

from __future__ import annotations

import re
from pathlib import Path

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.messages import Message
from hakemus.i18n.catalog import Catalog
from hakemus.rules.registry import REGISTRY
from hakemus.usecases.call_cases import failures
from hakemus.usecases.call_files import judge
from hakemus.usecases.calls import validated

ROOT = resources_root()
GUIDE = (ROOT.parent / "docs" / "writing-a-call.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
TEMPLATE = ROOT / "calls" / "template" / "call.toml"


def said(message: Message) -> str:
    return Catalog("en").render(message)


def folder_of_the_guide(tmp_path: Path) -> Path:
    (tmp_path / "call.toml").write_text(BLOCKS[0], encoding="utf-8")
    cases = next(block for block in BLOCKS if "[[cases]]" in block)
    (tmp_path / "cases.toml").write_text(cases, encoding="utf-8")
    return tmp_path / "call.toml"


def test_the_call_of_the_guide_has_no_fault_and_keeps_its_cases(tmp_path: Path) -> None:
    path = folder_of_the_guide(tmp_path)
    files = CallFiles(ROOT)
    plain = files.read(path).plain
    assert [(problem.path, said(problem.message)) for problem in judge(plain)[1]] == []
    cases = files.cases(path)
    assert cases is not None
    assert [said(problem.message) for problem in failures(validated(plain), plain, cases)] == []


def test_a_call_that_states_no_languages_has_those_of_its_title(tmp_path: Path) -> None:
    files = CallFiles(ROOT)
    path = tmp_path / "call.toml"
    own = 'id = "own-2027"\nedition = "2027-01-01"\nextends = "avi-e-form"\ntitle.sv = "Eget"\nfunder_name.sv = "Jag"\n'
    path.write_text(own, encoding="utf-8")
    call, problems = judge(files.read(path).plain)
    assert problems == []
    assert call is not None
    assert [call.text(call.title, language) for language in ("fi", "sv", "en")] == ["Eget"] * 3
    path.write_text(
        own + '[[conditions]]\nid = "own"\ntext.fi = "Oma"\nreference = { status = "own" }\n', encoding="utf-8"
    )
    assert [problem.path for problem in judge(CallFiles(ROOT).read(path).plain)[1]] == ["conditions[own].text"]


def test_every_call_that_ships_speaks_all_three_languages() -> None:
    files = CallFiles(ROOT)
    for name in files.ids():
        plain = files.plain(name) or {}
        assert {"fi", "sv", "en"} <= plain["title"].keys(), name
        assert judge(plain | {"languages": ["fi", "sv", "en"]})[1] == [], name


def test_a_file_of_another_schema_is_told(tmp_path: Path) -> None:
    path = folder_of_the_guide(tmp_path)
    text = path.read_text(encoding="utf-8")
    for stated in ("2", '"1"', "true"):
        path.write_text(text.replace("schema = 1", f"schema = {stated}", 1), encoding="utf-8")
        assert [problem.path for problem in judge(CallFiles(ROOT).read(path).plain)[1]] == ["schema"]


def test_next_years_edition_builds_on_it(tmp_path: Path) -> None:
    folder_of_the_guide(tmp_path)
    path = tmp_path / "next.toml"
    path.write_text(
        'id = "lakeside-foundation-2028"\nedition = "2028-01-15"\nextends = "lakeside-foundation-2027"\n'
        '[window]\nopens = "2028-02-01"\ncloses = "2028-03-31T16:00"\n'
        '[use_period]\nstarts = "2028-06-01"\nends = "2029-05-31"\n[carried]\ninferred = ["notice"]\n',
        encoding="utf-8",
    )
    call, problems = judge(CallFiles(ROOT, tmp_path).read(path).plain)
    assert problems == []
    assert call is not None
    share = call.rule("grant-share")
    assert share is not None
    assert share.reference is not None
    assert share.reference.status == "inferred"


def test_the_guide_names_kinds_of_rule_that_there_are() -> None:
    table = GUIDE[GUIDE.index("## Kinds of rule") : GUIDE.index("## Addresses")]
    named = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    assert len(named) > 10
    assert set(named) <= set(REGISTRY)


def test_the_empty_template_tells_all_that_is_missing() -> None:
    problems = judge(CallFiles(ROOT).read(TEMPLATE).plain)[1]
    told = {problem.path for problem in problems}
    assert {"id", "title.fi", "title.sv", "funder_name.fi", "window.opens", "window.closes", "use_period.ends"} <= told
    assert {"categories[services].label.fi", "rules[grant-share].percent", "sources[notice].read"} <= told
    assert all(said(problem.message) for problem in problems)


def test_the_filled_template_is_a_call(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    values = {
        "id": "own-foundation-2027",
        "edition": "2027-01-15",
        "opens": "2027-02-01",
        "closes": "2027-03-31T16:00",
        "starts": "2027-06-01",
        "ends": "2028-05-31",
        "percent": "80",
        "read": "2027-01-15",
    }
    for key, value in values.items():
        text = re.sub(rf'^{key} = ""', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
    text = text.replace('= ""', '= "x"')
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    assert [(problem.path, said(problem.message)) for problem in judge(CallFiles(ROOT).read(path).plain)[1]] == []
