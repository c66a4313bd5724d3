"""The whole work by keyboard alone, in a real window, heard from outside: begin, fill, cure, save, die, recover, print.

The application is that of a pop-up library: 9 000 euros, of which 7 500 are asked, 300 more than the share allows.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("AT-SPI and XTest are how Linux does it", allow_module_level=True)

import accessibility_client
import keyboard
from accessibility_client import Client, Node, VirtualDesktop
from keyboard import Keyboard
from test_main_job import COSTS, pdf_text, words_of
from typist import Typist

from hakemus.adapters.pdf.pages import page_count

LACKING = [*accessibility_client.lacking(), *keyboard.lacking()]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"not here: {' '.join(LACKING)}")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on the screen in one language; the figures stand alike in both."""

    call: str
    applicant: tuple[str, ...]
    project: tuple[str, ...]
    contacts: str
    add_goal: str
    starts: str
    ends: str
    budget: str
    grant: str
    own: str
    cure: str
    filename: str
    save: str
    open_found: str
    printed: str
    print: str


SCREENS = {
    "fi": Screen(
        "Uusi hakemus: Kirjastojen alueellinen ja paikallinen kokeilu- ja kehittämistoiminta, syksyn 2018 haku…",
        ("Hakijaorganisaatio", "Kirjasto", "Y-tunnus", "ISIL-tunnus"),
        ("Hankkeen nimi", "Tiivistetty kuvaus hankkeesta", "Kuvaus"),
        "Yhteyshenkilöt",
        "Lisää tavoite",
        "Hanke alkaa",
        "Hanke päättyy",
        "Talousarvio",
        "Haettava avustus",
        "Oma rahoitus",
        "Käytä: Pienennä avustusta…",
        "Tiedostonimi:",
        "Tallenna",
        "Avaa",
        "Tulostetiedosto:…",
        "Tulosta",
    ),
    "sv": Screen(
        "Ny ansökan: Bibliotekens regionala och lokala försöks- och utvecklingsverksamhet, utlysningen hösten 2018…",
        ("Sökande organisation", "Bibliotek", "FO-nummer", "ISIL-kod"),
        ("Projektets namn", "Sammandrag av projektet", "Projektbeskrivning"),
        "Kontaktpersoner",
        "Lägg till mål",
        "Projektet inleds",
        "Projektet avslutas",
        "Budget",
        "Ansökt understöd",
        "Egen finansiering",
        "Använd: Minska understödet…",
        "Filnamn:",
        "Spara",
        "Öppna",
        "Utdatafil:…",
        "Skriv ut",
    ),
}


class Desk:
    """A computer with the program on it: each `start` is a new process, over what the one before has left."""

    def __init__(self, desktop: VirtualDesktop, client: Client, folder: Path, language: str) -> None:
        self.client, self.state = client, folder / "state"
        self.state.mkdir()
        (self.state / "settings.json").write_text(json.dumps({"language": language}), encoding="utf-8")
        self._environ = {**os.environ, **desktop.environment, "HAKEMUS_STATE": str(self.state)}
        self._environ |= {"HAKEMUS_TODAY": "2018-11-15", "PYTHONPATH": str(ROOT / "src")}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Node:
        """The program's window, as it is told to assistive tools."""
        self._process = subprocess.Popen([sys.executable, "-m", "hakemus"], env=self._environ)
        window: Node = self.client.program("hakemus").find("frame")
        return window

    def kill(self) -> None:
        """Power cut."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        assert self._process.wait() == -signal.SIGKILL
        self.client.until(lambda: not self.client.programs("hakemus"), "the end of the program")

    def ended(self) -> int:
        """The exit code, once the program has ended by itself."""
        assert self._process is not None
        return self._process.wait(accessibility_client.PATIENCE)

    def holds_in_recovery(self, text: str) -> bool:
        """Whether a recovery copy on the disk has this text; one that is still being written is none."""
        return any(text.encode() in path.read_bytes() for path in (self.state / "recovery").glob("*.recovery"))

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@pytest.fixture(params=["fi", "sv"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def screen(language: str) -> Screen:
    return SCREENS[language]


@pytest.fixture
def bench(tmp_path: Path, language: str) -> Iterator[tuple[Desk, Typist]]:
    """The computer, and who sits at it: a virtual screen with a Finnish keyboard, and an assistive tool."""
    with ExitStack() as at_end:
        desktop = at_end.enter_context(VirtualDesktop(layout="fi"))
        client = at_end.enter_context(Client(desktop))
        desk = Desk(desktop, client, tmp_path, language)
        at_end.callback(desk.close)
        keys = at_end.enter_context(Keyboard(desktop.display))
        yield desk, Typist(client, keys)
        desktop.picture(tmp_path / "at-the-end.png")


def test_the_whole_work_by_keyboard_alone(
    bench: tuple[Desk, Typist], screen: Screen, language: str, tmp_path: Path
) -> None:
    desk, person = bench
    words = words_of(language)
    window = desk.start()
    write_it(person, screen, words)
    money(person, screen, words, window)

    file = tmp_path / "hakemus.hakemus"
    save_as(person, screen, "Control+S", file)
    assert written(file)["application"]["funding"]["grant"] == "7200.00"

    person.keyboard.press("Control+2")
    title = person.comes_to("text", screen.project[0])
    person.keyboard.press("End")
    person.keyboard.type(" – 2")
    person.stands(title, f"{words['project']['title']} – 2")
    person.until(lambda: desk.holds_in_recovery(f"{words['project']['title']} – 2"), "the recovery copy")
    desk.kill()
    assert written(file)["application"]["project"]["title"] == words["project"]["title"]

    desk.start().find("push button", screen.open_found)
    person.go_to("push button", screen.open_found)
    person.keyboard.press("Space")
    person.stands(person.comes_to("text", screen.project[0]), f"{words['project']['title']} – 2")
    person.keyboard.press("Control+S")
    person.until(lambda: written(file)["application"]["project"]["title"].endswith(" – 2"), "the file with the title")

    hand_out(person, screen, tmp_path)
    assert f"{words['project']['title']} – 2" in " ".join(pdf_text((tmp_path / "paper.pdf").read_bytes()).split())
    assert page_count((tmp_path / "printed.pdf").read_bytes()) == page_count((tmp_path / "paper.pdf").read_bytes())
    book = openpyxl.load_workbook(tmp_path / "book.xlsx", data_only=True)
    assert {7200, 1800, 9000} <= {cell.value for sheet in book for line in sheet.iter_rows() for cell in line}
    person.keyboard.press("Control+Q")
    assert desk.ended() == 0


def write_it(person: Typist, screen: Screen, words: dict) -> None:
    """From the start page to the end of the timeline, each step by its key, each field by Tab."""
    applicant, project, goal = words["applicant"], words["project"], words["goals"][0]
    person.go_to("push button", screen.call)
    person.keyboard.press("Space")
    person.comes_to("text", screen.applicant[0])
    for name, part in zip(screen.applicant, ("organisation", "library", "business_id", "isil"), strict=True):
        person.fill(name, applicant[part])
    person.go_to("table", screen.contacts)
    for contact in applicant["contacts"]:
        person.row(contact["name"], contact["phone"], contact["email"])
    person.keyboard.press("Control+2")
    person.comes_to("text", screen.project[0])
    beginnings = [part.partition(". ")[0] + "." for part in project["description"].split("\n\n")]
    summary = project["summary"].partition(". ")[0] + "."
    for name, text in zip(screen.project, (project["title"], summary, "\n".join(beginnings)), strict=True):
        person.fill(name, text)
    person.keyboard.press("Control+3")
    person.go_to("push button", screen.add_goal)
    person.keyboard.press("Space")
    person.stands(person.written(goal["text"]), goal["text"])
    person.keyboard.press("Control+5")
    person.comes_to("text", screen.starts)
    person.fill(screen.starts, "2.5.2019")
    person.fill(screen.ends, "31.12.2020")


def money(person: Typist, screen: Screen, words: dict, window: Node) -> None:
    """Costs of 9 000 euros and a grant of 7 500, which is 300 too much; the first way out cures it."""
    person.keyboard.press("Control+6")
    person.go_to("table", screen.budget)
    for (quantity, price), line in zip(COSTS, words["budget"]["lines"] * 2, strict=False):
        person.row(line["description"], quantity, "", price)
    person.reads(window, "9 000 €")
    person.keyboard.press("Control+7")
    person.comes_to("text", screen.grant)
    person.fill(screen.grant, "7500")
    person.go_to("table", screen.own)
    person.row(words["funding"]["own"][0]["description"], "1500")
    person.reads(window, "83,33 %", "300 €")
    person.go_to("push button", screen.cure, "Shift+Tab")
    person.keyboard.press("Space")
    person.reads(window, "80,00 %", "1 800,00")


def save_as(person: Typist, screen: Screen, keys: str, target: Path) -> None:
    """Ask for a file by a key, and type its path where the keyboard comes to stand."""
    person.keyboard.press(keys)
    give_path(person, person.comes_to("text", screen.filename), target, screen.save)


def give_path(person: Typist, field: Node, target: Path, button: str) -> None:
    """Write a path and press the button; Return could meet the list of names that Qt offers while one writes."""
    person.keyboard.press("Control+A")
    person.keyboard.type(str(target))
    person.stands(field, str(target))
    person.go_to("push button", button)
    person.keyboard.press("Space")
    person.until(target.exists, f"the file {target.name}")


def hand_out(person: Typist, screen: Screen, folder: Path) -> None:
    save_as(person, screen, "Control+E", folder / "paper.pdf")
    save_as(person, screen, "Control+Shift+E", folder / "book.xlsx")
    person.keyboard.press("Control+P")
    give_path(person, person.go_to("text", screen.printed), folder / "printed.pdf", screen.print)


def written(file: Path) -> dict:
    """What the saved file holds, read as anybody can."""
    with zipfile.ZipFile(file) as packed:
        return dict(json.loads(packed.read("document.json")))


KEPT = """
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication
from hakemus.ui.actions import MENUS
from hakemus.ui.widgets.text_boxes import Line, Text
app = QApplication([])
for command in [item for _title, items in MENUS for item in items if item.keys]:
    stroke = QKeySequence(command.keys)[0]
    for box in (Line(), Text()):
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, stroke.key(), stroke.keyboardModifiers())
        asked.ignore()
        box.event(asked)
        if asked.isAccepted():
            print(type(box).__name__, "keeps", command.keys)
"""


def test_no_box_of_text_keeps_a_key_of_the_window() -> None:
    """X11's boxes of text have keys that those of other systems, and of Qt without a screen, have not."""
    with VirtualDesktop() as desktop:
        environ = {**os.environ, **desktop.environment, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            [sys.executable, "-c", KEPT], env=environ, capture_output=True, text=True, check=True, timeout=120
        )
    assert done.stdout == ""
