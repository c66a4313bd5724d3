"""The commands of the command line, each a small function over the composed program. No window, no Qt."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hakemus.bootstrap.command_line import COMMANDS, parser
from hakemus.bootstrap.core import Core, drop_output, use_utf8
from hakemus.domain.messages import msg
from hakemus.usecases.errors import Problem, UserError, internal


def run(arguments: Sequence[str]) -> int:
    """Parse and run; every failure is one sentence on standard error and code 2."""
    use_utf8()
    try:
        options = parser().parse_args(arguments)
    except SystemExit as done:
        return int(done.code or 0)
    core = Core(getattr(options, "today", None))
    language, code = options.lang or "fi", 0
    try:
        code = int(_RUN[options.command](core, options))
        sys.stdout.flush()
    except UserError as error:
        _tell(core, language, error)
        return 2
    except BrokenPipeError:
        # whoever reads has seen enough; what was judged until then is judged
        drop_output()
        return code
    except KeyboardInterrupt:
        return 130
    except ImportError as error:
        _tell(core, language, _missing(str(error)))
        return 2
    except Exception as error:
        drop_output()
        _tell(core, language, internal(f"{type(error).__name__}: {error}"))
        return 2
    return code


def no_such_command(word: str) -> int:
    """A word that is neither a command nor a file: one sentence, and the code."""
    use_utf8()
    known = ", ".join(COMMANDS)
    _tell(
        Core(), "fi", UserError(msg('"{word}" is no file and no command. Commands: {known}.', word=word, known=known))
    )
    return 2


def no_window(reason: str) -> int:
    """The window's library, or a part of the system that it needs, is not there: one sentence, and the code."""
    use_utf8()
    _tell(Core(), "fi", _missing(reason))
    return 2


def _missing(reason: str) -> UserError:
    return UserError(msg("A part of the program is missing: {reason}.", reason=reason))


def _tell(core: Core, language: str, error: UserError) -> None:
    """A failure, and every problem by address, on standard error."""
    catalog = core.catalog(language)
    print(catalog.render(error.message), file=sys.stderr)
    for problem in error.problems:
        where = f"{problem.path}: " if problem.path else ""
        print(f"  {where}{catalog.render(problem.message)}", file=sys.stderr)


def _calls(core: Core, options: argparse.Namespace) -> int:
    from hakemus.usecases import calls

    language = options.lang or "fi"
    found = []
    for name in core.calls.ids():
        try:
            found.append(calls.summary(calls.validated(calls.definition_of(core.calls, name)), language))
        except UserError as error:  # a broken file of the user's own must not hide the other calls
            _tell(core, language, error)
    _tell_of_nameless(core, language)
    if options.json:
        _print_json(found)
        return 0
    for item in found:
        window, share = item["window"], item["share"]
        opens = window["opens"] or "-"
        closes = window["closes"] or "-"
        percent = f"{share['rule']} {share['percent']} %" if share["percent"] else share["rule"] or "-"
        print(f"{item['id']}\t{item['title']}\t{opens} – {closes}\t{percent}")
    return 0


def _tell_of_nameless(core: Core, language: str) -> None:
    """Files in the user's folder of calls that stand in no list, because no id can be read in them."""
    listed = set(core.calls.paths().values())
    for path in core.calls.own_files():
        if path in listed:
            continue
        message = msg(
            "{path} is no call that can be listed. hakemus check-call says what to put right.", path=str(path)
        )
        try:
            core.calls.read(path)
        except UserError as error:
            message = error.message
        _tell(core, language, UserError(message))


def _new(core: Core, options: argparse.Namespace) -> int:
    from hakemus.usecases import calls, drafts

    definition = calls.definition_of(core.calls, options.call)
    application = None
    notes: tuple[Problem, ...] = ()
    if options.data:
        application, notes = drafts.application_from_data(_read_json(options.data), core.chance.draw)
        drafts.without_files(application)
    document = drafts.new_document(definition, core.chance.document_id(), options.lang or "fi", application)
    said = _write_new(core, document, options)
    _note(core, options.lang or "fi", (*notes, *said))
    return 0


def _write_new(core: Core, document: Any, options: argparse.Namespace) -> tuple[Problem, ...]:
    """Write a new draft; what there is to know of the writing."""
    from hakemus.usecases.files import OpenFile

    path = str(options.out)
    if core.files.store.exists(path) and not options.force:
        raise UserError(msg("{path} exists already. Choose another name, or add --force to replace it.", path=path))
    return core.files.save(OpenFile(document), document, path, agreed=bool(options.force)).notes


def _note(core: Core, language: str, notes: Iterable[Problem]) -> None:
    catalog = core.catalog(language)
    for note in notes:
        print(": ".join(filter(None, (note.path, catalog.render(note.message)))), file=sys.stderr)


def _show(core: Core, options: argparse.Namespace) -> int:
    from hakemus.bootstrap.checks import call_notes
    from hakemus.usecases import drafts
    from hakemus.usecases.outline import outline

    opened = core.files.open(str(options.file))
    language = options.lang or opened.document.draft.language
    _note(core, language, (*opened.notes, *call_notes(core, opened.document.draft)))
    if options.json:
        from hakemus.adapters.storage import json_form

        print(json_form.dump(drafts.to_plain(opened.document)).decode("utf-8"))
    else:
        report = core.exporter.report(opened.document, language=language)
        print(outline(report, opened.document.draft, core.catalog(language)))
    return 0


# -- check --------------------


def _check(core: Core, options: argparse.Namespace) -> int:
    from hakemus.bootstrap.checks import Judge

    if options.data is not None and not options.call:
        raise UserError(msg("--data needs --call with the id of a call."))
    if options.data is None and not options.files:
        raise UserError(msg("Name a file to check, or give --call and --data."))
    if options.data is None and options.call:
        raise UserError(msg("--call belongs to --data: a draft is judged by the call inside it."))
    if options.data is not None and options.files:
        raise UserError(msg("Give either files or --data, not both."))
    judge = Judge(core, options.lang, options.term, as_json=bool(options.json))
    if options.data is not None:
        judge.data(options.call, options.data)
    for path in options.files:
        judge.file(path)
    return judge.code


# -- export, import --------------------


def _export(core: Core, options: argparse.Namespace) -> int:
    from hakemus.report.model import Copy
    from hakemus.usecases.errors import NotReady
    from hakemus.usecases.package import zipped
    from hakemus.usecases.reviewing import FileState

    targets = (options.pdf, options.xlsx, options.package, options.merged, options.review)
    if not any(targets):
        raise UserError(
            msg("Say what to make: --pdf FILE, --xlsx FILE, --package FILE, --merged FILE, --review FILE, or several.")
        )
    _must_differ(options.file, *targets)
    opened = core.files.open(str(options.file))
    language = options.lang or opened.document.draft.language
    copy = Copy(options.copy)
    try:
        made = []
        if options.pdf is not None:
            made.append((options.pdf, core.exporter.pdf_bytes(opened.document, copy, language)))
        if options.xlsx is not None:
            made.append((options.xlsx, core.exporter.xlsx_bytes(opened.document, copy, language)))
        if options.package is not None:
            files = core.packager.files(opened.document, opened.attachments, copy, language)
            made.append((options.package, zipped(files)))
        if options.merged is not None:
            made.append((options.merged, core.packager.merged(opened.document, opened.attachments, copy, language)))
        if options.review is not None:
            state = FileState(opened.seen)
            made.append((options.review, core.exporter.review_bytes(opened.document, state, language)))
        for path, data in made:
            core.exporter.write(str(path), data)
        _note_faults(core, options, opened, copy, language)
    except NotReady as error:
        _tell(core, language, error)
        return 1
    except UserError as error:
        _tell(core, language, error)
        return 2
    return 0


def _note_faults(core: Core, options: argparse.Namespace, opened: Any, copy: Any, language: str) -> None:
    """What paper shows as a mark, and what is wrong with attachments that go along, on standard error."""
    if options.package is not None:
        for fault in core.packager.faults(opened.document, opened.attachments):
            print(core.catalog(language).render(fault.message), file=sys.stderr)
    if options.pdf is None and options.package is None and options.merged is None:
        return
    lacking = core.exporter.lacking(core.exporter.report(opened.document, copy, language))
    if lacking:
        sentence = core.catalog(language).text(
            "The paper's typeface lacks these characters and shows a mark in their place: {characters}",
            characters=" ".join(lacking),
        )
        print(sentence, file=sys.stderr)


def _must_differ(*paths: Path | None) -> None:
    """An output must not take the place of the draft, or of the other output."""
    seen: set[Path] = set()
    for path in paths:
        if path is not None:
            real = Path(os.path.realpath(path))
            if real in seen:
                raise UserError(msg("{path} is named twice. Give each output a name of its own.", path=str(path)))
            seen.add(real)


def _import(core: Core, options: argparse.Namespace) -> int:
    from hakemus.usecases import calls, importing

    record = core.read_record(_read_bytes(options.record))
    language = options.lang or record.language
    catalog = core.catalog(language)
    name = options.call or importing.call_for(record, core.calls)
    document, notes = importing.document_of(record, calls.definition_of(core.calls, name), core.chance)
    said = _write_new(core, document, options)
    print(catalog.text("Placed under the call {call}:", call=name))
    for label, path, text in importing.placed_lines(record):
        print(f"  {label} -> {path}: {_short(text)}")
    if record.unplaced:
        print(catalog.text("Kept with the draft, but placed in no field:"))
        for line in record.unplaced:
            print(f"  {line}")
    _note(core, language, (*notes, *said))
    return 0


def _import_workbook(core: Core, options: argparse.Namespace) -> int:
    from hakemus.bootstrap.returning import import_workbook

    return import_workbook(core, options)


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= 70 else one[:69] + "…"


# -- schema, check-call, tour --------------------------------------------------------------------------------------


def _schema(_core: Core, _options: argparse.Namespace) -> int:
    from hakemus.usecases.schema import application_schema

    _print_json(application_schema())
    return 0


def _check_call(core: Core, options: argparse.Namespace) -> int:
    from hakemus.usecases.call_cases import judge_with_cases

    language = options.lang or "fi"
    catalog = core.catalog(language)
    try:
        file = core.calls.read(options.file)
        cases = core.calls.cases(options.file)
    except UserError as error:
        _tell(core, language, error)
        return 1 if os.path.isfile(options.file) else 2
    call, problems = judge_with_cases(file.plain, cases)
    if problems or call is None:
        print(
            catalog.plural(
                "{path}: {count} thing to put right",
                "{path}: {count} things to put right",
                len(problems),
                path=str(options.file),
            )
        )
        for problem in problems:
            line = file.line_of(problem.path)
            where = f"{options.file}:{line}" if line else str(options.file)
            print(f"  {where}: {problem.path}: {catalog.render(problem.message)}")
        return 1
    print(catalog.text("{path}: the call {id} is in order.", path=str(options.file), id=call.id))
    return 0


def _tour(core: Core, options: argparse.Namespace) -> int:
    from hakemus.bootstrap.tour import tour

    return tour(core, options)


def _guide(core: Core, options: argparse.Namespace) -> int:
    from hakemus.bootstrap.guide import guide_pdf, key_card_pdf
    from hakemus.ui.key_card import key_card

    language = options.lang or "fi"
    paper = key_card_pdf(core, key_card(core.catalog(language))) if options.keys else guide_pdf(core, language)
    core.exporter.write(str(options.out), paper)
    print(options.out)
    return 0


def _desktop(core: Core, options: argparse.Namespace) -> int:
    from hakemus.bootstrap import desktop

    done = desktop.install(core.catalog(options.lang or "fi")) if options.what == "install" else desktop.remove()
    print(*done, sep="\n")
    return 0


_RUN = {
    "calls": _calls,
    "new": _new,
    "show": _show,
    "check": _check,
    "export": _export,
    "import": _import,
    "import-workbook": _import_workbook,
    "schema": _schema,
    "check-call": _check_call,
    "tour": _tour,
    "guide": _guide,
    "desktop": _desktop,
}


# -- reading --------------------


def _read_bytes(path: Path) -> bytes:
    from hakemus.adapters.storage.reading import read_whole

    return read_whole(path)


def _read_json(path: Path) -> Any:
    from hakemus.bootstrap.checks import data_bytes, parsed

    return parsed(data_bytes(path), str(path))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
