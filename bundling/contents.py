"""What goes into a bundle and what stays out: names only, so that it can be read and tested without PyInstaller."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

MODULES_LEFT_OUT = (
    # other parts of Qt that the hooks would take for completeness
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtNetworkAuth",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtTest",
    "PySide6.QtSql",
    "PySide6.QtUiTools",
    "PySide6.QtDesigner",
    # of the standard library and of libraries: windows of another kind, tests, compilers, what only tools need
    "tkinter",
    "_tkinter",
    "unittest",
    "doctest",
    "pdb",
    "lib2to3",
    "ensurepip",
    "idlelib",
    "turtle",
    "sqlite3",
    "setuptools",
    "pkg_resources",
    "wheel",
    "pip",
    "numpy",
    "pandas",
    "lxml",
    "rlPyCairo",
    "matplotlib",
    "IPython",
    "hypothesis",
    "pytest",
    "mypy",
    "pydantic.mypy",
    "pydantic.v1",
    "babel",
    "reportlab.graphics.testdrawings",
    "reportlab.graphics.testshapes",
    "PIL.ImageTk",
    "PIL.ImageQt",
    "PIL.AvifImagePlugin",
    "PIL._avif",
)
"""Modules that PyInstaller is told not to follow."""

_PLUGINS_KEPT = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platformthemes": ("qxdgdesktopportal",),
    "platforminputcontexts": ("ibusplatforminputcontext", "composeplatforminputcontext"),
    "xcbglintegrations": ("qxcb-glx", "qxcb-egl"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qjpeg", "qico", "qicns"),
    "printsupport": ("cupsprintersupport",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
}
"""Plugins of Qt by their folder; every other folder stays out (data bases, virtual keyboard, GTK's look, screens
without a desktop, encrypted connections: the program makes none)."""

_TRANSLATIONS_KEPT = ("qtbase_fi.qm", "qtbase_sv.qm")

_QT_LEFT_OUT = re.compile(
    r"(lib)?Qt6(Qml|Quick|Sql|Test|Designer|UiTools|Labs|ShaderTools|VirtualKeyboard|EglF[sS]|WebEngine|WebChannel|Pdf"
    r"|Concurrent|Help|Xml)|libicu(io|tu|test)|opengl32sw"
)
_LINUX_KEPT = re.compile(
    r"libpython|libcrypto|libssl|libffi|libexpat|libz\.|libbz2|liblzma|libmpdec|libxcb-|libxkbcommon"
    r"|libgssapi_krb5|libkrb5|libk5crypto|libcom_err|libkeyutils"
)
"""Of the building system's libraries only those that Python and QtNetwork (for its local sockets) need, and the small
ones of windows that a desktop may lack. Everything else (fonts, message bus, printers, graphics, C++) has to be the
system's own: an older copy beside newer drivers ends programs."""


def is_left_out(name: str) -> bool:
    """Whether a file stays out, by its place in the bundle (`PySide6/Qt/plugins/…`), with any separator."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = path.parts
    if "plugins" in parts and "PySide6" in parts:
        return not _plugin_kept(parts[parts.index("plugins") + 1 :])
    if "translations" in parts and "PySide6" in parts:
        return path.name not in _TRANSLATIONS_KEPT
    if parts and parts[0] == "PySide6" and any(part in ("qml", "metatypes", "typesystems", "glue") for part in parts):
        return True
    if len(parts) == 1 and ".so" in path.name:
        return not _LINUX_KEPT.match(path.name)
    return bool(_QT_LEFT_OUT.match(path.name))


def _plugin_kept(parts: tuple[str, ...]) -> bool:
    if len(parts) < 2:
        return False
    plain = parts[-1].removeprefix("lib").split(".")[0]
    return any(plain.startswith(one) for one in _PLUGINS_KEPT.get(parts[0], ()))
