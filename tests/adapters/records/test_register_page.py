"""Pages of the project register become drafts: every label finds its field, and nothing gets lost on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hakemus.adapters.records.register_page import decode_page, read_register_page
from hakemus.domain.application import Application
from hakemus.domain.decision import Decision, Report
from hakemus.domain.draft import Source
from hakemus.usecases.errors import UserError
from hakemus.usecases.imported import ImportedRecord

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
PAGES = Path(__file__).parent / "pages"


def page(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def imported(name: str) -> ImportedRecord:
    return read_register_page(page(name), RESOURCES)


@pytest.fixture(scope="module")
def finnish() -> ImportedRecord:
    return imported("finnish")


@pytest.fixture(scope="module")
def swedish() -> ImportedRecord:
    return imported("swedish")


@pytest.fixture(scope="module")
def older() -> ImportedRecord:
    return imported("older")


def test_the_applicant_of_a_finnish_page(finnish: ImportedRecord) -> None:
    assert finnish.application["applicant"] == {
        "library": "Järvikallion kaupunginkirjasto",
        "street": "PL 1",
        "postal_code": "99999",
        "phone": "0440000001",
        "email": "kirjasto@esimerkki.fi",
        "isil": "FI-Jarvik",
        "business_id": "9990001-6",
        "contacts": [
            {
                "id": "c1",
                "role": "responsible",
                "name": "Projektityöntekijä A",
                "phone": "0440000002",
                "email": "yhteyshenkilo@esimerkki.fi",
            },
            {"id": "c2", "role": "contact", "name": "Kirjastonhoitaja B"},
        ],
    }


def test_the_project_of_a_finnish_page(finnish: ImportedRecord) -> None:
    project = finnish.application["project"]
    assert project["title"] == "Kirjasto torilla - luettavaa sinne missä väki on"
    assert (project["starts_on"], project["ends_on"]) == ("2016-05-02", "2017-12-31")
    assert project["cooperation"] == "Torikauppiaat ry, kaupungin viestintä, kirjaston toriryhmä"
    assert finnish.application["goals"] == [
        {
            "id": "g1",
            "text": "Tavoitteena on, että torilla kävijä löytää kirjaston omalta kauppareitiltään.",
            "indicators": [{"id": "i1", "name": "Toripäivät Uudet kirjastokortit"}],
        }
    ]
    assert "partners" not in finnish.application


def test_prose_keeps_its_lines_even_those_that_look_like_labels(finnish: ImportedRecord) -> None:
    description = finnish.application["project"]["description"]
    assert description.startswith("Järvikallion torilla")
    assert "\n\nMukana on aina kaksi työntekijää:\n- toinen neuvoo\n" in description
    assert "Puhelin: sovitaan torivalvojan kanssa\nHuom: sateella" in description
    assert description.endswith("katos ja pyörä.")


def test_money_of_a_finnish_page(finnish: ImportedRecord) -> None:
    assert finnish.application["funding"] == {
        "grant": "7500.00",
        "own": [{"id": "o1", "kind": "appropriation", "amount": "1500.00"}],
    }
    assert "budget" not in finnish.application


def test_decision_and_report_are_kept_for_later(finnish: ImportedRecord) -> None:
    assert finnish.decision == {
        "granted": "7000.00",
        "text": "Hanke vastaa haun ehtoja.\n\nKuvaus: avustus käytetään hakemuksen mukaisesti.",
    }
    assert finnish.report == {
        "realised": {"costs": "8645.00", "own": "1633.00", "other": "0.00", "partners": "0.00"},
        "statistics": {
            "training_events": 1,
            "training_participants": 12,
            "events": 18,
            "event_participants": 1200,
        },
        "evaluation": "Toripäiviä pidettiin kuusi kertaa kuussa. Väkeä kävi tasaisesti.",
        "publications": "Esite ja juttu esimerkki.fi/tori: luettavissa 2016",
        "effects": "Kirjasto tuli tutuksi niille, jotka eivät olleet siellä käyneet.",
        "follow_up": "Toripäivät jatkuvat. Jälkiarviointi pidetään 1.9.2017.",
    }


def test_what_fits_nowhere_is_listed_and_the_page_is_kept_whole(finnish: ImportedRecord) -> None:
    assert finnish.unplaced == (
        "Hanke on saanut rahoitusta",
        "Kuvan lähde: esimerkki.fi/torikirjasto",
        "okm",
        "avi",
    )
    assert finnish.source["kind"] == "register"
    assert finnish.source["text"] == page("finnish")
    assert finnish.source["unplaced"] == list(finnish.unplaced)
    assert finnish.source["stated_total"] == "0.00"
    assert finnish.source["title"] == finnish.application["project"]["title"]


def test_the_year_leads_to_the_call_of_the_year_before(finnish: ImportedRecord, swedish: ImportedRecord) -> None:
    assert (finnish.record_year, finnish.call_year, finnish.language) == (2016, 2015, "fi")
    assert (swedish.record_year, swedish.call_year, swedish.language) == (2014, 2013, "sv")


def test_the_account_tells_where_each_label_went(finnish: ImportedRecord) -> None:
    went = {(item.label, item.path) for item in finnish.placed}
    assert ("Haettava avustus yhteensä", "funding.grant") in went
    assert ("Oma rahoitus yhteensä", "funding.own[o1].amount") in went
    assert ("Oma rahoitus yhteensä", "report.realised.own") in went
    assert ("Yhteyshenkilön nimi", "applicant.contacts[c2].name") in went
    assert ("", "project.title") in went


@pytest.mark.parametrize("name", ["finnish", "swedish", "older"])
def test_every_word_is_placed_or_listed(name: str) -> None:
    record = imported(name)
    account = " ".join([*(f"{item.label} {item.text}" for item in record.placed), *record.unplaced])
    headings = "Anomuksen rahoitus Toteutunut Tilastot Päätös"
    left_out = words(page(name)) - words(account) - words(headings)
    assert left_out <= {"ja"}  # what stood between two people


@pytest.mark.parametrize("name", ["finnish", "swedish", "older"])
def test_all_parts_have_the_form_of_a_file(name: str) -> None:
    record = imported(name)
    assert Application(**record.application).stored() == record.application
    assert Decision(**record.decision).stored() == record.decision
    assert Report(**record.report).stored() == record.report
    assert Source(**record.source).stored() == record.source


def test_the_applicant_of_a_swedish_page(swedish: ImportedRecord) -> None:
    assert swedish.application["applicant"] == {
        "library": "Storbergets stadsbibliotek",
        "street": "Hamngatan 3",
        "postal_code": "99998",
        "city": "Storberget",
        "phone": "0440000003 (vardagar 9-15)",
        "email": "biblioteket@esimerkki.fi",
        "isil": "fi-Storb",
        "business_id": "999 0002-4 (Storbergets stad)",
        "contacts": [
            {
                "id": "c1",
                "role": "responsible",
                "name": "Bibliotekschef A",
                "title": "tjänstledig",
                "phone": "0440000004",
                "email": "chef@esimerkki.fi",
            },
            {"id": "c2", "role": "contact", "name": "Bibliotekarie B", "email": "bibliotekarie@esimerkki.fi"},
        ],
    }


def test_the_project_and_money_of_a_swedish_page(swedish: ImportedRecord) -> None:
    assert swedish.application["project"] == {
        "title": "Läsbänken vid hamnen / Lukupenkki satamassa",
        "summary": "En bänk med böcker vid gästhamnen.",
        "description": "Bänken står framme från maj till september.\n\nBöckerna byts varje vecka.",
        "earlier_projects": "Sommarbiblioteket 2012",
        "keywords": ["läsfrämjande", "sommar", "hamnar"],
        "theme": "Läsfrämjande",
        "target_groups": ["Barn (under 13 år, familjer)", "Seniorer"],
        "area": "kommuner",
        "cooperation": "Hamnkontoret",
    }
    assert swedish.application["funding"] == {
        "grant": "4200.00",
        "own": [{"id": "o1", "kind": "appropriation", "amount": "1050.50"}],
        "other": [{"id": "f1", "status": "confirmed", "amount": "300.00"}],
    }
    assert swedish.decision == {"granted": "3000.00"}
    assert swedish.report == {"effects": "Fler lån."}
    assert swedish.source["stated_total"] == "5550.50"
    assert swedish.unplaced == ("Projekt fått finansiering",)


def test_an_older_page_without_goals_and_with_dirt(older: ImportedRecord) -> None:
    assert older.application["project"] == {
        "title": "Ikä ei ole este",
        "description": "Kerätään kokemuksia lukupiireistä.",
    }
    assert older.application["applicant"]["contacts"] == [
        {
            "id": "c1",
            "role": "responsible",
            "name": "Kirjasto- ja kulttuurisihteeri C",
            "title": "virkavapaalla 1.3.2013 alkaen",
            "phone": "0440000005 tai 0440000006 (arkisin)",
        }
    ]
    assert older.application["applicant"]["business_id"] == "Y-9990003"
    assert (older.application["applicant"]["street"], older.application["applicant"]["city"]) == (
        "Kirjastokuja 1",
        "Niemikylä",
    )
    assert older.application["funding"]["other"] == [
        {"id": "f1", "status": "applied", "amount": "2000.00"},
        {"id": "f2", "status": "confirmed", "amount": "500.00"},
    ]
    assert "goals" not in older.application
    assert "stated_total" not in older.source


def test_what_cannot_be_read_for_sure_is_listed_with_its_label(older: ImportedRecord) -> None:
    assert older.unplaced == (
        "Etusivu",
        "Aloituspäivämäärä: keväällä 2013",
        "Haettava avustus yhteensä: €12.500",
        "Koulutustilaisuudet: muutamia",
    )


def test_further_lines_of_short_fields_and_doubled_labels_are_listed() -> None:
    text = "Otsikko\nY-tunnus:\n9990001-6\nkaupunki\nY-tunnus:\n9990002-4\nTeema:\nTilat\nHaettava avustus: 5\nlisärivi"
    record = read_register_page(text, RESOURCES)
    assert record.unplaced == ("Y-tunnus: kaupunki", "Y-tunnus: 9990002-4", "Haettava avustus: lisärivi")
    assert record.application["project"] == {"title": "Otsikko", "theme": "Tilat"}
    assert record.record_year is None
    assert record.call_year is None


def test_the_librarys_name_may_follow_the_summary_or_have_a_label() -> None:
    after = read_register_page("Otsikko\nTiivistelmä:\nLyhyesti.\n\nKylän kirjasto\nKirjaston puhelin: 1", RESOURCES)
    assert after.application["applicant"]["library"] == "Kylän kirjasto"
    assert after.application["project"]["summary"] == "Lyhyesti."
    labelled = read_register_page("Otsikko\nKirjasto: Kylän kirjasto\nY-tunnus: 1", RESOURCES)
    assert labelled.application["applicant"]["library"] == "Kylän kirjasto"


def test_a_page_without_a_library_name_gets_none() -> None:
    record = read_register_page("Otsikko\nVuoden 2013 ELY-hanke\nKirjaston puhelin: 1\nHankkeen tavoite:\n", RESOURCES)
    assert record.application == {"project": {"title": "Otsikko"}, "applicant": {"phone": "1"}}


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Vuoden 2016\u00a0AVI-hanke", 2016),
        ("Vuoden 2012 ELY-hanke (Hanke on saanut rahoitusta)", 2012),
        ("Vuoden 2014 OKM-hanke", 2014),
        ("År 2013 NTM-projekt", 2013),
        ("RFV-projekt för år 2015", 2015),
        ("Vuoden 2016 lukuhanke", None),
        ("Lukuhanke 2016", None),
    ],
)
def test_the_line_of_the_year_is_told_from_a_title(line: str, year: int | None) -> None:
    record = read_register_page(f"Otsikko\n{line}\nTeema: Tilat", RESOURCES)
    assert record.record_year == year


def test_an_indicator_without_a_goal_and_a_refusal_without_a_sum() -> None:
    record = read_register_page(
        "Tavoitteen seurannan mittarit:\nLainat\nPäätös\nHanke ei saanut avustusta.\nHuom: ei määrärahaa.", RESOURCES
    )
    assert record.application == {"goals": [{"id": "g1", "indicators": [{"id": "i1", "name": "Lainat"}]}]}
    assert record.decision == {"text": "Hanke ei saanut avustusta.\nHuom: ei määrärahaa."}


def test_a_sum_that_cannot_be_read_stays_in_the_decisions_text() -> None:
    record = read_register_page("Myönnetty avustus euroissa.:\n€7.500\n\nKäyttöaika päättyy pian.", RESOURCES)
    assert record.decision == {"text": "€7.500\n\nKäyttöaika päättyy pian."}


def test_more_parts_than_people_stay_whole() -> None:
    record = read_register_page("Yhteyshenkilö: A\nSähköposti: a@esimerkki.fi; b@esimerkki.fi", RESOURCES)
    assert record.application["applicant"]["contacts"] == [
        {"id": "c1", "role": "responsible", "name": "A", "email": "a@esimerkki.fi; b@esimerkki.fi"}
    ]


def test_another_text_is_refused_in_one_sentence() -> None:
    for text in ("", "Ostoslista\nmaitoa: 2", "Päätös\nTilastot"):
        with pytest.raises(UserError, match="not a page of the project register"):
            read_register_page(text, RESOURCES)


def test_characters_that_no_document_may_hold_are_replaced() -> None:
    record = read_register_page("\ufeffOtsikko\x00\r\nTeema:\r\nTilat\ufffe", RESOURCES)
    assert record.application["project"] == {"title": "Otsikko\ufffd", "theme": "Tilat\ufffd"}
    assert "\r" not in record.source["text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_pages_are_read_as_people_save_them(encoding: str) -> None:
    assert decode_page("Päätös: €7 000".encode(encoding)) == "Päätös: €7 000"
