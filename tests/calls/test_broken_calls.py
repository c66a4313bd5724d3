"""Broken call files: each is refused at the place of its fault, in words that say what to do. The whole one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.messages import Message
from hakemus.i18n.catalog import Catalog, places
from hakemus.usecases.call_files import judge
from hakemus.usecases.errors import Problem, UserError

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.toml"))


def said(message: Message) -> str:
    return Catalog("en").render(message)


def judged(path: Path) -> list[Problem]:
    try:
        return judge(CallFiles(resources_root()).read(path).plain)[1]
    except UserError as error:
        return [Problem("file", error.message)]


def expected(path: Path) -> tuple[str, str]:
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]
    return first.removeprefix("# path: "), second.removeprefix("# words: ")


def test_there_are_thirty_broken_calls_at_least() -> None:
    assert len(BROKEN) >= 30


def test_the_whole_call_that_they_are_made_from_has_no_fault() -> None:
    assert judged(HERE / "whole.toml") == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_call_is_refused_with_place_and_remedy(path: Path) -> None:
    where, words = expected(path)
    told = [(problem.path, said(problem.message)) for problem in judged(path)]
    assert any(place == where and words in sentence for place, sentence in told), told
    assert all(not places(sentence) or "{amount}" in sentence or "{limit}" in sentence for _, sentence in told), told


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_one_fault_makes_few_complaints(path: Path) -> None:
    assert len(judged(path)) <= 2


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = (HERE / "whole.toml").read_text(encoding="utf-8")
    text = text.replace('unit = "1.00"', 'unit = "1,00"').replace('percent = "80"', 'percent = "0"')
    text = text.replace('read = "2026-11-22"', "").replace("answers.why", "project.why")
    path = tmp_path / "many.toml"
    path.write_text(text, encoding="utf-8")
    assert {problem.path for problem in judged(path)} == {
        "unit",
        "rules[grant-share]",
        "sources[notice]",
        "rules[required].fields",
    }


def test_the_line_of_a_fault_is_known(tmp_path: Path) -> None:
    path = tmp_path / "call.toml"
    text = (HERE / "broken" / "percent-with-a-sign.toml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    file = CallFiles(resources_root()).read(path)
    line = file.line_of("rules[grant-share].percent")
    assert line is not None
    assert text.splitlines()[line - 1] == 'percent = "80 %"'
    assert (
        file.line_of("funder_name.sv")
        == text.splitlines().index('funder_name = { fi = "Oma säätiö", sv = "Egen stiftelse" }') + 1
    )
    assert file.line_of("nothing.here") is None


def test_an_unknown_kind_is_kept_in_a_draft_and_refused_in_a_file() -> None:
    plain = CallFiles(resources_root()).read(HERE / "broken" / "unknown-kind.toml").plain
    call, problems = judge(plain, embedded=True)
    assert problems == []
    assert call is not None
    assert [rule.kind for rule in call.rules] == ["grand-share", "required"]
    assert judge(plain)[1] != []


@pytest.mark.parametrize("call_id", CallFiles(resources_root()).ids())
def test_a_shipped_call_has_no_fault_and_speaks_three_languages(call_id: str) -> None:
    plain = CallFiles(resources_root()).plain(call_id)
    assert plain is not None
    call, problems = judge(plain)
    assert [(problem.path, said(problem.message)) for problem in problems] == []
    assert call is not None
    assert call.id == call_id
    assert call.languages == ("fi", "sv", "en")
    assert {"deficit", "balance"} <= {rule.kind for rule in call.rules if rule.severity and rule.severity.rank == 0}
