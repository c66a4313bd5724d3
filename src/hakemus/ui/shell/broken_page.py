"""What stands in place of a page that could not be made; the window lives on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from hakemus.ui.desk import Desk
from hakemus.ui.widgets.boxes import card, column
from hakemus.ui.widgets.labels import label


class BrokenPage(QFrame):
    """What stands in place of a page that could not be made; the window lives on."""

    def __init__(self, desk: Desk, detail: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setLayout(
            column(
                card(
                    label(desk.t("This page cannot be shown"), "h2", "error"),
                    label(
                        desk.t(
                            "The program made a mistake here. Nothing is lost: "
                            "the other steps work, and the draft can be saved."
                        ),
                        wrap=True,
                    ),
                    label(detail, "small", wrap=True),
                ),
                None,
                margins=(32, 32, 32, 32),
            )
        )
