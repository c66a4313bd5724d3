"""What imports cannot show: calls and numbers that have no place in some layers, read from the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "hakemus"
PURE = ("domain", "i18n", "rules", "report")

OUTSIDE_WORLD = {"open", "print", "input", "exec", "eval", "compile", "__import__", "importlib.import_module"}
CLOCK = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
UNCHECKED_COPY = {"model_copy", "model_construct"}
ITEMS_OF_LAYOUTS = {"itemAt", "itemAtPosition", "horizontalHeaderItem", "verticalHeaderItem"}
HOLDS_ITS_PARTS = {"boxes.py": "Beside", "flow.py": "Flow, Aside", "foot_and_size.py": "a dialog's own box"}
"""Layouts that ask for their own items, and that no part leaves as long as they stand."""

SLEEPS = {"time.sleep", "sleep", "QTest.qWait", "QTest.qSleep", "qWait", "qtbot.wait"}


def called(node: ast.AST) -> str:
    """`open` for a bare name, `date.today` for an attribute of a name or of an attribute, `model_copy` otherwise."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = node.value
        prefix = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
        return f"{prefix}.{node.attr}" if prefix else node.attr
    return ""


def calls_of(tree: ast.AST, banned: set[str]) -> Iterator[str]:
    """Calls of what is banned, by the name that `called` gives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = called(node.func)
            if name in banned:
                yield f"line {node.lineno}: {name}()"


def method_calls_of(tree: ast.AST, banned: set[str]) -> Iterator[str]:
    """Calls of a method whatever object it belongs to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node.func).rsplit(".", 1)[-1] in banned:
            yield f"line {node.lineno}: {called(node.func)}()"


def floats_of(tree: ast.AST) -> Iterator[str]:
    """Float literals and `float()`. True division is left to the types: it gives a Decimal where one is divided."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"line {node.lineno}: {node.value!r}"
        if isinstance(node, ast.Call) and called(node.func) == "float":
            yield f"line {node.lineno}: float()"


def files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (PACKAGE / folder).rglob("*.py"))


def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def report(found: dict[Path, list[str]]) -> str:
    return "\n".join(f"{file.relative_to(ROOT)}, {one}" for file, many in found.items() for one in many)


def test_pure_layers_call_nothing_outside() -> None:
    found = {file: [*calls_of(parse(file), OUTSIDE_WORLD)] for file in files(*PURE)}
    assert not report(found)


def test_only_the_clock_port_knows_the_day() -> None:
    found = {file: [*calls_of(parse(file), CLOCK)] for file in files(*PURE, "usecases")}
    assert not report(found)


def test_values_are_never_copied_unchecked() -> None:
    found = {file: [*method_calls_of(parse(file), UNCHECKED_COPY)] for file in files(".")}
    assert not report(found)


def test_no_float_near_money() -> None:
    found = {file: [*floats_of(parse(file))] for file in [PACKAGE / "domain" / "money.py", *files("rules")]}
    assert not report(found)


def test_nobody_holds_an_item_that_qt_made() -> None:
    """It goes with its widget and tells Python nothing of it. Its address may become another widget's, and when that
    one ends, PySide lets go of an object that is no more: the program falls, some thousand actions later.
    """
    window = [file for file in files("ui") if file.name not in HOLDS_ITS_PARTS]
    found = {file: [*method_calls_of(parse(file), ITEMS_OF_LAYOUTS)] for file in window}
    assert not report(found)


def test_tests_do_not_sleep() -> None:
    found = {file: [*calls_of(parse(file), SLEEPS)] for file in sorted((ROOT / "tests").rglob("*.py"))}
    assert not report(found)


@pytest.mark.parametrize(
    ("source", "banned"),
    [
        ("open('a')", OUTSIDE_WORLD),
        ("def f():\n    print(1)", OUTSIDE_WORLD),
        ("x = importlib.import_module('os')", OUTSIDE_WORLD),
        ("x = date.today()", CLOCK),
        ("x = datetime.datetime.now(tz)", CLOCK),
        ("time.sleep(1)", SLEEPS),
        ("qtbot.wait(50)", SLEEPS),
    ],
)
def test_the_reader_sees_what_is_banned(source: str, banned: set[str]) -> None:
    assert [*calls_of(ast.parse(source), banned)]
    assert not [*calls_of(ast.parse("x = re.compile('a')\nport.today()\nopened = file.open"), banned)]


def test_the_reader_sees_copies_and_floats() -> None:
    assert [*method_calls_of(ast.parse("draft.application.model_copy(update={})"), UNCHECKED_COPY)]
    assert [*method_calls_of(ast.parse("build().model_copy()"), UNCHECKED_COPY)]
    assert len([*floats_of(ast.parse("x = 0.8 * float(y)"))]) == 2
    assert not [*floats_of(ast.parse("x = 8 * y"))]
