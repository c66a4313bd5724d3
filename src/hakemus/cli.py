"""The command line: everything that can be done with a whole file, scriptable. Knows only the composition root."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; else the window, with a file where one is named. 0 fine, 1 as the commands say, 2 cannot."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given:
        from hakemus.bootstrap.command_line import COMMANDS
        from hakemus.bootstrap.commands import no_such_command, run

        if given[0] in COMMANDS or given[0].startswith("-"):
            return run(given)
        if not os.path.lexists(given[0]):
            return no_such_command(given[0])
    # Nothing that is made until the first paint is thrown away; the window looks for what is from then on.
    gc.disable()
    try:
        from hakemus.bootstrap.window import open_window
    except ImportError as error:
        from hakemus.bootstrap.commands import no_window

        return no_window(str(error))
    return open_window(given)


if __name__ == "__main__":
    raise SystemExit(main())
