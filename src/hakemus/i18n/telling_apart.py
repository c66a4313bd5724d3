"""Words for the entries of a list that a person must be able to tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def told_apart(names: Sequence[str], closer: Sequence[str]) -> list[str]:
    """The entries' names; for those that others share, the closer one of the same place.

    The list runs from the newest to the oldest. What the closer names do not tell apart is numbered from the oldest.
    """
    shared = Counter(names)
    made = [near if shared[name] > 1 else name for name, near in zip(names, closer, strict=True)]
    left = Counter(made)
    alike = {name for name, count in left.items() if count > 1}
    numbered = []
    for name in made:
        numbered.append(f"{name} ({left[name]})" if name in alike else name)
        left[name] -= 1
    return numbered
