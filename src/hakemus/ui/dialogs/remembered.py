"""What this computer remembers of applications and libraries; one thing, a draft's things or all can be forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from hakemus.i18n.catalog import Catalog
from hakemus.i18n.telling_apart import told_apart
from hakemus.ui.dialogs import asking
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.widgets.boxes import Page, card, clear, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import MIDDLE, label
from hakemus.usecases.errors import UserError
from hakemus.usecases.keeping import Keeping, KeptRecovery, KeptVersion, Remembered
from hakemus.usecases.library_profile import Profile, Profiles, without_profile
from hakemus.usecases.own_budget import KnownForm, KnownForms


class RememberedDialog(QDialog):
    """Staff computers are shared: everything kept beside the files is listed here and goes when it is told to."""

    def __init__(
        self, parent: QWidget | None, words: Catalog, keeping: Keeping, forms: KnownForms, profiles: Profiles
    ) -> None:
        super().__init__(parent)
        self._words, self._keeping, self._forms, self._profiles = words, keeping, forms, profiles
        t = words.text
        self.setWindowTitle(t("What this computer remembers"))
        self._list = column(gap=12, margins=(24, 20, 24, 20))
        self._all = button(t("Forget everything…"), "trash", does=self._forget_all)
        close = button(t("Close"), "", "primary", does=self.reject)
        close.setDefault(True)
        below = foot(self._all, None, close)
        self.setLayout(column(scroll(Page(self._list)), line(), below, gap=0))
        open_at(self, 760, 600)
        self.follow()

    def follow(self) -> None:
        """Show what is kept now."""
        clear(self._list)
        t = self._words.text
        self._list.addWidget(
            label(
                t(
                    "Copies of what was being written, what files held before each save, the list of the start "
                    "page, and the data of libraries. Forgetting them leaves the files themselves as they are."
                ),
                "body2",
                wrap=True,
            )
        )
        self._drafts = tuple(self._keeping.remembered())
        for draft in self._drafts:
            self._list.addWidget(self._draft(draft))
        self._listed = tuple(self._keeping.listed())
        if self._listed:
            self._list.addWidget(self._start_list())
        forms = tuple(self._forms.read())
        if forms:
            self._list.addWidget(self._known_forms(forms))
        self._libraries = tuple(self._profiles.read())
        if self._libraries:
            self._list.addWidget(self._known_libraries())
        anything = bool(self._drafts or self._listed or forms or self._libraries)
        if not anything:
            self._list.addWidget(card(label(t("Nothing is kept on this computer."), "strong")))
        self._list.addStretch(1)
        self._all.setEnabled(anything)

    def _start_list(self) -> QWidget:
        """Applications of which only the start page's list knows: title, library and place."""
        t = self._words.text
        made = card(label(t("Only in the list of the start page"), "h2", wrap=True), gap=4)
        box = made.layout()
        assert isinstance(box, QVBoxLayout)
        for entry in self._listed:
            title = entry.title or t("Untitled project")
            both = row(gap=10)
            both.addLayout(column(label(title, wrap=True), label(entry.path, "small", wrap=True), gap=0), 1)
            tip = t("Forget: {what}", what=title)
            both.addWidget(button("", "trash", "tool", tip=tip, does=self._list_forgetter(entry.path)), 0, MIDDLE)
            box.addWidget(line())
            box.addLayout(both)
        return made

    def _list_forgetter(self, path: str) -> Callable[[], None]:
        return lambda: self._forget(lambda: self._keeping.forget_listed(path))

    def _known_forms(self, forms: Sequence[KnownForm]) -> QWidget:
        """The forms of budgets whose columns and cost types are known from before."""
        t = self._words.text
        head = row(gap=10)
        head.addWidget(label(t("Forms of budgets"), "h2", wrap=True), 1)
        head.addWidget(
            button(
                t("Forget all of it…"),
                "trash",
                "small",
                name=t("Forget all that is kept of {title}", title=t("Forms of budgets")),
                does=self._forget_forms,
            ),
            0,
            MIDDLE,
        )
        said = [label(" · ".join(form.heads.values()), "small", wrap=True) for form in forms]
        return card(head, label(t("Their columns and cost types, as they were pointed at."), "small"), *said, gap=4)

    def _forget_forms(self) -> None:
        t = self._words.text
        answer = asking.ask(
            self,
            "warning",
            t("Forget the forms of budgets?"),
            t("Their columns and cost types are pointed at anew the next time."),
            [("keep", t("Keep")), ("forget", t("Forget"))],
        )
        if answer == "forget":
            self._forget(lambda: self._forms.write(()))

    def _known_libraries(self) -> QWidget:
        """Libraries with what is kept of each: its contacts are people."""
        t = self._words.text
        made = card(label(t("Libraries on this computer"), "h2", wrap=True), gap=4)
        box = made.layout()
        assert isinstance(box, QVBoxLayout)
        for item in self._libraries:
            name = item.name or t("Unnamed")
            both = row(gap=10)
            words = [label(text, look, wrap=True) for text, look in ((name, "body"), (_kept_of(item), "small")) if text]
            both.addLayout(column(*words, gap=0), 1)
            tip = t("Forget: {what}", what=name)
            both.addWidget(button("", "trash", "tool", tip=tip, does=self._library_forgetter(item, name)), 0, MIDDLE)
            box.addWidget(line())
            box.addLayout(both)
        return made

    def _library_forgetter(self, item: Profile, name: str) -> Callable[[], None]:
        def forget() -> None:
            t = self._words.text
            answer = asking.ask(
                self,
                "warning",
                t("Forget what is kept of {what}?", what=name),
                t("The library's data on this computer are removed for good. Applications keep their own."),
                [("keep", t("Keep")), ("forget", t("Forget"))],
            )
            if answer == "forget":
                self._forget(lambda: self._profiles.write(without_profile(self._profiles.read(), item.id)))

        return forget

    def _draft(self, draft: Remembered) -> QWidget:
        t = self._words.text
        title = draft.title or t("Untitled project")
        head = row(gap=10)
        head.addWidget(label(title, "h2", wrap=True), 1)
        head.addWidget(
            button(
                t("Forget all of it…"),
                "trash",
                "small",
                name=t("Forget all that is kept of {title}", title=title),
                does=lambda: self._forget_draft(draft),
            ),
            0,
            MIDDLE,
        )
        lines: list[QWidget] = [
            label(draft.path or t("Never saved"), "small", wrap=True),
            label(self._size(draft.size), "small"),
        ]
        made = card(head, *lines, gap=4)
        box = made.layout()
        assert isinstance(box, QVBoxLayout)
        unsaved = self._moments([entry.written for entry in draft.recoveries])
        for moment, entry in zip(unsaved, draft.recoveries, strict=True):
            words = t("Unsaved work, {moment}", moment=moment)
            if entry.in_use:
                words = t("{what} (open now)", what=words)
            box.addWidget(line())
            box.addLayout(self._entry(words, entry.size, None if entry.in_use else self._recovery_forgetter(entry)))
        kept = self._moments([version.kept_at for version in draft.versions])
        for moment, version in zip(kept, draft.versions, strict=True):
            words = t("Earlier version, {moment}", moment=moment)
            box.addWidget(line())
            box.addLayout(self._entry(words, version.size, self._version_forgetter(version)))
        return made

    def _moments(self, moments: Sequence[datetime.datetime]) -> list[str]:
        """Each in words that no other has."""
        words = self._words
        return told_apart([words.moment(at) for at in moments], [words.moment(at, seconds=True) for at in moments])

    def _entry(self, words: str, size: int, forget: Callable[[], None] | None) -> QHBoxLayout:
        t = self._words.text
        box = row(gap=10)
        box.addWidget(label(words, wrap=True), 1)
        box.addWidget(label(self._size(size), "small"))
        if forget is not None:
            box.addWidget(button("", "trash", "tool", tip=t("Forget: {what}", what=words), does=forget))
        return box

    def _size(self, size: int) -> str:
        return self._words.text("{size} kB", size=max(1, round(size / 1000)))

    def _recovery_forgetter(self, entry: KeptRecovery) -> Callable[[], None]:
        return lambda: self._forget(lambda: self._keeping.forget_recovery(entry))

    def _version_forgetter(self, entry: KeptVersion) -> Callable[[], None]:
        return lambda: self._forget(lambda: self._keeping.forget_version(entry))

    def _forget_draft(self, draft: Remembered) -> None:
        t = self._words.text
        text = t("Unsaved work and earlier versions kept on this computer are removed for good. The files stay.")
        question = t("Forget what is kept of {what}?", what=draft.title or t("Untitled project"))
        if self._sure(question, text):
            self._forget(lambda: self._keeping.forget(draft))

    def _forget_all(self) -> None:
        t = self._words.text
        if self._sure(
            t("Forget everything that this computer remembers?"),
            t("Everything that is listed here is removed from this computer for good. The files stay."),
        ):
            for draft in self._drafts:
                self._forget(lambda draft=draft: self._keeping.forget(draft))  # type: ignore[misc]
            for entry in self._listed:
                self._forget(lambda entry=entry: self._keeping.forget_listed(entry.path))  # type: ignore[misc]
            self._forget(lambda: self._forms.write(()))
            self._forget(lambda: self._profiles.write(()))

    def _sure(self, question: str, text: str) -> bool:
        t = self._words.text
        answer = asking.ask(
            self,
            "warning",
            question,
            text,
            [("keep", t("Keep")), ("forget", t("Forget"))],
        )
        return answer == "forget"

    def _forget(self, act: Callable[[], object]) -> None:
        t = self._words.text
        try:
            act()
        except UserError as error:
            asking.ask(
                self, "error", t("That did not succeed"), self._words.render(error.message), [("ok", t("Close"))]
            )
        self.follow()


def _kept_of(item: Profile) -> str:
    """Organisation, identifiers and people of a library, for whoever wonders what is kept."""
    applicant = item.applicant
    said = [applicant.organisation, applicant.isil, applicant.business_id]
    said += [contact.name for contact in applicant.contacts]
    return " · ".join(text for text in said if text)
