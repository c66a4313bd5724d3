"""`python -m hakemus` and the program without a console."""

from __future__ import annotations

from hakemus.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
