"""What the program is made of, by its lock and what is installed: a CycloneDX list, and the licences.

`python -m bundling.parts` writes `docs/third-party.md` anew from the environment of the lock.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import uuid
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from bundling.build import ROOT
from hakemus import __version__

LOCK = "requirements.lock"
PAPER = ROOT / "docs" / "third-party.md"
BUILD_ONLY = {"babel", "editables", "hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}
"""Parts of the lock that build the wheel and are in no bundle and no running program."""
LICENCES = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "python-stdnum": "LGPL-2.1-or-later",
    "openpyxl": "MIT",
    "et-xmlfile": "MIT",
    "xlsxwriter": "BSD-2-Clause",
    "reportlab": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "babel": "BSD-3-Clause",
    "editables": "MIT",
    "hatchling": "MIT",
    "packaging": "Apache-2.0 OR BSD-2-Clause",
    "pathspec": "MPL-2.0",
    "pluggy": "MIT",
    "tomlkit": "MIT",
    "trove-classifiers": "Apache-2.0",
}
"""Where the metadata of a release says it in words or offers a choice, or where it is not installed to run."""
FONTS = (("Source Sans Pro", "OFL-1.1"), ("DejaVu Sans", "Bitstream-Vera AND LicenseRef-Public-Domain"))
IN_A_BUNDLE = (
    "Qt and PySide6 are used under the LGPL: a bundle holds them as files of their own, which may be replaced by other "
    "builds of the same version. A bundle also holds Python (PSF-2.0), the start of PyInstaller (GPL-2.0-or-later with "
    "an exception for what it starts) and, on Linux, OpenSSL (Apache-2.0), libxcb, libxkbcommon, expat and libffi "
    "(MIT), zlib (Zlib), bzip2 (bzip2-1.0.6) and liblzma (0BSD) of the system it was made on."
)
_ENTRY = re.compile(r"^([a-z0-9-]+)==([^\s;\\]+)", re.M)
_IS_LICENCE = re.compile(r"(?i)licen[cs]e|copying|notice")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Part:
    """A distribution as the lock names it; `hashes` are those of every wheel of it that may be installed."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]
    ships: bool

    @property
    def url(self) -> str:
        """Its package URL, which names no host."""
        return f"pkg:pypi/{self.name}@{self.version}"


def parts(root: Path = ROOT) -> list[Part]:
    """Everything in the program's lock, by name."""
    text = (root / LOCK).read_text(encoding="utf-8")
    found = []
    starts = [*_ENTRY.finditer(text)]
    for at, entry in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(text)
        name, version = entry[1], entry[2]
        hashes = tuple(_HASH.findall(text[entry.start() : end]))
        found.append(Part(name, version, licence_of(name), hashes, name not in BUILD_ONLY))
    return sorted(found, key=lambda part: part.name)


def licence_of(name: str) -> str:
    """The licence of an installed distribution as an SPDX expression where its metadata has one, else its words."""
    if name in LICENCES:
        return LICENCES[name]
    try:
        told: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "not installed"
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    classified = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License ::")]
    return classified[0].removesuffix(" License") if classified else str(told.get("License", "unknown")).split("\n")[0]


def bill(found: list[Part], root: Path = ROOT) -> dict[str, Any]:
    """A CycloneDX 1.5 document of what ships; the same lock gives the same document."""
    ships = [part for part in found if part.ships]
    lock = hashlib.sha256((root / LOCK).read_bytes()).hexdigest()
    program = {"type": "application", "bom-ref": f"pkg:pypi/hakemus@{__version__}", "name": "hakemus"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'hakemus {__version__} {lock}')}",
        "version": 1,
        "metadata": {
            "component": {**program, "version": __version__, "licenses": [{"license": {"id": "MIT"}}]},
            "properties": [{"name": f"hakemus:{LOCK}:sha256", "value": lock}],
        },
        "components": [_component(part) for part in ships],
        "dependencies": [{"ref": program["bom-ref"], "dependsOn": [part.url for part in ships]}],
    }


def _component(part: Part) -> dict[str, Any]:
    one: dict[str, Any] = {"type": "library", "bom-ref": part.url, "name": part.name, "version": part.version}
    one["purl"] = part.url
    one["licenses"] = [{"expression": part.licence}] if " " not in part.licence or " AND " in part.licence else []
    if not one["licenses"]:
        one["licenses"] = [{"license": {"name": part.licence}}]
    # each wheel has a hash of its own, and CycloneDX has room for one of a kind: they stand as properties
    one["properties"] = [{"name": "hakemus:wheel:sha256", "value": value} for value in part.hashes]
    return one


def paper(found: list[Part]) -> str:
    """The table of third-party licences, as Markdown."""
    lines = [
        "# Third-party software",
        "",
        "Generated from `requirements.lock` by `python3 dev.py sbom`; do not edit. hakemus itself: MIT.",
        "",
        "## What the program uses",
        "",
        "| part | version | licence |",
        "|---|---|---|",
        *(f"| {part.name} | {part.version} | {part.licence} |" for part in found if part.ships),
        "",
        IN_A_BUNDLE,
        "",
        "## Fonts",
        "",
        "| font | licence |",
        "|---|---|",
        *(f"| {name} | {licence} |" for name, licence in FONTS),
        "",
        "## What only builds the wheel",
        "",
        "| part | version | licence |",
        "|---|---|---|",
        *(f"| {part.name} | {part.version} | {part.licence} |" for part in found if not part.ships),
    ]
    return "\n".join(lines) + "\n"


def write_bill(target: Path) -> None:
    """Write the CycloneDX document."""
    target.write_text(json.dumps(bill(parts()), indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


def licence_texts() -> str:
    """The licences of everything that ships, word for word, as the distributions carry them."""
    whole = [f"hakemus {__version__}\n\n{(ROOT / 'LICENSE').read_text(encoding='utf-8')}"]
    for part in parts():
        files = metadata.files(part.name) or [] if part.ships and part.licence != "not installed" else []
        texts = [file for file in files if ".dist-info" in str(file) and _IS_LICENCE.search(file.name)]
        for file in texts:
            content = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
            whole.append(f"{part.name} {part.version}: {part.licence} ({file.name})\n\n{content}")
        if part.ships and not texts:
            whole.append(f"{part.name} {part.version}: {part.licence}\n")
    return f"\n{'=' * 79}\n".join(whole)


def main() -> int:
    """The paper anew, and the list into `dist/`."""
    PAPER.write_text(paper(parts()), encoding="utf-8", newline="\n")
    (ROOT / "dist").mkdir(exist_ok=True)
    write_bill(ROOT / "dist" / "sbom.cdx.json")
    print(PAPER.relative_to(ROOT), "dist/sbom.cdx.json", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
