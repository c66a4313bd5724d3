"""Edges, boxes to tick, icons and the ring of focus stand out from their ground in the picture, in every theme."""

from __future__ import annotations

import pytest
from audit import called, focusable
from drawn import drawn_texts, is_cut
from parts import faint, focus_change, in_sight
from person import Person, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from hakemus.domain.steps import STEPS

THEMES = ("light", "dark", "contrast")


@pytest.mark.parametrize("theme", THEMES)
def test_every_part_of_every_step(person: Person, theme: str) -> None:
    person.start("fi", 100, theme)
    person.window.resize(1366, 1000)
    settle()
    faults = {"start": faint(person.window)}
    person.example()
    for step in STEPS:
        person.step(step)
        settle()
        faults[step] = faint(person.window)
    assert {step: found for step, found in faults.items() if found} == {}


def kind(widget: QWidget) -> tuple[str, object, str]:
    return type(widget).__name__, widget.property("rank"), widget.objectName()


@pytest.mark.parametrize("theme", THEMES)
def test_focus_is_seen_on_every_kind_of_control(person: Person, theme: str) -> None:
    person.start("fi", 100, theme)
    person.window.resize(1366, 1000)
    person.example()
    seen: set[object] = set()
    faults = []
    for step in ("applicant", "partners", "budget", "funding", "review", "submit"):
        finish = getattr(person.step(step), "finish", None)
        if finish is not None:  # the preview is drawn in the background
            finish()
            settle()
        for widget in focusable(person.window):
            if kind(widget) in seen or not in_sight(widget, person.window):
                continue
            seen.add(kind(widget))
            pixels, line = focus_change(widget, person.window)
            least = min(line, 160)  # of tables and tabs only the one with the cursor changes
            if pixels < least:
                faults.append(f"focus changes {pixels} of {least} pixels: {called(widget)}")
    assert faults == []
    assert len(seen) > 8


@pytest.mark.usefixtures("dressed")
def test_the_measure_finds_what_it_looks_for() -> None:
    window = QWidget()
    window.setStyleSheet("background: #FFFFFF")
    pale, strong, box = QLineEdit(window), QLineEdit(window), QCheckBox(window)
    pale.setStyleSheet("background: #FFFFFF; border: 1px solid #CCCCCC")
    strong.setStyleSheet("background: #FFFFFF; border: 1px solid #777777")
    box.setStyleSheet("QCheckBox::indicator { width: 20px; height: 20px; border: 1px solid #DDDDDD; image: none; }")
    silent = QWidget(window)
    silent.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for at, one in enumerate((pale, strong, box, silent)):
        one.setGeometry(20, 20 + 50 * at, 120, 34)
    window.resize(300, 260)
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    window.show()
    window.activateWindow()
    settle()
    assert QApplication.activeWindow() is window
    found = " ".join(faint(window))
    assert found.count("faint edge") == 2
    assert "QCheckBox" in found
    assert "left 1.6" in found
    pixels, _line = focus_change(silent, window)
    assert pixels == 0
    window.close()
    window.deleteLater()


def test_only_the_line_that_its_box_cuts_is_left_out(dressed: QApplication) -> None:
    box = QPlainTextEdit("\n".join(f"line {at}" for at in range(12)))
    step = box.fontMetrics().lineSpacing()
    for height in range(3 * step, 4 * step):
        box.resize(300, height)
        box.show()
        settle()
        told = [is_cut(text, box, box) for text in drawn_texts(box)]
        assert not any(told[:-1])
        if told[-1]:
            return
    pytest.fail("no height cuts a line")
