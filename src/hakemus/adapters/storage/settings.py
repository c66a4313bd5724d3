"""Settings in a small JSON file of the state folder; a damaged file is the defaults."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path

from hakemus.usecases.errors import NotWritten
from hakemus.usecases.settings import TEXT_SIZES, Settings

_LANGUAGES = ("fi", "sv", "en")
_THEMES = ("system", "light", "dark", "contrast")
_LIMIT = 100_000


class SettingsFile:
    """Reads and writes the settings of this computer's user."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Settings:
        """The settings; anything that is not one of the known values is the default."""
        try:
            with open(self._path, "rb") as file:
                found = json.loads(file.read(_LIMIT))
        except (OSError, ValueError, RecursionError):
            return Settings()
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
        """Keep the settings; where that is impossible they hold for this run only."""
        from hakemus.adapters.storage import durable

        with contextlib.suppress(NotWritten, OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            durable.write(self._path, json.dumps(asdict(settings), indent=1).encode("ascii"))
