"""Whole documents of any shape, with what a newer program added, are saved and come back: equal, and equal bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import opening
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fakes.ports import Chance
from hakemus.adapters.storage import container, json_form
from hakemus.usecases import drafts
from strategies import IDS, applications, days, texts

PARTS, EXAMPLES = (20, 500) if os.environ.get("HAKEMUS_CAMPAIGN") else (1, 60)
"""The campaign's ten thousand come in parts, each from a seed of its own, so that a slow machine takes them in turn."""

_numbers = st.from_regex(r"-?(0|[1-9][0-9]{0,20})\.[0-9]{1,20}([eE][-+]?[0-9]{1,2})?", fullmatch=True).map(
    json_form.number
)
_unheard = st.dictionaries(
    st.sampled_from(("unheard_of", "uusi", "x1")),
    st.recursive(
        st.booleans() | st.integers(-(10**17), 10**17) | _numbers | texts, lambda inner: st.lists(inner, max_size=3)
    ),
    max_size=2,
)
_members = st.dictionaries(
    st.from_regex(r"[A-Za-z0-9_-]{1,9}(/[A-Za-z0-9._-]{1,9}x)?", fullmatch=True).filter(container.is_extra_name),
    st.binary(max_size=40),
    max_size=2,
)
_comments = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from(IDS)}, optional={"path": texts, "text": texts, "done": st.booleans()}),
    max_size=2,
    unique_by=lambda row: row["id"],
)
_documents = st.fixed_dictionaries(
    {
        "application": applications,
        "language": st.sampled_from(("fi", "sv", "en")),
        "revision": st.integers(0, 10**6),
        "pending": st.dictionaries(st.sampled_from(("funding.grant", "project.starts_on")), texts, max_size=2),
        "comments": _comments,
        "decision": st.fixed_dictionaries({}, optional={"text": texts, "decided_on": days}),
        "submission": st.fixed_dictionaries({}, optional={"note": texts, "submitted_on": days}),
    }
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    plain=_documents,
    blobs=st.lists(st.binary(max_size=60), max_size=3, unique=True),
    members=_members,
    unheard=st.none() | st.lists(_unheard, min_size=8, max_size=8),
)
def _comes_back(
    plain: dict[str, Any], blobs: list[bytes], members: dict[str, bytes], unheard: list[dict[str, Any]] | None
) -> None:
    for path in plain["pending"]:
        part, name = path.split(".")
        plain["application"].get(part, {}).pop(name, None)  # of a field whose text cannot be read there is no value
    newer = unheard is not None
    attachments = _attached(plain, blobs)
    plain |= {"id": "d", "call": {"id": "c", "edition": "", "definition": opening.CALL}}
    plain["format"] = {"name": "hakemus", "major": 1, "minor": 3 if newer else 0}
    if unheard is not None:
        later = iter(unheard)
        plain["application"] = {
            key: _with_unheard(item, later) if key in PLACES else item for key, item in plain["application"].items()
        }
        plain = {**plain, **next(later, {})}
    parts = container.unpack(container.pack(json_form.dump(plain), attachments, members if newer else {}))
    document, notes = drafts.from_plain(parts.document, Chance().draw)
    assert notes == ()
    whole = drafts.to_plain(document)
    for key in ("application", "pending", "comments", "decision", "submission", "revision", "language"):
        assert _without_nothing(whole.get(key)) == _without_nothing(plain[key]), key
    assert _digits(whole) == _digits(plain)
    saved = container.pack(json_form.dump(whole), parts.attachments, parts.extra_members)
    again = container.unpack(saved)
    assert (again.attachments, again.extra_members) == (attachments, members if newer else {})
    read = drafts.from_plain(again.document, Chance().draw)[0]
    assert read.draft == document.draft
    assert container.pack(json_form.dump(drafts.to_plain(read)), again.attachments, again.extra_members) == saved


PLACES = ("project", "goals", "partners", "team", "applicant", "budget", "funding")


def _digits(node: Any) -> list[str]:
    """Every number with a fraction, as it stands."""
    if isinstance(node, (dict, list)):
        return sorted(found for item in (node.values() if isinstance(node, dict) else node) for found in _digits(item))
    return [str(node)] if isinstance(node, float) else []


def _with_unheard(node: Any, later: Iterator[dict[str, Any]]) -> Any:
    """A part or a table with keys of a newer program, in the part and in its rows."""
    if isinstance(node, list):
        return [{**row, **next(later, {})} for row in node]
    return {**node, **next(later, {})}


def _attached(plain: dict[str, Any], blobs: list[bytes]) -> dict[str, bytes]:
    """Rows for the files, in place of what stands in `attachments`."""
    names = [hashlib.sha256(blob).hexdigest() for blob in blobs]
    rows = [{"id": f"f{at}", "sha256": name, "state": "attached"} for at, name in enumerate(names)]
    plain["application"]["attachments"] = rows
    return dict(zip(names, blobs, strict=True))


def _without_nothing(node: Any) -> Any:
    """What stands in the data, without what is as good as missing; a number's zeros in front are not kept."""
    if isinstance(node, dict):
        kept = {key: _without_nothing(item) for key, item in node.items()}
        return {key: item for key, item in kept.items() if item not in (None, {}, [])} or None
    if isinstance(node, list):
        return [_without_nothing(item) for item in node]
    return "7" if node == "007" else node


@pytest.mark.parametrize("part", range(PARTS))
def test_whole_documents_come_back_equal_and_as_equal_bytes(figure: Callable[..., None], part: int) -> None:
    if PARTS > 1:
        seed(part)(_comes_back)
    _comes_back()
    figure("round-trip", "{documents}: equal, and equal bytes", documents=EXAMPLES)
