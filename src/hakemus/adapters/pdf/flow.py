"""Cuts a sequence of strips (lines, table rows, figures) into pages. It decides where pages end and nothing else:
what a strip looks like, and what stands in the margins, is others' business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas

# Sums of floats may pass a limit by a hair.
_SLACK = 0.01


class Strip(ABC):
    """A part of the text that pages do not cut, unless it is taller than a page."""

    height: float
    gap: float = 0.0
    """Space above, dropped at the top of a page."""
    keep: bool = False
    """Whether the page may not end right after this strip."""
    parts: bool = False
    """Whether it only parts what is above it from what follows, and goes where nothing is above it on its page."""
    head: Strip | None = None
    """Drawn first when a page begins with this strip: a table's column heads."""

    @abstractmethod
    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draws with the upper left corner at (`left`, `top`), in points from the page's lower left corner."""

    def split(self, room: float) -> tuple[Strip, Strip] | None:
        """Two strips, the first at most `room` high; None where that cannot be done."""
        del room
        return None


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and the distance of its top from the top of the text area."""

    strip: Strip
    offset: float


class _Page:
    def __init__(self) -> None:
        self.placed: list[Placed] = []
        self.used = 0.0
        self.heads = 0

    @property
    def is_blank(self) -> bool:
        return len(self.placed) == self.heads

    @property
    def only_leads(self) -> bool:
        """Whether the page holds nothing but what must stand with what follows."""
        return not self.is_blank and all(each.strip.keep for each in self.placed[self.heads :])

    def put(self, strip: Strip, gap: float) -> None:
        self.placed.append(Placed(strip, self.used + gap))
        self.used += gap + strip.height

    def begin(self, strip: Strip) -> None:
        """Sets the running head of the page's first strip."""
        if not self.placed and strip.head is not None:
            self.put(strip.head, 0.0)
            self.heads = 1

    def take_kept(self) -> list[Strip]:
        """Removes and returns the strips at the end that must stand with what follows."""
        kept = 0
        while kept < len(self.placed) - self.heads and self.placed[-1 - kept].strip.keep:
            kept += 1
        if kept == len(self.placed) - self.heads:
            return []
        taken = self.placed[len(self.placed) - kept :]
        del self.placed[len(self.placed) - kept :]
        return [each.strip for each in taken]


def paginate(strips: Iterable[Strip], height: float) -> list[list[Placed]]:
    """The pages of a text area `height` points high. Every strip is placed, even one that can be neither fitted nor
    split; only what parts has no place at the top of a page. At least one page.
    """
    queue = deque(strips)
    pages = [_Page()]
    while queue:
        strip, page = queue.popleft(), pages[-1]
        if strip.parts and not page.placed:
            continue
        page.begin(strip)
        gap = 0.0 if page.is_blank else strip.gap
        room = height - page.used - gap
        if strip.height <= room + _SLACK:
            page.put(strip, gap)
            continue
        too_tall = strip.height > height - (strip.head.height if strip.head else 0.0)
        # a heading alone on its page would look forgotten: rather what it leads to is parted
        parts = strip.split(room) if too_tall or (page.only_leads and not strip.keep) else None
        if parts is not None:
            page.put(parts[0], gap)
            queue.appendleft(parts[1])
        elif page.is_blank:
            page.put(strip, gap)
        else:
            queue.appendleft(strip)
            queue.extendleft(reversed(page.take_kept()))
        if queue:
            pages.append(_Page())
    return [page.placed for page in pages]
