"""A file of an older format opens, and what it held is kept for good before it is written anew."""

from __future__ import annotations

from dataclasses import replace

from fakes.ports import Chance, Store, definition
from hakemus.domain.paths import with_value
from hakemus.usecases import drafts
from hakemus.usecases.files import Files, OpenFile


def test_the_original_of_an_older_file_is_kept_once() -> None:
    store = Store()
    files = Files(store, Chance())
    files.save(OpenFile(drafts.new_document(definition(), "x"), "a"), drafts.new_document(definition(), "x"))
    original = store.files["a"][0]
    opened = files.opened(replace(store.load("a"), migrated_from=0))
    assert opened.from_older
    assert files.save(opened, opened.document) is opened
    assert store.originals == []
    document = with_value(opened.document, "draft.application.project.title", "Two")
    again = files.save(opened, document)
    assert store.originals == [original]
    files.save(again, with_value(document, "draft.application.project.title", "Three"))
    assert store.originals == [original]


def test_a_copy_elsewhere_leaves_the_original_where_it_is() -> None:
    store = Store()
    files = Files(store, Chance())
    files.save(OpenFile(drafts.new_document(definition(), "x"), "a"), drafts.new_document(definition(), "x"))
    opened = files.opened(replace(store.load("a"), migrated_from=0))
    files.save(opened, opened.document, "b", agreed=True)
    assert store.originals == []
