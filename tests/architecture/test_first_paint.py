"""What the first paint costs: nothing heavy is loaded for it, and the command line needs no Qt at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pydantic", "pydantic_core", "tomllib", "reportlab", "xlsxwriter", "openpyxl", "pypdfium2", "stdnum")
OWN = ("hakemus.usecases.session", "hakemus.domain.draft", "hakemus.rules.engine", "hakemus.report.build")

PAINT = """
import sys
from PySide6.QtTest import QTest
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.window import WindowApp, make_app
app = make_app()
window = WindowApp(Core(), app).make()
window.show()
assert QTest.qWaitForWindowExposed(window)
app.processEvents()
assert not window.grab().isNull()
import json
print(json.dumps(sorted(sys.modules)))
"""

WRITING = """
import json, sys
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.window import WindowApp, make_app
app = make_app()
started = WindowApp(Core(), app)
window = started.make()
window.show()
controller = started.control()
window.start.example_asked.emit("pop-up-kirjasto")
for step in ("project", "goals", "partners", "timeline", "budget", "funding", "attachments", "review"):
    controller.command("step:" + step)
    app.processEvents()
assert window.wizard.step == "review"
import linecache
print(json.dumps({"modules": sorted(sys.modules), "sources": sorted(linecache.cache)}))
"""

NO_QT = """
import sys
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None
from hakemus.__main__ import main
sys.exit(main(sys.argv[1:]))
"""

NONE_COUNT = """
import sys
from PySide6.QtCore import QObject
made = QObject()
made.setObjectName("x")
before = sys.getrefcount(None)
for _ in range(1000):
    made.setObjectName("x")
print(before - sys.getrefcount(None))
"""


def run(code: str, *arguments: str, state: Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    wanted = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HAKEMUS_STATE": str(state),
        "HAKEMUS_TODAY": "2018-11-15",
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=wanted, cwd=cwd, check=False
    )


def recent(state: Path) -> None:
    """A list of drafts, as it is on the second morning."""
    entry = {
        "path": str(state / "a.hakemus"),
        "title": "One",
        "library": "Library",
        "call_title": {"fi": "a", "sv": "b", "en": "c"},
        "closes": "2018-12-03T16:15",
        "zone": "Europe/Helsinki",
        "steps_done": 3,
        "steps": 10,
        "errors": 1,
        "saved_at": "2018-11-14T12:00:00",
    }
    state.mkdir(parents=True, exist_ok=True)
    (state / "recent.json").write_text(json.dumps([entry]), encoding="utf-8")


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    # In a checkout the first start of all makes the index of calls, which an installed program brings along.
    run(PAINT, state=tmp_path)
    recent(tmp_path)
    done = run(PAINT, state=tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert loaded & {*HEAVY, *OWN} == set()
    assert not [name for name in loaded if name.startswith(("hakemus.ui.pages", "hakemus.ui.tables", "hakemus.rules"))]


def test_none_keeps_its_references(tmp_path: Path) -> None:
    done = run(NONE_COUNT, state=tmp_path)
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) < 100


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("draft")
    made = folder / "a.hakemus"
    done = run(NO_QT, "new", str(made), "--call", "avi-kirjastot-2018", state=folder / "state")
    assert done.returncode == 0, done.stderr
    return made


COMMANDS = {
    "calls": ["calls", "--json"],
    "schema": ["schema"],
    "check": ["check", "{draft}", "--json"],
    "show": ["show", "{draft}"],
    "pdf": ["export", "{draft}", "--pdf", "{folder}/a.pdf"],
    "xlsx": ["export", "{draft}", "--xlsx", "{folder}/a.xlsx"],
    "check-call": ["check-call", "{call}"],
    "import": ["import", "{page}", "{folder}/b.hakemus", "--call", "avi-kirjastot-2018"],
    "version": ["--version"],
    "help": ["--help"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_but_the_window_runs_without_qt(name: str, draft: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Hankkeen nimi\nPop up\n", encoding="utf-8")
    call = Path(__file__).resolve().parents[2] / "resources" / "calls" / "avi" / "avi-kirjastot-2018" / "call.toml"
    given = {"draft": str(draft), "folder": str(tmp_path), "call": str(call), "page": str(page)}
    done = run(NO_QT, *(part.format(**given) for part in COMMANDS[name]), state=tmp_path / "state", cwd=tmp_path)
    assert "Traceback" not in done.stderr, done.stderr
    assert "PySide6" not in done.stderr, done.stderr
    assert done.returncode in ((0, 1, 2) if name == "import" else (0, 1) if name == "check" else (0,)), done.stderr


@pytest.mark.parametrize("arguments", [[], ["a.hakemus"], ["tour", "out"]])
def test_the_window_without_qt_is_one_sentence(tmp_path: Path, arguments: list[str]) -> None:
    done = run(NO_QT, *arguments, state=tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    done = run(WRITING, state=tmp_path_factory.mktemp("written"))
    assert done.returncode == 0, done.stderr
    loaded: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return loaded


def test_an_application_is_written_without_what_makes_paper(written: dict[str, list[str]]) -> None:
    exporters = ("reportlab", "PIL", "pypdfium2", "xlsxwriter", "openpyxl", "PySide6.QtPrintSupport")
    assert not [name for name in exporters if name in written["modules"]]


def test_no_source_is_kept_in_memory(written: dict[str, list[str]]) -> None:
    assert "hakemus.ui.pages.review" in written["modules"]
    ours = {Path(name).name for name in written["sources"] if "hakemus" in name or "pydantic" in name}
    assert ours <= {"qt_sources.py"}  # the one that imports the binding
