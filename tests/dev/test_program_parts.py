"""The list of parts and the page of licences follow the lock, and say enough to be checked against it."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bundling import parts  # noqa: E402


def test_the_page_of_licences_is_that_of_the_lock() -> None:
    """Made anew by `python3 dev.py sbom`."""
    assert (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8") == parts.paper(parts.parts())


def test_every_part_has_a_licence_and_none_is_unknown() -> None:
    for part in parts.parts():
        assert part.licence not in ("unknown", "not installed", ""), part.name


def test_the_bill_names_all_that_the_program_needs_with_their_hashes() -> None:
    found = parts.parts()
    bill = parts.bill(found)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    names = {one["name"] for one in bill["components"]}
    with (ROOT / "pyproject.toml").open("rb") as stream:
        wanted = tomllib.load(stream)["project"]["dependencies"]
    assert {re.match(r"[\w-]+", one)[0].lower() for one in wanted} <= names  # type: ignore[index]
    assert not names & parts.BUILD_ONLY
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for one in bill["components"]:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert f"{one['name']}=={one['version']}" in lock
        assert one["licenses"]
        assert all(f"sha256:{entry['value']}" in lock for entry in one["properties"])
        assert one["properties"]
    refs = {one["bom-ref"] for one in bill["components"]}
    assert set(bill["dependencies"][0]["dependsOn"]) == refs


def test_the_same_lock_gives_the_same_bill(tmp_path: Path) -> None:
    parts.write_bill(tmp_path / "a.json")
    parts.write_bill(tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert "://" not in (tmp_path / "a.json").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "a.json").read_bytes())["serialNumber"].startswith("urn:uuid:")


def test_licences_go_along_word_for_word() -> None:
    text = parts.licence_texts()
    assert "Permission is hereby granted" in text
    assert "pydantic 2." in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text.upper() or "LGPL-3.0" in text
