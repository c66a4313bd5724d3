"""Real files of every version that was ever written: each opens for ever, with all that it held.

`vN.M.hakemus` was written by the program of that format version and is never made anew; `vN.M.json` is the
document as the program of today must see it. A file of a new version is added beside them, never in their place.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hakemus.adapters.storage import container, json_form
from hakemus.adapters.storage.drafts import DraftFiles
from hakemus.adapters.storage.limits import MAJOR, MINOR

CORPUS = Path(__file__).parent
FILES = sorted(CORPUS.glob("v*.hakemus"))


def test_the_version_of_today_is_there() -> None:
    assert CORPUS / f"v{MAJOR}.{MINOR}.hakemus" in FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_opens_with_all_that_it_held(path: Path) -> None:
    stored = DraftFiles().load(str(path))
    assert stored.plain == json.loads(path.with_suffix(".json").read_bytes())
    assert stored.attachments


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem.startswith(f"v{MAJOR}.")], ids=lambda path: path.stem
)
def test_saved_unchanged_it_is_the_same_bytes(path: Path) -> None:
    stored = DraftFiles().load(str(path))
    again = container.pack(json_form.dump(stored.plain), stored.attachments, stored.extra_members)
    assert again == path.read_bytes()
