"""PDF and Excel of the example, as the window makes them, and as a process of its own."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Row, application, medians, seconds


def measure() -> list[Row]:
    """Medians; the first of each is made before, so that imports are not counted, save in the processes."""
    from hakemus.bootstrap.core import Core
    from hakemus.bootstrap.example import example_document
    from hakemus.report.model import Copy
    from hakemus.usecases import calls, drafts

    with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
        core = Core(datetime.date(2018, 11, 15), Path(folder) / "state")
        example = example_document(core, "pop-up-kirjasto")
        tree, pdf, xlsx = medians(
            lambda: core.exporter.report(example, Copy.DRAFT, "fi"),
            lambda: core.exporter.pdf_bytes(example, Copy.DRAFT, "fi"),
            lambda: core.exporter.xlsx_bytes(example, Copy.DRAFT, "fi"),
        )
        many = drafts.new_document(
            calls.definition_of(core.calls, "avi-kirjastot-2018"),
            core.chance.document_id(),
            "fi",
            drafts.application_from_data(application(2000), core.chance.draw)[0],
        )
        long = seconds(lambda: core.exporter.pdf_bytes(many, Copy.DRAFT, "fi"))
        file = Path(folder) / "example.hakemus"
        from hakemus.usecases.files import OpenFile

        core.files.save(OpenFile(example), example, str(file))
        both = _process(folder, "export", str(file), "--pdf", f"{folder}/a.pdf", "--xlsx", f"{folder}/a.xlsx")
        nothing = _process(folder, "--version")
    return [
        ("the report tree of the example", tree, ""),
        ("PDF of the example", pdf, f"{pdf / tree:.0f} times its tree"),
        ("Excel of the example", xlsx, "read back and compared with the tree"),
        ("PDF of 2000 lines, once", long, ""),
        ("process: export of both", both, f"{both / nothing:.1f} times --version ({nothing * 1000:.0f} ms)"),
    ]


def _process(folder: str, *arguments: str) -> float:
    source = str(Path(__file__).resolve().parent.parent / "src")
    environment = {**os.environ, "HAKEMUS_STATE": f"{folder}/state", "PYTHONPATH": source}

    def run() -> None:
        subprocess.run([sys.executable, "-m", "hakemus", *arguments], env=environment, check=True, capture_output=True)

    return medians(run, rounds=5)[0]
