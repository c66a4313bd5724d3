"""The command line: everything that can be done with a whole file, scriptable. Knows only the composition root."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; else the window, with a file where one is named. 0 fine, 1 as the commands say, 2 cannot."""
    from hakemus.bootstrap.command_line import COMMANDS
    from hakemus.bootstrap.commands import no_such_command, no_window, run

    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in COMMANDS or given[0].startswith("-")):
        return run(given)
    if given and not os.path.lexists(given[0]):
        return no_such_command(given[0])
    try:
        from hakemus.bootstrap.window import open_window
    except ImportError as error:
        return no_window(str(error))
    return open_window(given)


if __name__ == "__main__":
    raise SystemExit(main())
