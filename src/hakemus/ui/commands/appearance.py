"""Theme, language and text size: they are set for the program, and shown at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hakemus.ui.commands.commands import Commands
from hakemus.usecases.settings import next_size

if TYPE_CHECKING:
    from hakemus.usecases.settings import Settings


class Appearance(Commands):
    """How the window looks and speaks."""

    def choose_theme(self, theme: str) -> None:
        self._set(replace(self._c.services.settings.read(), theme=theme))

    def choose_language(self, language: str) -> None:
        self._set(replace(self._c.services.settings.read(), language=language), rebuild=True)

    def do_larger(self) -> None:
        self._resize_text(1)

    def do_smaller(self) -> None:
        self._resize_text(-1)

    def do_normal_size(self) -> None:
        self._set(replace(self._c.services.settings.read(), text_size=100), rebuild=True)

    def _resize_text(self, by: int) -> None:
        now = self._c.services.settings.read()
        self._set(replace(now, text_size=next_size(now.text_size, by)), rebuild=True)

    def _set(self, settings: Settings, *, rebuild: bool = False) -> None:
        self._c.services.settings.write(settings)
        self._c.services.apply_look(settings.theme, settings.text_size)
        if rebuild:
            self._c.rebuilt(settings.language)
        self._c.window.set_choice("theme", settings.theme)
        self._c.window.set_choice("language", settings.language)
