"""Reads a page of the old project register, as text, into the parts of a draft. Nothing of it is dropped.

What has a field goes there; what has none is listed; the whole page is kept beside both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hakemus.adapters.records.labels import Labels
from hakemus.adapters.records.page_blocks import PROSE, Block, cut
from hakemus.domain.messages import msg
from hakemus.domain.money import Money
from hakemus.domain.text import clean
from hakemus.i18n.parsing import parse_count, parse_date, parse_money
from hakemus.i18n.refused import Refused
from hakemus.usecases.errors import UserError
from hakemus.usecases.imported import ImportedRecord, Placed

LABELS_FILE = "records/register-page.toml"
SOURCE_ID = "register"

_OF_LIBRARY = ("applicant.address", "applicant.phone", "applicant.email", "applicant.isil", "applicant.business_id")
_POSTAL = re.compile(r"(?:FI-?\s?)?(?<![0-9])([0-9]{5})(?![0-9])[\s,]*(.*)", re.IGNORECASE)
_COUNT = re.compile(r"([0-9][0-9\s.,]*?)\s*(?:[^0-9\s.,].*)?")
_LIST_MARKS = re.compile(r"[,;\n()]")
_BULLET = re.compile(r"^[-\u2013\u2022*]\s+")


def read_register_page(text: str, resources: Path) -> ImportedRecord:
    """A page as text, read with the labels under the resources' folder. `UserError` where it is no such page."""
    return _Reader(text, Labels.read(resources / LABELS_FILE)).record()


def decode_page(data: bytes) -> str:
    """The text of a page as people save it: UTF-8, UTF-16 with its mark, or the older Windows letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _Reader:
    """One page on its way into a record."""

    def __init__(self, text: str, labels: Labels) -> None:
        self._text = clean(text).text
        self._labels = labels
        self._blocks = cut(self._text.removeprefix("\ufeff"), labels)
        if not any(block.target not in ("", "heading", "decision.text") for block in self._blocks):
            raise UserError(
                msg("This text is not a page of the project register: none of the register's labels is in it.")
            )
        self._trees: dict[str, dict[str, Any]] = {"application": {}, "decision": {}, "report": {}}
        self._placed: list[Placed] = []
        self._unplaced: list[str] = []
        self._year: int | None = None
        self._total: Money | None = None

    def record(self) -> ImportedRecord:
        self._take_library()
        self._take_head(self._blocks[0])
        self._take_contacts()
        for block in self._blocks[1:]:
            self._take(block)
        title = self._trees["application"].get("project", {}).get("title")
        source = {"id": SOURCE_ID, "kind": "register", "title": title, "text": self._text, "unplaced": self._unplaced}
        if self._total is not None:
            source["stated_total"] = str(self._total)
        return ImportedRecord(
            application=self._trees["application"],
            decision=self._trees["decision"],
            report=self._trees["report"],
            source={key: value for key, value in source.items() if value},
            language=self._language(),
            record_year=self._year,
            placed=tuple(self._placed),
            unplaced=tuple(self._unplaced),
        )

    # --- where things go

    def _put(self, path: str, value: Any, label: str, text: str) -> None:
        """A value at a plain address of the draft (`decision` and `report` lie beside the application)."""
        head, _, rest = path.partition(".")
        tree = self._trees[head] if head in ("decision", "report") else self._trees["application"].setdefault(head, {})
        *way, name = rest.split(".")
        for step in way:
            tree = tree.setdefault(step, {})
        tree[name] = value
        self._placed.append(Placed(label, path, text))

    def _put_first(self, path: str, value: Any, block: Block) -> None:
        """A value that stands on the first line of its field."""
        self._put(path, value, block.label, block.filled[0])

    def _rows(self, *way: str) -> list[dict[str, Any]]:
        tree = self._trees["application"]
        for step in way[:-1]:
            tree = tree.setdefault(step, {})
        rows: list[dict[str, Any]] = tree.setdefault(way[-1], [])
        return rows

    def _leave(self, block: Block, lines: list[str]) -> None:
        """Lines without a field, under their label."""
        self._unplaced += [f"{block.label}: {line}" if block.label else line for line in lines]

    # --- the head of the page, which has no labels

    def _take_library(self) -> None:
        """The library's name is a heading: it stands, without a label, right above the library's own labels."""
        at = next((at for at, block in enumerate(self._blocks) if block.target in _OF_LIBRARY), 0)
        if at == 0 or any(block.target == "applicant.library" for block in self._blocks):
            return
        above = self._blocks[at - 1]
        lines = above.filled
        years = [line for line in lines if self._labels.year(line)]
        enough = 1 if above.target == "image" or (above is self._blocks[0] and years) else 2
        if len(lines) < enough or lines[-1] in years:
            return
        name = above.take_last()
        self._put("applicant.library", name, "", name)

    def _take_head(self, head: Block) -> None:
        """Title, and the line that says which year's project it is and whether it was granted money."""
        lines = head.filled
        at = next((at for at, line in enumerate(lines) if self._labels.year(line)), None)
        if at is not None:
            line = lines.pop(at)
            self._year = self._labels.year(line)
            status = re.search(r"\(([^()]+)\)\s*$", line)
            self._placed.append(Placed("", "call", line))
            self._unplaced += [status[1].strip()] if status else []
        title = lines.pop(at - 1 if at else 0) if lines and at != 0 else ""
        if title:
            self._put("project.title", title, "", title)
        self._unplaced += lines

    # --- people

    def _take_contacts(self) -> None:
        """Names, phones and e-mails of the contact persons: they stand in three fields and become rows."""
        found = {block.target: block for block in self._blocks if block.target.startswith("contact.")}
        names = self._people(found.get("contact.name"))
        rows = [{"id": f"c{at + 1}", "role": "contact" if at else "responsible"} for at in range(len(names) or 1)]
        for row, name in zip(rows, names, strict=False):
            self._name(row, name, found["contact.name"].label)
        for key in ("phone", "email"):
            block = found.get(f"contact.{key}")
            if block and block.filled:
                self._deal(block, key, rows)
        rows = [row for row in rows if len(row) > 2]
        if rows:
            self._rows("applicant", "contacts").extend(rows)

    def _people(self, block: Block | None) -> list[str]:
        text = " ; ".join(block.filled) if block else ""
        return [part.strip() for part in self._labels.between_people.split(text) if part.strip()]

    def _name(self, row: dict[str, Any], name: str, label: str) -> None:
        """A name, and the job title behind its comma: a word that begins small is no second name."""
        person, comma, rest = name.partition(",")
        if comma and rest.strip()[:1].islower():
            row["title"] = rest.strip()
        else:
            person = name
        row["name"] = person.strip()
        self._placed.append(Placed(label, f"applicant.contacts[{row['id']}].name", name))

    def _deal(self, block: Block, key: str, rows: list[dict[str, Any]]) -> None:
        """As many parts as people: one each; otherwise the whole text to the first."""
        text = "; ".join(block.filled)
        parts = [part.strip() for part in text.split(";") if part.strip()]
        if len(parts) != len(rows):
            parts = [text]
        for row, part in zip(rows, parts, strict=False):
            row[key] = part
            self._placed.append(Placed(block.label, f"applicant.contacts[{row['id']}].{key}", part))

    # --- one field after the other

    def _take(self, block: Block) -> None:
        group = block.target.partition(".")[0]
        if group == "contact" or not (block.filled or block.label):
            return
        if block.target in ("", "heading", "image"):
            self._leave(block, block.filled)
        elif block.filled:
            taker: Callable[[Block], None] = getattr(self, f"_take_{group}", self._take_text)
            taker(block)

    def _take_text(self, block: Block) -> None:
        """A text field: prose whole, other fields their first line."""
        prose = block.target in PROSE
        text = "\n".join(block.lines).strip() if prose else block.filled[0]
        self._put(block.target, text, block.label, text)
        if not prose:
            self._leave(block, block.filled[1:])

    def _take_applicant(self, block: Block) -> None:
        if block.name == "address":
            self._take_address(block)
        else:
            self._take_text(block)

    def _take_address(self, block: Block) -> None:
        """Street or post office box, postal code, and the town where the page gives it."""
        streets, code, town = [], "", []
        for line in block.filled:
            found = None if code else _POSTAL.search(line)
            if found:
                code = found[1]
                streets += [line[: found.start()].strip(" ,")]
                town += [found[2]]
            else:
                (town if code else streets).append(line)
        parts = (
            ("street", ", ".join(filter(None, streets))),
            ("postal_code", code),
            ("city", ", ".join(filter(None, town))),
        )
        for name, text in parts:
            if text:
                self._put(f"applicant.{name}", text, block.label, text)

    def _take_goal(self, block: Block) -> None:
        """One goal, and its indicators' lines as one indicator."""
        goals = self._rows("goals")
        if not goals:
            goals.append({"id": "g1"})
        text = "\n".join(block.lines).strip()
        if block.name == "text":
            goals[0]["text"] = text
            self._placed.append(Placed(block.label, "goals[g1].text", text))
        else:
            goals[0]["indicators"] = [{"id": "i1", "name": text}]
            self._placed.append(Placed(block.label, "goals[g1].indicators[i1].name", text))

    def _take_project(self, block: Block) -> None:
        if block.name in ("starts_on", "ends_on"):
            self._first(block, parse_date, lambda day: self._put_first(block.target, day.isoformat(), block))
        elif block.name in ("keywords", "target_groups"):
            self._put(block.target, _parts("\n".join(block.filled)), block.label, ", ".join(block.filled))
        else:
            self._take_text(block)

    def _take_funding(self, block: Block) -> None:
        if block.name == "grant":
            self._first(block, parse_money, lambda sum_: self._put_first("funding.grant", str(sum_), block))
        else:
            row = {"id": "o1", "kind": "appropriation"}
            self._first(block, parse_money, lambda sum_: self._put_row(block, "own", row, sum_))

    def _take_other(self, block: Block) -> None:
        """Other grants. One applied for and received in the same sum is one grant."""

        def put(amount: Money) -> None:
            rows = self._trees["application"].get("funding", {}).get("other", [])
            twin = next((row for row in rows if row["amount"] == str(amount)), None)
            if twin:
                twin["status"] = "confirmed"
                self._placed.append(Placed(block.label, f"funding.other[{twin['id']}].status", block.filled[0]))
            else:
                self._put_row(block, "other", {"id": f"f{len(rows) + 1}", "status": block.name}, amount)

        self._first(block, parse_money, put)

    def _put_row(self, block: Block, table: str, row: dict[str, Any], amount: Money) -> None:
        """A row of funding; nothing of nothing."""
        if amount:
            self._rows("funding", table).append({**row, "amount": str(amount)})
        path = f"funding.{table}[{row['id']}].amount" if amount else f"funding.{table}"
        self._placed.append(Placed(block.label, path, block.filled[0]))

    def _take_stated_total(self, block: Block) -> None:
        def put(amount: Money) -> None:
            self._total = amount
            self._placed.append(Placed(block.label, f"sources[{SOURCE_ID}].stated_total", block.filled[0]))

        self._first(block, parse_money, put)

    def _take_realised(self, block: Block) -> None:
        path = f"report.realised.{block.name}"
        self._first(block, parse_money, lambda sum_: self._put_first(path, str(sum_), block))

    def _take_statistics(self, block: Block) -> None:
        """A number with its unit right behind it: `18kpl/st.`."""
        found = _COUNT.fullmatch(block.filled[0])
        count = parse_count(found[1]) if found else None
        if isinstance(count, int):
            self._put_first(f"report.statistics.{block.name}", count, block)
        self._leave(block, block.filled[isinstance(count, int) :])

    def _take_decision(self, block: Block) -> None:
        """The sum that was granted; the decision's own words follow it without a label."""
        lines = block.lines
        if block.name == "granted":
            granted = parse_money(block.filled[0])
            if isinstance(granted, Money):
                self._put_first("decision.granted", str(granted), block)
                lines = lines[next(at for at, line in enumerate(lines) if line.strip()) + 1 :]
        text = "\n".join(lines).strip()
        if text:
            before = self._trees["decision"].get("text", "")
            self._put("decision.text", f"{before}\n\n{text}".strip(), block.label, text)

    def _first(self, block: Block, parse: Callable[[str], Any], put: Callable[[Any], None]) -> None:
        """The first line as a value; left with its label where it is none, as are further lines."""
        value = parse(block.filled[0])
        read = not isinstance(value, Refused)
        if read:
            put(value)
        self._leave(block, block.filled[read:])

    def _language(self) -> str:
        swedish = sum(block.language == "sv" for block in self._blocks)
        finnish = sum(block.language == "fi" for block in self._blocks)
        return "sv" if swedish > finnish else "fi"


def _parts(text: str) -> list[str]:
    """The entries of a list: parted by lines, commas and semicolons, but not inside brackets."""
    parts, start, depth = [], 0, 0
    for mark in _LIST_MARKS.finditer(text):
        if mark[0] in "()":
            depth = max(0, depth + (1 if mark[0] == "(" else -1))
        elif depth == 0 or mark[0] == "\n":
            parts.append(text[start : mark.start()])
            start, depth = mark.end(), 0
    bare = (_BULLET.sub("", part.strip()) for part in (*parts, text[start:]))
    return [part for part in bare if part]
