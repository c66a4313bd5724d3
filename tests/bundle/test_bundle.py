"""The bundle as it is handed out: packed, unpacked where there is no Python, and worked from outside to the paper."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "walk"), str(Path(__file__).parent)]

import bare_debian  # noqa: E402
from bundling import archive, build  # noqa: E402

MOST_BYTES = 80_000_000
DAY = "2018-11-15"
made = pytest.mark.skipif(not build.STAMP.exists(), reason="no bundle: python3 dev.py bundle --folder makes one")
campaign = pytest.mark.skipif(not os.environ.get("HAKEMUS_CAMPAIGN"), reason="debootstrap takes minutes: the campaign")


def text_of(paper: Path) -> str:
    """The words of a paper, with one space between them whatever stood there."""
    with closing(pypdfium2.PdfDocument(paper)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@made
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the walk goes over AT-SPI")
@pytest.mark.parametrize("root", ["assembled", pytest.param("installed", marks=campaign)])
def test_the_whole_main_job_where_there_is_no_python(tmp_path: Path, root: str) -> None:
    from accessibility_client import Client, VirtualDesktop, lacking
    from outside import Outsider, main_job

    if lacking():
        pytest.skip(f"not here: {' '.join(lacking())}")
    packed = tmp_path / "hakemus.tar.xz"
    archive.tar_xz(build.program(), packed, preset=0)
    assert packed.stat().st_size <= MOST_BYTES

    home, before = somewhere_without_python(tmp_path / "root", root)
    (home / "desk" / "papers").mkdir(parents=True)
    with tarfile.open(packed) as tar:
        tar.extractall(home / "opt", filter="fully_trusted")
    inside = "" if before else str(home)
    words = json.loads((ROOT / "resources" / "examples" / "pop-up-kirjasto.json").read_text(encoding="utf-8"))
    with VirtualDesktop() as desktop:
        environ = {**desktop.environment, "PATH": "/usr/bin:/bin", "HOME": f"{inside}/desk", "LANG": "C.UTF-8"}
        environ |= {"HAKEMUS_STATE": f"{inside}/desk/state", "HAKEMUS_TODAY": DAY}
        command = [*before, f"{inside}/opt/hakemus/hakemus"]
        program = subprocess.Popen(command, env=environ, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            with Client(desktop) as client:
                main_job(Outsider(client), words["application"], f"{inside}/desk/papers")
        finally:
            program.terminate()
            said = program.communicate()[0].decode(errors="replace")
    assert "Traceback" not in said
    judge(home / "desk" / "papers", words["application"])


def somewhere_without_python(folder: Path, root: str) -> tuple[Path, list[str]]:
    """A folder for the program, and the words before its command: a bare Debian, or this system where none can be."""
    reason = bare_debian.why_not()
    if reason:
        print(f"no bare Debian here ({reason}): the bundle is worked on this system, with an empty environment")
        (folder / "opt").mkdir(parents=True)
        return folder, []
    folder = bare_debian.install(folder) if root == "installed" else bare_debian.assemble(folder)
    assert not [*folder.rglob("bin/python*"), *folder.rglob("libpython*")]
    return folder, [str(bare_debian.tool("chroot")), str(folder)]


def judge(papers: Path, words: dict[str, Any]) -> None:
    """The four files say what was written."""
    with zipfile.ZipFile(papers / "hakemus.hakemus") as file:
        application = json.loads(file.read("document.json"))["application"]
    assert application["funding"]["grant"] == "7200.00"
    assert application["applicant"]["organisation"] == words["applicant"]["organisation"]
    assert len(application["budget"]["lines"]) == 5
    text = text_of(papers / "paperi.pdf")
    assert words["project"]["title"] in text
    assert "7 200,00 €" in text
    printed = pypdfium2.PdfDocument(papers / "tulostettu.pdf")
    with closing(printed), closing(pypdfium2.PdfDocument(papers / "paperi.pdf")) as paper:
        assert len(printed) == len(paper)
    book = openpyxl.load_workbook(papers / "taulukko.xlsx", data_only=True)
    assert {7200, 1800, 9000} <= {cell.value for sheet in book for line in sheet.iter_rows() for cell in line}


@made
def test_what_is_not_needed_stays_out() -> None:
    names = [path.relative_to(build.program()).as_posix() for path in build.program().rglob("*") if path.is_file()]
    for part in ("gtk", "webengine", "qtqml", "qtquick", "qt6qml", "qt6quick", "tkinter", "eglfs", "virtualkeyboard"):
        assert not [name for name in names if part in name.lower()], part
    kept = {Path(name).name for name in names if "/translations/" in name}
    assert kept == {"qtbase_fi.qm", "qtbase_sv.qm"}
    systems_own = ("libstdc++", "libfontconfig", "libglib", "libGL")
    assert not [name for name in names if Path(name).name.startswith(systems_own)]


@made
def test_the_zones_of_the_closing_minutes_are_inside() -> None:
    zones = [path for path in build.program().rglob("Helsinki") if path.parts[-3:-1] == ("zoneinfo", "Europe")]
    assert zones, "a system without time zones, as Windows is, could use no call"


@made
def test_the_commands_work_without_the_environment_of_a_developer(tmp_path: Path) -> None:
    program = build.program() / "hakemus"
    environ = {"PATH": "/usr/bin:/bin", "HAKEMUS_STATE": str(tmp_path / "state"), "HOME": str(tmp_path)}
    environ |= {"LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", "HAKEMUS_TODAY": DAY}
    tour = ["tour", str(tmp_path / "tour"), "--theme", "light", "--size", "640x480"]
    for words in (["--version"], ["calls", "--json"], ["schema"], tour):
        done = subprocess.run([str(program), *words], env=environ, capture_output=True, check=False)
        assert done.returncode == 0, (words, done.stderr)
    assert {".png", ".pdf", ".xlsx"} <= {path.suffix for path in (tmp_path / "tour").iterdir()}


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", False),
        ("PySide6\\plugins\\tls\\qopensslbackend.dll", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", True),
        ("PySide6/Qt/translations/qtbase_sv.qm", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", True),
        ("PySide6/Qt6Qml.dll", True),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", False),
        ("libgtk-3.so.0", True),
        ("libstdc++.so.6", True),
        ("libpython3.11.so.1.0", False),
        ("libxcb-cursor.so.0", False),
        ("hakemus/_resources/locale/fi/LC_MESSAGES/hakemus.mo", False),
    ],
)
def test_what_goes_in_is_decided_by_name(name: str, out: bool) -> None:
    from bundling import contents

    assert contents.is_left_out(name) is out


def test_the_same_folder_packed_twice_is_the_same_file(tmp_path: Path) -> None:
    folder = tmp_path / "hakemus"
    (folder / "in").mkdir(parents=True)
    (folder / "hakemus").write_text("#!")
    (folder / "hakemus").chmod(0o755)
    (folder / "in" / "ä.txt").write_text("ä")
    (folder / "link").symlink_to("hakemus")
    sums = []
    for round_ in ("one", "two"):
        os.utime(folder / "in" / "ä.txt", (len(sums) * 1000, len(sums) * 1000))
        target = tmp_path / f"{round_}.tar.xz"
        archive.tar_xz(folder, target)
        zipped = tmp_path / f"{round_}.zip"
        archive.zip_folder(folder, zipped)
        sums.append((archive.write_sum(target), archive.write_sum(zipped)))
    assert sums[0] == sums[1]
    with tarfile.open(tmp_path / "one.tar.xz") as tar:
        assert [entry.name for entry in tar] == [
            "hakemus",
            "hakemus/hakemus",
            "hakemus/in",
            "hakemus/in/ä.txt",
            "hakemus/link",
        ]
        assert {entry.uname + entry.gname for entry in tar} == {""}
        assert tar.getmember("hakemus/hakemus").mode == 0o755
    assert (tmp_path / "one.zip.sha256").read_text().endswith("  one.zip\n")


def test_a_bundle_is_made_anew_where_something_in_it_changed(tmp_path: Path) -> None:
    for name in ("src", "resources", "bundling"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.py").write_text("1")
    (tmp_path / "requirements-bundle.lock").write_text("a")
    first = build.made_of(tmp_path)
    (tmp_path / "src" / "__pycache__").mkdir()
    (tmp_path / "src" / "__pycache__" / "a.pyc").write_text("2")
    assert build.made_of(tmp_path) == first
    (tmp_path / "src" / "a.py").write_text("2")
    second = build.made_of(tmp_path)
    assert second != first
    (tmp_path / "requirements-bundle.lock").write_text("b")
    assert build.made_of(tmp_path) != second
