"""The wheel that `pip install .` makes holds the whole program: every module, every resource, compiled catalogues."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from hakemus.adapters.resources.index import SHIPPED, CallIndex

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is built, so that building leaves no trace in the checkout."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("src", "resources"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "index"))
    for name in ("pyproject.toml", "build_catalogues.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy / name)
    folder = copy / "resources" / "locale" / "se" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "hakemus.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', "utf-8")
    return copy


@pytest.fixture(scope="module")
def members(source: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def below(folder: Path) -> set[PurePosixPath]:
    return {PurePosixPath(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()}


def test_every_module_is_in_the_wheel(source: Path, members: list[str]) -> None:
    modules = {f"hakemus/{name}" for name in below(source / "src" / "hakemus") if name.suffix == ".py"}
    assert modules <= set(members)


def test_every_resource_is_in_the_wheel_once(source: Path, members: list[str]) -> None:
    resources = {f"hakemus/_resources/{name}" for name in below(source / "resources")}
    assert resources <= set(members)
    assert [name for name, count in Counter(members).items() if count > 1] == []


def test_every_catalogue_is_compiled(members: list[str]) -> None:
    catalogues = [name for name in members if name.endswith(".po")]
    assert "hakemus/_resources/locale/se/LC_MESSAGES/hakemus.po" in catalogues
    assert all(name.removesuffix(".po") + ".mo" in members for name in catalogues)


def test_the_index_of_calls_is_in_the_wheel_and_fits(source: Path, members: list[str]) -> None:
    assert f"hakemus/_resources/{SHIPPED}" in members
    assert CallIndex(source / "resources").read(), "the index was made from other files than those in the wheel"


def test_nothing_but_the_program_is_in_the_wheel(members: list[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in members} == {"hakemus"}
