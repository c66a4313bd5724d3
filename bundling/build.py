"""Runs PyInstaller over the recipe, and only where something has changed since the last time."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "bundle"
STAMP = WORK / "made-of"
_SOURCES = ("src", "resources", "bundling")
_LOCK = "requirements-bundle.lock"
_PASSING = {"__pycache__", ".mypy_cache"}


def program() -> Path:
    """What was made: the folder of the program, on macOS the application."""
    return WORK / "made" / ("Hakemus.app" if sys.platform == "darwin" else "hakemus")


def made_of(root: Path = ROOT) -> str:
    """A sum over everything that goes into a bundle, so that the same sources are not bundled twice."""
    total = hashlib.sha256(f"{sys.version} {sys.platform}".encode())
    files = [path for name in _SOURCES for path in (root / name).rglob("*") if path.is_file()]
    for path in sorted([*files, root / _LOCK]):
        if _PASSING.isdisjoint(path.parts):
            total.update(f"{path.relative_to(root).as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def build() -> Path:
    """Make the folder anew where its sources have changed; its path. Raises `CalledProcessError`."""
    import build_catalogues

    build_catalogues.prepare(ROOT)  # what is made of something else goes along as it stands now
    now = made_of()
    if program().exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == now:
        return program()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    # names and dates that differ from run to run would make two bundles of the same sources differ
    environ = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "315532800"),
    }
    environ["PYTHONPATH"] = str(ROOT / "src")
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(WORK / "made"), "--workpath", str(WORK / "work")]
    subprocess.run([*command, str(ROOT / "bundling" / "hakemus.spec")], cwd=ROOT, env=environ, check=True)
    _papers(program() / "Contents" / "Resources" if sys.platform == "darwin" else program())
    STAMP.write_text(now, encoding="ascii")
    return program()


def _papers(folder: Path) -> None:
    """What goes with every copy: licences, and the list of parts."""
    from bundling import parts

    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")
    (folder / "THIRD-PARTY.txt").write_text(parts.licence_texts(), encoding="utf-8", newline="\n")
    parts.write_bill(folder / "sbom.cdx.json")
