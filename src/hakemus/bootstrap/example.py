"""The shipped example as a new document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hakemus.adapters.resources.examples import read_example
from hakemus.usecases import calls, drafts

if TYPE_CHECKING:
    from hakemus.bootstrap.core import Core
    from hakemus.domain.draft import Document


def example_document(core: Core, name: str) -> Document:
    """An example as a document that was never saved."""
    found = read_example(core.resources, name)
    application, _ = drafts.application_from_data(found.application, core.chance.draw)
    definition = calls.definition_of(core.calls, found.call)
    return drafts.new_document(definition, core.chance.document_id(), found.language, application)
