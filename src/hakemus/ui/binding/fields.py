"""A field of the kit tied to one address: edits go to the session, changes and findings come back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QTimer

from hakemus.domain.fields import Kind as FieldKind
from hakemus.domain.findings import Finding
from hakemus.domain.money import Money
from hakemus.domain.paths import within
from hakemus.i18n.amounts import currency_sign
from hakemus.i18n.field_names import words_of
from hakemus.ui.desk import Desk
from hakemus.ui.widgets.field import Field, Kind, Option
from hakemus.usecases import typed
from hakemus.usecases.lengths import length_of, limit_of, tail_of
from hakemus.usecases.renewing import is_carried
from hakemus.usecases.secrecy import covers
from hakemus.usecases.session import Change

_KINDS = {
    FieldKind.MONEY: Kind.MONEY,
    FieldKind.DATE: Kind.DATE,
    FieldKind.WORD: Kind.CHOICE,
    FieldKind.FLAG: Kind.CHECK,
    FieldKind.TEXTS: Kind.TEXT,
}
_QUIET_KINDS = ("required",)
"""A blank is named where the application is reviewed; it is not shouted at whoever has only begun."""


class BoundField(QObject):
    """One address and its field. The widget bears its address as a property, so that help can follow focus."""

    def __init__(
        self,
        desk: Desk,
        path: str,
        *,
        kind: Kind | None = None,
        label: str = "",
        hint: str = "",
        optional: bool = False,
        rows: int = 3,
        width: int | None = None,
        options: Sequence[Option] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.path = desk, path
        own = typed.kind_of(path)
        suggested = desk.suggestions(path, desk.session.draft.language) if own is FieldKind.TEXT and not kind else ()
        if suggested:
            kind, options = Kind.SUGGEST, tuple((text, text) for text in suggested)
        kind = kind or _KINDS.get(own, Kind.LINE)
        words = words_of(path)
        if kind is Kind.CHOICE and not options:
            options = [("", desk.t("Not chosen")), *((stored, desk.t(name)) for stored, name in words.items())]
        self._options = tuple(options)
        self.limit = limit_of(desk.call, path)
        unit = currency_sign(desk.call.currency) if kind is Kind.MONEY else ""
        self.widget = Field(
            label or desk.field_name(path),
            kind,
            hint=hint,
            optional=desk.t("optional") if optional else "",
            unit=unit,
            options=options,
            rows=rows,
            width=width,
        )
        self.widget.edited.connect(self._edited)
        self.widget.left.connect(desk.bridge.leave)
        self.widget.setProperty("address", path)
        if desk.session.read_only:
            self.widget.set_read_only(True)
        else:
            entries = [(desk.t("Mark as secret…"), lambda: desk.wishes.command.emit("mark_secret"))]
            if self.limit is not None:
                entries.insert(0, (desk.t("Shorten the text…"), lambda: desk.wishes.command.emit("shorten")))
            self.widget.set_menu(entries)
        self.refresh()

    def set_options(self, options: Sequence[Option]) -> None:
        """Another list to choose from, where it is made of rows that have changed."""
        if tuple(options) != self._options:
            self._options = tuple(options)
            self.widget.set_options(self._options)

    def _edited(self, text: str) -> None:
        if self.desk.session.read_only:
            # The field keeps what it is told while it still speaks, so the old text comes back a moment later.
            QTimer.singleShot(0, self, self.refresh)
            return
        self.desk.session.edit(self.path, text)

    def refresh(self) -> None:
        """Show what stands in the session."""
        self.widget.set_text(self.desk.session.text(self.path))
        self._count()
        self._tell_tag()
        reason = self.desk.session.pending_reason(self.path)
        if reason is not None and not self.widget.typing:
            self.widget.set_message("error", self.desk.say(reason))

    def _tell_tag(self) -> None:
        """Whether public copies are made without this field or some of its words, and whether it is an old one's."""
        marks = covers(self.desk.session.draft, self.path)
        whole = any(mark.passage is None for mark in marks)
        words = [self.desk.t("secret") if whole else self.desk.t("partly secret")] if marks else []
        if is_carried(self.desk.session.draft, self.path):
            words.append(self.desk.t("from the old application"))
        self.widget.set_tag(", ".join(words))

    def _count(self) -> None:
        if self.limit is None:
            return
        length = length_of(self.widget.text(), self.limit.counting)
        over = length - self.limit.most
        self.widget.set_tail(tail_of(self.widget.text(), self.limit))
        if over > 0:
            self.widget.set_counter(
                self.desk.nt(
                    "{count} character too many, limit {limit}",
                    "{count} characters too many, limit {limit}",
                    over,
                    limit=self.limit.most,
                ),
                over=True,
            )
        else:
            self.widget.set_counter(self.desk.t("{length} / {limit} characters", length=length, limit=self.limit.most))

    def judge(self, findings: Iterable[Finding]) -> None:
        """Show the worst finding that concerns this field, or why its text cannot be read."""
        reason = self.desk.session.pending_reason(self.path)
        if reason is not None:
            self.widget.set_message("error", self.desk.say(reason))
            return
        mine = next((item for item in findings if item.kind not in _QUIET_KINDS and self.path in item.paths), None)
        if mine is None or (mine.kind == "length" and self.limit is not None):
            self.widget.set_message(None)
        else:
            self.widget.set_message(mine.severity.value, self._words_of(mine))

    def _words_of(self, finding: Finding) -> str:
        """Under a field of money only by how much: the sum and the ways out stand in the card on the page."""
        over = finding.values.get("over")
        if over and finding.kind in ("grant-share", "deficit") and self.path == "funding.grant":
            return self.desk.t("{sum} too much", sum=Money.reckoned(over))
        if finding.kind in ("own-share", "balance") and self.path == "funding.grant":
            return ""
        return self.desk.say(finding.message)

    def concerns(self, change: Change) -> bool:
        return any(
            path in ("", self.path) or within(self.path, path) or within(path, self.path) for path in change.paths
        )
