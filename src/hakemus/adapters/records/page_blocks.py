"""A register page cut at its labels. Knows where a field begins and ends, not what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hakemus.adapters.records.labels import Label, Labels

PROSE = frozenset(
    {
        "project.summary",
        "goal.text",
        "goal.indicator",
        "project.description",
        "project.earlier_projects",
        "project.cooperation",
        "report.evaluation",
        "report.publications",
        "report.effects",
        "report.follow_up",
        "decision.text",
    }
)
"""Fields whose text may run over many lines and paragraphs."""


@dataclass(slots=True)
class Block:
    """One field of the page: what it means (nothing for the lines above the first label), its label, its lines."""

    target: str
    label: str
    lines: list[str] = field(default_factory=list)
    language: str = ""

    @property
    def name(self) -> str:
        """The last part of what it means."""
        return self.target.rpartition(".")[2]

    @property
    def filled(self) -> list[str]:
        """The lines on which something stands, without the spaces around them."""
        return [line.strip() for line in self.lines if line.strip()]

    @property
    def has_text(self) -> bool:
        return any(line.strip() for line in self.lines)

    def take_last(self) -> str:
        """Remove and return the last line on which something stands."""
        at = max(at for at, line in enumerate(self.lines) if line.strip())
        return self.lines.pop(at).strip()


def cut(text: str, labels: Labels) -> list[Block]:
    """The blocks of a page; the first holds what stands above the first label.

    Inside prose a label that has been met already is prose, and so is one with its text on the same line where the
    page puts texts below their labels: people write such lines into their descriptions.
    """
    blocks = [Block("", "")]
    section = ""
    seen: set[str] = set()
    same_line = below = False
    for line in text.split("\n"):
        here = blocks[-1]
        heading = labels.section(line)
        if heading and here.target != "decision.text":
            section = heading
            blocks.append(Block("decision.text" if heading == "decision" else "heading", line.strip()))
            continue
        found = labels.label(line, section)
        below = below or (found is not None and here.has_text and here.target not in (*PROSE, "", "heading"))
        if found and not _is_prose(found, here, seen, below and not same_line):
            same_line = same_line or bool(found.rest)
            blocks.append(
                Block("" if found.target in seen else found.target, found.shown, [found.rest], found.language)
            )
            seen.add(found.target)
        else:
            here.lines.append(line)
    _peel_frame(blocks, labels)
    return blocks


def _is_prose(found: Label, here: Block, seen: set[str], below: bool) -> bool:
    prose = here.target in PROSE or (here.target == "decision.granted" and here.has_text)
    return prose and (found.target in seen or (bool(found.rest) and below))


def _peel_frame(blocks: list[Block], labels: Labels) -> None:
    """Words of the page's frame below the last field go into a block of their own."""
    last = blocks[-1]
    frame: list[str] = []
    while last.lines and (not last.lines[-1].strip() or labels.is_frame(last.lines[-1])):
        frame.append(last.lines.pop())
    if frame:
        blocks.append(Block("", "", frame[::-1]))
