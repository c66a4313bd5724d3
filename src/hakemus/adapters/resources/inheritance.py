"""How one call file builds on another: entries are merged by their id, and borrowed sources are marked as borrowed.

Pure: files are found by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

KEYS = ("id", "path")
"""What names an entry of a list: its id, or the field that a guide speaks of."""


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with what `over` says otherwise. Tables merge key by key; lists whose entries have an id (or a path) merge
    entry by entry, new ones at the end, those with `remove = true` taken out; other values, and citations, replace.
    """
    result = dict(base)
    for key, value in over.items():
        mine = result.get(key)
        if key == "reference":
            result[key] = value
        elif isinstance(value, Mapping) and isinstance(mine, Mapping):
            result[key] = merged(mine, value)
        elif _is_keyed(value) and (not mine or _is_keyed(mine)):
            result[key] = _merged_lists(mine or [], value)
        else:
            result[key] = value
    return result


def _is_keyed(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, Mapping) and _key(item) is not None for item in value)
    )


def _key(entry: Mapping[str, Any]) -> str | None:
    return next((str(entry[key]) for key in KEYS if isinstance(entry.get(key), str)), None)


def _merged_lists(base: list[Any], over: list[Any]) -> list[Any]:
    entries: list[tuple[str | None, Any]] = [(_key(item), item) for item in base]
    inherited = {key for key, _ in entries}
    for item in over:
        key = _key(item)
        if key in inherited:
            at = next(i for i, (known, _) in enumerate(entries) if known == key)
            entries[at] = (key, merged(entries[at][1], item))
            inherited.discard(key)
        else:
            entries.append((key, dict(item)))
    return [item for _, item in entries if item.get("remove") is not True]


def with_statuses(call: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The call without `extends` and `carried`; a citation that does not say how sure it is gets the status that
    `carried` gives its source (`inferred`: it speaks of other years; `analogy`: of another authority).

    Sources that came from another file and that nothing cites any more are left out; `own` is the file itself.
    """
    status_of = {source: status for status, sources in (call.get("carried") or {}).items() for source in sources}
    plain = {key: _marked(value, status_of) for key, value in call.items() if key not in ("extends", "carried")}
    sources = plain.get("sources")
    if isinstance(sources, list) and _is_keyed(sources):
        kept = set(_cited(plain)) | {_key(item) for item in own.get("sources") or () if isinstance(item, Mapping)}
        plain["sources"] = [item for item in sources if _key(item) in kept]
    return plain


def merged_carried(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, list[str]]:
    """Statuses by source, the heir's word last."""
    status_of = {source: status for level in (base, over) for status, sources in level.items() for source in sources}
    result: dict[str, list[str]] = {}
    for source, status in status_of.items():
        result.setdefault(status, []).append(source)
    return result


def _marked(value: Any, status_of: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_marked(item, status_of) for item in value]
    if not isinstance(value, Mapping):
        return value
    plain = {key: _marked(item, status_of) for key, item in value.items()}
    cited = plain.get("reference")
    if isinstance(cited, dict) and "status" not in cited and str(cited.get("source")) in status_of:
        plain["reference"] = {**cited, "status": status_of[cited["source"]]}
    return plain


def _cited(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _cited(item)
    elif isinstance(value, Mapping):
        cited = value.get("reference")
        if isinstance(cited, Mapping) and isinstance(cited.get("source"), str):
            yield cited["source"]
        for item in value.values():
            yield from _cited(item)
