"""Hands the PDF itself to the print queue of Linux and macOS, where letters stay letters at the printer's own dots.

Knows no dialog: it is told what was chosen in one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

PROGRAM = "lp"
LONGEST_WAIT = 60
"""Seconds until a queue that does not answer counts as one that refused."""
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Order:
    """What was chosen for one job. `pages` is (first, last) counted from 1, None for all; `sides` is one of
    `one-sided`, `two-sided-long-edge`, `two-sided-short-edge`, empty for what the queue does by itself.
    """

    printer: str
    title: str
    copies: int = 1
    pages: tuple[int, int] | None = None
    sides: str = ""
    collate: bool = True
    grey: bool = False


def spooler() -> str | None:
    """The program that takes PDFs into the queue; None where there is none (Windows, a system without CUPS)."""
    return shutil.which(PROGRAM) if os.name == "posix" else None


def arguments(order: Order) -> Sequence[str]:
    """The order in the words of `lp`; its names of options are those of the Internet Printing Protocol (RFC 8011)."""
    made = ["-d", order.printer, "-t", _title(order.title), "-n", str(max(1, order.copies))]
    if order.pages is not None:
        made += ["-P", f"{order.pages[0]}-{order.pages[1]}"]
    # the pages are A4 with margins of their own: a queue that made them fit would make every measure wrong
    options = ["media=A4", "print-scaling=none"]
    if order.sides:
        options.append(f"sides={order.sides}")
    if order.copies > 1:
        options.append(
            "multiple-document-handling=separate-documents-" + ("" if order.collate else "un") + "collated-copies"
        )
    if order.grey:
        options.append("print-color-mode=monochrome")
    for option in options:
        made += ["-o", option]
    return [*made, "--", "-"]


def hand_over(program: str, pdf: bytes, order: Order) -> None:
    """Put a PDF into the queue. `UserError` with the queue's own words where it is not taken."""
    try:
        done = subprocess.run(
            [program, *arguments(order)], input=pdf, capture_output=True, timeout=LONGEST_WAIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise _refused(order, str(fault)) from None
    if done.returncode:
        raise _refused(order, done.stderr.decode("utf-8", "replace"))


def _refused(order: Order, why: str) -> UserError:
    return UserError(
        msg(
            "The printer {printer} did not take the pages ({reason}). Save the PDF, and print it from there.",
            printer=order.printer,
            reason=" ".join(why.split()) or "–",
        )
    )


def _title(title: str) -> str:
    """One line that a queue shows."""
    return " ".join("".join(c if c.isprintable() else " " for c in title).split())[:_LONGEST_TITLE] or "hakemus"
