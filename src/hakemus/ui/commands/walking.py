"""Undo, the steps, the findings, and the dialogs that show or explain: nothing here writes a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hakemus.ui.background import made_aside
from hakemus.ui.commands.commands import Commands

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from hakemus.domain.findings import Finding
    from hakemus.usecases.explaining import Explanation


class Walking(Commands):
    """Moving about in the open application."""

    def do_undo(self) -> None:
        desk = self._c.desk
        if desk is not None and desk.session.undo_label is not None:
            step = desk.say(desk.session.undo_label)
            desk.session.undo()
            self._c.window.say(self.t("Undone: {step}", step=step))

    def do_redo(self) -> None:
        desk = self._c.desk
        if desk is not None and desk.session.redo_label is not None:
            step = desk.say(desk.session.redo_label)
            desk.session.redo()
            self._c.window.say(self.t("Redone: {step}", step=step))

    def do_panel(self) -> None:
        if self._c.window.wizard is not None:
            self._c.window.wizard.toggle_panel()

    def do_findings(self) -> None:
        wizard = self._c.window.wizard
        if wizard is not None:
            if wizard.panel.folded:
                wizard.toggle_panel()
            wizard.panel.show_tab(1)

    def do_whole_form(self) -> None:
        wizard = self._c.window.wizard
        if wizard is not None:
            wizard.set_whole(wizard.form is None)

    def do_paper(self) -> None:
        if self._c.window.wizard is not None:
            self._c.window.wizard.toggle_paper()

    def do_next_step(self) -> None:
        if self._c.window.wizard is not None:
            self._c.window.wizard.step_by(1)

    def do_previous_step(self) -> None:
        if self._c.window.wizard is not None:
            self._c.window.wizard.step_by(-1)

    def do_next_finding(self) -> None:
        if self._c.window.wizard is not None:
            self._c.leave_field()
            self._c.window.wizard.findings.by(1)

    def do_previous_finding(self) -> None:
        if self._c.window.wizard is not None:
            self._c.leave_field()
            self._c.window.wizard.findings.by(-1)

    def choose_step(self, step: str) -> None:
        if self._c.window.wizard is not None:
            self._c.window.wizard.open_step(step)

    def choose_finding(self, at: str) -> None:
        if self._c.window.wizard is not None:
            self._c.window.wizard.findings.show(int(at))

    def choose_why(self, at: str) -> None:
        """A finding whole: its sum, its source, its ways out, and the mark as read."""
        from hakemus.ui.dialogs.explaining import FindingDialog

        desk = self._c.desk
        if desk is None or not 0 <= int(at) < len(desk.session.check.findings):
            return
        finding = desk.session.check.findings[int(at)]
        dialog = FindingDialog(self._c.window, desk, finding)
        dialog.used.connect(lambda name: desk.use_exit(next(way for way in finding.exits if way.id == name)))
        dialog.marked.connect(lambda reason: desk.session.acknowledge(finding, reason, self._who()))
        dialog.unmarked.connect(lambda: desk.session.unacknowledge(finding))
        dialog.print_asked.connect(lambda: self._print(finding, desk.level(finding.severity)))
        _run(dialog)
        desk.bridge.judge_now()

    def _who(self) -> str:
        return self._c.services.settings.read().name

    def choose_figure(self, key: str) -> None:
        """How a figure came about; from there to where it is changed."""
        from hakemus.ui.dialogs.explaining import FigureDialog
        from hakemus.usecases.explaining import explain

        if self._c.desk is None or self._c.window.wizard is None:
            return
        explanation = explain(self._c.desk.session.check, key)
        dialog = FigureDialog(self._c.window, self._c.desk, explanation)
        dialog.print_asked.connect(lambda: self._print(explanation, dialog.windowTitle()))
        go = bool(dialog.exec())
        dialog.deleteLater()
        if go:
            self._c.window.wizard.go(explanation.path)

    def _print(self, explained: Explanation | Finding, title: str) -> None:
        """What a dialog explains, printed."""
        from hakemus.usecases.ports import PrintJob

        desk = self._c.desk
        assert desk is not None
        exporter, document, check = self._c.services.exporter(), desk.document(), desk.session.check
        self._c.attempt(
            lambda: self._c.services.printer.print(
                PrintJob(title, made_aside(lambda: exporter.explanation_bytes(document, check, explained)))
            )
        )

    def do_terms(self) -> None:
        from hakemus.ui.dialogs.terms import TermsDialog
        from hakemus.usecases.installed_call import installed_call

        if self._c.desk is not None:
            reference = self._c.desk.session.draft.call
            installed = installed_call(reference, self._c.services.definition_of)
            _run(TermsDialog(self._c.window, self._c.desk, installed=installed))

    def do_links(self) -> None:
        from hakemus.ui.dialogs.links import LinksDialog

        if self._c.desk is None or self._c.window.wizard is None:
            return
        self._c.leave_field()
        dialog = LinksDialog(self._c.window, self._c.desk)
        dialog.go_asked.connect(self._c.window.wizard.go)
        _run(dialog)
        self._c.desk.bridge.judge_now()

    def do_criteria(self) -> None:
        from hakemus.ui.dialogs.criteria import CriteriaDialog

        desk, wizard = self._c.desk, self._c.window.wizard
        if desk is None or wizard is None:
            return
        self._c.leave_field()
        dialog = CriteriaDialog(self._c.window, desk, self._judge)
        dialog.go_asked.connect(wizard.go)
        _run(dialog)
        desk.bridge.judge_now()

    def _judge(self, criterion: str, grade: int | None, reason: str) -> None:
        from hakemus.domain.messages import msg
        from hakemus.usecases.criteria import with_estimate

        assert self._c.desk is not None
        session, draw = self._c.desk.session, self._c.services.chance.draw
        judged = with_estimate(session.draft, criterion, grade, reason, self._who(), session.now(), draw)
        session.replace(judged, msg("judging an answer to a criterion"), ("comments",))

    def do_signing(self) -> None:
        from hakemus.ui.dialogs.signing import SigningDialog

        desk, wizard = self._c.desk, self._c.window.wizard
        if desk is None or wizard is None:
            return
        self._c.leave_field()
        dialog = SigningDialog(self._c.window, desk, self._tick)
        dialog.go_asked.connect(wizard.go)
        _run(dialog)
        desk.bridge.judge_now()

    def _tick(self, point: str, on: bool) -> None:
        from hakemus.domain.messages import msg
        from hakemus.usecases.signing import with_tick

        assert self._c.desk is not None
        session, draw = self._c.desk.session, self._c.services.chance.draw
        ticked = with_tick(session.draft, point, self._who(), session.now(), draw, on=on)
        session.replace(ticked, msg("preparing the signature"), ("comments",))

    def do_eligibility(self) -> None:
        from hakemus.ui.dialogs.eligibility import EligibilityDialog

        if self._c.desk is not None:
            _run(EligibilityDialog(self._c.window, self._c.desk))


def _run(dialog: QDialog) -> None:
    try:
        dialog.exec()
    finally:
        dialog.deleteLater()
