"""The lock files and the metadata that they are made from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-bundle.lock", "requirements-dev.lock", "requirements-campaign.lock"]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def entries(name: str) -> dict[str, list[str]]:
    """Requirement with its marker -> hashes. Continued lines belong to the requirement above them."""
    joined = text_of(name).replace("\\\n", " ")
    found = {}
    for line in filter(None, map(str.strip, joined.splitlines())):
        requirement = line.split(" --hash", 1)[0].strip()
        found[requirement] = re.findall(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)", line)
    return found


def normal(requirement: str) -> str:
    """Name of a distribution, as an index compares it."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        return tomllib.load(stream)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    text = text_of(name)
    assert "://" not in text
    line = re.compile(r"[a-z0-9-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [one for one in text.splitlines() if not line.fullmatch(one)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_exact_and_has_hashes(name: str) -> None:
    found = entries(name)
    assert len(found) > 10
    for requirement, hashes in found.items():
        assert re.match(r"^[a-z0-9-]+==[^ ;]+( ; .+)?$", requirement), requirement
        assert hashes, requirement
        assert len(set(hashes)) == len(hashes)


@pytest.mark.parametrize(
    ("name", "least"), [("pyside6-essentials", 4), ("pydantic-core", 40), ("pillow", 30), ("pypdfium2", 5)]
)
def test_compiled_packages_have_wheels_for_many_systems(name: str, least: int) -> None:
    """Wheels of Linux, macOS and Windows on two processors, and of each Python where the wheel depends on it."""
    hashes = next(found for requirement, found in entries("requirements.lock").items() if normal(requirement) == name)
    assert len(hashes) >= least


def test_the_larger_locks_hold_the_smaller_ones_unchanged() -> None:
    smaller: set[str] = set()
    for name in LOCKS:
        found = set(entries(name))
        assert smaller <= found
        smaller = found


def test_the_runtime_lock_covers_the_program_and_its_build() -> None:
    metadata = project()
    declared = metadata["project"]["dependencies"] + metadata["build-system"]["requires"]  # type: ignore[index,call-overload]
    assert {normal(one) for one in declared} <= {normal(one) for one in entries("requirements.lock")}


def test_the_runtime_lock_holds_no_tools() -> None:
    tools = {"pytest", "ruff", "mypy", "hypothesis", "pikepdf", "coverage", "import-linter"}
    assert not tools & {normal(one) for one in entries("requirements.lock")}


def test_qt_stays_below_the_release_that_loses_references() -> None:
    version = next(one for one in entries("requirements.lock") if normal(one) == "pyside6-essentials").split("==")[1]
    assert (6, 8) <= tuple(int(part) for part in version.split(".")[:2]) < (6, 12)


def test_every_dependency_has_an_upper_bound() -> None:
    metadata = project()
    declared: list[str] = metadata["project"]["dependencies"] + metadata["build-system"]["requires"]  # type: ignore[index,call-overload]
    for name in ("build", "dev", "campaign"):
        lines = text_of(f"requirements/{name}.in").splitlines()
        declared += [line for line in lines if line and not line.startswith("#")]
    free = [one for one in declared if "<" not in one.split(";")[0]]
    # the time zone database is dated, not versioned: a newer one is always the right one
    assert [normal(one) for one in free] == ["tzdata"]
