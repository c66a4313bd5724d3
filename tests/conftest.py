"""Puts this folder on the path, so that tests share `strategies` and `fakes`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from hakemus.domain.draft import Document

# A loaded machine is slow now and then: how long one example takes says nothing of the program.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture
def ready() -> Document:
    """The example that ships, with the grant that its call allows: a draft that lacks nothing."""
    from fakes.ports import document
    from hakemus.adapters.resources.locator import resources_root

    path = resources_root() / "examples" / "pop-up-kirjasto.json"
    application = json.loads(path.read_text(encoding="utf-8"))["application"]
    application["funding"]["grant"] = "7200.00"
    application["funding"]["own"][0]["amount"] = "1800.00"
    return document(application)
