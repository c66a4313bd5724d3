"""The example that ships, made ready."""

from __future__ import annotations

import json

import pytest

from fakes.ports import document
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.draft import Document


@pytest.fixture
def ready() -> Document:
    """A draft that lacks nothing under its call."""
    path = resources_root() / "examples" / "pop-up-kirjasto.json"
    application = json.loads(path.read_text(encoding="utf-8"))["application"]
    application["funding"]["grant"] = "7200.00"
    application["funding"]["own"][0]["amount"] = "1800.00"
    return document(application)
