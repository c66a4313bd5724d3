"""What is said about a field: the call's own words where it has some, else the program's."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.domain.call import Call, Cited
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_help import HELP
from hakemus.i18n.field_names import pattern_of
from hakemus.i18n.marking import N_
from hakemus.usecases.rendering import field_name, reference_text


@dataclass(frozen=True, slots=True)
class Help:
    """Title, why it is asked, a good example, a common mistake, and where that is said."""

    title: str
    why: str = ""
    example: str = ""
    mistake: str = ""
    source: str = ""


COMPUTED: dict[str, tuple[str, str]] = {
    "activities[].chart": (
        N_("Timeline"),
        N_(
            "The bar shows the days of the row. With the cursor here, Ctrl and an arrow key move it by a day, Alt and "
            "an arrow key by a week; Ctrl, Shift and an arrow key move its end alone. With the pointer it is dragged "
            "by its middle or by an end."
        ),
    ),
    "budget.people[].amount": (N_("Sum"), N_("Computed from what the row says of the person's work and pay.")),
    "budget.people[].unit": (N_("Unit"), N_("A person's work is counted in months.")),
    "attachments[].size_words": (N_("Size"), N_("How large the attached file is.")),
}
"""Name and help of table columns that are no fields: nothing is typed into them."""


def help_for(path: str, call: Call, catalog: Catalog) -> Help:
    """The help for a field in the reader's language."""
    pattern = pattern_of(path)
    if pattern in COMPUTED:
        name, words = COMPUTED[pattern]
        return Help(catalog.text(name), catalog.text(words))
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
