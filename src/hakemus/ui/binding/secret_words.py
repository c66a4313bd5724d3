"""What is marked as secret, and what a public copy does about it, in the program's words."""

from __future__ import annotations

from hakemus.domain.draft import Draft, Secret
from hakemus.domain.paths import BadPath, row_of
from hakemus.report.grounds import ground_words
from hakemus.ui.desk import Desk, place
from hakemus.usecases.publishing import personal_data
from hakemus.usecases.secrecy import Removal, removals

_SHOWN = 60


def place_words(desk: Desk, secret: Secret) -> str:
    """Where a mark stands, and the beginning of its passage where it has one."""
    try:
        where = place(desk, secret.path)
    except BadPath:
        where = secret.path
    if name := _row_name(desk, secret.path):
        where = f"{where} ({name})"
    return f"{where}: {quoted(secret.passage)}" if secret.passage else where


def _row_name(desk: Desk, path: str) -> str:
    """What the row is called that an address lies in; nothing outside rows."""
    try:
        row = row_of(path)
        item = desk.session.value(row) if row else None
    except BadPath:
        return ""
    names = (getattr(item, name, None) for name in ("name", "title", "text", "description", "source"))
    return next((_short(text) for text in names if text and text.strip()), "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def quoted(passage: str) -> str:
    """The beginning of a passage on one line, in quotation marks."""
    return f"”{_short(passage)}”"


def removal_words(desk: Desk, removal: Removal) -> str:
    """One mark with its ground, and what has become of what it spoke of."""
    t = desk.t
    words = f"{place_words(desk, removal.secret)} – {ground_words(removal.secret.ground, desk.words)}"
    if not removal.found:
        return f"{words}. {t('Nothing stands there any more.')}"
    if removal.whole:
        return f"{words}. {t('These words have been changed: the whole field is removed.')}"
    return words


def public_copy_words(desk: Desk, draft: Draft) -> list[str]:
    """What is taken out of a public copy of a draft, a line each."""
    t = desk.t
    marks = list(removals(draft))
    lines = [removal_words(desk, removal) for removal in marks]
    if any(removal.figures for removal in marks):
        lines.append(t("The totals stay: look whether a secret sum can be reckoned from them."))
    people = len(personal_data(draft))
    if people:
        lines.append(
            desk.nt(
                "{count} name, number or address of people (contact persons, partners, team)",
                "{count} names, numbers and addresses of people (contact persons, partners, team)",
                people,
            )
        )
    return lines or [t("Nothing: no part is marked as secret, and no people are named.")]
