"""`python -m bundling`: the folder that needs no Python, and the files that are handed out, into `dist/`.

`--folder` makes only the folder, under `build/bundle`, as the test run does.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

from bundling import archive, build
from hakemus import __version__

DIST = build.ROOT / "dist"
_SYSTEMS = {"win32": "windows", "darwin": "macos"}


def main(words: list[str]) -> int:
    """Make the bundle of this system; 2 where the words are not understood."""
    if words not in ([], ["--folder"]):
        print("usage: python3 dev.py bundle [--folder]", file=sys.stderr)
        return 2
    made = build.build()
    print(f"folder: {made.relative_to(build.ROOT)}")
    if words:
        return 0
    DIST.mkdir(exist_ok=True)
    for target in hand_out(made):
        size = target.stat().st_size / 1e6
        print(f"{target.relative_to(build.ROOT)}: {size:.1f} MB, sha256 {archive.write_sum(target)}")
    return 0


def name() -> str:
    """`hakemus-0.1.0-linux-x86_64`: what the files handed out are called."""
    machine = platform.machine().lower().replace("amd64", "x86_64")
    return f"hakemus-{__version__}-{_SYSTEMS.get(sys.platform, 'linux')}-{machine}"


def hand_out(made: Path) -> list[Path]:
    """Pack what was made for this system; the files."""
    if sys.platform == "darwin":
        target = DIST / f"{name()}.zip"
        # ditto keeps links and signatures, which zipfile does not
        subprocess.run(["ditto", "-c", "-k", "--keepParent", str(made), str(target)], check=True)
        return [target]
    if sys.platform == "win32":
        target = DIST / f"{name()}.zip"
        archive.zip_folder(made, target)
        return [target, *installer(made)]
    target = DIST / f"{name()}.tar.xz"
    archive.tar_xz(made, target)
    return [target]


def installer(made: Path) -> list[Path]:
    """The per-user installer of Windows, where Inno Setup is there to make it."""
    usual = Path(r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe")
    compiler = shutil.which("ISCC") or (str(usual) if usual.exists() else None)
    if compiler is None:
        print("note: no installer, as Inno Setup 6 (ISCC.exe) is not here; the ZIP needs none")
        return []
    target = DIST / f"{name()}-setup.exe"
    defines = [f"/DVersion={__version__}", f"/DProgram={made}", f"/DOutput={DIST}", f"/DName={target.stem}"]
    defines.append(f"/DIcons={build.WORK / 'icons'}")
    subprocess.run([compiler, "/Q", *defines, str(Path(__file__).parent / "windows" / "hakemus.iss")], check=True)
    return [target]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
