"""Another grant tried before it is taken: share, highest grant, gap and ways out; nothing changes until it is used."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from hakemus.domain.findings import Finding
from hakemus.i18n.amounts import currency_sign
from hakemus.i18n.refused import Refused
from hakemus.ui.binding.findings import MONEY_KINDS, finding_view
from hakemus.ui.desk import Desk
from hakemus.ui.widgets.boxes import clear, clear_box, column, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.finding_card import FindingCard
from hakemus.ui.widgets.labels import Label
from hakemus.usecases import whatif
from hakemus.usecases.checking import Check


class GrantTrial(QFrame):
    """A field for a grant that is only tried. `follow` when the application has changed beneath it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        t = desk.t
        self.field = Field(
            t("Try another grant"),
            Kind.MONEY,
            hint=t("See what another grant would mean. Nothing changes before you use it."),
            unit=currency_sign(desk.call.currency),
        )
        self.words = Label("", "strong", wrap=True)
        self.use = button(t("Use this grant"), does=lambda: self._use(None))
        self._ways: QVBoxLayout = column(gap=12)
        self._tried: Check | None = None
        self._shown: tuple[Finding, ...] = ()
        self.field.edited.connect(lambda _text: self.follow())
        if desk.read_only:
            self.use.hide()
        foot = row(self.use, button(t("Close the trial"), "close", "quiet", does=self._close), None, gap=8)
        self.setLayout(column(self.field, self.words, foot, clear_box(self._ways), gap=10, margins=(20, 12, 20, 16)))
        self.follow()

    def follow(self) -> None:
        """Judge the typed grant under the application as it stands."""
        desk = self._desk
        tried = whatif.if_granted(desk.session.check, self.field.text())
        refused = isinstance(tried, Refused)
        self.field.set_message(
            "error" if refused else None, desk.say(tried.reason) if isinstance(tried, Refused) else ""
        )
        self._tried = None if isinstance(tried, Refused) else tried
        words = ""
        if self._tried is not None:
            parts = ", ".join(desk.say(part) for part in whatif.outcome(self._tried))
            words = desk.t("With this grant: {outcome}.", outcome=parts)
        self.words.set_text(words)
        self.words.setVisible(bool(words))
        now = desk.session.value(whatif.GRANT)
        self.use.setEnabled(self._tried is not None and self._tried.totals.grant != now)
        self._show_ways()

    def _show_ways(self) -> None:
        found = () if self._tried is None else tuple(i for i in self._tried.findings if i.kind in MONEY_KINDS)
        if found == self._shown:
            return
        self._shown = found
        clear(self._ways)
        for at, finding in enumerate(found):
            assert self._tried is not None
            made = FindingCard(finding_view(self._desk, finding, self._tried.totals))
            made.used.connect(lambda name, at=at: self._use(self._shown[at], name))
            made.source_asked.connect(lambda: self._desk.wishes.command.emit("terms"))
            made.action_asked.connect(lambda: self._desk.wishes.command.emit("terms"))
            self._ways.addWidget(made)

    def _close(self) -> None:
        self.field.set_text("")
        self.follow()
        self.hide()

    def _use(self, finding: Finding | None, name: str = "") -> None:
        """Take the grant, with a way out of what it breaks where one was chosen, as one undoable step."""
        if self._tried is None:
            return
        way = next((item for item in finding.exits if item.id == name), None) if finding else None
        step = whatif.use_grant(self._tried, way)
        self.field.set_text("")
        self._desk.use_exit(step)
        self.follow()
        self._desk.bridge.judge_now()
