"""The command line: everything that can be done with a whole file, scriptable. Knows only the composition root."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; without one, the window. 0 fine, 1 as the commands say, 2 cannot."""
    from hakemus.bootstrap.commands import COMMANDS, run

    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in COMMANDS or given[0] in ("-h", "--help", "--version")):
        return run(given)
    from hakemus.bootstrap.window import open_window

    return open_window(given)


if __name__ == "__main__":
    raise SystemExit(main())
