"""`hakemus check`: many drafts or application objects judged in one process, one answer each."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hakemus.adapters.storage import json_form
from hakemus.adapters.storage.reading import read_whole
from hakemus.bootstrap.core import drop_output
from hakemus.domain.draft import Document, Draft
from hakemus.domain.findings import Severity
from hakemus.domain.messages import msg
from hakemus.domain.paths import with_value
from hakemus.i18n.amounts import format_money, format_shown
from hakemus.usecases import calls, drafts, rendering
from hakemus.usecases.checking import Check, check, check_json
from hakemus.usecases.errors import Problem, UserError
from hakemus.usecases.installed_call import installed_call
from hakemus.usecases.session import pending_of

if TYPE_CHECKING:
    from hakemus.bootstrap.core import Core


class Judge:
    """Judges one after the other; `code` is the exit code so far."""

    def __init__(self, core: Core, language: str | None, terms: list[str], *, as_json: bool) -> None:
        self._core, self._language, self._json = core, language, as_json
        self._terms = tuple(_term(text) for text in terms)
        self.code = 0

    def file(self, path: Path) -> None:
        """One draft."""
        try:
            opened = self._core.files.open(str(path))
            notes = (*opened.notes, *call_notes(self._core, opened.document.draft))
            self._note(str(path), notes, self._language or opened.document.draft.language)
            self._judge(opened.document.draft, {"file": str(path)})
        except UserError as error:
            self._cannot({"file": str(path)}, error)

    def data(self, call_id: str, path: Path) -> None:
        """The application objects of a file under a call: one in a .json, one a line in a .jsonl."""
        definition = calls.definition_of(self._core.calls, call_id)
        base = drafts.new_document(definition, "", self._language or "fi")
        try:
            raw = data_bytes(path)
        except UserError as error:
            self._cannot({"file": str(path)}, error)
            return
        if path.suffix.lower() != ".jsonl":
            self._object(base, raw, {"file": str(path)})
            return
        for number, line in enumerate(raw.split(b"\n"), 1):
            if line.strip():
                self._object(base, line, {"file": str(path), "line": number})

    def _object(self, base: Document, raw: bytes, head: dict[str, Any]) -> None:
        name = head["file"] + (f":{head['line']}" if "line" in head else "")
        try:
            application, notes = drafts.application_from_data(parsed(raw, name), self._core.chance.draw)
            self._note(name, notes, self._language or "fi")
            self._judge(with_value(base.draft, "application", application), head)
        except UserError as error:
            self._cannot(head, error)

    def _judge(self, draft: Draft, head: dict[str, Any]) -> None:
        if self._terms:
            draft = calls.draft_with_terms(draft, self._terms)
        call = calls.call_of(draft)
        judged = check(draft, call, self._core.clock.today())
        language = self._language or draft.language
        catalog = self._core.catalog(language)
        pending = pending_of(draft, call.currency)
        self._say(
            _line(check_json(judged, catalog, pending, head)) if self._json else _text(judged, catalog, pending, head)
        )
        if pending or any(item.severity is Severity.ERROR for item in judged.findings):
            self.code = max(self.code, 1)

    def _say(self, text: str) -> None:
        """Print a judgement; where nobody reads any more, the rest is judged all the same, for the exit code."""
        try:
            print(text)
        except BrokenPipeError:
            drop_output()

    def _note(self, name: str, notes: Iterable[Problem], language: str) -> None:
        """What is odd about a file or an object, and no reason not to judge it."""
        catalog = self._core.catalog(language)
        for note in notes:
            print(f"{name}: {note.path}: {catalog.render(note.message)}", file=sys.stderr)

    def _cannot(self, head: dict[str, Any], error: UserError) -> None:
        """What cannot be judged is said, and the rest is judged all the same."""
        self.code = 2
        catalog = self._core.catalog(self._language or "fi")
        problems = [{"path": item.path, "message": catalog.render(item.message)} for item in error.problems]
        sentence = catalog.render(error.message)
        if self._json:
            self._say(_line({**head, "error": sentence, "problems": problems}))
        where = head["file"] + (f":{head['line']}" if "line" in head else "")
        print(f"{where}: {sentence}", file=sys.stderr)
        for item in problems:
            at = f"{item['path']}: " if item["path"] else ""
            print(f"  {at}{item['message']}", file=sys.stderr)


_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _term(text: str) -> tuple[str, str]:
    """The address and the value of a term as it is written on the command line."""
    at, mark, value = text.partition("=")
    if not mark or not value or ("." not in at and at != "unit"):
        raise UserError(
            msg('A term is written RULE.PARAMETER=VALUE, for example grant-share.percent=75, not "{text}".', text=text)
        )
    return at, value


def call_notes(core: Core, draft: Draft) -> tuple[Problem, ...]:
    """What the file of the draft's call on this computer says otherwise than the definition inside the draft."""
    found = installed_call(draft.call, core.calls.plain)
    return found.notes() if found else ()


def data_bytes(path: Path) -> bytes:
    """The bytes of a file of data, without the byte order mark that editors and shells on Windows put in front."""
    return read_whole(path).removeprefix(codecs.BOM_UTF8)


def parsed(raw: bytes, name: str) -> Any:
    """The JSON of bytes; `UserError` says what is wrong. Doubled keys, NaN and numbers out of bounds are refused."""
    try:
        return json_form.parse(raw, name)
    except json_form.Unreadable as error:
        raise UserError(error.message) from None


def _text(judged: Check, catalog: Any, pending: Any, head: dict[str, Any]) -> str:
    """A judgement for people."""
    totals, currency = judged.totals, judged.call.currency
    t = catalog.text
    lines = [head["file"] + (f":{head['line']}" if "line" in head else "")]
    money = [
        (t("Costs"), totals.costs),
        (t("Grant applied for"), totals.grant),
        (t("Own funding"), totals.own),
        (t("Other funding"), totals.other),
        (t("Income of the project"), totals.income),
    ]
    if totals.cap is not None:
        money.append((t("Highest grant under the rules of the call"), totals.cap))
    lines += [f"  {name}: {format_money(amount, currency)}" for name, amount in money]
    if totals.share_percent is not None:
        lines.append(f"  {t('Share of the grant')}: {format_shown(totals.share_percent)}")
    for item in pending:
        lines.append(f"  {t('Cannot be read')}: {item.path}: {item.text}")
    for finding in judged.findings:
        level = catalog.value(finding.severity)
        sentence = rendering.message(finding.message, catalog, judged.call)
        lines.append(f"  {level}: {sentence} [{finding.rule}] {finding.paths[0] if finding.paths else ''}")
        lines += [f"    {rendering.trace_line(line, catalog, judged.call)}" for line in finding.trace]
        for way in finding.exits:
            changes = ", ".join(f"{path} = {value}" for path, value in way.changes.items())
            needs = "".join(f"; {key} {value}" for key, value in way.needs.items())
            lines.append(f"    -> {rendering.message(way.label, catalog, judged.call)}: {changes}{needs}")
    lines.append(f"  {t('Ready to be submitted') if judged.ready else t('Not yet ready to be submitted')}")
    return "\n".join(lines)
