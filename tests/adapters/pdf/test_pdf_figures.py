"""Figures at their edges: long and short times, caps outside the bar, many rows. Each is valid and said in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import page as validation
import pdf_reports as reports
import pytest
from pdf_tree import TaggedPdf, plain

from hakemus.adapters.pdf import gantt as gantt_module
from hakemus.domain.money import Money
from hakemus.report.model import (
    BarPart,
    Block,
    FundingBar,
    Gantt,
    GanttRow,
    Label,
    PeriodCell,
    Report,
    Section,
    Signature,
)


def alone(*blocks: Block) -> Report:
    return reports.report(parts=(Section("a", 1, Label("Kuvat"), blocks),))


def parts(**cents: int) -> tuple[BarPart, ...]:
    return tuple(BarPart(tone, Money(sum_), f"{tone} words", tone) for tone, sum_ in cents.items())


def bar(*, cap: int | None, whole: int, **cents: int) -> FundingBar:
    limit = None if cap is None else Money(cap)
    return FundingBar(parts(**cents), Money(whole), limit, "Enimmäisosuus", "ylitys" if cap else "", "Rahoitus sanoin")


BARS = {
    "no cap": bar(cap=None, whole=100, grant=80, own=20),
    "cap zero": bar(cap=0, whole=100, grant=80, own=20),
    "cap beyond": bar(cap=10_000, whole=100, grant=80, own=20),
    "cap at end": bar(cap=100, whole=100, grant=100),
    "more money than costs": bar(cap=70, whole=100, grant=80, own=70),
    "slivers": bar(cap=3, whole=1_000_000, grant=1, own=1, other=1, income=1, gap=999_996),
    "unknown tone": bar(cap=None, whole=10, grant=5, lottery=5),
}


@pytest.mark.parametrize("name", BARS)
def test_funding_bar(name: str, rendered: Callable[[Report], bytes]) -> None:
    data = rendered(alone(BARS[name]))
    assert validation.validate_pdf_bytes(data, profile="ua1").is_compliant
    assert validation.validate_pdf_bytes(data, profile="3a").is_compliant
    (figure,) = TaggedPdf(data).root.all("Figure")
    assert figure.keys["/Alt"] == "Rahoitus sanoin"
    for part in BARS[name].parts:
        assert part.words in plain(figure.text)
    assert BARS[name].cap is None or "Enimmäisosuus" in figure.text
    box = [float(value) for value in figure.attributes["/BBox"].split()]
    assert box[0] < box[2]
    assert box[1] < box[3]


@pytest.mark.parametrize("empty", [bar(cap=5, whole=0, grant=0), bar(cap=5, whole=10), bar(cap=5, whole=10, grant=-5)])
def test_no_money_no_bar(empty: FundingBar, rendered: Callable[[Report], bytes]) -> None:
    assert TaggedPdf(rendered(alone(empty))).root.all("Figure") == []


def chart(starts: date, ends: date, *rows: tuple[date, date]) -> Gantt:
    made = tuple(GanttRow(f"Vaihe {at}", a, b, a == b, f"sanat {at}") for at, (a, b) in enumerate(rows))
    return replace(
        reports.gantt(1), starts=starts, ends=ends, rows=made, project=PeriodCell(None, None), use=None, alt="Aikajana"
    )


CHARTS = {
    "one day": chart(date(2027, 5, 4), date(2027, 5, 4), (date(2027, 5, 4), date(2027, 5, 4))),
    "two thousand years": chart(date(1000, 1, 1), date(2999, 12, 31), (date(1000, 1, 1), date(2999, 12, 31))),
    "a month": chart(date(2027, 5, 1), date(2027, 5, 31), (date(2027, 5, 30), date(2027, 5, 31))),
    "five years": chart(date(2027, 11, 1), date(2032, 2, 1), (date(2027, 11, 1), date(2032, 2, 1))),
    "ends before it starts": chart(date(2027, 5, 1), date(2027, 4, 1), (date(2027, 5, 1), date(2027, 4, 1))),
    "outside the axis": chart(date(2027, 5, 1), date(2027, 8, 1), (date(2020, 1, 1), date(2040, 1, 1))),
}


@pytest.mark.parametrize("name", CHARTS)
def test_gantt(name: str, rendered: Callable[[Report], bytes]) -> None:
    data = rendered(alone(CHARTS[name]))
    assert validation.validate_pdf_bytes(data, profile="ua1").is_compliant
    (figure,) = TaggedPdf(data).root.all("Figure")
    assert figure.keys["/Alt"] == "Aikajana"
    assert "Vaihe 0" in figure.text
    assert "sanat 0" in figure.text


@pytest.mark.parametrize(
    ("period", "ticks"),
    [
        (PeriodCell(date(2027, 6, 1), date(2027, 7, 1)), 2),
        (PeriodCell(None, date(2027, 7, 1)), 1),
        (PeriodCell(date(2027, 4, 1), date(2027, 9, 1)), 0),
        (PeriodCell(None, date(2027, 3, 1)), 0),
    ],
)
def test_a_period_is_open_where_it_reaches_beyond_the_chart(
    period: PeriodCell, ticks: int, rendered: Callable[[Report], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[float] = []
    real = gantt_module.vertical

    def counted(canvas: Any, x: float, bottom: float, height: float, *style: Any) -> None:
        if height == 6:
            drawn.append(x)
        real(canvas, x, bottom, height, *style)

    monkeypatch.setattr(gantt_module, "vertical", counted)
    row = (date(2027, 5, 10), date(2027, 7, 20))
    made = replace(chart(date(2027, 5, 1), date(2027, 7, 31), row), use=period, use_words="Käyttöaika")
    (figure,) = TaggedPdf(rendered(alone(made))).root.all("Figure")
    assert "Käyttöaika" in figure.text
    assert len(drawn) == ticks


def test_names_of_time_do_not_touch(rendered: Callable[[Report], bytes]) -> None:
    (figure,) = TaggedPdf(rendered(alone(CHARTS["five years"]))).root.all("Figure")
    assert "2028" in figure.text
    assert "marras" not in figure.text


def test_a_long_chart_becomes_several_that_each_say_their_rows(rendered: Callable[[Report], bytes]) -> None:
    tagged = TaggedPdf(rendered(alone(reports.gantt(100))))
    figures = tagged.root.all("Figure")
    assert len(figures) > 2
    said = "; ".join(figure.keys["/Alt"] for figure in figures)
    assert said.count("Toimenpide") == 100
    assert "Toimenpide 100: torikirjaston kokeilu: 1.5.–15.7.2027" in said
    assert sum(plain(figure.text).count("Toimenpide") for figure in figures) == 100


def test_a_title_of_many_lines_is_shortened_in_the_chart_only(rendered: Callable[[Report], bytes]) -> None:
    chart = reports.gantt(1)
    long = replace(chart.rows[0], title="torikirjasto " * 60)
    (figure,) = TaggedPdf(rendered(alone(replace(chart, rows=(long,))))).root.all("Figure")
    assert "…" in figure.text


def test_no_rows_no_chart(rendered: Callable[[Report], bytes]) -> None:
    assert TaggedPdf(rendered(alone(replace(reports.gantt(1), rows=())))).root.all("Figure") == []


def test_statement_and_signature_stand_on_one_page(rendered: Callable[[Report], bytes]) -> None:
    statement = "Vakuutan antamani tiedot oikeiksi."
    for lines in range(34, 46):
        filler = reports.text_field("Nimi", "\n".join(f"rivi {at}" for at in range(lines)))
        blocks = (filler, reports.Prose(statement), reports.signature())
        root = TaggedPdf(rendered(alone(*blocks))).root
        said = next(node for node in root.all("P") if plain(node.text) == statement)
        pages = {piece[0] for node in root.all("Figure") for piece in node.pieces} | {said.pieces[0][0]}
        assert len(pages) == 1


def test_a_long_printed_name_does_not_run_into_the_lines_above(rendered: Callable[[Report], bytes]) -> None:
    block: Signature = replace(reports.signature(), printed_name="Kirjastotoimenjohtaja " * 12)
    data = rendered(alone(block))
    assert validation.validate_pdf_bytes(data, profile="ua1").is_compliant
    assert plain(TaggedPdf(data).root.text).count("Kirjastotoimenjohtaja") == 12
