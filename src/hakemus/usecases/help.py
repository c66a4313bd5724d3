"""What is said about a field: the call's own words where it has some, else the program's."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.domain.call import Call, Cited
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_help import HELP
from hakemus.i18n.field_names import pattern_of
from hakemus.usecases.rendering import field_name, reference_text


@dataclass(frozen=True, slots=True)
class Help:
    """Title, why it is asked, a good example, a common mistake, and where that is said."""

    title: str
    why: str = ""
    example: str = ""
    mistake: str = ""
    source: str = ""


def help_for(path: str, call: Call, catalog: Catalog) -> Help:
    """The help for a field in the reader's language."""
    title = field_name(path, catalog, call)
    language = catalog.language
    if path.startswith("answers["):
        question = call.question(path[len("answers[") : -1])
        if question:
            return Help(
                title,
                call.text(question.help, language),
                call.text(question.example, language),
                source=_source(call, question.reference, catalog),
            )
    pattern = pattern_of(path)
    guide = call.guide(path) or call.guide(pattern)
    own = HELP.get(pattern, "")
    why = call.text(guide.help, language) if guide and guide.help else catalog.text(own) if own else ""
    if not guide:
        return Help(title, why)
    return Help(
        title,
        why,
        call.text(guide.example, language),
        call.text(guide.mistake, language),
        _source(call, guide.reference, catalog),
    )


def _source(call: Call, cited: Cited | None, catalog: Catalog) -> str:
    reference = call.reference(cited, catalog.language)
    if reference is None:
        return ""
    words = catalog.text("Source: {source}.", source=reference_text(reference, catalog))
    source = call.source(cited.source) if cited else None
    if source and source.read:
        words += " " + catalog.text("Read on {date}.", date=format_date(source.read))
    return words
