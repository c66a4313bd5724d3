"""docs/file-format.md is enough to write a reader by: one that was, and the program, agree about every file."""

from __future__ import annotations

import ast
import json
import random
import sys
from collections import Counter
from pathlib import Path

import foreign_reader
import pytest

from hakemus.adapters.storage import container
from hakemus.adapters.storage.failures import DamagedFile, NewerFile

HERE = Path(__file__).parent
sys.path += [str(HERE.parent / "faults"), str(HERE.parent / "adapters" / "storage")]
REAL = sorted(HERE.glob("v*.hakemus"))


def _ours(data: bytes) -> object:
    try:
        parts = container.unpack(data)
    except (DamagedFile, NewerFile) as refused:
        return type(refused).__name__
    return parts.document, dict(parts.attachments), dict(parts.extra_members)


def _theirs(data: bytes) -> object:
    try:
        return foreign_reader.read(data)
    except foreign_reader.NotADraft:
        return "DamagedFile"
    except foreign_reader.TooNew:
        return "NewerFile"


def test_it_stands_on_the_standard_library_alone() -> None:
    tree = ast.parse((HERE / "foreign_reader.py").read_text(encoding="utf-8"))
    imports = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imports |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imports <= sys.stdlib_module_names | {"__future__"}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_it_reads_real_files(path: Path) -> None:
    document, attachments, _ = foreign_reader.read(path.read_bytes())
    assert document == json.loads(path.with_suffix(".json").read_bytes())
    assert attachments


def test_it_agrees_how_dense_a_document_may_be() -> None:
    head = b'{"format":{"name":"hakemus","major":1,"minor":0},"id":",[{","a":['
    for count, refused in ((999_994, False), (999_995, True)):  # and three brackets and four commas of the rest
        data = container.zip_layout.write(
            [("mimetype", container.MEDIA_TYPE), ("document.json", head + b"0," * (count - 1) + b"0]}")]
        )
        ours, theirs = _ours(data), _theirs(data)
        assert ours == theirs
        assert (ours == "DamagedFile") is refused


def test_it_agrees_about_every_file_of_the_corpus_and_about_damaged_ones() -> None:
    import mutations
    import test_storage_hostile as hostile

    chance = random.Random(1)
    seeds = [make() for make in hostile.FILES.values()]
    seeds += [path.read_bytes() for path in sorted([*(HERE / "fuzz").iterdir(), *(HERE / "found").iterdir()])]
    small = [data for data in seeds if len(data) < 30_000]
    damaged = [mutations.damaged(chance.choice(small), chance) for _ in range(400)]
    reshaped = [mutations.reshaped(chance.choice(small), chance) for _ in range(800)]
    ends: Counter[str] = Counter()
    for data in [*seeds, *damaged, *reshaped]:
        ours, theirs = _ours(data), _theirs(data)
        # of a newer file nothing else is judged: whoever judges more before it looks at the version refuses it too
        assert theirs == ours or (ours, theirs) == ("NewerFile", "DamagedFile"), data[:3_000]
        ends[ours if isinstance(ours, str) else "opened"] += 1
    assert min(ends["opened"] * 10, ends["DamagedFile"]) > 300
    assert ends["NewerFile"]
