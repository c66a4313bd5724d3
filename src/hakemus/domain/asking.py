"""Which of a call's questions an application is asked: some only after a certain answer to something else."""

from __future__ import annotations

from typing import Any

from hakemus.domain.call import Call, Question
from hakemus.domain.paths import BadPath, get_value, normal

_HEAD = "answers["


def question_before(call: Call, question: Question) -> Question | None:
    """The question whose answer decides whether another is asked."""
    path = normal(question.when.field) if question.when is not None else ""
    return call.question(path[len(_HEAD) : -1]) if path.startswith(_HEAD) else None


def is_asked(call: Call, question: Question, application: Any, below: frozenset[str] = frozenset()) -> bool:
    """Whether a question is asked; one that hangs on a question that is not asked is not asked either.

    `below` are the ids of the questions that lead here: where questions hang on each other in a circle, none is asked.
    """
    when = question.when
    if when is None:
        return True
    if question.id in below:
        return False
    before = question_before(call, question)
    if before is not None and not is_asked(call, before, application, below | {question.id}):
        return False
    given = _answers_at(application, normal(when.field))
    return any(answer in when.answers for answer in given) if when.answers else bool(given)


def _answers_at(application: Any, path: str) -> tuple[str, ...]:
    """What an application says at an address, as calls write it: `yes` and `no` for what is ticked."""
    try:
        value = get_value(application, path)
    except BadPath:
        return ()
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(text for item in values if (text := str(item).strip()))


def hidden_answers(call: Call, application: Any) -> frozenset[str]:
    """The addresses of answers to questions that are not asked: kept, and neither judged nor printed."""
    return frozenset(
        f"{_HEAD}{question.id}]"
        for question in call.questions
        if question.when is not None and not is_asked(call, question, application)
    )
