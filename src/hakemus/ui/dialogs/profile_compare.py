"""What a library's kept data say otherwise than the open application: old and new side by side, taken where ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QVBoxLayout, QWidget

from hakemus.domain.application import Applicant, Contact
from hakemus.i18n.field_names import words_of
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.widgets.boxes import Page, card, clear, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.labels import TOP, Label, label
from hakemus.usecases.library_profile import CONTACTS, Difference, Profile, differences


def value_words(desk: Desk, path: str, value: Any) -> str:
    """A value of the applicant as people read it; contacts one on each line."""
    if path == CONTACTS:
        return "\n".join(_contact_words(desk, contact) for contact in value)
    names = words_of(path)
    return desk.t(names[value]) if value in names else str(value or "")


def _contact_words(desk: Desk, contact: Contact) -> str:
    role = value_words(desk, f"{CONTACTS}[x].role", contact.role)
    parts = (role, contact.name, contact.title, contact.phone, contact.email)
    return ", ".join(part for part in parts if part)


class ProfileCompareDialog(QDialog):
    """`taken` are the differences that were ticked, once the dialog was accepted."""

    def __init__(
        self, parent: QWidget | None, desk: Desk, profiles: Sequence[Profile], first: str, applicant: Applicant
    ) -> None:
        super().__init__(parent)
        self._desk, self._profiles, self._applicant = desk, tuple(profiles), applicant
        self.boxes: list[tuple[QCheckBox, Difference]] = []
        t = desk.t
        self.setWindowTitle(t("The library's kept data"))
        self.which = Combo()
        self.which.setAccessibleName(t("Library"))
        self.which.setMinimumWidth(px(260))
        for profile in self._profiles:
            self.which.addItem(profile.name or t("Unnamed"), profile.id)
        self.which.setCurrentIndex(max(0, self.which.findData(first)))
        self._lead = Label("", "body2", wrap=True)
        self._rows: QVBoxLayout = column(gap=8)
        self._take = button(t("Take what is ticked"), "", "primary", does=self.accept)
        self._take.setDefault(True)
        chooser = clear_box(row(label(t("Library"), "label"), self.which, None, gap=10))
        chooser.setVisible(len(self._profiles) > 1)
        page = column(
            label(t("The library's kept data"), "h2", wrap=True),
            chooser,
            self._lead,
            clear_box(self._rows),
            None,
            gap=12,
        )
        page.setContentsMargins(sp(24), sp(20), sp(24), sp(16))
        below = foot(None, *answers(self._take, button(t("Cancel"), does=self.reject)))
        self.setLayout(column(scroll(Page(page)), line(), below, gap=0))
        open_at(self, 760, 560)
        self.which.currentIndexChanged.connect(lambda _at: self._show())
        self._show()

    @property
    def taken(self) -> tuple[Difference, ...]:
        return tuple(item for box, item in self.boxes if box.isChecked())

    def _show(self) -> None:
        clear(self._rows)
        self.boxes = []
        profile = next((item for item in self._profiles if item.id == self.which.currentData()), None)
        found = differences(profile, self._applicant) if profile is not None else ()
        desk = self._desk
        if found:
            words = desk.t("Ticked fields are replaced in this application. One undo takes them back.")
        else:
            words = desk.t("The application says the same as the library's kept data.")
        self._lead.set_text(words)
        self._take.setEnabled(bool(found))
        for item in found:
            self._rows.addWidget(self._row(item))

    def _row(self, item: Difference) -> QWidget:
        desk = self._desk
        name = desk.field_name(item.path)
        here, kept = value_words(desk, item.path, item.here), value_words(desk, item.path, item.kept)
        box = QCheckBox()
        box.setChecked(True)
        said = desk.t("{name}: here {old}, kept {new}", name=name, old=here or desk.t("Not filled in"), new=kept)
        box.setAccessibleName(said)
        self.boxes.append((box, item))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sp(12))
        grid.setVerticalSpacing(sp(2))
        grid.setColumnStretch(1, 1)
        large = look().scale.factor > LARGE  # an address has no place to break: it needs the whole width
        for at, (head, words) in enumerate(((desk.t("Here"), here or desk.t("Not filled in")), (desk.t("Kept"), kept))):
            value = label(words, "body2" if at == 0 else "strong", wrap=True)
            if large:
                grid.addWidget(label(head, "small"), 2 * at, 0, 1, 2)
                grid.addWidget(value, 2 * at + 1, 0, 1, 2)
            else:
                grid.addWidget(label(head, "small"), at, 0, TOP)
                grid.addWidget(value, at, 1)
        whole = row(gap=12)
        whole.addWidget(box, 0, TOP)
        whole.addLayout(column(label(name, "label", wrap=True), grid, gap=3), 1)
        return card(whole, margins=(16, 12, 16, 12))
