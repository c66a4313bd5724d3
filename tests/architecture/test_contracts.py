"""The import contracts of `.importlinter` hold, and each of them notices a planted violation."""

from __future__ import annotations

import ast
import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / ".importlinter"

# contract, module that offends (made where it is missing), the line that offends
PLANTS = [
    ("layers", "domain/money.py", "import hakemus.usecases"),
    ("layers", "rules/__init__.py", "import hakemus.report"),
    ("layers", "ui/widgets/__init__.py", "import hakemus.adapters.pdf"),
    ("layers", "usecases/__init__.py", "import hakemus.adapters.storage"),
    ("layers", "helpers.py", ""),
    ("qt", "domain/__init__.py", "import PySide6.QtCore"),
    ("qt", "usecases/__init__.py", "def lazily():\n    from PySide6.QtCore import QTimer"),
    ("qt", "adapters/pdf/__init__.py", "from PySide6 import QtGui"),
    ("qt", "cli.py", "import PySide6"),
    ("pure", "domain/money.py", "import os"),
    ("pure", "i18n/__init__.py", "from pathlib import Path"),
    ("pure", "rules/__init__.py", "import time"),
    ("pure", "report/__init__.py", "import uuid"),
    ("pure", "report/__init__.py", "def lazily():\n    import tempfile"),
    ("libraries", "usecases/__init__.py", "import reportlab"),
    ("libraries", "adapters/excel/__init__.py", "import pypdfium2"),
    ("libraries", "adapters/pdf/__init__.py", "import xlsxwriter"),
    ("libraries", "ui/pages/__init__.py", "import openpyxl"),
    ("libraries", "usecases/__init__.py", "import tomllib"),
    ("adapters", "adapters/pdf/__init__.py", "import hakemus.adapters.excel"),
    ("adapters", "adapters/records/__init__.py", "import hakemus.adapters.storage"),
    ("pages", "ui/pages/planted.py", "import hakemus.ui.pages.planted_too"),
    ("judgement", "ui/__init__.py", "import hakemus.rules"),
    ("judgement", "bootstrap/__init__.py", "import hakemus.rules.planted_too"),
    ("judgement", "adapters/pdf/__init__.py", "import hakemus.report.build"),
    ("cycles", "domain/planted.py", "import hakemus.domain.planted_too"),
    ("core", "bootstrap/core.py", "def lazily():\n    import hakemus.ui"),
]

# what the offending lines import, so that a plant does not lean on a module that may be renamed
TARGETS = {
    "ui/pages/planted_too.py": "",
    "rules/planted_too.py": "",
    "domain/planted_too.py": "import hakemus.domain.planted",
}


def lint(source: Path, cache: Path, *options: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"
    command = [sys.executable, "-c", code, "--config", str(CONFIG), "--cache-dir", str(cache), "--no-logo", *options]
    environ = {**os.environ, "PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(command, env=environ, cwd=source, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Parsed imports are kept between the runs of this module: a plant changes one file."""
    return tmp_path_factory.mktemp("import-graphs")


def test_the_contracts_hold(cache: Path) -> None:
    result = lint(ROOT / "src", cache)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"{len(contracts())} kept, 0 broken" in result.stdout


@pytest.mark.parametrize(("contract", "module", "line"), PLANTS)
def test_a_planted_violation_is_noticed(contract: str, module: str, line: str, tmp_path: Path, cache: Path) -> None:
    package = tmp_path / "hakemus"
    shutil.copytree(ROOT / "src" / "hakemus", package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in TARGETS.items():
        (package / name).write_text(f"{text}\n", encoding="utf-8")
    offender = package / module
    before = offender.read_text(encoding="utf-8") if offender.exists() else ""
    offender.write_text(f"{before}\n{line}\n", encoding="utf-8")

    result = lint(tmp_path, cache, "--contract", contract)

    assert "0 kept, 1 broken" in result.stdout, result.stdout + result.stderr
    assert result.returncode != 0
    named = module.removesuffix(".py").removesuffix("/__init__").rsplit("/", 1)[-1]
    assert named in result.stdout.split("Broken contracts")[-1]


def contracts() -> dict[str, configparser.SectionProxy]:
    config = configparser.ConfigParser()
    config.read(CONFIG, encoding="utf-8")
    return {name.rsplit(":", 1)[1]: config[name] for name in config.sections() if ":" in name}


def test_every_contract_has_a_plant() -> None:
    assert set(contracts()) == {contract for contract, _, _ in PLANTS}


def imported_when_run(tree: ast.Module) -> set[str]:
    """Modules that are imported outside `if TYPE_CHECKING:`, and names imported from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}", *(f"{node.module}.{name.name}" for name in node.names)}
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def test_cycles_are_excused_for_annotations_only() -> None:
    excused = [line.split(" -> ") for line in contracts()["cycles"].get("ignore_imports", "").splitlines() if line]
    for importer, imported in excused:
        file = (ROOT / "src").joinpath(*importer.split(".")).with_suffix(".py")
        assert not file.exists() or imported not in imported_when_run(ast.parse(file.read_text(encoding="utf-8")))
    planted = "if TYPE_CHECKING:\n    import a.b\ndef f():\n    from a import c"
    assert imported_when_run(ast.parse(planted)) == {"a", "a.c"}
