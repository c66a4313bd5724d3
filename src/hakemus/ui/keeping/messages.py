"""The messages above the steps: each stays until it is dealt with, and is told anew in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hakemus.ui.widgets.notice import Notice, NoticeView

if TYPE_CHECKING:
    from hakemus.ui.host import Host

Made = Callable[[], NoticeView]
"""Makes a message in the words of now."""


class Messages:
    """What is said of the open application, the oldest first."""

    def __init__(self, host: Host) -> None:
        self._c = host
        self._told: tuple[Made, ...] = ()
        self._standing: dict[str, Made] = {}

    def tell(self, *made: Made) -> None:
        """Say one more thing, or several."""
        self._told = (*self._told, *made)
        self.show()

    def standing(self, key: str, made: Made | None) -> None:
        """Say something for as long as it holds; None where it holds no longer. Said already, it is said as before."""
        if (key in self._standing) == (made is not None):
            return
        if made is None:
            gone = self._standing.pop(key)
            self._told = tuple(one for one in self._told if one is not gone)
        else:
            self._standing[key] = made
            self._told = (made, *self._told)
        self.show()

    def change(self, *made: Made) -> tuple[Made, ...]:
        """Say these instead from the next time an application is shown; what was said until now."""
        told, self._told = self._told, made
        if not made:
            self._standing.clear()
        return told

    def show(self) -> None:
        """Put the messages where they belong, where an application is shown."""
        wizard = self._c.window.wizard
        if wizard is not None:
            wizard.set_notices([Notice(made(), lambda made=made: self._close(made)) for made in self._told])  # type: ignore[misc]

    def _close(self, gone: Made) -> None:
        self._told = tuple(made for made in self._told if made is not gone)
        self.show()
