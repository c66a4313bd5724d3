"""Reports for the tests: a common one, an empty one, one with everything at its worst. All names are made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hakemus.domain.money import Money
from hakemus.report.model import (
    Align,
    BarPart,
    Block,
    Checks,
    Column,
    Copy,
    DateCell,
    EmptyCell,
    Field,
    FlagCell,
    FundingBar,
    Gantt,
    GanttRow,
    Gap,
    Heading,
    Label,
    MoneyCell,
    NumberCell,
    PendingCell,
    PeriodCell,
    Prose,
    Report,
    Row,
    RowKind,
    Section,
    ShownCell,
    Signature,
    Table,
    TextCell,
)

PROSE = (
    "Kirjasto vie äänikirjat ja lainattavat laitteet sinne, missä ihmiset jo ovat: torille, terveysasemalle ja "
    "kylätalolle. Hankkeessa kokeillaan kolmea tapaa olla läsnä ja kysytään käyttäjiltä, mikä niistä kannattaa jatkaa."
)
MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")


def heading(title: str = "Äänikirjat torille") -> Heading:
    return Heading(
        form=Label("Valtionavustushakemus"),
        title=title,
        funder=Label("Lupa- ja valvontavirasto"),
        call=Label("Yleisten kirjastojen valtionavustukset 2027"),
        applicant="Esimerkkilän kaupunki, Esimerkkilän kirjasto",
        subject="Yleisten kirjastojen valtionavustukset 2027",
        edition="Hakuilmoituksen versio: 2026-10-01",
        draft_id="3f2a9c1e",
        revision=12,
        page_words="Sivu {page}/{pages}",
        version_words="Luonnos 3f2a9c1e, versio 12",
        made_words="Tehty 22.11.2026 ohjelmalla hakemus 0.1.0",
    )


def text_field(label: str, text: str, *, long: bool = False, second: str = "", note: str = "") -> Field:
    cell = TextCell(text) if text else EmptyCell("Ei täytetty")
    return Field(Label(label, second), cell, long=long, note=note)


def budget(lines: int = 4) -> Table:
    rows = [Row((TextCell("Henkilöstökulut"), EmptyCell(), EmptyCell(), MoneyCell(Money(520000))), RowKind.GROUP)]
    for at in range(lines):
        cells = (
            TextCell(f"Rivi {at + 1}: ohjaajan palkkio"),
            NumberCell(Decimal("12.5")),
            MoneyCell(Money(12_345 + at)),
            MoneyCell(Money(1_234_567 + at)),
        )
        rows.append(Row(cells, note="3 kk × 2 500,00 €/kk × 80 %" if at == 1 else ""))
    rows.append(Row((TextCell("Yhteensä"), EmptyCell(), EmptyCell(), MoneyCell(Money(900000))), RowKind.TOTAL))
    columns = (
        Column("description", Label("Kulu"), weight=50),
        Column("quantity", Label("Määrä"), Align.RIGHT, 15),
        Column("price", Label("Yksikköhinta, €"), Align.RIGHT, 15),
        Column("sum", Label("Yhteensä, €"), Align.RIGHT, 20),
    )
    return Table("budget", Label("Talousarvio"), columns, tuple(rows), notes=("Summat sisältävät arvonlisäveron.",))


def funding_bar() -> FundingBar:
    return FundingBar(
        parts=(
            BarPart("Avustus", Money(750000), "7\u00a0500,00\u00a0€ (83,33\u00a0%)", "grant"),
            BarPart("Oma rahoitus", Money(150000), "1\u00a0500,00\u00a0€ (16,67\u00a0%)", "own"),
        ),
        whole=Money(900000),
        cap=Money(720000),
        cap_words="Enimmäisosuus 80\u00a0%: 7\u00a0200,00\u00a0€",
        over_words="yli 300,00\u00a0€",
        alt="Rahoitus: avustus 7 500,00 €, oma rahoitus 1 500,00 €, yhteensä 9 000,00 €.",
    )


def gantt(rows: int = 5) -> Gantt:
    bars = [
        GanttRow(
            f"Toimenpide {at + 1}: torikirjaston kokeilu",
            date(2027, 2 + at % 8, 1),
            date(2027, 4 + at % 8, 15),
            milestone=False,
            words=f"1.{2 + at % 8}.–15.{4 + at % 8}.2027",
        )
        for at in range(rows)
    ]
    bars.append(
        GanttRow(
            "Loppuseminaari", date(2028, 1, 15), date(2028, 1, 15), milestone=True, words="15.1.2028", outside=True
        )
    )
    return Gantt(
        starts=date(2027, 1, 1),
        ends=date(2028, 3, 31),
        rows=tuple(bars),
        project=PeriodCell(date(2027, 2, 1), date(2027, 12, 31)),
        project_words="Hankeaika",
        use=PeriodCell(date(2027, 1, 1), date(2028, 2, 28)),
        use_words="Avustuksen käyttöaika",
        months=MONTHS,
        alt="Aikajana: " + "; ".join(f"{bar.title} {bar.words}" for bar in bars),
    )


def signature() -> Signature:
    return Signature(
        place=Label("Paikka"),
        day=Label("Päiväys"),
        signature=Label("Allekirjoitus"),
        name=Label("Nimenselvennys ja asema"),
        printed_name="Kirjastotoimenjohtaja Aino Esimerkki",
        alt="Tila allekirjoitukselle",
    )


def goals() -> Table:
    columns = (
        Column("goal", Label("Tavoite"), weight=40),
        Column("indicator", Label("Mittari"), weight=25),
        Column("baseline", Label("Lähtötaso"), Align.RIGHT, 15),
        Column("target", Label("Tavoitetaso"), Align.RIGHT, 15),
        Column("measured", Label("Mitataan"), Align.RIGHT, 15),
    )
    rows = (
        Row(
            (
                TextCell("Kirjasto tavoittaa uusia asiakkaita"),
                TextCell("uudet lainaajat"),
                TextCell("0"),
                TextCell("250"),
                DateCell(date(2027, 12, 1)),
            )
        ),
        Row(
            (
                TextCell("Äänikirjat löytävät käyttäjänsä"),
                TextCell("äänikirjalainat vuodessa"),
                TextCell("1\u00a0200"),
                TextCell("1\u00a0800"),
                EmptyCell("Ei täytetty"),
            )
        ),
    )
    return Table("goals", Label("Tavoitteet ja mittarit"), columns, rows)


def sections(*, lines: int = 4, bars: int = 5, prose: str = PROSE) -> tuple[Section, ...]:
    checks = Checks(
        ((True, "Hankkeelle ei ole haettu muuta avustusta."), (False, "Tiedot ovat oikein.")), "Kyllä", "Ei"
    )
    applicant: tuple[Block, ...] = (
        text_field("Hakijaorganisaatio", "Esimerkkilän kaupunki"),
        text_field("Kirjasto", "Esimerkkilän kirjasto"),
        text_field("Y-tunnus", "1234567-1"),
        text_field("Tilinumero (IBAN)", ""),
        Field(Label("Palauttaako hakija arvonlisäveron"), FlagCell(yes=True, text="Kyllä")),
        Field(Label("Avustus"), PendingCell("7 500 e?", "Ei luettavissa rahamääräksi")),
        Gap(Label("Yhteyshenkilö")),
        text_field("Nimi", "Aino Esimerkki", note="Vastuuhenkilö"),
        text_field("Sähköposti", "aino@esimerkki.fi"),
    )
    project: tuple[Block, ...] = (
        Field(Label("Hankeaika"), PeriodCell(date(2027, 2, 1), date(2027, 12, 31))),
        text_field("Tiivistelmä", prose),
        text_field("Hankkeen kuvaus", f"{prose}\n\n{prose}\nToinen rivi.\n\n{prose}", long=True),
        Prose("Kuvaile hanketta niin, että ulkopuolinen ymmärtää.", small=True),
    )
    return (
        Section("applicant", 1, Label("Hakija"), applicant),
        Section("project", 2, Label("Hanke"), project),
        Section("goals", 3, Label("Tavoitteet"), (goals(),)),
        Section("activities", 4, Label("Aikataulu"), (gantt(bars),)),
        Section(
            "budget",
            5,
            Label("Talousarvio ja rahoitus"),
            (
                budget(lines),
                funding_bar(),
                Field(Label("Avustuksen osuus"), ShownCell("83.33")),
                Table("partners", Label("Kumppanit"), (), (), empty="Ei kumppaneita."),
            ),
        ),
        Section("submit", 6, Label("Vakuutukset ja allekirjoitus"), (checks, signature())),
    )


def report(title: str = "Äänikirjat torille", parts: tuple[Section, ...] | None = None, **changes: object) -> Report:
    values: dict[str, object] = {
        "copy": Copy.DRAFT,
        "language": "fi",
        "second_language": "",
        "heading": heading(title),
        "sections": sections() if parts is None else parts,
        "words": {"continued": "(jatkuu)", "currency": "€"},
        "mark": "LUONNOS",
        "mark_sentence": "Tämä on luonnos: hakemus ei ole vielä valmis jätettäväksi.",
    }
    return Report(**{**values, **changes})  # type: ignore[arg-type]
