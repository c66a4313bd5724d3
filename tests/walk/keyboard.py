"""The keyboard of a virtual screen, struck from outside any program: XTest events, as a real keyboard's driver makes.

Needs libX11 and libXtst, which at-spi2-core brings, and a layout that setxkbmap has set for the screen. It says nothing
of what the keys do: that is read by `accessibility_client`.
"""

from __future__ import annotations

import ctypes
import shutil
from types import TracebackType

KEYSYMS: dict[str, int] = {
    "Return": 0xFF0D,
    "Tab": 0xFF09,
    "Escape": 0xFF1B,
    "Insert": 0xFF63,
    "Delete": 0xFFFF,
    "BackSpace": 0xFF08,
    "Home": 0xFF50,
    "End": 0xFF57,
    "Left": 0xFF51,
    "Up": 0xFF52,
    "Right": 0xFF53,
    "Down": 0xFF54,
    "PageUp": 0xFF55,
    "PageDown": 0xFF56,
    "Menu": 0xFF67,
    "Space": 0x20,
    "Control": 0xFFE3,
    "Shift": 0xFFE1,
    "Alt": 0xFFE9,
    "AltGr": 0xFE03,
    **{f"F{at}": 0xFFBD + at for at in range(1, 13)},
}
"""X11's numbers of the keys that write nothing."""
_LEVELS: tuple[tuple[str, ...], ...] = ((), ("Shift",), ("AltGr",), ("AltGr", "Shift"))
"""What is held down for each of a key's four signs."""


_X11, _XTST = "libX11.so.6", "libXtst.so.6"


def lacking() -> list[str]:
    """Libraries and programs that are missing here; empty where all are there."""
    missing = [] if shutil.which("setxkbmap") else ["setxkbmap"]
    for name in (_X11, _XTST):
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


class Keyboard:
    """The keyboard of one screen. Each stroke is on its way to the window with the focus when its method returns."""

    def __init__(self, display: str) -> None:
        self._x11 = ctypes.CDLL(_X11)
        self._xtst = ctypes.CDLL(_XTST)
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        opened = self._x11.XOpenDisplay(display.encode())
        assert opened, f"no screen {display}"
        self._display = ctypes.c_void_p(opened)
        self._codes = self._read_layout()

    def __enter__(self) -> Keyboard:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._x11.XCloseDisplay(self._display)

    def _read_layout(self) -> dict[int, tuple[int, tuple[str, ...]]]:
        """Key code and held keys for every sign of the layout, the fewest held keys first."""
        codes: dict[int, tuple[int, tuple[str, ...]]] = {}
        for level, held in enumerate(_LEVELS):
            for code in range(8, 256):
                symbol = self._x11.XkbKeycodeToKeysym(self._display, ctypes.c_ubyte(code), 0, level)
                if symbol:
                    codes.setdefault(symbol, (code, held))
        return codes

    def press(self, keys: str) -> None:
        """One stroke with its modifiers: `Control+S`, `F2`, `Alt+Shift+Down`."""
        *held, last = keys.split("+")
        symbol = KEYSYMS[last] if last in KEYSYMS else ord(last.lower())
        self._stroke(self._codes[symbol][0], tuple(held))

    def type(self, text: str) -> None:
        """Every sign of a text by the keys that write it; a line break is Return."""
        for sign in text:
            symbol = KEYSYMS["Return"] if sign == "\n" else _symbol_of(sign)
            if symbol not in self._codes:
                raise AssertionError(f"this keyboard cannot write {sign!r}")
            self._stroke(*self._codes[symbol])

    def _stroke(self, code: int, held: tuple[str, ...]) -> None:
        for name in held:
            self._move(self._codes[KEYSYMS[name]][0], down=True)
        self._move(code, down=True)
        self._move(code, down=False)
        for name in reversed(held):
            self._move(self._codes[KEYSYMS[name]][0], down=False)
        self._x11.XSync(self._display, 0)

    def _move(self, code: int, *, down: bool) -> None:
        self._xtst.XTestFakeKeyEvent(self._display, ctypes.c_uint(code), int(down), ctypes.c_ulong(0))


def _symbol_of(sign: str) -> int:
    """X11's number of a sign: its Latin-1 code, an older one of its own, else its Unicode number marked."""
    own = {"€": 0x20AC, "–": 0xAAA, "—": 0xAA9, "…": 0xAAE, "”": 0xAD3, "’": 0xAD1}
    number = ord(sign)
    return own.get(sign) or (number if number < 0x100 else 0x1000000 | number)
