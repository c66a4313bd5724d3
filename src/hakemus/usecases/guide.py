"""The user's guide as pages to read and to search. Knows neither where the pages lie nor how they are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hakemus.domain.steps import STEPS

STEPS_PAGE = "steps"
"""The page with one chapter for each step, in the order of the steps; a test holds it to that."""
LANGUAGES = ("fi", "sv")
"""The languages the guide is written in; the first one serves readers of any other."""


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: `name` is what links call it, `text` is Markdown whose first line is the title."""

    name: str
    text: str
    pictures: str = ""
    """The folder of the pictures that it names."""

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].lstrip("# ").strip()


def guide_language(wanted: str) -> str:
    """The language in which the guide is read by somebody whose program speaks another."""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def found(pages: Sequence[GuidePage], wanted: str) -> tuple[GuidePage, ...]:
    """The pages that hold every word of a search, in their order; all of them where nothing is sought."""
    words = wanted.casefold().split()
    return tuple(page for page in pages if all(word in page.text.casefold() for word in words))


def anchor_of(heading: str) -> str:
    """What a link calls a heading: `Talousarvio ja rahoitus` is `talousarvio-ja-rahoitus`."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.casefold().strip()))


def chapters(page: GuidePage) -> tuple[str, ...]:
    """The headings of second rank, in order."""
    return tuple(line[3:].strip() for line in page.text.splitlines() if line.startswith("## "))


def place_of_step(pages: Sequence[GuidePage], step: str) -> str:
    """The link to the chapter of a step (`steps.md#budjetti`); the first page where the step has none."""
    page = next((page for page in pages if page.name == STEPS_PAGE), None)
    names = chapters(page) if page is not None else ()
    if step not in STEPS or len(names) <= STEPS.index(step):
        return f"{pages[0].name}.md" if pages else ""
    return f"{STEPS_PAGE}.md#{anchor_of(names[STEPS.index(step)])}"
