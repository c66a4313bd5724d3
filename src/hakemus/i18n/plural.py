"""Which form of a sentence a number asks for. Knows no sentence."""

from __future__ import annotations

FORMS = 2


def plural_form(count: int) -> int:
    """0 for the singular, 1 for the plural; Finnish, Swedish and English agree on the rule n != 1."""
    return int(count != 1)
