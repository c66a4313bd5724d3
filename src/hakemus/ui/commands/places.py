"""Where something is to be written: a path that was chosen, with its ending, and whether two paths are one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from hakemus.ui.dialogs.asking import ask

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hakemus.ui.host import Host


def own_folder() -> str:
    """The person's own documents on this computer: where nothing else says where to look."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def pdf_path(host: Host, name: str, parent: QWidget | None = None) -> str:
    """Where a PDF of that name (without its ending) is to be written; empty where the person thought better of it."""
    start = str(Path(host.folder()) / f"{name}.pdf")
    path, _ = QFileDialog.getSaveFileName(parent or host.window, host.t("Save PDF"), start, "PDF (*.pdf)")
    return with_ending(host, path, ".pdf")


def with_ending(host: Host, path: str, ending: str) -> str:
    """A path that was chosen, with its ending; empty where a file that then lies there must not be replaced.

    The dialog that asked for the path has asked about the path without the ending only.
    """
    if not path or path.lower().endswith(ending):
        return path
    path += ending
    if not Path(path).exists():
        return path
    answer = ask(
        host.window,
        "warning",
        host.t("Replace {name}?", name=Path(path).name),
        host.t("{path} exists already.", path=path),
        [("no", host.t("Do not replace")), ("replace", host.t("Replace"))],
    )
    return path if answer == "replace" else ""


def same_file(one: str, other: str) -> bool:
    """Whether two paths lead to one file, or would."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return Path(one).absolute() == Path(other).absolute()


def same_place(one: str, other: str) -> bool:
    """Whether two paths lead to one name of one file: of hard links each is a place of its own."""
    try:
        return Path(one).stat().st_nlink == 1 and Path(one).samefile(other)
    except OSError:
        return False
