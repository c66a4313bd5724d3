"""Compile the translators' catalogues and the index of calls, for the wheel and for a checkout.

Hatch loads this file as its build hook; `dev.py` calls `prepare` before it starts anything. It knows the folder
`resources/`, and of the program only the maker of the index, which works before any dependency is installed.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # the plain function is of use where no wheel is built

    class BuildHookInterface:  # type: ignore[no-redef]
        """Stand-in, so that the class below can be defined."""


def prepare(root: Path) -> list[Path]:
    """Make everything in `root/resources` that is made from something else and is older; return what was written."""
    return [*compile_catalogues(root), *index_calls(root)]


def compile_catalogues(root: Path) -> list[Path]:
    """Write `hakemus.mo` beside every `hakemus.po` under `root/resources/locale` that is newer, and return
    what was written.

    Fuzzy entries stay out. A catalogue that cannot be read raises `ValueError` naming the file.
    """
    return [
        _compile(source)
        for source in sorted((root / "resources" / "locale").glob("*/LC_MESSAGES/*.po"))
        if _is_stale(source)
    ]


def index_calls(root: Path) -> list[Path]:
    """Write `resources/index/calls.json`, which lets the start page show the calls without reading them."""
    sys.path.insert(0, str(root / "src"))
    try:
        from hakemus.adapters.resources import index
        from hakemus.adapters.resources.calls import CallFiles
    finally:
        sys.path.remove(str(root / "src"))
    resources = root / "resources"
    target = resources / index.SHIPPED
    calls = index.CallIndex(resources)
    if calls.read() is not None:
        return []
    index.write_index(target, calls.mark(), index.entries_of(CallFiles(resources)))
    return [target]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    target = source.with_suffix(".mo")
    language = source.parent.parent.name
    try:
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=language, abort_invalid=True)
    except Exception as error:
        raise ValueError(f"{source}: the catalogue cannot be read: {error}") from error
    compiled = io.BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=False)
    _replace(target, compiled.getvalue())
    return target


def _replace(target: Path, content: bytes) -> None:
    """Put `content` in place in one step: another process may be reading or compiling the same catalogue."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


class CatalogueBuildHook(BuildHookInterface):  # type: ignore[type-arg, unused-ignore]
    """Prepare the resources before the wheel is put together, and carry `resources/` into it.

    An editable installation gets no copy of the resources: the locator finds those of the checkout, and a
    copy would go stale.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        prepare(root)
        if version != "editable":
            build_data["force_include"][str(root / "resources")] = "hakemus/_resources"
