"""The page of a call's terms: what it says, each with its source and the day it was read."""

from __future__ import annotations

import pytest
from person import Person, plain, settle

from hakemus.ui.dialogs.terms import TermsDialog
from hakemus.ui.widgets.labels import Label


def page(person: Person, call: str) -> list[str]:
    person.start("en").new(call)
    dialog = TermsDialog(person.window, person.wizard.desk)
    dialog.show()
    settle()
    texts = [plain(made.text()) for made in dialog.findChildren(Label)]
    dialog.close()
    dialog.deleteLater()
    return texts


def after(texts: list[str], name: str) -> tuple[str, str]:
    at = texts.index(name)
    return texts[at + 1], texts[at + 2]


@pytest.mark.parametrize(
    ("call", "name", "value", "source"),
    [
        ("avi-kirjastot-2018", "Applications are taken", "29.10.2018–Mon 3.12.2018 at 16.15", "Read on 22.11.2026"),
        ("avi-kirjastot-2018", "Highest share of the grant", "80 %, of the total costs", "inferred, not stated in the"),
        ("avi-kirjastot-2018", "Counts as own funding", "Appropriation, own work", "inferred"),
        ("oph-erityisavustus-2026", "Least share of own funding", "20 %, of the costs less income and other", "2026"),
        ("oph-erityisavustus-2026", "Highest pay of one person in a year", "80 000,00 €", "Read on 22.11.2026"),
        ("oph-erityisavustus-2026", "Report", "2 months after the use period at the latest; sums up to 100,00 €", ""),
        ("nb-utviklingsmidler-2024", "Counts as own funding", "Appropriation, own work, partner's money", "inferred"),
        ("nb-utviklingsmidler-2024", "Smallest grant", "300 000,00 kr", "Source: "),
        ("kulturfonden-bibban", "Report", "3 months after the use period at the latest", "Source: "),
        ("kulturfonden-bibban", "Applications are taken", "all the year", "Source: "),
        ("kulturfonden-bibban", "Pay of library staff", "not accepted", "Source: "),
    ],
)
def test_a_term_stands_with_its_value_and_its_source(
    person: Person, call: str, name: str, value: str, source: str
) -> None:
    found, cited = after(page(person, call), name)
    assert found.startswith(value)
    assert source in cited


def test_a_value_of_ones_own_that_is_not_in_force_can_be_put_right_or_taken_away(person: Person) -> None:
    """As in a file that somebody else wrote: it stands nowhere among what the dialog asks for by itself."""
    person.start("en").new("avi-kirjastot-2018")
    session = person.session
    session.set_term("rules.grant-share.percent", "seventy")
    session.set_term("rules.gone.percent", "75", "the notice")
    dialog = TermsDialog(person.window, person.wizard.desk)
    shown = {at: value.text() for at, (value, _) in dialog._own.items()}
    assert shown == {"rules.grant-share.percent": "seventy", "rules.gone.percent": "75"}
    assert dialog._own["rules.gone.percent"][1].text() == "the notice"
    dialog._own["rules.grant-share.percent"][0].set_text("70")
    dialog._own["rules.gone.percent"][0].set_text("")
    dialog._use()
    dialog.deleteLater()
    assert [(term.at, term.value) for term in session.draft.terms] == [("rules.grant-share.percent", "70")]
