"""The condition of a question in words: where it is asked."""

from __future__ import annotations

from hakemus.domain.asking import question_before
from hakemus.domain.call import Call, Question
from hakemus.domain.paths import normal
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import name_of, words_of


def condition_words(call: Call, question: Question, catalog: Catalog) -> str:
    """`Asked only where "Joint project" is: Yes.`; nothing where the question is always asked."""
    when = question.when
    if when is None:
        return ""
    if when.words is not None:
        return call.text(when.words, catalog.language)
    path = normal(when.field)
    before = question_before(call, question)
    guide = call.guide(path)
    if before is not None:
        field = call.text(before.label, catalog.language)
    elif guide is not None and guide.label:
        field = call.text(guide.label, catalog.language)
    else:
        field = catalog.text(name_of(path))
    if not when.answers:
        return catalog.text("Asked only where this is filled in: {field}", field=field)
    names = {choice.id: call.text(choice.label, catalog.language) for choice in before.choices} if before else {}
    names |= {"yes": catalog.text("Yes"), "no": catalog.text("No")}
    names |= {stored: catalog.text(words) for stored, words in words_of(path).items()}
    answers = ", ".join(names.get(answer, answer) for answer in when.answers)
    return catalog.text("Asked only where {field} is: {answers}", field=field, answers=answers)
