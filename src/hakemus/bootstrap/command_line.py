"""What can be said on the command line: commands, their arguments and options. What they do stands elsewhere."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import re
from pathlib import Path

from hakemus import __version__
from hakemus.bootstrap.core import LANGUAGES

COPIES = ("draft", "submission", "applicant", "board", "archive", "public", "blank")
COMMANDS = (
    "calls",
    "new",
    "show",
    "check",
    "export",
    "import",
    "import-workbook",
    "schema",
    "check-call",
    "tour",
    "guide",
    "desktop",
)


_DAY = re.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


def _day(text: str) -> datetime.date:
    # the library reads weeks and days without marks too
    with contextlib.suppress(ValueError):
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD, in the years 1000 to 2999")


def parser() -> argparse.ArgumentParser:
    """Of every command; reading a wrong line ends with `SystemExit`, as argparse does."""
    common = argparse.ArgumentParser(add_help=False)
    words = "language of messages and papers"
    # left out behind a command, it must not undo the one in front
    common.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=words)
    whole = argparse.ArgumentParser(
        prog="hakemus", description="Drafts applications for state grants. Without a command: the window."
    )
    whole.add_argument("--version", action="version", version=f"hakemus {__version__}")
    whole.add_argument("--lang", choices=LANGUAGES, help=words)
    commands = whole.add_subparsers(dest="command", required=True)

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words, parents=[common])

    calls = command("calls", "list the calls that are known")
    calls.add_argument("--json", action="store_true")
    new = command("new", "make a draft for a call")
    new.add_argument("out", type=Path)
    new.add_argument("--call", required=True)
    new.add_argument("--data", type=Path, help="the application object, as JSON")
    new.add_argument("--force", action="store_true", help="replace an existing file")
    show = command("show", "print a file as text, or its document.json")
    show.add_argument("file", type=Path)
    show.add_argument("--json", action="store_true")
    check = command("check", "findings and totals of drafts, or of application objects under a call")
    check.add_argument("files", type=Path, nargs="*", metavar="FILE")
    check.add_argument("--call")
    check.add_argument("--data", type=Path, help="one object in a .json, one a line in a .jsonl")
    check.add_argument("--json", action="store_true")
    check.add_argument("--today", type=_day)
    check.add_argument("--term", action="append", default=[], metavar="RULE.PARAMETER=VALUE")
    export = command("export", "make the PDF or the workbook")
    export.add_argument("file", type=Path)
    export.add_argument("--pdf", type=Path)
    export.add_argument("--xlsx", type=Path)
    export.add_argument("--package", type=Path, help="a ZIP of form, workbook, attachments, cover sheet and sums")
    export.add_argument("--merged", type=Path, help="one PDF: the form, and the attachments behind it")
    export.add_argument("--review", type=Path, help="a PDF of all findings with their sums, sources and marks")
    export.add_argument("--copy", choices=COPIES, default="draft")
    imported = command("import", "make a draft of a page of the old project register")
    imported.add_argument("record", type=Path)
    imported.add_argument("out", type=Path)
    imported.add_argument("--call")
    imported.add_argument("--force", action="store_true", help="replace an existing file")
    back = command("import-workbook", "what was changed in a returned workbook; --apply takes it over")
    back.add_argument("workbook", type=Path)
    back.add_argument("draft", type=Path)
    how = back.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="list the changes and write nothing (the default)")
    how.add_argument("--apply", action="store_true", help="take all changes over and save the draft")
    command("schema", "the JSON Schema of the application object")
    judge = command("check-call", "judge a call file")
    judge.add_argument("file", type=Path)
    tour = command("tour", "pictures of every step of an example, its PDF and its workbook")
    tour.add_argument("folder", type=Path)
    tour.add_argument("--theme", action="append", choices=("light", "dark", "contrast"), default=None)
    tour.add_argument("--size", action="append", metavar="WIDTHxHEIGHT", default=None)
    tour.add_argument("--text-size", type=int, default=100, metavar="PERCENT")
    desktop = command("desktop", "let drafts open by a double click, for this user alone; or no more")
    desktop.add_argument("what", choices=("install", "remove"))
    guide = command("guide", "the user's guide as a PDF, in Finnish or Swedish")
    guide.add_argument("out", type=Path)
    guide.add_argument("--keys", action="store_true", help="the one-page keyboard card instead")
    return whole


# -- calls, new, show --------------------
