"""The libraries whose data this computer keeps: each on the same page as in an application, with its strategy lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget

from hakemus.domain.application import Applicant
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.marking import N_
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.look.style import px
from hakemus.ui.pages.applicant import ApplicantPage
from hakemus.ui.widgets.boxes import Item, column, line
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import label
from hakemus.usecases.library_profile import Profile, with_profile, without_profile


class LibraryPage(ApplicantPage):
    """The page of the applicant, for a library instead of an application."""

    lead = N_("Kept on this computer, and copied into an application only when you say so.")

    def build(self) -> Sequence[Item]:
        t = self.desk.t
        self.strategies = Field(
            t("Lines of the library's strategy"),
            Kind.TEXT,
            hint=t("One on each line. They are offered where a goal names the strategy that it serves."),
            rows=4,
        )
        return (*super().build(), self.card("", self.strategies))

    def _head(self) -> QWidget:  # type: ignore[override]  # the dialog has a head of its own
        return label(self.desk.t(self.lead), "body2", wrap=True)

    def _before(self) -> tuple[QWidget, ...]:
        return ()

    def _after(self) -> tuple[Item, ...]:
        return ()


class LibrariesDialog(QDialog):
    """`profiles` are the libraries as they stand in the dialog; they are kept by whoever opened it."""

    def __init__(
        self,
        parent: QWidget | None,
        words: Catalog,
        profiles: Sequence[Profile],
        desk_of: Callable[[Applicant, QDialog], Desk],
        new_id: Callable[[], str],
        first: str = "",
    ) -> None:
        super().__init__(parent)
        t = words.text
        self._words, self._desk_of, self._new_id = words, desk_of, new_id
        self._profiles = tuple(profiles)
        self._shown: Profile | None = None
        self._page: LibraryPage | None = None
        self.setWindowTitle(t("Libraries on this computer"))
        self.which = Combo()
        self.which.setAccessibleName(t("Library"))
        self.which.setMinimumWidth(px(260))
        self._remove = button(t("Remove"), "trash", "small", does=self._drop)
        adding = button(t("New library"), "plus", "small", does=self._add)
        head = column(
            Flow(label(t("Library"), "label"), self.which, adding, None, self._remove, gap=10), margins=(32, 16, 32, 6)
        )
        self._stack = QStackedWidget()
        self._stack.setObjectName("clear")
        self._save = button(t("Save"), "", "primary", does=self.accept)
        below = foot(None, *answers(self._save, button(t("Cancel"), does=self.reject)))
        whole = column(gap=0)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)
        whole.addWidget(line())
        whole.addLayout(below)
        self.setLayout(whole)
        open_at(self, 900, 680)
        if not self._profiles:
            self._profiles = (Profile(new_id()),)
        self._list(first or self._profiles[0].id)
        self.which.currentIndexChanged.connect(lambda _at: self._open(str(self.which.currentData() or "")))

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The libraries with what was typed; one without a name is none."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()
        self._collect()
        return tuple(item for item in self._profiles if item.name)

    def _list(self, chosen: str) -> None:
        self.which.blockSignals(True)  # noqa: FBT003
        self.which.clear()
        for item in self._profiles:
            self.which.addItem(item.name or self._words.text("Unnamed"), item.id)
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)))
        self.which.blockSignals(False)  # noqa: FBT003
        self._open(str(self.which.currentData()))

    def _open(self, name: str) -> None:
        """Show another library; what was typed for the one before stays."""
        self._collect()
        self._shown = next((item for item in self._profiles if item.id == name), None)
        if self._page is not None:
            self._page.desk.bridge.close()
            self._stack.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
            self._page = None
        if self._shown is None:
            return
        desk = self._desk_of(self._shown.applicant, self)
        page = LibraryPage(desk)
        page.strategies.set_text("\n".join(self._shown.strategies))
        page.judge(desk.session.check.open_findings)
        desk.bridge.changed.connect(page.refresh)
        desk.bridge.changed.connect(lambda _change: self._name())
        desk.bridge.judged.connect(lambda: page.judge(desk.session.check.open_findings))
        self._page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _collect(self) -> None:
        if self._page is None or self._shown is None:
            return
        lines = (piece.strip() for piece in self._page.strategies.text().split("\n"))
        applicant = self._page.desk.session.draft.application.applicant
        self._shown = replace(self._shown, applicant=applicant, strategies=tuple(text for text in lines if text))
        self._profiles = with_profile(self._profiles, self._shown)

    def _name(self) -> None:
        """The list follows the name while it is typed."""
        self._collect()
        if self._shown is not None:
            at = self.which.findData(self._shown.id)
            self.which.setItemText(at, self._shown.name or self._words.text("Unnamed"))

    def _add(self) -> None:
        self._collect()
        made = Profile(self._new_id())
        self._profiles = (*self._profiles, made)
        self._list(made.id)
        first = self._page.first_field() if self._page is not None else None
        if first is not None:
            first.setFocus()

    def _drop(self) -> None:
        if self._shown is None:
            return
        self._profiles = without_profile(self._profiles, self._shown.id) or (Profile(self._new_id()),)
        self._shown = None
        self._list(self._profiles[0].id)

    def done(self, result: int) -> None:
        """The last page stops listening with its dialog; what was typed has been collected."""
        self._collect()
        super().done(result)
