"""Somebody who works the program by keyboard alone, and hears where the keyboard is from an assistive tool.

Keys go to the window through the screen's keyboard; the tool only listens: it never focuses, writes or presses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accessibility_client import Client, Node, NotThere
from jeepney.wrappers import DBusErrorResponse
from keyboard import Keyboard

MOST_STOPS = 120
"""No page has as many things to stop at: whoever has pressed Tab so often goes in a circle."""


@dataclass(slots=True)
class Typist:
    """One person at one keyboard with one assistive tool."""

    client: Client
    keyboard: Keyboard

    # -- where the keyboard is --------------------

    @property
    def here(self) -> Node:
        """What has the keyboard, as the assistive tool was told."""
        node: Node = self.client.until(lambda: self.client.focused, "focus anywhere")
        return node

    def hears(self) -> str:
        """Role and name of what has the keyboard; empty where it went away in this moment."""
        try:
            return f"{self.here.role}: {' '.join(self.here.spoken.split())}"
        except DBusErrorResponse:
            return ""

    def at(self, role: str, name: str) -> bool:
        """Whether the keyboard is at such an element; a name that ends in `…` is how the whole name begins."""
        heard, _, called = self.hears().partition(": ")
        return heard == role and (called.startswith(name[:-1]) if name.endswith("…") else called == name)

    def comes_to(self, role: str, name: str) -> Node:
        """Wait until the keyboard is there by itself, as after a dialog opened."""
        try:
            self.client.until(lambda: self.at(role, name), f"the keyboard at {role} {name!r}")
        except NotThere as error:
            raise NotThere(f"{error}; it is at {self.hears()}") from None
        return self.here

    def go_to(self, role: str, name: str, key: str = "Tab") -> Node:
        """Tab until there; each Tab must lead somewhere, and never in a circle."""
        passed: list[str] = []
        while not self.at(role, name):
            passed.append(self.hears())
            self.moved_by(key)
            if len(passed) > MOST_STOPS:
                raise NotThere(f"{key} never comes to {role} {name!r}, only to: {', '.join(dict.fromkeys(passed))}")
        return self.here

    def moved_by(self, key: str) -> None:
        """Press a key that must move the keyboard to something else."""
        before, told = self.client.focused, self.client.focus_told
        self.keyboard.press(key)
        try:
            self.client.until(
                lambda: self.client.focus_told > told and self.client.focused != before, f"anything but {before}"
            )
        except NotThere:
            raise NotThere(f"{key} does not leave {self.hears()}") from None

    # -- writing --------------------

    def fill(self, name: str, text: str, role: str = "text") -> None:
        """Go to a field by Tab, write, and hear what stands in it."""
        field = self.go_to(role, name)
        self.keyboard.type(text)
        self.stands(field, text)

    def written(self, text: str) -> Node:
        """Write where the keyboard has just come to stand, whatever that is called; what was written in."""
        self.client.until(lambda: "editable" in self.here.states, "something to write in")
        self.keyboard.type(text)
        return self.here

    def stands(self, field: Node, text: str) -> None:
        """Wait until a field has this text."""
        try:
            self.client.until(lambda: field.text == text, f"{text!r} in {field.spoken}")
        except NotThere as error:
            raise NotThere(f"{error}; it has {field.text!r}") from None

    def row(self, *cells: str) -> None:
        """Add a row to the table that has the keyboard, and write its cells from the one that opens; Tab between."""
        self.keyboard.press("Insert")
        for at, text in enumerate(cells):
            before = self.client.focused
            if at:
                self.keyboard.press("Tab")
            editor = self._editor(before)
            if text:
                self.keyboard.type(text)
                self.stands(editor, text)
        self.keyboard.press("Return")
        self.client.until(lambda: self._in_table(), "the end of writing in a row")

    def _editor(self, before: Node | None) -> Node:
        """Where a cell is written: a field that was not there before."""

        def look() -> Node | None:
            node = self.client.focused
            return node if node is not None and node != before and "editable" in node.states else None

        node: Node = self.client.until(look, "a cell to write in")
        return node

    def _in_table(self) -> bool:
        return self.hears().split(":")[0] in ("cell", "table cell", "table")

    # -- reading --------------------

    def reads(self, window: Node, *texts: str) -> None:
        """Wait until some elements in sight say these, whatever kinds of space they have."""
        wanted = list(texts)

        def look() -> bool:
            said = [" ".join(one.name.split()) for one in window.inside()]
            wanted[:] = [text for text in texts if not any(text in words for words in said)]
            return not wanted

        try:
            self.client.until(look, "words")
        except NotThere:
            raise NotThere(f"nowhere stands {wanted}") from None

    def until(self, look: Callable[[], object], what: str) -> None:
        """Wait for something outside the window, as a file."""
        self.client.until(look, what)
