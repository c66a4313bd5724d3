"""The sentence between Back and Next is never cut through its letters, however little room it has."""

from __future__ import annotations

import pytest
from person import Person, settle

LONG = "Kohta 3 / 4: Kumppanit › Rooli hankkeessa (Rantakylän kyläyhdistys ja Itäisen saariston asukastuvat ry) " * 2


@pytest.mark.parametrize(("width", "size"), [(1280, 100), (1000, 100), (1280, 200)])
def test_a_sentence_that_has_no_room_ends_in_dots_and_is_whole_under_the_pointer(
    person: Person, width: int, size: int
) -> None:
    person.start(size=size).example()
    person.window.resize(width, 800)
    person.step("partners")
    person.window.say(LONG)
    settle()
    message = person.wizard._foot.message
    assert message.text().endswith("…")
    assert message.heightForWidth(message.width()) <= person.wizard._foot.height()
    assert message.toolTip() == message.whole == LONG
    person.window.say("Tallennettu")
    settle()
    assert message.text() == "Tallennettu"
    assert message.toolTip() == ""


def test_more_room_shows_more_of_it(person: Person) -> None:
    person.start().example()
    person.window.resize(1000, 800)
    person.step("partners")
    person.window.say("Kumppanit › Rooli hankkeessa (Rantakylän kyläyhdistys ja Itäisen saariston asukastuvat ry)")
    settle()
    message = person.wizard._foot.message
    assert message.text().endswith("…")
    person.window.resize(1700, 800)
    settle()
    assert message.text().endswith("ry)")
