"""Somebody who works the program through assistive technology alone: the main job, from a call to the printed paper.

The program may be a process from its sources, or a bundle in another root; only its window is known.
"""

from __future__ import annotations

from typing import Any

from accessibility_client import Client, Node
from jeepney.wrappers import DBusErrorResponse

COSTS = (("3", "500,00"), ("2", "750,00"), ("1", "2 000,00"), ("10", "250,00"), ("15", "100,00"))
"""Five rows that make 9 000,00."""
STEPS = 10


class Outsider:
    """One person with one assistive tool at the program's window, in Finnish."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.program = client.program("hakemus")
        self.window = self.program.find("frame")

    # -- moving --------------------

    def begin(self, call: str) -> None:
        """Begin an application from a call on the start page."""
        self.window.find("push button", part=call).press()
        self.window.find("list", "Hakemuksen vaiheet")

    def step(self, number: int) -> None:
        """Go to a step by its key."""
        self.client.key(f"Control+{number % 10}")
        wanted = f"Vaihe {number} / {STEPS}:"

        def there() -> bool:
            found = self.window.all("list item", part=wanted)
            return bool(found) and "selected" in found[0].states

        self.client.until(there, f"step {number}")

    # -- writing --------------------

    def fill(self, name: str, text: str) -> None:
        """Put text into a field by its name, and look that it stands there."""
        field = self.window.find("text", name)
        field.put(text)
        self.client.until(lambda: field.text == text, f"{text} in {name}")

    def row(self, table: str, *cells: str) -> None:
        """Add a row to a table and write its cells, from the one where the cursor comes to stand; empty ones stay."""
        self.window.find("table", table).focus()
        self.client.key("Insert")
        for at, text in enumerate(cells):
            if at:
                self.client.key("Right")
            if text:
                self._write(text)
                self.client.key("Up")  # Enter went to the row below

    def _write(self, text: str) -> None:
        editor = self._editor()
        if editor is None:
            self.client.key("F2")
            editor = self.client.until(self._editor, "the editor of a cell")
        editor.put(text)
        self.client.key("Return")
        self.client.until(lambda: self._editor() is None, "the end of writing in a cell")

    def _editor(self) -> Node | None:
        """Where the keyboard is, if that is a field: a cell's editor is no part of its table's tree."""
        node = self.client.focused
        try:
            return node if node is not None and node.role == "text" and "focused" in node.states else None
        except DBusErrorResponse:
            return None

    # -- reading --------------------

    def reads(self, text: str) -> None:
        """Wait until some element in sight says this, whatever kinds of space it has."""
        self.client.until(lambda: self.window.all(part=text), f"the words {text}")

    # -- handing out --------------------

    def dialog(self, part: str) -> Node:
        """A dialog by a part of its title."""

        def look() -> Node | None:
            found = [child for child in self.program.children if child.role in ("dialog", "file chooser", "frame")]
            return next((child for child in found if part in child.name), None)

        node: Node = self.client.until(look, f"the dialog {part}")
        return node

    def save_as(self, keys: str, title: str, target: str, field: str = "Tiedostonimi:") -> None:
        """Answer a dialog for a file with a path, given as the program sees it."""
        self.client.key(keys)
        name = self.dialog(title).find("text", field)
        name.put(target)
        self.client.until(lambda: name.text == target, f"the path in {title}")
        self.client.key("Return")
        still = lambda: [one for one in self.program.children if title in one.name]  # noqa: E731
        self.client.until(lambda: not still(), f"the end of {title}")


def main_job(person: Outsider, words: dict[str, Any], folder: str) -> None:
    """Write an application like that of a library's pop-up, mend its grant, save it, and make paper and workbook.

    `folder` is where the files go, as the program sees it.
    """
    person.begin("syksyn 2018 haku, Avoinna")
    applicant, project = words["applicant"], words["project"]
    for name, part in (
        ("Hakijaorganisaatio", "organisation"),
        ("Kirjasto", "library"),
        ("Y-tunnus", "business_id"),
        ("Katuosoite tai postilokero", "street"),
        ("Postinumero", "postal_code"),
        ("Postitoimipaikka", "city"),
        ("Sähköposti", "email"),
    ):
        person.fill(name, applicant[part])
    for contact in applicant["contacts"]:
        person.row("Yhteyshenkilöt", contact["name"], contact["phone"])
    person.step(2)
    person.fill("Hankkeen nimi", project["title"])
    person.fill("Tiivistetty kuvaus hankkeesta", project["summary"])
    person.fill("Kuvaus", project["description"])
    person.step(5)
    person.fill("Hanke alkaa", "2.5.2019")
    person.fill("Hanke päättyy", "30.11.2020")
    money(person, words)
    hand_out(person, folder)


def money(person: Outsider, words: dict[str, Any]) -> None:
    """Costs of 9 000 euros and a grant of 7 500, which is 300 too much; the first way out cures it."""
    person.step(6)
    for (quantity, price), line in zip(COSTS, words["budget"]["lines"] * 2, strict=False):
        person.row("Talousarvio", line["description"], quantity, "", price)
    person.reads("9 000 €")
    person.step(7)
    person.fill("Haettava avustus", "7500")
    person.row("Oma rahoitus", "Määräraha", "", "1500")
    person.reads("83,33 %")
    person.window.find("push button", "Käytä: Pienennä avustusta").press()
    person.window.find("cell", "Summa €: 1 800,00")
    person.reads("80,00 %")


def hand_out(person: Outsider, folder: str) -> None:
    """The file, the paper, the workbook, and the paper printed to a file."""
    person.save_as("Control+S", "Tallenna hakemus", f"{folder}/hakemus.hakemus")
    person.save_as("Control+E", "Tallenna PDF", f"{folder}/paperi.pdf")
    person.save_as("Control+Shift+E", "Tallenna Excel", f"{folder}/taulukko.xlsx")
    person.step(10)
    person.save_as("Control+P", "Tulosta", f"{folder}/tulostettu.pdf", "Tulostetiedosto:")
