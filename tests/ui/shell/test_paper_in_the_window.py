"""The paper in the window: made aside, the newest wish wins, the place is kept; copies, search, package, bad files."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from person import CONTROL, PLAIN, Person, opening, saving_to, settle
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from hakemus.ui.background import Maker, made_aside
from hakemus.ui.pages.submit import SubmitPage
from hakemus.ui.widgets.badges import Banner
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.labels import Label
from hakemus.ui.widgets.text_boxes import Line
from hakemus.usecases.errors import UserError


def paper_page(person: Person) -> SubmitPage:
    page = person.step("submit")
    assert isinstance(page, SubmitPage)
    settle()
    page.finish()
    return page


def in_sight(page: Any, kind: type[Any] = Label) -> list[str]:
    return [made.text() for made in page.findChildren(kind) if made.isVisibleTo(page)]


def choose_copy(page: SubmitPage, person: Person, copy: str) -> None:
    combo = next(box for box in page.findChildren(Combo) if box.accessibleName() == person.t("Copy"))
    combo.setCurrentIndex(combo.findData(copy))
    combo.activated.emit(combo.currentIndex())
    page.finish()


def test_the_newest_wish_wins_and_the_others_are_not_made(dressed: object) -> None:
    maker, results, made = Maker(), [], []
    hold = threading.Event()

    def first() -> str:
        made.append("first")
        hold.wait(10)
        return "first"

    def later(name: str) -> Callable[[], str]:
        return lambda: (made.append(name), name)[1]

    maker.made.connect(results.append)
    maker.ask(first)
    for name in ("second", "third", "fourth"):
        maker.ask(later(name))
    hold.set()
    maker.finish()
    assert made == ["first", "fourth"]
    assert results == ["fourth"]


def test_the_window_goes_on_while_something_is_made(dressed: object) -> None:
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(0)
    enough = threading.Event()
    timer.timeout.connect(lambda: enough.set() if len(ticks) > 5 else None)
    assert made_aside(lambda: enough.wait(10)) is True
    timer.stop()


def test_a_failure_aside_is_the_same_failure_here(dressed: object) -> None:
    with pytest.raises(UserError, match="made a mistake"):
        made_aside(lambda: 1 // 0)


def test_a_page_that_goes_while_its_paper_is_made_goes_in_peace(dressed: object) -> None:
    maker = Maker()
    hold = threading.Event()
    maker.ask(lambda: hold.wait(10))
    maker.deleteLater()
    settle()
    hold.set()
    from PySide6.QtCore import QThreadPool

    assert QThreadPool.globalInstance().waitForDone(10_000)
    QCoreApplication.processEvents()


def test_a_change_renews_the_paper_and_keeps_the_place(person: Person) -> None:
    person.start("en").example()
    page = paper_page(person)
    person.click(person.button(person.t("Next page")))
    assert any(text.startswith("Page 2") for text in in_sight(page))
    before = page._pages
    person.step("project")
    person.fill("project.title", "Kirjasto kylillä")
    page = paper_page(person)
    assert page._pages is not before
    assert any(text.startswith("Page 2") for text in in_sight(page))


def test_every_copy_says_what_is_inside(person: Person) -> None:
    person.start("en").example()
    page = paper_page(person)
    said = {}
    for copy in ("draft", "board", "public", "archive"):
        choose_copy(page, person, copy)
        said[copy] = " ".join(in_sight(page))
    assert "carries the application inside" in said["draft"]
    assert "carries the application inside" in said["archive"]
    assert "Nothing is carried inside." in said["board"]
    assert "Read it through before you publish it" in said["public"]
    assert "Read it through" not in said["board"]


def test_words_are_found_on_their_page_and_marked(person: Person) -> None:
    person.start("en").example()
    page = paper_page(person)
    assert page._pages is not None
    last = page._pages.count - 1
    text = next(box for box in page.findChildren(Line) if box.accessibleName() == person.t("Search in the paper"))
    assert person.started is not None
    text.setText(person.started.core.catalog("fi").text("Name and title in print").upper())
    assert page._index == last
    assert page._paper.marked
    text.setText("no such words")
    assert person.t("Not on these pages") in in_sight(page)
    assert page._index == last


def wheel(widget: QWidget, up: bool, keys: Qt.KeyboardModifier = CONTROL) -> None:
    middle = QPointF(widget.rect().center())
    turn = QPoint(0, 120 if up else -120)
    phase, none = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    event = QWheelEvent(middle, widget.mapToGlobal(middle), QPoint(), turn, none, keys, phase, False)  # noqa: FBT003
    QApplication.sendEvent(widget, event)


def test_the_page_is_looked_at_in_any_size_and_keeps_its_place_over_an_edit(person: Person) -> None:
    person.start("en").example()
    page = paper_page(person)
    sheet, paper = page._sheet, page._paper
    assert paper.width() <= sheet.viewport().width()
    assert paper.height() <= sheet.viewport().height()
    zoom = next(box for box in page.findChildren(Combo) if box.accessibleName() == person.t("Size of the page"))
    for size, fits in (("width", True), ("150", False), ("200", False)):
        zoom.setCurrentIndex(zoom.findData(size))
        zoom.activated.emit(zoom.currentIndex())
        assert sheet.zoom == size
        assert (paper.width() <= sheet.viewport().width()) is fits
        assert paper.height() == round(paper.width() * 297 / 210)
    settle()
    sheet.verticalScrollBar().setValue(300)
    sheet.horizontalScrollBar().setValue(120)
    person.click(person.button(person.t("Next page")))
    person.session.edit("project.title", "Kirjasto kylillä")
    person.session.seal()
    person.wizard.desk.bridge.judge_now()
    settle()
    page.finish()
    assert (sheet.verticalScrollBar().value(), sheet.horizontalScrollBar().value()) == (300, 120)
    assert page._index == 1
    assert not paper.grab().toImage().isNull()
    wheel(sheet.viewport(), up=False)
    assert (sheet.zoom, zoom.currentData()) == ("150", "150")
    wheel(sheet.viewport(), up=True)
    assert sheet.zoom == "200"
    wheel(sheet.viewport(), up=True)
    assert sheet.zoom == "200", "there is no larger one"
    wheel(sheet.viewport(), up=False, keys=PLAIN)
    assert sheet.verticalScrollBar().value() > 300


def test_a_word_that_is_found_is_brought_into_sight(person: Person) -> None:
    person.start("en").example()
    page = paper_page(person)
    page._sheet.set_zoom("200")
    settle()
    text = next(box for box in page.findChildren(Line) if box.accessibleName() == person.t("Search in the paper"))
    text.setText("Yhteyshenkilöt")
    place = page._paper.first_marked()
    assert place is not None
    seen = page._paper.visibleRegion().boundingRect()
    assert seen.contains(place.center().toPoint())


def test_characters_without_a_shape_are_named_before_export(person: Person) -> None:
    person.start("en").example()
    person.step("project")
    person.fill("project.title", "Ääni ก")
    page = paper_page(person)
    banners = [made for made in page.findChildren(Banner) if made.isVisibleTo(page)]
    assert any("ก" in text for banner in banners for text in in_sight(banner))


def test_the_package_is_saved_as_a_zip_or_as_one_pdf(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person.start("en").example()
    paper_page(person)
    with saving_to(monkeypatch, tmp_path / "out"):
        person.click(person.button("Save the package… Form, workbook and attachments in one ZIP, or in one PDF"))
    assert zipfile.ZipFile(tmp_path / "out.zip").testzip() is None
    with monkeypatch.context() as patch:
        patch.setattr(
            QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "one"), "One PDF with … (*.pdf)")
        )
        person.controller.command("export_package")
    with pypdfium2.PdfDocument(tmp_path / "one.pdf") as paper:
        assert len(paper) > 1


def test_a_file_that_nobody_can_open_is_told_where_it_is_attached(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = tmp_path / "aiesopimus.pdf"
    bad.write_bytes(b"%PDF-1.7\nbroken")
    person.start("en").new()
    page = person.step("attachments")
    assert not any("aiesopimus" in text for text in in_sight(page))
    with opening(monkeypatch, bad):
        person.controller.command("attach")
    settle()
    assert any("aiesopimus.pdf is a damaged PDF" in text for text in in_sight(person.page))
