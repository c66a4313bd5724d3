"""The step Funding: the grant, own and other money, the share against its limit, and every way to put it right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from hakemus.domain.findings import Finding
from hakemus.i18n import amounts
from hakemus.i18n.marking import N_
from hakemus.ui.binding.findings import MONEY_KINDS, finding_view
from hakemus.ui.binding.grant_trial import GrantTrial
from hakemus.ui.binding.references import partners
from hakemus.ui.binding.row_details import Detail
from hakemus.ui.binding.tables import BoundTable, Spec
from hakemus.ui.look.style import font, px, sp
from hakemus.ui.look.tokens import CARD_MARGIN, PAGE_MARGIN
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.boxes import Item, clear_box, column, row, show_if
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.charts import BarPart, BarView, StackedBar
from hakemus.ui.widgets.field import Kind
from hakemus.ui.widgets.finding_card import FindingCard
from hakemus.ui.widgets.labels import TOP, Label, label
from hakemus.ui.widgets.tab_order import come_in_place
from hakemus.usecases import whatif
from hakemus.usecases.session import Change


class FundingPage(StepPage):
    step = "funding"
    lead = N_("Who pays? The grant, own funding and other funding must cover the costs together.")

    def build(self) -> Sequence[Item]:
        desk, t = self.desk, self.desk.t
        self._sums: dict[str, Button] = {}
        self._notes: dict[str, Label] = {}
        self._names: dict[str, str] = {}
        self._heads: list[Label] = []
        boxes: list[QWidget] = [self.field("funding.grant")]
        for key, name in (
            ("own", t("Own funding")),
            ("other", t("Other funding and income")),
            ("costs", t("Costs")),
        ):
            figure = button("–", "", "figure", tip=t("How computed…"))
            figure.clicked.connect(lambda _=False, key=key: desk.wishes.command.emit(f"figure:{key}"))
            self._names[key] = name
            note = label("", "small", wrap=True)
            self._sums[key], self._notes[key] = figure, note
            named = label(name, "label", wrap=True)
            self._heads.append(named)
            boxes.append(clear_box(column(named, figure, note, None, gap=4)))
        self._boxes = boxes
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(sp(24))
        self._grid.setVerticalSpacing(sp(12))
        self._across = 0
        self._arrange(len(boxes))
        self._bar = StackedBar()
        self._try = button(t("Try another grant…"), "half", "quiet", does=self.try_grant)
        self.trial = GrantTrial(self.desk)
        self.trial.hide()
        self._cards_box: QVBoxLayout = column(gap=16)
        self._findings = clear_box(self._cards_box)
        self._findings.hide()
        self._cards: list[FindingCard] = []
        self._shown: tuple[Finding, ...] = ()
        own = self._table(
            "funding.own",
            [
                Spec("kind", 140, rank=1),
                Spec("description", 200, stretch=True),
                Spec("evidence", 230, head=t("Decision"), rank=2),
                Spec("amount", 116, right=True, head=t("Sum {sign}", sign=self._sign())),
            ],
            t("Add a source of own funding"),
        )
        other = self._table(
            "funding.other",
            [
                Spec("source", 200, stretch=True),
                Spec("kind", 160, rank=2),
                Spec("status", 110, rank=1),
                Spec("partner", 140, options=partners(self.desk), rank=3),
                Spec("amount", 116, right=True, head=t("Sum {sign}", sign=self._sign())),
            ],
            t("Add other funding"),
        )
        income = self._table(
            "funding.income",
            [
                Spec("description", 300, stretch=True),
                Spec("amount", 116, right=True, head=t("Sum {sign}", sign=self._sign())),
            ],
            t("Add income"),
        )
        self._sum_up()
        self.judged(self.desk.session.check.findings)
        return (
            self.card("", self._grid, self._bar, row(self._try, None), gap=8),
            self.trial,
            self._findings,
            self.table_card(t("Own funding"), own, tools=self.row_tools(own)),
            self.details_of(
                own,
                Detail("description", span=2),
                Detail("kind"),
                Detail("evidence", span=2),
                Detail("year"),
                Detail("hours"),
                Detail("rate"),
                Detail("partner", Kind.CHOICE, partners(self.desk)),
            ),
            self.table_card(
                t("Other funding"),
                other,
                hint=t("Other grants and the partners' money. Refused funding is not counted."),
                tools=self.row_tools(other),
            ),
            self.details_of(
                other,
                Detail("source", span=2),
                Detail("kind"),
                Detail("status"),
                Detail("decided_on"),
                Detail("partner", Kind.CHOICE, partners(self.desk)),
                Detail("same_costs"),
                says=self._if_refused,
            ),
            self.table_card(t("Income of the project"), income, tools=self.row_tools(income)),
            self.card(t("For the finance office"), self.field("project.cost_centre", optional=True)),
            *question_card(self),
        )

    def _arrange(self, across: int) -> None:
        """The sums beside each other, or two and two where letters are large, or under each other."""
        if across == self._across:
            return
        self._across = across
        for at, box in enumerate(self._boxes):
            self._grid.addWidget(box, at // across, at % across, TOP)
        # Beside each other no name goes on in a second line, or its figure would stand lower than the others.
        for at, width in enumerate(self._widths()):
            self._grid.setColumnStretch(at, 0 if at >= across else width if across > 2 else 1)

    def _widths(self) -> list[int]:
        """Pixels that the field and each figure's name take in one line."""
        metrics = QFontMetrics(font("label"))
        names = [metrics.horizontalAdvance(head.text()) + px(8) for head in self._heads]
        return [self._boxes[0].minimumSizeHint().width(), *names]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gaps = (len(self._boxes) - 1) * self._grid.horizontalSpacing()
        need = sum(self._widths()) + gaps
        edges = 2 * (sp(PAGE_MARGIN) + sp(CARD_MARGIN)) + self.area.verticalScrollBar().sizeHint().width()
        widest = max(box.minimumSizeHint().width() for box in self._boxes)
        inside = self.width() - edges
        few = 2 if inside >= 2 * widest + self._grid.horizontalSpacing() else 1
        self._arrange(len(self._boxes) if inside >= need else few)

    def _sign(self) -> str:
        return amounts.currency_sign(self.desk.call.currency)

    def _table(self, path: str, specs: list[Spec], add: str) -> BoundTable:
        return self.add_table(BoundTable(self.desk, path, specs, add=add, parent=self))

    def _sum_up(self) -> None:
        desk = self.desk
        totals = desk.session.check.totals
        currency = desk.call.currency
        money = {"own": totals.own, "other": totals.other + totals.income, "costs": totals.costs}
        for key, amount in money.items():
            words = amounts.format_money(amount, currency)
            self._sums[key].set_text(words)
            self._sums[key].setAccessibleName(f"{self._names[key]}: {words}")
        rows = len(desk.session.value("funding.own") or ())
        self._notes["own"].set_text(
            desk.nt("{count} row below", "{count} rows below", rows) if rows else desk.t("no rows yet")
        )
        rows = len(desk.session.value("funding.other") or ()) + len(desk.session.value("funding.income") or ())
        self._notes["other"].set_text(
            desk.nt("{count} row below", "{count} rows below", rows) if rows else desk.t("no rows")
        )
        self._notes["costs"].set_text(
            desk.t("from the budget") if totals.itemised else desk.t("from the funding, not itemised")
        )
        if totals.own_not_counted:
            self._notes["own"].set_text(desk.t("{sum} more is not counted in this call", sum=totals.own_not_counted))
        self._bar.set(self._bar_view())

    def _bar_view(self) -> BarView:
        desk = self.desk
        totals = desk.session.check.totals
        currency = desk.call.currency
        parts = [
            (desk.t("Grant"), totals.grant, "grant"),
            (desk.t("Own funding"), totals.own, "own"),
            (desk.t("Other funding"), totals.other + totals.income, "other"),
        ]
        shown = tuple(
            BarPart(name, amounts.format_money(amount, currency), amount.cents, tone)
            for name, amount, tone in parts
            if amount.cents > 0
        )
        whole = sum(part.size for part in shown)
        cap = None if totals.cap is None or not whole else min(1.0, totals.cap.cents / whole)
        cap_words = over_words = ""
        if totals.cap is not None and whole:
            cap_words = desk.t("Highest grant {sum}", sum=totals.cap)
        if totals.over_cap:
            over_words = desk.t("{sum} above", sum=totals.over_cap)
        words = "; ".join(f"{part.name} {part.value}" for part in shown) or desk.t("nothing yet")
        spoken = desk.t("Funding: {figures}.", figures=words)
        return BarView(
            shown, cap, cap_words, over_words, " ".join(part for part in (spoken, cap_words, over_words) if part)
        )

    def try_grant(self) -> None:
        """Open the trial of another grant."""
        self.trial.show()
        self.trial.field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _if_refused(self, at: str) -> str:
        desk = self.desk
        tried = whatif.if_refused(desk.session.check, at)
        if tried is None:
            return ""
        parts = ", ".join(desk.say(part) for part in whatif.outcome(tried))
        return desk.t("If this funding is refused: {outcome}.", outcome=parts)

    def changed(self, change: Change) -> None:
        self._sum_up()
        self.trial.follow()

    def judged(self, findings: tuple[Finding, ...]) -> None:
        mine = [item for item in findings if item.kind in MONEY_KINDS]
        while len(self._cards) > len(mine):
            gone = self._cards.pop()
            self._cards_box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, finding in enumerate(mine):
            if at == len(self._cards):
                made = FindingCard()
                made.used.connect(lambda name, at=at: self._use(at, name))
                made.source_asked.connect(lambda: self.desk.wishes.command.emit("terms"))
                made.action_asked.connect(lambda: self.desk.wishes.command.emit("terms"))
                self._cards.append(made)
                self._cards_box.addWidget(made)
            self._cards[at].set(finding_view(self.desk, finding))
        show_if(self._findings, bool(mine))
        if len(mine) > len(self._shown):
            come_in_place(self._findings)
        self._shown = tuple(mine)

    def _use(self, at: int, name: str) -> None:
        finding = self._shown[at]
        way = next(item for item in finding.exits if item.id == name)
        self.desk.use_exit(way)
