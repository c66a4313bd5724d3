"""The guide beside the window: opened at the step, searched, followed by its links."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from person import SHIFT, Key, Person, saving_to, settle
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QPushButton

from hakemus.ui.dialogs.guide import GuideDialog
from hakemus.ui.look.style import color, look
from hakemus.usecases.ports import PrintJob


def opened(person: Person) -> GuideDialog:
    guides = person.window.findChildren(GuideDialog)
    assert len(guides) == 1
    return guides[0]


def titles(guide: GuideDialog) -> list[str]:
    return [guide.list.item(at).text() for at in range(guide.list.count())]


def top_heading(guide: GuideDialog) -> str:
    return guide.view.textCursor().block().text()


def test_shift_f1_opens_the_chapter_of_the_step(person: Person) -> None:
    person.start().example().step("goals")
    person.key(Key.Key_F1, SHIFT)
    guide = opened(person)
    assert guide.isVisible()
    assert guide.list.currentItem().text() == "Vaiheet"
    assert top_heading(guide) == "Tavoitteet"
    person.controller.command("step:funding")
    person.controller.command("guide")
    settle()
    assert opened(person) is guide, "one guide, not a second one"
    assert top_heading(guide) == "Rahoitus"
    guide.close()
    settle()
    assert person.window.findChildren(GuideDialog) == []


def test_search_sifts_pages_and_marks_the_words(person: Person) -> None:
    person.start()
    person.controller.command("guide")
    settle()
    guide = opened(person)
    everything = titles(guide)
    guide.search.setFocus()
    QApplication.processEvents()
    person.type("lomaraha")
    assert 0 < len(titles(guide)) < len(everything)
    assert guide.view.textCursor().selectedText().casefold() == "lomaraha"
    first = guide.view.textCursor().position()
    person.key(Key.Key_Return)
    assert guide.view.textCursor().position() > first
    assert guide.isVisible(), "Enter in the search goes on searching"
    person.type("xyz")
    assert titles(guide) == []
    guide.search.clear()
    assert titles(guide) == everything
    guide.close()


def test_what_is_found_stands_with_what_follows_it(person: Person) -> None:
    person.start()
    person.controller.command("guide")
    settle()
    guide = opened(person)
    guide.search.setText("käyttöaika")
    settle()
    assert guide.view.textCursor().selectedText() == "käyttöaika"
    assert guide.view.verticalScrollBar().value() > 0
    assert guide.view.cursorRect().bottom() <= guide.view.viewport().height() * 2 // 3
    guide.search.setText("koneelle palautuskopio")  # on one page, but not beside each other
    settle()
    assert titles(guide)
    assert guide.view.textCursor().selectedText().casefold() == "palautuskopio"
    guide.close()


def test_links_are_followed_inside_the_guide_and_nowhere_else(person: Person) -> None:
    person.start()
    person.controller.command("guide")
    settle()
    guide = opened(person)
    guide.search.setText("lomaraha")
    guide.view.anchorClicked.emit(QUrl("steps.md#liitteet"))
    assert guide.list.currentItem().text() == "Vaiheet"
    assert top_heading(guide) == "Liitteet"
    before = guide.view.toPlainText()
    guide.view.anchorClicked.emit(QUrl("https://esimerkki.fi/"))
    assert guide.view.toPlainText() == before
    guide.close()


@pytest.mark.parametrize(("language", "title"), [("sv", "Handbok"), ("en", "Opas")])
def test_guide_speaks_the_language_of_the_program(person: Person, language: str, title: str) -> None:
    person.start(language)
    person.controller.command("guide")
    settle()
    guide = opened(person)
    assert titles(guide)[0] == title
    guide.language.setCurrentIndex(guide.language.findData("sv"))
    assert titles(guide)[0] == "Handbok"
    guide.close()


def test_another_language_of_the_program_closes_the_guide(person: Person) -> None:
    person.start()
    person.controller.command("guide")
    settle()
    person.controller.command("language:sv")
    settle()
    assert person.window.findChildren(GuideDialog) == []


def test_pictures_stand_in_the_page_and_nothing_else_is_read(qtbot, dressed) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QImage, QTextDocument

    from hakemus.adapters.resources.guide import read_guide
    from hakemus.adapters.resources.locator import resources_root
    from hakemus.bootstrap.core import Core
    from hakemus.ui.dialogs.guide import GuideDialog

    dialog = GuideDialog(None, Core().catalog("sv"), lambda language: read_guide(resources_root(), language))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.open_at("submitting.md")
    kind = QTextDocument.ResourceType.ImageResource.value
    shown = dialog.view.loadResource(kind, QUrl("06-budget.png"))
    assert isinstance(shown, QImage)
    assert 300 < shown.width() / shown.devicePixelRatio() <= dialog.view.viewport().width()
    for other in ("file:///etc/hostname", "https://esimerkki.fi/a.png", "../it.md"):
        assert dialog.view.loadResource(kind, QUrl(other)) is None


def test_a_picture_is_read_when_it_comes_into_sight(person: Person) -> None:
    person.start()
    person.controller.command("guide")
    settle()
    guide = opened(person)
    guide.open_at("pictures.md")
    settle()
    view = guide.view

    def read() -> set[str]:
        return {name for _block, name in view._places()} - set(view._unread)

    first = read()
    assert "00-start.png" in first
    assert "10-submit.png" not in first
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    settle()
    assert "10-submit-dark-wide.png" in read() - first
    assert "05-timeline.png" not in read()
    seen = view.viewport().grab().toImage()
    low = range(seen.height() // 2, seen.height() - 40, 7)
    shades = {seen.pixel(x, y) for x in range(60, seen.width() - 60, 7) for y in low}
    assert len(shades) > 8  # the dark window itself, no even ground
    guide.language.setCurrentIndex(guide.language.findData("sv"))
    settle()
    assert "10-submit-dark-wide.png" not in read()
    guide.close()


def pressed(guide: GuideDialog, words: str) -> None:
    next(each for each in guide.findChildren(QPushButton) if each.text() == words).click()
    settle()


def test_the_guide_is_kept_as_pdf_and_printed_in_its_own_language(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person.start()
    person.controller.command("guide")
    settle()
    guide = opened(person)
    guide.language.setCurrentIndex(guide.language.findData("sv"))
    with saving_to(monkeypatch, tmp_path / "opas.pdf"):
        pressed(guide, "Tallenna PDF…")
    with pypdfium2.PdfDocument(tmp_path / "opas.pdf") as paper:
        assert "Handbok" in paper[0].get_textpage().get_text_range()
    printed: list[PrintJob] = []
    monkeypatch.setattr(type(person.controller.services.printer), "print", lambda _self, job: printed.append(job))
    pressed(guide, "Tulosta…")
    assert [job.pdf for job in printed] == [(tmp_path / "opas.pdf").read_bytes()]
    guide.close()


def literal(guide: GuideDialog, words: str) -> QTextCharFormat:
    found = guide.view.document().find(words)
    assert not found.isNull(), words
    return found.charFormat()


def test_what_is_typed_letter_for_letter_has_the_programs_letters_on_its_own_ground(person: Person) -> None:
    person.start().example()
    person.controller.command("guide")
    guide = opened(person)
    guide.open_at("money.md")
    settle()
    for theme in ("light", "dark"):
        person.controller.command(f"theme:{theme}")
        settle()
        assert look().theme.name == theme
        form = literal(guide, "1 234,50 €")
        assert not form.fontFixedPitch()
        assert form.background().color() == color("sunken")
        assert literal(guide, "sama summa").background().style() == Qt.BrushStyle.NoBrush
    guide.close()
