"""Design tokens: the only place where a colour or a size is written down.

No Qt here, so that contrast can be judged anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, eq=False, repr=False)  # one of each; what is not asked for would be written at each start
class Theme:
    """One set of colours, each named by its role; values are `#RRGGBB`."""

    name: str
    dark: bool
    # Grounds, back to front.
    bg: str
    rail: str
    surface: str
    sunken: str
    raised: str
    # Decoration, and borders of controls (at least 3:1).
    line: str
    edge: str
    # Text: first, second, what cannot be used.
    ink: str
    ink2: str
    disabled: str
    # The one hue of action, selection and focus.
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    error: str
    error_soft: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str
    note: str
    note_soft: str
    # Figures, and text inside them.
    c_grant: str
    c_own: str
    c_other: str
    on_c_grant: str
    on_c_own: str
    on_c_other: str

    def hue(self, role: str) -> str:
        """The colour of a role; an unknown role is a mistake of the caller (AttributeError)."""
        return str(getattr(self, role))


LIGHT: Final = Theme(
    name="light", dark=False,
    bg="#F5F6F4", rail="#E9EDEB", surface="#FFFFFF", sunken="#EFF2F0", raised="#FFFFFF",
    line="#D5DCDA", edge="#788789",
    ink="#16252A", ink2="#4B5C61", disabled="#5E6D72",
    accent="#0F5A6B", accent_hover="#0A4653", on_accent="#FFFFFF", accent_soft="#DBEAED",
    error="#A1262B", error_soft="#FBEBE9", warn="#7A4A00", warn_soft="#FCF1DC",
    ok="#2A673D", ok_soft="#E5F1E7", note="#35568A", note_soft="#E8EEF7",
    c_grant="#0F5A6B", c_own="#B9CBA6", c_other="#E6C588",
    on_c_grant="#FFFFFF", on_c_own="#16252A", on_c_other="#16252A",
)  # fmt: skip

DARK: Final = Theme(
    name="dark", dark=True,
    bg="#151C1F", rail="#101618", surface="#1D262A", sunken="#263136", raised="#27333A",
    line="#36444A", edge="#7F9097",
    ink="#E8EEEF", ink2="#B2C0C5", disabled="#8B999E",
    accent="#84C9D8", accent_hover="#A5DAE5", on_accent="#06232B", accent_soft="#1F3F49",
    error="#FFA39C", error_soft="#412427", warn="#F3C074", warn_soft="#3B2F1B",
    ok="#93D3A4", ok_soft="#1F3829", note="#AFC8F2", note_soft="#25334A",
    c_grant="#3F93A6", c_own="#A8BF8E", c_other="#D9B36C",
    on_c_grant="#06191E", on_c_own="#10191C", on_c_other="#10191C",
)  # fmt: skip

CONTRAST: Final = Theme(
    name="contrast", dark=True,
    bg="#000000", rail="#000000", surface="#000000", sunken="#000000", raised="#000000",
    line="#FFFFFF", edge="#FFFFFF",
    ink="#FFFFFF", ink2="#FFFFFF", disabled="#B8B8B8",
    accent="#FFE45C", accent_hover="#FFF3B0", on_accent="#000000", accent_soft="#2E2A00",
    error="#FF9D96", error_soft="#000000", warn="#FFC66E", warn_soft="#000000",
    ok="#8CF0A8", ok_soft="#000000", note="#A9CBFF", note_soft="#000000",
    c_grant="#FFE45C", c_own="#FFFFFF", c_other="#9AD7FF",
    on_c_grant="#000000", on_c_own="#000000", on_c_other="#000000",
)  # fmt: skip

THEMES: Final[dict[str, Theme]] = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}

TYPE: Final[dict[str, tuple[int, int]]] = {
    "display": (30, 600),
    "h1": (26, 600),
    "figure": (20, 600),
    "h2": (19, 600),
    "body": (16, 400),
    "body2": (16, 400),
    "strong": (16, 600),
    "label": (15, 600),
    "table": (15, 400),
    "small": (14, 400),
}
"""Role of a text: size in units and weight."""

SPACE: Final = (4, 8, 12, 16, 24, 32, 48)
PAGE_MARGIN: Final = 32
CARD_MARGIN: Final = 20
CARD_GAP: Final = 16
RADIUS: Final = {"control": 5, "card": 8, "badge": 4, "ring": 8}
HEIGHT: Final = {
    "control": 36,
    "small": 30,
    "row": 34,
    "row2": 50,
    "periods": 60,
    "periods_today": 74,
    "total": 40,
    "head": 30,
    "gantt_head": 46,
    "step": 47,
    "step_tight": 41,
    "meter": 62,
    "foot": 56,
}
ICON: Final = {"badge": 16, "button": 18, "list": 20, "finding": 24, "action": 28}
SMALLEST, LARGEST = 0.8, 2.0
LARGE = 1.6
"""Above this size of text what stands beside other things goes under them."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Text size, 0.8 to 2.0 (outside values are drawn in). Letters and controls grow in full, air by half."""

    factor: float = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "factor", min(LARGEST, max(SMALLEST, self.factor)))

    def px(self, units: float) -> int:
        """Pixels of a size that follows the text: type, control heights, icons, column widths."""
        return round(units * self.factor)

    def sp(self, units: float) -> int:
        """Pixels of air: grows half as fast, so that larger text gets the room."""
        return round(units * (1 + (self.factor - 1) * 0.5))

    def type(self, role: str) -> int:
        """Pixels of a text role."""
        return self.px(TYPE[role][0])


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` as WCAG 2 defines it."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2, from 1 to 21.

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT, BORDER = 4.5, 3.0


def _pairs() -> tuple[tuple[str, str, float], ...]:
    grounds = ("bg", "rail", "surface", "sunken", "raised")
    soft = ("accent_soft", "error_soft", "warn_soft", "ok_soft", "note_soft")
    pairs = [("ink", ground, TEXT) for ground in (*grounds, *soft)]
    pairs += [("ink2", ground, TEXT) for ground in (*grounds, *soft)]
    pairs += [("accent", ground, TEXT) for ground in (*grounds, *soft)]
    pairs += [("on_accent", ground, TEXT) for ground in ("accent", "accent_hover")]
    for tone in ("error", "warn", "ok", "note"):
        pairs += [(tone, ground, TEXT) for ground in ("bg", "rail", "surface", "sunken", "accent_soft", f"{tone}_soft")]
    pairs += [("edge", ground, BORDER) for ground in ("bg", "surface", "sunken")]
    pairs += [(f"on_{part}", part, TEXT) for part in ("c_grant", "c_own", "c_other")]
    pairs += [("disabled", ground, TEXT) for ground in ("surface", "sunken")]
    return tuple(pairs)


PAIRS: Final = _pairs()
"""Every pair of text or border and ground that is drawn, with the least contrast it must have."""
