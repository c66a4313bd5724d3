"""Tokens become Qt's palette, fonts, style sheet and focus ring.

`apply` is called again for every change of theme or text size.

Widgets ask `px`, `sp`, `color`, `font` when they are built or painted; the look is replaced as a whole, never
changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QRadioButton,
    QWidget,
)
from shiboken6 import isValid

from hakemus.ui.look import fonts
from hakemus.ui.look.qss import sheet
from hakemus.ui.look.tokens import LIGHT, THEMES, TYPE, Scale, Theme

if TYPE_CHECKING:
    from hakemus.ui.look.ring import Ring, RingStyle

RING_AIR: Final = 5
"""Pixels that a window or a scrolled page must leave round its buttons, or their ring is cut."""


DRAWN_BY: Final = "Fusion"
"""Qt's own style under the sheet, the same on every system."""
GIVEN: Final = "style_given"
"""Property of an application that was begun with that style. To set it later costs PySide all enumerations of styles,
for Qt hands out the style that it has made."""


@dataclass(frozen=True, slots=True)
class Look:
    """A theme and a scale, with the colours and fonts made so far."""

    theme: Theme = LIGHT
    scale: Scale = field(default_factory=Scale)
    colours: dict[str, QColor] = field(default_factory=dict, compare=False)
    made: dict[tuple[str, int], QFont] = field(default_factory=dict, compare=False)


class _Now:
    look = Look()
    followers: dict[int, RingFollower] = {}


def look() -> Look:
    """The look of this moment."""
    return _Now.look


def px(units: float) -> int:
    """Pixels of what grows with the text."""
    return _Now.look.scale.px(units)


def sp(units: float) -> int:
    """Pixels of air."""
    return _Now.look.scale.sp(units)


def hue(role: str) -> str:
    """A colour of the current theme as `#RRGGBB`."""
    return _Now.look.theme.hue(role)


def color(role: str) -> QColor:
    """A colour of the current theme."""
    known = _Now.look.colours
    if role not in known:
        known[role] = QColor(_Now.look.theme.hue(role))
    return known[role]


def font(role: str = "body", weight: int = 0) -> QFont:
    """The font of a text role, in another weight where one is given."""
    known = _Now.look.made
    key = (role, weight)
    if key not in known:
        known[key] = fonts.make(_Now.look.scale.type(role), weight or TYPE[role][1])
    return known[key]


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a dynamic property that has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a dynamic property that the style sheet knows; polishes only when it differs."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)


def palette(theme: Theme) -> QPalette:
    """The palette, for everything that the style sheet does not reach."""
    made, role = QPalette(), QPalette.ColorRole
    for at, name in {
        role.Window: "bg",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Button: "surface",
        role.ToolTipBase: "raised",
        role.WindowText: "ink",
        role.Text: "ink",
        role.ButtonText: "ink",
        role.ToolTipText: "ink",
        role.PlaceholderText: "ink2",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent",
        role.BrightText: "error",
        role.Light: "raised",
        role.Midlight: "sunken",
        role.Mid: "line",
        role.Dark: "edge",
        role.Shadow: "edge",
    }.items():
        made.setColor(at, QColor(theme.hue(name)))
    for at in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, at, QColor(theme.disabled))
    return made


class RingFollower(QObject):
    """Shows the ring round a button that got focus from the keyboard; fields and check boxes draw their
    own border."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: Ring | None = None
        self._style: RingStyle | None = None
        app.focusChanged.connect(self._moved)

    @property
    def on(self) -> QWidget | None:
        """The control with the ring, if any."""
        return self._ring.widget() if self._ring is not None and isValid(self._ring) else None

    def again(self) -> None:
        """Put the ring on anew: a new style sheet hides it."""
        on = self.on
        if on is not None and self._ring is not None:
            self._ring.setWidget(None)  # type: ignore[arg-type]
            self._ring.setWidget(on)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # The ring lives in the window where it was shown, and dies with it.
        if self._ring is not None and not isValid(self._ring):
            self._ring = None
        if not self._wanted(new):
            if self._ring is not None:
                self._ring.setWidget(None)  # type: ignore[arg-type]  # None is Qt's way to take it off
            return
        if self._ring is None:
            # Qt builds the many enumerations of its styles when they are first named: not before the first paint.
            from hakemus.ui.look.ring import Ring, RingStyle

            if self._style is None:
                self._style = RingStyle(DRAWN_BY)
                self._style.setParent(self)
            self._ring = Ring(lambda: color("accent"))
            self._ring.setStyle(self._style)
        assert new is not None
        self._ring.setWidget(new)

    @staticmethod
    def _wanted(new: QWidget | None) -> bool:
        if not isinstance(new, QAbstractButton) or isinstance(new, QCheckBox | QRadioButton):
            return False
        return getattr(new, "focus_reason", Qt.FocusReason.TabFocusReason) != Qt.FocusReason.MouseFocusReason


def system_theme(app: QGuiApplication) -> str:
    """The theme that the system asks for: `contrast`, `dark` or `light`."""
    hints = app.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # since Qt 6.10
    if accessibility is not None:
        preference = accessibility().contrastPreference()
        if preference == Qt.ContrastPreference.HighContrast:
            return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def apply(app: QApplication, theme_name: str, factor: float = 1.0) -> Look:
    """Give the whole program a theme (`light`, `dark`, `contrast`) and a text size (0.8 to 2.0).

    Open windows follow a change of theme by themselves. After a change of text size the caller builds its pages
    again, for fixed heights and column widths were computed from the scale.
    """
    new = Look(THEMES[theme_name], Scale(factor))
    _Now.look = new
    # The scheme is for what Qt does not draw: title bar and file dialogs.
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if new.theme.dark else Qt.ColorScheme.Light)
    if _Now.followers.get(id(app)) is None or not isValid(_Now.followers[id(app)]):
        if not app.property(GIVEN):
            app.setStyle(DRAWN_BY)
        _Now.followers[id(app)] = RingFollower(app)
    app.setFont(fonts.make(new.scale.type("body")))
    app.setPalette(palette(new.theme))
    app.setStyleSheet(sheet(new.theme, new.scale, fonts.family()))
    _Now.followers[id(app)].again()
    return new


def ring(app: QApplication) -> RingFollower | None:
    """What draws the focus ring of this application."""
    return _Now.followers.get(id(app))
