"""Entries of freedesktop.org in the user's own folders: menu entry, file type, icons, list of recent files."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

MIME = "application/vnd.hakemus+zip"
_REFRESH = (
    ("update-mime-database", "mime"),
    ("update-desktop-database", "applications"),
    ("gtk-update-icon-cache", "icons/hicolor"),
)
"""What tells a desktop that runs of new entries, and the folder it is told of; where one is missing, the next login
does as well."""
_MIME_XML = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME}">
    <comment>Hakemus draft</comment>
    <comment xml:lang="fi">Hakemus-luonnos</comment>
    <comment xml:lang="sv">Hakemus-utkast</comment>
    <sub-class-of type="application/zip"/>
    <generic-icon name="x-office-document"/>
    <magic priority="80">
      <match type="string" value="mimetype" offset="30">
        <match type="string" value="{MIME}" offset="38"/>
      </match>
    </magic>
    <glob pattern="*.hakemus"/>
  </mime-type>
</mime-info>
"""
_ENTRY = f"""\
[Desktop Entry]
Type=Application
Version=1.5
Name=Hakemus
GenericName=Grant applications
GenericName[fi]=Avustushakemukset
GenericName[sv]=Bidragsansökningar
Comment=Draft a public library's application for a state grant, offline
Comment[fi]=Laadi kirjaston avustushakemus omalla koneellasi
Comment[sv]=Skriv bibliotekets bidragsansökan på din egen dator
Exec={{command}} %f
Icon=hakemus
Terminal=false
Categories=Office;
Keywords=grant;application;library;
Keywords[fi]=avustus;hakemus;kirjasto;
Keywords[sv]=bidrag;ansökan;bibliotek;
MimeType={MIME};
StartupNotify=true
StartupWMClass=hakemus
"""


def install(data: Path, command: Sequence[str], drawings: Path) -> list[Path]:
    """Write the entries under `data` (the user's XDG data folder) and make the program the one that opens drafts.

    `command` starts the program, `drawings` holds `hakemus.svg` and `hakemus-document.svg`. Gives what was written.
    """
    icon = (drawings / "hakemus.svg").read_bytes()
    document = (drawings / "hakemus-document.svg").read_bytes()
    contents = {
        _application(data): _ENTRY.format(command=" ".join(map(_quoted, command))).encode(),
        _type(data): _MIME_XML.encode(),
        _icons(data)[0]: icon,
        _icons(data)[1]: document,
    }
    for path, content in contents.items():
        _replace(path, content)
    _refresh(data)
    if shutil.which("xdg-mime"):
        _run(["xdg-mime", "default", _application(data).name, MIME])
    return list(contents)


def remove(data: Path) -> list[Path]:
    """Take away what `install` wrote; what was there."""
    found = [path for path in (_application(data), _type(data), *_icons(data)) if path.exists()]
    for path in found:
        path.unlink()
    _refresh(data)
    return found


def _application(data: Path) -> Path:
    return data / "applications" / "hakemus.desktop"


def _type(data: Path) -> Path:
    return data / "mime" / "packages" / "hakemus.xml"


def _icons(data: Path) -> tuple[Path, Path]:
    folder = data / "icons" / "hicolor" / "scalable"
    return folder / "apps" / "hakemus.svg", folder / "mimetypes" / f"{MIME.replace('/', '-')}.svg"


def _quoted(word: str) -> str:
    """An argument as the Exec key wants it, whose percent signs mean something."""
    word = word.replace("%", "%%")
    if not re.search(r"[^\w./:@=+,-]", word):
        return word
    return '"' + re.sub(r'([\\"`$])', r"\\\1", word).replace("\\", "\\\\") + '"'


def _refresh(data: Path) -> None:
    for tool, folder in _REFRESH:
        if shutil.which(tool) and (data / folder).is_dir():
            _run([tool, str(data / folder)])


def _run(command: Sequence[str]) -> None:
    """A tool of the desktop; the entries stand without it."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


# --- recent files ---------------------------------------------------------------------------------------


def note_recent(data: Path, draft: Path, command: str, now: datetime) -> None:
    """Put a draft into the list of recent files that file managers and docks show; the other entries stay as they are.

    A list that is no list is left alone, and so is one that cannot be written.
    """
    target = data / "recently-used.xbel"
    when = now.astimezone().isoformat(timespec="seconds")
    address = f"file://{quote(str(draft.absolute()))}"
    with contextlib.suppress(OSError, UnicodeError):
        old = target.read_text(encoding="utf-8") if target.exists() else _EMPTY
        end = old.rfind("</xbel>")
        if end < 0:
            return
        kept = "".join(_without(old[:end], address))
        _replace(target, f"{kept}{_bookmark(address, command, when)}</xbel>\n".encode())


_EMPTY = """\
<?xml version="1.0" encoding="UTF-8"?>
<xbel version="1.0"
      xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks"
      xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info"
>
</xbel>
"""
_OLD = re.compile(r"\s*<bookmark\s[^>]*?href=\"([^\"]*)\".*?</bookmark>", re.S)


def _without(text: str, address: str) -> Iterator[str]:
    at = 0
    for found in _OLD.finditer(text):
        if found[1] == address.replace("&", "&amp;"):
            yield text[at : found.start()]
            at = found.end()
    yield text[at:].rstrip() + "\n"


def _bookmark(address: str, command: str, when: str) -> str:
    return f"""\
  <bookmark href={quoteattr(address)} added="{when}" modified="{when}" visited="{when}">
    <info>
      <metadata owner="http://freedesktop.org">
        <mime:mime-type type="{MIME}"/>
        <bookmark:applications>
          <bookmark:application name="Hakemus" exec={quoteattr(f"'{command} %u'")} modified="{when}" count="1"/>
        </bookmark:applications>
      </metadata>
    </info>
  </bookmark>
"""


def data_home(environ: Callable[[str], str | None] = os.environ.get) -> Path:
    """The user's data folder as freedesktop.org names it."""
    given = environ("XDG_DATA_HOME")
    return Path(given) if given else Path.home() / ".local" / "share"
