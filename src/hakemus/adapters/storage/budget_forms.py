"""What this computer remembers of forms of budgets, in a small JSON file of its state folder; a damaged one
is none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from hakemus.adapters.storage import small_json
from hakemus.usecases.errors import NotWritten
from hakemus.usecases.own_budget import LONGEST_HEAD, MOST_FORMS, ROLES, KnownForm

_MOST_TYPES = 500


class BudgetForms:
    """Reads and writes the known forms."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[KnownForm, ...]:
        """The known forms; what is none of them is left out."""
        found = small_json.read(self._path)
        forms = found if isinstance(found, list) else []
        return tuple(form for plain in forms[:MOST_FORMS] if (form := _form(plain)) is not None)

    def write(self, forms: Sequence[KnownForm]) -> None:
        """Keep the forms; where that is impossible they are asked for again."""
        plain = [
            {"heads": dict(form.heads), "mapping": dict(list(form.mapping.items())[:_MOST_TYPES])} for form in forms
        ]
        with contextlib.suppress(NotWritten):
            small_json.write(self._path, plain)


def _form(plain: object) -> KnownForm | None:
    if not isinstance(plain, dict):
        return None
    heads, mapping = _texts(plain.get("heads")), _texts(plain.get("mapping"))
    heads = {role: words for role, words in heads.items() if role in ROLES}
    return KnownForm(heads, mapping) if "description" in heads else None


def _texts(plain: object) -> dict[str, str]:
    if not isinstance(plain, dict):
        return {}
    return {
        key[:LONGEST_HEAD]: text[:LONGEST_HEAD]
        for key, text in plain.items()
        if isinstance(key, str) and isinstance(text, str)
    }
