"""What every part of the window's commands shares."""

from __future__ import annotations

from hakemus.ui.host import Host


class Commands:
    """Methods named `do_...` are commands by that name; `choose_...` are commands with a value behind a colon."""

    def __init__(self, host: Host) -> None:
        self._c = host

    def t(self, msgid: str, /, **values: object) -> str:
        return self._c.t(msgid, **values)
