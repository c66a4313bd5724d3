"""Addresses read and rebuild frozen trees, and refuse what leads nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.domain import paths
from hakemus.domain.application import Application, Budget, Indicator, Line
from hakemus.domain.draft import CallReference, Draft
from hakemus.domain.fields import Kind
from hakemus.domain.money import Money
from hakemus.domain.paths import BadPath, Piece

TREE = Application.model_validate(
    {
        "project": {"title": "T", "keywords": ["a"]},
        "goals": [{"id": "g", "text": "x", "indicators": [{"id": "i", "name": "visits"}]}],
        "budget": {"lines": [{"id": "a", "amount": "1.00"}, {"id": "b", "colour": "red"}]},
        "answers": {"q-1": "yes"},
        "declarations": {"true": True},
        "newer": {"x": {"y": 1}},
    }
)


@pytest.mark.parametrize(
    "path", ["", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x", "a]x", "1a", "a[x]b", "a[x][y]", "ä"]
)
def test_texts_that_are_no_addresses(path):
    with pytest.raises(BadPath):
        paths.parse(path)


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[a-z_]{1,6}", fullmatch=True),
            st.none() | st.text(alphabet="ab-_. 1", min_size=1, max_size=4),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_addresses_come_back(parts):
    pieces = tuple(Piece(name, key) for name, key in parts)
    assert paths.parse(".".join(str(piece) for piece in pieces)) == pieces


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("project.title", "T"),
        ("project.summary", None),
        ("goals[g].indicators[i].name", "visits"),
        ("goals[x].indicators[i].name", None),
        ("budget.lines[a].amount", Money(100)),
        ("budget.lines[b].colour", "red"),
        ("answers[q-1]", "yes"),
        ("answers[q-2]", None),
        ("declarations[true]", True),
        ("newer.x.y", 1),
        ("nowhere.at.all", None),
        ("nowhere[x].y", None),
        ("project.keywords[a]", None),
        ("project.keywords[a].x", None),
        ("project.title[T]", None),
        ("budget.lines[a].amount[x]", None),
    ],
)
def test_values_at_addresses(path, value):
    assert paths.get_value(TREE, path) == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("project.title", "U"),
        ("project.title", None),
        ("funding.grant", Money(5)),
        ("goals[g].indicators[i].target", "5"),
        ("goals[g].indicators[j].target", "5"),
        ("goals[n].text", "new"),
        ("answers[q-2]", "no"),
        ("answers[q-1]", None),
        ("declarations[true]", False),
        ("budget.lines[b].colour", "blue"),
    ],
)
def test_a_changed_tree_differs_in_one_place(path, value):
    changed = paths.with_value(TREE, path, value)
    assert paths.get_value(changed, path) == value
    assert paths.get_value(TREE, "project.title") == "T"
    assert changed.team == TREE.team
    back = paths.with_value(changed, path, paths.get_value(TREE, path))
    if paths.row_of(path) is None or paths.get_value(TREE, paths.row_of(path)) is not None:
        assert back == TREE


def test_rows_are_removed_inserted_replaced_and_moved():
    def order(tree):
        return [row.id for row in tree.budget.lines]

    assert order(paths.with_value(TREE, "budget.lines[a]", None)) == ["b"]
    assert paths.with_value(TREE, "budget.lines[zz]", None) == TREE
    assert order(paths.with_value(TREE, "budget.lines[c]", {"id": "c"})) == ["a", "b", "c"]
    assert paths.with_value(TREE, "budget.lines[a]", {"id": "a", "amount": "2.00"}).budget.lines[0].amount == Money(200)
    assert order(paths.insert_row(TREE, "budget.lines", {"id": "c"}, 1)) == ["a", "c", "b"]
    assert order(paths.insert_row(TREE, "budget.lines", {"id": "c"}, -5)) == ["c", "a", "b"]
    assert order(paths.insert_row(TREE, "budget.lines", {"id": "c"}, 50)) == ["a", "b", "c"]
    assert [row.id for row in paths.insert_row(TREE, "team", {"id": "c"}).team] == ["c"]
    assert order(paths.move_row(TREE, "budget.lines[b]", 0)) == ["b", "a"]
    assert order(paths.move_row(TREE, "budget.lines[a]", 99)) == ["b", "a"]
    assert paths.insert_row(TREE, "goals[g].indicators", {"id": "j"}).goals[0].indicators[1].id == "j"


@pytest.mark.parametrize(
    "path",
    [
        "project.titel",
        "nowhere",
        "project.title.x",
        "project.keywords.x",
        "project.title[x]",
        "project.keywords[a]",
        "project.keywords[b].x",
        "answers[q].x",
        "budget.lines.x",
        "funding.grant.x",
    ],
)
def test_addresses_that_lead_nowhere_are_refused(path):
    with pytest.raises(BadPath):
        paths.with_value(TREE, path, "x")


def test_only_rows_have_tables_and_move():
    with pytest.raises(BadPath):
        paths.table_of("project.title")
    with pytest.raises(BadPath):
        paths.move_row(TREE, "budget.lines[zz]", 0)
    assert paths.table_of("goals[g].indicators[i]") == "goals[g].indicators"
    assert paths.row_of("goals[g].indicators[i].name") == "goals[g].indicators[i]"
    assert paths.row_of("project.title") is None
    assert paths.row_path("budget.lines", "a") == "budget.lines[a]"
    assert paths.join("budget", "lines") == "budget.lines"


@pytest.mark.parametrize(
    ("path", "ancestor", "inside"),
    [
        ("budget.lines[a].amount", "budget.lines", True),
        ("budget.lines[a].amount", "budget.lines[a]", True),
        ("budget", "budget", True),
        ("budgets", "budget", False),
        ("funding", "budget", False),
    ],
)
def test_lying_under_an_address(path, ancestor, inside):
    assert paths.within(path, ancestor) is inside


def test_a_tree_is_rebuilt_by_its_validator():
    with pytest.raises(ValueError, match="amount"):
        paths.with_value(TREE, "budget.lines[a].amount", "one")


def test_classes_and_marks_at_addresses():
    assert paths.class_at(Application, "budget.lines[x].amount") == (Line, "amount")
    assert paths.class_at(Application, "goals[x].indicators") == (paths.row_class(Application, "goals"), "indicators")
    assert paths.row_class(paths.row_class(Application, "goals"), "indicators") is Indicator
    assert Kind.MONEY in paths.field_marks(Application, "budget.lines[x].amount")
    assert Kind.PART in paths.field_marks(Application, "budget")
    for path in ("budgit.lines", "project.title.x", "project.titel"):
        with pytest.raises(BadPath):
            paths.class_at(Application, path)


def test_a_part_that_is_missing_in_a_newer_tree_is_no_place():
    draft = Draft(call=CallReference(id="c"))
    assert paths.with_value(draft, "decision.granted", Money(1)).decision.granted == Money(1)
    assert isinstance(paths.get_value(draft, "application.budget"), Budget)


def test_rows_of_a_long_table_are_found_by_their_ids_in_each_of_its_states() -> None:
    """The places of rows are remembered for one table at a time: another state of it has its own."""
    rows = [{"id": f"k{at}", "description": str(at)} for at in range(paths.MANY_ROWS + 10)]
    before = Application.model_validate({"budget": {"lines": rows}})
    after = paths.with_value(before, "budget.lines[k3]", None)
    for _ in range(2):
        assert paths.get_value(before, "budget.lines[k45].description") == "45"
        assert paths.get_value(after, "budget.lines[k45].description") == "45"
        assert paths.get_value(before, "budget.lines[k3].description") == "3"
        assert paths.get_value(after, "budget.lines[k3].description") is None


def test_long_lists_of_texts_have_no_rows() -> None:
    words = TREE.model_copy(
        update={"project": TREE.project.model_copy(update={"keywords": tuple("abcdefgh" * paths.MANY_ROWS)})}
    )
    assert paths.get_value(words, "project.keywords[a]") is None
    with pytest.raises(BadPath):
        paths.with_value(words, "project.keywords[a]", "x")
