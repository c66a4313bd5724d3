"""`import-workbook`: the changes of a returned workbook as lines, and all of them taken over where that is asked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from hakemus.bootstrap.core import Core
from hakemus.domain.messages import msg
from hakemus.domain.paths import with_value
from hakemus.usecases.errors import UserError


def import_workbook(core: Core, options: argparse.Namespace) -> int:
    """One line a change: address, old and new. Taken over only where every cell could be read and nothing collides."""
    from hakemus.adapters.storage.reading import read_whole
    from hakemus.usecases.offering import offered
    from hakemus.usecases.taking_over import applied

    opened = core.files.open(str(options.draft))
    catalog = core.catalog(options.lang or opened.document.draft.language)
    workbook = core.read_returned(read_whole(Path(options.workbook)))
    found = offered(opened.document, workbook, core.chance.draw)
    for note in found.notes:
        print(catalog.render(note), file=sys.stderr)
    for problem in found.problems:
        print(f"{problem.sheet}!{problem.cell}: {catalog.render(problem.reason)}", file=sys.stderr)
    for offer in found.offers:
        mark = "! " if offer.conflict else ""
        print(f"{mark}{offer.path}: {_said(offer.difference.old)} -> {_said(offer.difference.new)}")
    if not options.apply:
        return 0
    if found.problems or any(offer.conflict for offer in found.offers):
        raise UserError(
            msg(
                "The workbook has cells that cannot be read, or changes that meet other changes in the application. "
                "Nothing was written: take its changes one by one in the window."
            )
        )
    if found.offers:
        changed = applied(opened.document.draft, found.offers)
        core.files.save(opened, with_value(opened.document, "draft", changed))
    return 0


def _said(value: Any) -> str:
    """A value as a file holds it; a row as its fields."""
    if value is None:
        return "-"
    if hasattr(value, "stored"):
        value = "; ".join(f"{key} {item}" for key, item in value.stored().items() if key != "id")
    one = " ".join(str(value).split())
    return one if len(one) <= 120 else one[:119] + "…"
