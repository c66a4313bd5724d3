"""LibreOffice as somebody's spreadsheet program: reckons workbooks anew, and changes them by a list of deeds."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
_PYTHONS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python")
_DEEDS = Path(__file__).with_name("office_deeds.py")

Deed = tuple[object, ...]
"""`text|number, sheet, row, column, value`; `insert|delete, sheet, row, count`; `sort, sheet, first row, last row, last
column, column, upward`. Rows and columns count from zero.
"""


@cache
def office_python() -> str | None:
    """A Python that can talk to the office program."""
    for path in _PYTHONS:
        if Path(path).exists():
            asked = subprocess.run([path, "-c", "import uno"], capture_output=True, check=False)
            if asked.returncode == 0:
                return path
    return None


needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed: what it makes of workbooks was NOT checked"
)
needs_hands = pytest.mark.skipif(
    SOFFICE is None or office_python() is None,
    reason="LibreOffice or its Python (python3-uno) is not installed: changes that it makes were NOT read back",
)


def profile(folder: Path) -> Path:
    """A profile of its own, that reckons everything anew when a workbook is opened."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, "utf-8")
    return profile


def recalculated(folder: Path, books: Mapping[str, bytes]) -> dict[str, bytes]:
    """The workbooks as the office program saves them after reckoning every formula anew."""
    assert SOFFICE is not None
    out = folder / "out"
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    command = [SOFFICE, f"-env:UserInstallation={profile(folder).as_uri()}", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *(str(folder / f"{name}.xlsx") for name in books)]
    subprocess.run(command, check=True, capture_output=True, timeout=300 + 10 * len(books))
    return {name: (out / f"{name}.xlsx").read_bytes() for name in books}


def changed(folder: Path, books: Mapping[str, tuple[bytes, Sequence[Deed]]]) -> dict[str, bytes]:
    """The workbooks after the office program has opened, changed, reckoned and saved them."""
    python = office_python()
    assert SOFFICE is not None
    assert python is not None
    told = []
    for name, (data, deeds) in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
        told.append([str(folder / f"{name}.xlsx"), str(folder / f"{name}-back.xlsx"), [list(deed) for deed in deeds]])
    (folder / "deeds.json").write_text(json.dumps(told), "utf-8")
    pipe = "".join(sign for sign in str(folder) if sign.isalnum())[-60:]
    limit = 300 + 10 * len(books)
    office = subprocess.Popen(
        [
            SOFFICE,
            f"-env:UserInstallation={profile(folder).as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        script = [python, str(_DEEDS), str(folder / "deeds.json"), pipe]
        done = subprocess.run(script, capture_output=True, text=True, timeout=limit, check=False)
        assert done.returncode == 0, done.stderr
        office.wait(60)
    finally:
        if office.poll() is None:
            office.kill()
            office.wait()
    return {name: (folder / f"{name}-back.xlsx").read_bytes() for name in books}
