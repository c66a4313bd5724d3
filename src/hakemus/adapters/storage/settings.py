"""Settings in a small JSON file of the state folder; a damaged file is the defaults."""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from pathlib import Path

from hakemus.adapters.storage import small_json
from hakemus.usecases.errors import NotWritten
from hakemus.usecases.settings import TEXT_SIZES, Settings

_LANGUAGES = ("fi", "sv", "en")
_THEMES = ("system", "light", "dark", "contrast")


class SettingsFile:
    """Reads and writes the settings of this computer's user."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Settings:
        """The settings; anything that is not one of the known values is the default."""
        found = small_json.read(self._path)
        if not isinstance(found, dict):
            return Settings()
        standard = Settings()
        name = found.get("name")
        return Settings(
            language=found["language"] if found.get("language") in _LANGUAGES else standard.language,
            theme=found["theme"] if found.get("theme") in _THEMES else standard.theme,
            text_size=found["text_size"] if found.get("text_size") in TEXT_SIZES else standard.text_size,
            panel_folded=found.get("panel_folded") is True,
            name=name[:100] if isinstance(name, str) else "",
        )

    def write(self, settings: Settings) -> None:
        """Keep the settings; where that is impossible they hold for this run only.

        What another version of the program has set, and this one does not know, stays as it is.
        """
        found = small_json.read(self._path)
        kept = found if isinstance(found, dict) else {}
        seen = asdict(self.read())
        mine = {name: value for name, value in asdict(settings).items() if name not in kept or value != seen[name]}
        with contextlib.suppress(NotWritten):
            small_json.write(self._path, {**kept, **mine})
