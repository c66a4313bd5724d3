"""Rows as spreadsheets exchange them on the clipboard: tabs between cells, quotes round what has a tab
or a line break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def dump(rows: Iterable[Sequence[str]]) -> str:
    r"""Rows as text.

    >>> dump([["a", "b c"], ['say "x"\n', ""]])
    'a\tb c\n"say ""x""\n"\t\n'
    """
    return "".join("\t".join(_quoted(cell) for cell in row) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def parse(text: str) -> list[list[str]]:
    r"""Text as rows. A quote only counts at the start of a cell; the last line break ends the last row.

    >>> parse('a\tb\r\n"two\nlines"\t5" pipe\n')
    [['a', 'b'], ['two\nlines', '5" pipe']]
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at)
        row.append(cell)
        if at >= len(text) or text[at] == "\n":
            rows.append(row)
            row = []
            if at + 1 >= len(text):
                break
        at += 1
    return rows


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that starts at a place, and where it ends (at a tab, a line break or the end)."""
    if text[at : at + 1] == '"':
        quoted = _quoted_cell(text, at + 1)
        if quoted is not None:
            return quoted
    end = at
    while end < len(text) and text[end] not in "\t\n":
        end += 1
    return text[at:end], end


def _quoted_cell(text: str, at: int) -> tuple[str, int] | None:
    parts = []
    while (end := text.find('"', at)) >= 0:
        parts.append(text[at:end])
        if text[end + 1 : end + 2] == '"':
            parts.append('"')
            at = end + 2
            continue
        if end + 1 >= len(text) or text[end + 1] in "\t\n":
            return "".join(parts), end + 1
        return None  # a quote in the middle of a word: the cell was not quoted after all
    return None
