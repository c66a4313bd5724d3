"""The one style sheet, generated from a theme and a scale.

Cells of tables are not styled here: their delegate paints them.
"""

from __future__ import annotations

from hakemus.ui.look import icons
from hakemus.ui.look.tokens import RADIUS, Scale, Theme


def sheet(theme: Theme, scale: Scale, family: str) -> str:
    """The whole style sheet."""
    face = f'* {{ font-family: "{family}"; }}' if family else ""
    return "\n".join(
        (face, _ground(theme, scale), _labels(theme, scale), _frames(theme), _fields(theme, scale),
         _choices(theme, scale), _buttons(theme, scale), _views(theme, scale), _bars(theme))
    )  # fmt: skip


def _ground(t: Theme, s: Scale) -> str:
    h = s.px
    return f"""
QWidget {{ font-size: {s.type("body")}px; color: {t.ink}; }}
QMainWindow, QDialog, #pageHost, #start {{ background: {t.bg}; }}
QMenuBar {{
    background: {t.rail}; padding: 2px 8px; border-bottom: 1px solid {t.line}; font-size: {s.type("label")}px; }}
QMenuBar::item {{ padding: {h(4)}px {h(10)}px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.accent_soft}; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.edge}; padding: 4px; }}
QMenu::item {{ padding: {h(6)}px {h(24)}px {h(6)}px {h(12)}px; border-radius: 4px; background: transparent; }}
QMenu::item:selected {{ background: {t.accent_soft}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::indicator {{ width: {h(16)}px; height: {h(16)}px; left: {h(8)}px; }}
QMenu::indicator:checked {{ image: url("{icons.box_for_qss("tick", t.raised, t.ink, t.ink)}"); }}
QMenu::icon {{ padding-left: {h(8)}px; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QToolTip {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.edge}; padding: 6px; }}
QStatusBar {{ background: {t.surface}; color: {t.ink2}; }}
QProgressBar {{ background: {t.sunken}; border: 1px solid {t.edge}; border-radius: 4px; text-align: center; }}
QProgressBar::chunk {{ background: {t.c_grant}; }}
#rail {{ background: {t.rail}; border: 0; border-right: 1px solid {t.line}; }}
#panel {{ background: {t.rail}; border: 0; border-left: 1px solid {t.line}; }}
#meter {{ background: {t.surface}; border: 0; border-top: 1px solid {t.edge}; }}
#foot {{ background: {t.bg}; border: 0; border-top: 1px solid {t.line}; }}
QScrollArea, #page, #clear {{ background: transparent; border: 0; }}
QSplitter::handle {{ background: {t.line}; }}
"""


def _labels(t: Theme, s: Scale) -> str:
    roles = "\n".join(
        f'QLabel[role="{role}"] {{ font-size: {s.type(role)}px; font-weight: 600; }}'
        for role in ("display", "h1", "h2", "strong", "label", "figure")
    )
    tones = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {t.hue(tone)}; }}'
        for tone in ("error", "warn", "ok", "note", "ink", "ink2", "accent", "disabled")
    )
    return f"""
QLabel {{ background: transparent; }}
{roles}
QLabel[role="small"] {{ font-size: {s.type("small")}px; color: {t.ink2}; }}
QLabel[role="body2"] {{ color: {t.ink2}; }}
{tones}
QLabel:disabled {{ color: {t.disabled}; }}
"""


def _frames(t: Theme) -> str:
    card, control = RADIUS["card"], RADIUS["control"]
    tints = "\n".join(
        f'QFrame[tint="{tone}"] {{ background: {t.hue(tone + "_soft")}; border: 1px solid {t.hue(tone)}; '
        f"border-radius: {card}px; }}"
        for tone in ("error", "warn", "note", "ok")
    )
    findings = "\n".join(
        f'QFrame#finding[level="{tone}"] {{ border-color: {t.hue(tone)}; }}\n'
        f'QFrame#band[level="{tone}"] {{ background: {t.hue(tone + "_soft")}; }}'
        for tone in ("error", "warn", "note")
    )
    return f"""
QFrame#card {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {card}px; }}
QFrame#card[marked="true"] {{ border: 2px solid {t.accent}; }}
QFrame#plain {{ background: transparent; border: 0; }}
QFrame#sunken {{ background: {t.sunken}; border: 0; border-radius: {control}px; }}
QFrame#hline {{ background: {t.line}; border: 0; max-height: 1px; min-height: 1px; }}
QFrame#vline {{ background: {t.line}; border: 0; max-width: 1px; min-width: 1px; }}
{tints}
QFrame#finding {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {card}px; }}
QFrame#band {{ border: 0; border-bottom: 1px solid {t.line};
    border-top-left-radius: {card - 1}px; border-top-right-radius: {card - 1}px; }}
{findings}
QFrame#desk {{ background: {t.sunken}; border: 1px solid {t.line}; border-radius: {card}px; }}
QFrame#totals {{ background: {t.sunken}; border: 1px solid {t.line}; border-top: 2px solid {t.edge};
    border-bottom-left-radius: {card}px; border-bottom-right-radius: {card}px; }}
QFrame#totals[inset="true"] {{ border-left: 0; border-right: 0; border-bottom: 0; }}
"""


def _fields(t: Theme, s: Scale) -> str:
    h, r = s.px, RADIUS["control"]
    lines, wide = "QLineEdit, QComboBox", "QLineEdit, QPlainTextEdit, QComboBox"

    def each(selectors: str, suffix: str) -> str:
        return ", ".join(f"{one.strip()}{suffix}" for one in selectors.split(","))

    def framed(suffix: str, colour: str) -> str:
        # The border grows by one and the padding shrinks by one, so nothing moves.
        return (
            f"{each(lines, suffix)} {{ border: 2px solid {colour}; padding: 0 {h(8)}px; }}\n"
            f"QPlainTextEdit{suffix} {{ border: 2px solid {colour}; padding: {h(3)}px {h(6)}px; }}\n"
            f"QComboBox{suffix} {{ padding-left: {h(10)}px; }}"
        )

    return f"""
{wide} {{ background: {t.surface}; border: 1px solid {t.edge}; border-radius: {r}px; padding: 1px {h(9)}px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {t.ink2}; }}
{lines} {{ min-height: {h(32)}px; }}
QComboBox {{ padding-left: {h(11)}px; combobox-popup: 0; }}
QPlainTextEdit {{ padding: {h(4)}px {h(7)}px; }}
{each(wide, '[marked="true"]')} {{ background: {t.accent_soft}; }}
{framed('[level="warn"]', t.warn)}
{framed('[level="error"]', t.error)}
{framed(":focus", t.accent)}
QComboBox:editable {{ padding-left: {h(11) - 2}px; }}
QComboBox:editable:focus {{ padding-left: {h(10) - 2}px; }}
QComboBox:editable[level="warn"], QComboBox:editable[level="error"] {{ padding-left: {h(10) - 2}px; }}
{each(wide, ":disabled")} {{ background: {t.sunken}; color: {t.disabled}; border: 1px solid {t.line}; }}
{each(wide, '[readOnly="true"]')} {{ background: {t.sunken}; }}
QComboBox QLineEdit {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: {h(28)}px; }}
QComboBox::down-arrow {{
    image: url("{icons.file_for_qss("chevron-down", t.ink2)}"); width: {h(16)}px; height: {h(16)}px; }}
QComboBox[readOnly="true"]::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.edge}; border-radius: 0;
    selection-background-color: {t.accent_soft}; selection-color: {t.ink}; outline: 0; padding: 4px; }}
QComboBox QAbstractItemView::item {{ min-height: {h(32)}px; padding: 0 {h(6)}px; border-radius: 4px; color: {t.ink}; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
"""


def _choices(t: Theme, s: Scale) -> str:
    h, r = s.px, RADIUS["control"]

    def box(kind: str, ground: str, edge: str, mark: str = "") -> str:
        return icons.box_for_qss(kind, ground, edge, mark)

    return f"""
QCheckBox, QRadioButton {{ spacing: {h(8)}px; padding: 2px; border: 2px solid transparent; border-radius: {r}px; }}
QCheckBox[bare="true"] {{ spacing: 0; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QCheckBox[level="error"] {{ border-color: {t.error}; }}
QCheckBox[level="error"]:focus {{ border-color: {t.accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.disabled}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {h(20)}px; height: {h(20)}px; }}
QCheckBox::indicator:unchecked {{ image: url("{box("box", t.surface, t.edge)}"); }}
QCheckBox::indicator:checked {{ image: url("{box("box", t.accent, t.accent, t.on_accent)}"); }}
QCheckBox::indicator:unchecked:disabled {{ image: url("{box("box", t.sunken, t.edge)}"); }}
QCheckBox::indicator:checked:disabled {{ image: url("{box("box", t.sunken, t.edge, t.disabled)}"); }}
QCheckBox[readOnly="true"]::indicator:unchecked {{ image: url("{box("box", t.sunken, t.edge)}"); }}
QCheckBox[readOnly="true"]::indicator:checked {{ image: url("{box("box", t.sunken, t.edge, t.ink)}"); }}
QRadioButton::indicator:unchecked {{ image: url("{box("dot", t.surface, t.edge)}"); }}
QRadioButton::indicator:checked {{ image: url("{box("dot", t.surface, t.accent, t.accent)}"); }}
QRadioButton::indicator:checked:disabled {{ image: url("{box("dot", t.sunken, t.edge, t.disabled)}"); }}
"""


def _buttons(t: Theme, s: Scale) -> str:
    h, r = s.px, RADIUS["control"]
    return f"""
QPushButton {{ background: {t.surface}; border: 1px solid {t.edge}; border-radius: {r}px; padding: 0 {h(14)}px;
    min-height: {h(34)}px; font-weight: 600; outline: 0; }}
QPushButton:hover {{ background: {t.accent_soft}; border-color: {t.accent}; }}
QPushButton:pressed {{ background: {t.sunken}; }}
QPushButton[rank="primary"] {{ background: {t.accent}; border-color: {t.accent}; color: {t.on_accent}; }}
QPushButton[rank="primary"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[rank="quiet"] {{ background: transparent; border-color: transparent; color: {t.accent};
    padding: 0 {h(8)}px 0 {h(2)}px; min-height: {h(28)}px; text-align: left; }}
QPushButton[rank="quiet"]:hover {{ background: {t.accent_soft}; }}
QPushButton[rank="figure"] {{ background: transparent; border-color: transparent; padding: 0; margin-left: -1px;
    min-height: {h(26)}px; font-size: {s.type("figure")}px; text-align: left; }}
QPushButton[rank="figure"]:hover {{ background: {t.accent_soft}; text-decoration: underline; }}
QPushButton[rank="small"] {{ min-height: {h(28)}px; padding: 0 {h(9)}px; font-size: {s.type("label")}px; }}
QPushButton[rank="tool"] {{
    background: transparent; border-color: transparent; min-height: {h(28)}px; padding: 0 {h(6)}px; }}
QPushButton[rank="tool"]:hover {{ background: {t.accent_soft}; }}
QPushButton[rank="tool"]:checked {{ background: {t.accent_soft}; border-color: {t.accent}; }}
QPushButton:disabled {{ color: {t.disabled}; border-color: {t.line}; background: {t.sunken}; }}
QPushButton[rank="tool"]:disabled, QPushButton[rank="quiet"]:disabled {{
    background: transparent; border-color: transparent; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; border: 0; border-bottom: 3px solid transparent;
    padding: {h(8)}px {h(4)}px {h(5)}px; margin-right: {h(18)}px; color: {t.ink2}; font-weight: 600; }}
QTabBar::tab:selected {{ color: {t.ink}; border-bottom-color: {t.accent}; }}
QTabBar::tab:selected:focus {{ color: {t.accent}; border: 2px solid {t.accent}; border-radius: 4px;
    padding: {h(8) - 2}px {h(4)}px {h(5) + 1}px; margin-left: -2px; margin-right: {h(18) - 2}px; }}
QTabWidget::pane {{ border: 0; }}
"""


def _views(t: Theme, s: Scale) -> str:
    card = RADIUS["card"]
    return f"""
QTableView, QListView, QTreeView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {card}px;
    gridline-color: {t.line}; outline: 0; selection-background-color: {t.accent_soft}; selection-color: {t.ink}; }}
QListView#popup {{ background: {t.raised}; border: 1px solid {t.edge}; border-radius: 0; padding: 0 4px; }}
QListView#popup::item {{ min-height: {s.px(32)}px; padding: 0 {s.px(6)}px; border-radius: 4px; color: {t.ink}; }}
QListView#popup::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QListView#steps {{ background: transparent; border: 0; }}
QListView#hits {{ border: 0; border-top: 1px solid {t.line}; border-radius: 0; }}
QTableView[shape="open"] {{ border-bottom: 0; border-bottom-left-radius: 0; border-bottom-right-radius: 0; }}
QTableView[shape="inset"] {{ border: 0; border-top: 1px solid {t.line}; border-radius: 0; }}
QHeaderView {{ background: {t.sunken}; border: 0; }}
QTableView QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: {t.sunken}; color: {t.ink2}; border: 0; border-bottom: 1px solid {t.line};
    padding: 0 {s.px(10)}px; font-size: {s.type("small")}px; font-weight: 600; }}
QTableView QLineEdit, QTableView QLineEdit:focus, QTableView QComboBox, QTableView QComboBox:focus {{
    border: 2px solid {t.accent}; border-radius: 0; padding: 0 {s.px(8)}px; min-height: 0;
    font-size: {s.type("table")}px; background: {t.surface}; }}
QTableView QComboBox QLineEdit, QTableView QComboBox QLineEdit:focus {{ border: 0; padding: 0; }}
QTableView#links::item {{ padding: 0 {s.px(10)}px; }}
QTableView#links::item:focus {{ border: 2px solid {t.accent}; padding: 0 {s.px(10) - 2}px; }}
QTableView::indicator {{ width: {s.px(20)}px; height: {s.px(20)}px; }}
QTableView::indicator:unchecked {{ image: url("{icons.box_for_qss("box", t.surface, t.edge)}"); }}
QTableView::indicator:checked {{ image: url("{icons.box_for_qss("box", t.accent, t.accent, t.on_accent)}"); }}
QTableCornerButton::section {{ background: {t.sunken}; border: 0; }}
"""


def _bars(t: Theme) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; }}
QTableView QScrollBar:vertical, QTableView QScrollBar:horizontal {{ background: {t.sunken}; }}
QScrollBar::handle:vertical {{ background: {t.edge}; min-height: 36px; border-radius: 3px; margin: 2px 4px; }}
QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {t.edge}; min-width: 36px; border-radius: 3px; margin: 4px 2px; }}
QScrollBar::handle:hover {{ background: {t.accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
