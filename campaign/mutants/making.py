"""Makes mutants: every small change that mutmut's operators know, in every function of a module.

mutmut's own runner leaves decorated functions alone (properties, validators, cached functions). Here the changed
function is compiled by itself and put in the place of the original's code, so those are tried as well.
"""

from __future__ import annotations
import __future__

import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import deep_replace
from mutmut.mutation.mutators import mutation_operators

# What mutmut spares too: a changed size or type test is nearly always an error at once, and says nothing.
SPARED_CALLS = {"len", "isinstance"}
SAME_IN_CAPITALS = {'"UTF-8"', '"UTF-16-LE"', '"ASCII"'}  # names of encodings


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change in one function. `lines` are those of the changed statement, `source` the function as changed."""

    module: str
    function: str
    lines: range
    span: range
    before: str
    after: str
    nth: int
    source: str = field(repr=False)

    @property
    def key(self) -> str:
        """Names the mutant as long as its function's text stays: line numbers of the file do not count."""
        number = f" #{self.nth}" if self.nth else ""
        return f"{self.function}: {self.before} -> {self.after}{number}"


def mutants_of(path: Path, module: str) -> list[Mutant]:
    """All mutants of a module's functions and methods, in the order of its text."""
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")), unsafe_skip_copy=False)
    visitor = _Visitor(wrapper.module, wrapper.resolve(PositionProvider))
    wrapper.module.visit(visitor)
    seen: dict[str, int] = {}
    found = []
    for function, node, changed, lines, span, classes in visitor.changes:
        plain = function.with_changes(decorators=[], leading_lines=[], returns=None)
        source = wrapper.module.code_for_node(deep_replace(plain, node, changed))
        before, after = _changed_lines(wrapper.module.code_for_node(plain), source)
        name = ".".join([*classes, function.name.value])
        text = f"{name}: {before} -> {after}"
        seen[text] = seen.get(text, -1) + 1
        found.append(Mutant(module, name, lines, span, before, after, seen[text], _in_classes(source, classes)))
    return found


def compiled(mutant: Mutant, namespace: dict[str, Any], filename: str) -> types.FunctionType:
    """The changed function, made in a copy of its module's names."""
    code = compile(mutant.source, filename, "exec", flags=__future__.annotations.compiler_flag, dont_inherit=True)
    names = dict(namespace)
    exec(code, names)
    owner, *rest = mutant.function.split(".")
    found = names[owner]
    for part in rest:
        found = vars(found)[part]
    assert isinstance(found, types.FunctionType)
    return found


def _in_classes(source: str, classes: tuple[str, ...]) -> str:
    """Inside its classes by name, so that `super()` and private names mean the same."""
    for name in reversed(classes):
        source = f"class {name}:\n" + "".join(f"    {line}" for line in source.splitlines(keepends=True))
    return source


def _changed_lines(before: str, after: str) -> tuple[str, str]:
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return _joined(old), _joined(new)


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


Change = tuple[cst.FunctionDef, cst.CSTNode, cst.CSTNode, range, range, tuple[str, ...]]


class _Visitor(cst.CSTVisitor):
    def __init__(self, module: cst.Module, positions: Any) -> None:
        super().__init__()
        self.module = module
        self.positions = positions
        self.changes: list[Change] = []
        self.function: cst.FunctionDef | None = None
        self.classes: list[str] = []
        self.statements: list[range] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Annotation, cst.Decorator)) or _is_spared(node) or self._is_elsewhere(node):
            return False
        if isinstance(node, cst.ClassDef) and self.function is None:
            self.classes.append(node.name.value)
        elif isinstance(node, cst.FunctionDef) and self.function is None:
            self.function = node
        if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            self.statements.append(self._own_lines(node))
        if self.function is not None and not isinstance(node, cst.Module):
            self._change(node)
        return True

    def _is_elsewhere(self, node: cst.CSTNode) -> bool:
        """Whether this is code of a system that the tests do not run on, as its mark for coverage says."""
        if not isinstance(node, cst.BaseCompoundStatement) or not isinstance(node.body, cst.IndentedBlock):
            return False
        comment = node.body.header.comment
        return comment is not None and "no cover" in comment.value

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.ClassDef) and self.function is None:
            self.classes.pop()
        elif original_node is self.function:
            self.function = None
        if isinstance(original_node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)) and not self._is_elsewhere(
            original_node
        ):
            self.statements.pop()

    def _own_lines(self, node: cst.CSTNode) -> range:
        """A statement's lines; of one that holds others, its head alone."""
        position = self.positions[node]
        body = getattr(node, "body", None)
        end = self.positions[body].start.line if isinstance(body, cst.BaseSuite) else position.end.line
        return range(position.start.line, end + 1)

    def _change(self, node: cst.CSTNode) -> None:
        function = self.function
        assert function is not None
        position = self.positions[function]
        first = min([position.start.line, *(self.positions[one].start.line for one in function.decorators)])
        span = range(first, position.end.line + 1)
        for changed in _changes_of(node):
            self.changes.append((function, node, changed, self.statements[-1], span, tuple(self.classes)))


def _is_spared(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in SPARED_CALLS


def _changes_of(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for wanted, operator in mutation_operators:
        if isinstance(node, wanted):
            yield from (changed for changed in operator(node) if getattr(changed, "value", "") not in SAME_IN_CAPITALS)
