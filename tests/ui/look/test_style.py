"""A switched theme is the same picture as a fresh one; the ring follows the keyboard; icons take colours."""

from __future__ import annotations

from pathlib import Path

import gallery
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from hakemus.ui.look import fonts, icons, style
from hakemus.ui.widgets.boxes import Host, column
from hakemus.ui.widgets.buttons import button


@pytest.fixture
def shown(qtbot, settle):
    alive = []

    def show(widget, width=1200, height=760):
        alive.append(widget)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        settle()
        return widget

    return show


@pytest.mark.parametrize("name", gallery.SHEETS)
def test_a_theme_switched_at_run_time_is_the_picture_of_one_built_in_it(name, dress, shown, settle):
    dress("light")
    switched = shown(gallery.SHEETS[name]())
    dress("dark")
    settle()
    one = switched.grab().toImage()
    switched.hide()
    other = shown(gallery.SHEETS[name]()).grab().toImage()
    differ = sum(
        one.pixel(x, y) != other.pixel(x, y) for x in range(0, one.width(), 5) for y in range(0, one.height(), 5)
    )
    assert differ == 0


def test_figures_have_equal_width(dressed):
    metrics = QLineEdit().fontMetrics()
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0847")


def test_the_typeface_is_ours_and_loading_twice_changes_nothing(dressed):
    assert fonts.family() == "Source Sans Pro"
    assert fonts.load(gallery.ROOT)
    assert QApplication.font().family() == "Source Sans Pro"


def test_without_font_files_the_systems_own_face_serves(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts._Loaded, "family", "")
    assert not fonts.load(tmp_path)
    assert fonts.family() == ""
    assert fonts.make(16).pixelSize() == 16


def test_every_icon_is_drawn_in_its_colour(dressed):
    assert {"error", "warning", "note", "done", "half", "empty"} <= set(icons.names())
    for name in icons.names():
        image = icons.pixmap(name, "#FF0000", 24).toImage()
        seen = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        inked = [colour for colour in seen if colour.alpha() > 100]
        assert inked, name
        assert all(colour.red() > 250 and colour.green() < 5 and colour.blue() < 5 for colour in inked), name


def test_a_cache_folder_that_cannot_be_written_leaves_the_boxes_visible(dressed, tmp_path):
    file = tmp_path / "file"
    file.write_text("not a folder")
    try:
        icons.use(gallery.ROOT, file)
        path = icons.box_for_qss("box", "#FFFFFF", "#000000", "#000000")
        assert "<svg" in Path(path).read_text(encoding="utf-8")
    finally:
        icons.use(gallery.ROOT, tmp_path / "cache")


def test_the_ring_comes_with_the_keyboard_and_not_with_the_mouse(dressed, shown, settle):
    first, second, tick = button("One"), button("Two"), QCheckBox("Three")
    shown(Host(column(first, second, tick, margins=(9, 9, 9, 9))), 300, 200)
    follower = style.ring(dressed)
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert follower.on is second
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert follower.on is None
    tick.setFocus(Qt.FocusReason.TabFocusReason)
    assert follower.on is None  # a check box draws its own


def test_the_systems_wish_is_one_of_the_themes(dressed):
    assert style.system_theme(dressed) in ("light", "dark", "contrast")
