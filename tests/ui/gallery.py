"""Draws every part of the visual kit to pictures: `python tests/ui/gallery.py FOLDER [theme] [percent]`.

The words are those of an example and stand here only to be looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget

from hakemus.ui.look import fonts, icons, style
from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.tables.rows import Cell, Column, Row, TableWords
from hakemus.ui.tables.totals import TableBox
from hakemus.ui.widgets.badges import Badge, Banner, Mark, Progress, glyph, state
from hakemus.ui.widgets.boxes import Host, Page, card, centred, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import CardButton, button, tool_button
from hakemus.ui.widgets.charts import BarPart, BarView, StackedBar
from hakemus.ui.widgets.empty_state import EmptyState
from hakemus.ui.widgets.exits_table import ExitFigure, ExitRow, ExitsView
from hakemus.ui.widgets.field import Field, side_by_side
from hakemus.ui.widgets.finding_card import FindingCard, FindingView
from hakemus.ui.widgets.gantt import Axis, Bar, Bracket
from hakemus.ui.widgets.labels import label
from hakemus.ui.widgets.meter import Meter, MeterCell, MeterShare, MeterView
from hakemus.ui.widgets.sum_table import SumRow, SumTable

ROOT = Path(__file__).resolve().parents[2] / "resources"
MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")


def buttons() -> QWidget:
    off = button("Ei käytettävissä", "print")
    off.setEnabled(False)
    first = row(button("Ensisijainen", "right", "primary", after=True), button("Tavallinen", "plus"), off, None)
    second = row(
        button("Pieni", "", "small"),
        button("Hiljainen linkki", "document", "quiet"),
        tool_button("trash", "Poista"),
        button("Kopioi rivi", "copy", "tool"),
        None,
    )
    inner = row(gap=12, margins=(16, 11, 14, 12))
    inner.addWidget(glyph("pdf", "accent", 28))
    inner.addLayout(column(label("Tallenna PDF", "strong"), label("6 sivua, kirjanmerkit", "small"), gap=0), 1)
    inner.addWidget(glyph("chevron-right", "ink2", 18))
    return card(label("Painikkeet", "h2"), first, second, CardButton(inner, "Tallenna PDF. 6 sivua"))


def fields() -> QWidget:
    name = Field("Nimi")
    name.set_text("Esimerkkilän kaupunginkirjasto")
    code = Field("Y-tunnus")
    code.set_text("0171450-8")
    code.set_message("error", "Tarkistusnumero ei täsmää. Onko viimeinen numero 7?")
    kind = Field("Hankkeen laji", "choice", options=(("k", "Kehittämishanke"), ("y", "Yhteishanke")))
    kind.set_text("k")
    off = Field("Lukittu kenttä")
    off.set_text("Jätetty 28.10.2015")
    off.control.setEnabled(False)
    grant = Field("Haettava avustus", "money", unit="€")
    grant.set_text("7\u00a0500,00")
    grant.set_message("error", "300 € liikaa")
    own = Field("Oma rahoitus", "money", unit="€")
    own.set_text("1\u00a0500,00")
    own.set_message("note", "2 riviä alla")
    day = Field("Hanke alkaa", "date", placeholder="pp.kk.vvvv")
    place = Field("Kunta", "suggest", options=(("", "Kuopio"), ("", "Kotka")), optional="vapaaehtoinen")
    place.set_text("Kuopio")
    text = Field("Tiivistelmä", "text", hint="Kirjoita kuin asiaa tuntemattomalle.", rows=2)
    text.set_text("Kirjastopalvelut hakeutuvat sinne, missä ihmiset kokoontuvat.")
    text.set_counter("120 merkkiä liikaa, raja 500", over=True)
    marked = Field("Merkitty kenttä")
    marked.set_text("havainto koskee tätä")
    marked.set_marked(True)
    marked.set_message("warning", "Tarkista tämä.")
    tick = Field("Hanke on yhteishanke, jossa kaikki kumppanit ovat allekirjoittaneet aiesopimuksen", "check")
    tick.set_text("true")
    radio = QRadioButton("Kunta, saa arvonlisäveron takaisin")
    radio.setChecked(True)
    return card(
        label("Kentät", "h2"),
        side_by_side(name, code),
        side_by_side(kind, off),
        side_by_side(grant, own, day),
        side_by_side(place, marked),
        text,
        tick,
        row(radio, QRadioButton("Muu hakija"), None, gap=20),
    )


def states() -> QWidget:
    words = ("Valmis", "Kesken", "Aloittamatta", "1 varoitus", "1 virhe", "Huomio")
    kinds = ("done", "half", "empty", "warning", "error", "note")
    return card(
        label("Tilat ja ilmoitukset", "h2"),
        row(*[Badge(kind, word) for kind, word in zip(kinds, words, strict=True)], None),
        row(*[clear_box(state(kind, word)) for kind, word in zip(kinds, words, strict=True)], None),
        Banner("note", "Haun tiedot on päivitetty", "Enimmäisosuus muuttui 80 prosentista 75 prosenttiin.", "Näytä"),
        Banner(
            "warning",
            "Tiedosto on auki toisella koneella",
            "Voit jatkaa omalla nimellä.",
            "Tallenna nimellä…",
            close="x",
        ),
        Banner("done", "Tallennettu", "Pop up -kirjasto.hakemus, 12.10.2015 klo 14.22"),
        Banner("error", "Levy on täynnä", "Tallenna toiseen paikkaan.", "Tallenna nimellä…"),
        row(Mark(), Progress(4, 10, "4/10 vaihetta"), label("4/10 vaihetta valmiina", "small"), None),
        EmptyState("partners", "Ei vielä kumppaneita", "Lisää ne, joiden kanssa hanke tehdään.", "Lisää kumppani"),
    )


def ways() -> ExitsView:
    def exit_row(id: str, words: str, *figures: tuple[str, str], need: str = "") -> ExitRow:
        return ExitRow(id, words, tuple(ExitFigure(*figure) for figure in figures), "Käytä", need=need)

    return ExitsView(
        "Kolme tapaa korjata",
        ("Avustus", "Oma rahoitus", "Kustannukset"),
        (
            exit_row("a", "Pienennä avustusta", ("7 200 €", "−300 €"), ("1 800 €", "+300 €"), ("9 000 €", "")),
            exit_row("b", "Karsi kustannuksia", ("6 000 €", "−1 500 €"), ("1 500 €", ""), ("7 500 €", "−1 500 €")),
            exit_row(
                "c",
                "Lisää omaa rahoitusta",
                ("7 500 €", ""),
                ("1 875 €", "+375 €"),
                ("9 375 €", "+375 €"),
                need="Lisää kustannuksia 375 €",
            ),
        ),
        "sama",
    )


LEDGER = (
    SumRow("Kustannukset", "9 000,00 €"),
    SumRow("× enimmäisosuus", "80 %"),
    SumRow("Avustus enintään", "7 200,00 €", total=True),
    SumRow("Haettava avustus", "7 500,00 €"),
    SumRow("Liikaa", "300,00 €", total=True, tone="error"),
)


def finding() -> QWidget:
    return FindingCard(
        FindingView(
            "error",
            "Virhe: avustus ylittää enimmäisosuuden 300 eurolla",
            "Hakuilmoitus, kohta 4",
            ledger_title="Näin laskettiin",
            ledger=LEDGER,
            action="Vaihda enimmäisosuutta…",
            exits=ways(),
        )
    )


def bar() -> QWidget:
    over = BarView(
        (
            BarPart("Avustus", "7 500,00 €, osuus 83,33 %", 7500, "grant"),
            BarPart("Oma rahoitus", "1 500,00 €, 16,67 %", 1500, "own"),
        ),
        0.8,
        "Enimmäisosuus 80 %, 7 200,00 €",
        "300,00 € yli",
        "Rahoitus",
    )
    three = BarView(
        (
            BarPart("Avustus", "6 000,00 €, osuus 66,67 %", 6000, "grant"),
            BarPart("Oma rahoitus", "2 000,00 €", 2000, "own"),
            BarPart("Muu rahoitus", "1 000,00 €", 1000, "other"),
        ),
        0.8,
        "Enimmäisosuus 80 %, 7 200,00 €",
        "",
        "Rahoitus",
    )
    tiny = BarView(
        (BarPart("Avustus", "9 980,00 €", 9980, "grant"), BarPart("Oma rahoitus", "20,00 €", 20, "own")),
        1.0,
        "Enintään",
        "",
        "",
    )
    return card(StackedBar(over), StackedBar(three), StackedBar(tiny), StackedBar(), SumTable(LEDGER, 212))


def meter(tight: bool = False) -> Meter:
    made = Meter()
    made.set(
        MeterView(
            (
                ("costs", MeterCell("Kustannukset", "9 000 €", "Kulut")),
                ("grant", MeterCell("Haettava avustus", "7 500 €", "Avustus")),
                ("own", MeterCell("Oma rahoitus", "1 500 €", "Oma")),
                ("other", MeterCell("Muu rahoitus", "0 €", "Muu")),
            ),
            MeterShare("Avustuksen osuus, enintään 80 %", "83,33 %", "Osuus, enintään 80 %", 0.8333, 0.8),
            MeterCell("Yli enimmäisosuuden", "300 €", "Liikaa", "error"),
            MeterCell("Päättyy pe 30.10. klo 16.00", "18 päivää jäljellä", "pe 30.10. klo 16.00", "", "clock"),
        )
    )
    return made


def budget() -> TableBox:
    table = RowTable(
        (
            Column("text", "Kustannus", stretch=True, width=220),
            Column("quantity", "Määrä", "num", 68),
            Column("unit", "Yksikkö", width=80, suggestions=("kpl", "erä")),
            Column("price", "Yksikköhinta €", "num", 128),
            Column("amount", "Yhteensä €", "num", 116, editable=False),
        ),
        TableWords("Talousarvio", "ei täytetty"),
        shape="open",
    )

    def cells(**texts: str) -> dict[str, Cell]:
        return {key: Cell(text) for key, text in texts.items()}

    rows = [
        Row("g1", "group", cells(text="Henkilöstömenot", amount="4 997,20")),
        Row(
            "p1",
            "person",
            cells(text="Projektityöntekijä", quantity="1,5", unit="htkk", price="2 852,00", amount="4 278,00"),
            "3 kk × 50 % × 2 300 €/kk, sivukulut 24 %",
            indent=True,
        ),
        Row(
            "p2",
            "person",
            cells(text="Kirjastonhoitaja, ohjaus", quantity="0,2", unit="htkk", price="3 596,00", amount="719,20"),
            "1 kk × 20 % × 2 900 €/kk, sivukulut 24 %",
            indent=True,
        ),
        Row("g2", "group", cells(text="Palvelut", amount="1 100,00")),
        Row(
            "l1",
            "line",
            {
                **cells(text="Esitteiden ja julisteiden painatus", quantity="1", unit="erä"),
                "price": Cell("Puuttuu", mark="missing"),
            },
            indent=True,
        ),
        Row(
            "l2",
            "line",
            {
                **cells(text="Ilmoitus lehdessä", quantity="1", unit="kpl", amount="420,00"),
                "price": Cell("42o", mark="error"),
            },
            indent=True,
        ),
        Row(
            "l3",
            "line",
            cells(
                text="Kirjastofillari-tavarapyörä, joka kulkee kaikkialle",
                quantity="1",
                unit="kpl",
                price="2 190,00",
                amount="2 190,00",
            ),
            indent=True,
        ),
        Row("add", "add", cells(text="Lisää rivi"), indent=True),
    ]
    table.set_rows(rows)
    box = TableBox(table)
    box.setMinimumHeight(table.content_height() + box.totals.height())
    box.totals.set("Kustannukset yhteensä", {"amount": "9 000,00"})
    return box


def timeline() -> RowTable:
    table = RowTable(
        (
            Column("title", "Toimenpide tai virstanpylväs", stretch=True, width=230),
            Column("start", "Alkaa", "num", 96),
            Column("end", "Päättyy", "num", 104),
            Column("chart", "Aikajana", width=480, gantt=True),
        ),
        TableWords("Toiminta", "ei täytetty"),
    )
    project = (date(2016, 5, 2), date(2017, 12, 31))
    use = (date(2016, 4, 1), date(2017, 12, 31))
    today = date(2015, 10, 12)
    table.set_axis(Axis(date(2015, 10, 1), date(2018, 4, 1), MONTHS, project, use, today))

    def activity(id: str, title: str, start: date, end: date, *, milestone: bool = False) -> Row:
        words = f"{start.day}.{start.month}." + ("" if milestone else f"–{end.day}.{end.month}.")
        cells = {
            "title": Cell(title),
            "start": Cell(f"{start:%d.%m.%Y}"),
            "end": Cell("" if milestone else f"{end:%d.%m.%Y}"),
        }
        return Row(id, "line", cells, bar=Bar(start, end, words, milestone))

    table.set_rows(
        [
            Row(
                "periods",
                "periods",
                {"title": Cell("Ajanjaksot", editable=False)},
                brackets=(
                    Bracket(use, "Avustuksen käyttöaika 1.4.2016–31.12.2017", "Käyttöaika", "ink2"),
                    Bracket(project, "Hankeaika 2.5.2016–31.12.2017", "Hankeaika"),
                    Bracket((today, today), "Tänään 12.10.", "Tänään", flag=True),
                ),
            ),
            activity("a1", "Suunnittelu ja yhteistyöverkosto", date(2016, 5, 2), date(2016, 6, 17)),
            activity("a2", "Kirjastofillari liikenteessä", date(2016, 6, 20), date(2016, 6, 20), milestone=True),
            activity("a3", "Pop up -kesä 2016", date(2016, 6, 20), date(2016, 8, 31)),
            activity("a4", "Markkinointi ja viestintä", date(2016, 5, 16), date(2017, 9, 29)),
            activity("a5", "Arviointi", date(2017, 10, 2), date(2018, 3, 15)),
            Row("add", "add", {"title": Cell("Lisää toimenpide")}),
        ]
    )
    table.set_fitted()
    return table


def inset() -> QWidget:
    table = RowTable(
        (
            Column("name", "Mittari", stretch=True),
            Column("unit", "Yksikkö", width=92),
            Column("base", "Lähtötaso", "num", 98),
            Column("target", "Tavoite", "num", 90),
        ),
        TableWords("Mittarit"),
        shape="inset",
    )
    table.set_rows(
        [
            Row(
                "1",
                cells={
                    "name": Cell("Pop up -tapahtumat"),
                    "unit": Cell("kpl"),
                    "base": Cell("0"),
                    "target": Cell("18"),
                },
            ),
            Row("2", cells={"name": Cell("Osallistuneet"), "base": Cell("Puuttuu", mark="missing")}),
            Row("add", "add", {"name": Cell("Lisää mittari")}),
        ]
    )
    table.set_fitted()
    table.set_marked({("2", "unit")})
    text = Field("Mitä tavoittelette?", "text", rows=2)
    head = row(label("Tavoite 1", "h2"), None, tool_button("grip", "Siirrä"), tool_button("trash", "Poista"))
    inside = column(head, text, gap=10, margins=(20, 10, 20, 14))
    made = card(inside, table, gap=0, margins=(0, 0, 0, 0))
    made.layout().setContentsMargins(1, 1, 1, 8)
    return made


def sheet(*sides: tuple[QWidget, ...]) -> QWidget:
    box = row(gap=16, margins=(32, 16, 32, 16))
    for side in sides:
        box.addLayout(column(*side, None, gap=16), 1)
    return Host(column(scroll(Host(centred(Page(box), 1300))), line(), gap=0))


SHEETS: dict[str, Callable[[], QWidget]] = {
    "controls": lambda: sheet((buttons(), fields()), (states(), inset())),
    "fields": lambda: sheet((fields(), states())),
    "figures": lambda: sheet((finding(), bar(), meter())),
    "tables": lambda: sheet((budget(), timeline())),
}


def shoot(app: QApplication, name: str, theme: str, percent: int, size: tuple[int, int], out: Path) -> Path:
    style.apply(app, theme, percent / 100)
    widget = SHEETS[name]()
    widget.resize(size[0], round(size[1] * percent / 100))
    widget.show()
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    path = out / f"{name}_{theme}_{percent}.png"
    widget.grab().save(str(path))
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return path


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    fonts.load(ROOT)
    icons.use(ROOT, folder / "cache")
    themes = sys.argv[2:3] or ["light", "dark", "contrast"]
    percents = [int(p) for p in sys.argv[3:4]] or [100, 150, 200]
    for one in SHEETS:
        for theme in themes:
            for percent in percents:
                shoot(application, one, theme, percent, (1366, 1080), folder)
