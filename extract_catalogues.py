"""Gather the program's sentences for translators, and judge their catalogues.

`python extract_catalogues.py update` brings `resources/locale/*/LC_MESSAGES/hakemus.po` up to date with the source,
`check` says what is missing. English sentences are the keys; `build_catalogues.py` compiles the result.
"""

from __future__ import annotations

import ast
import datetime
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("fi", "sv")
KEYWORDS = {"msg": 1, "Message": 1, "t": 1, "N_": 1, "text": 1, "nmsg": 2, "nt": 2, "plural": 2}
"""Functions whose first argument, or first two where a number chooses the form, are sentences for people."""

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", re.ASCII)
_MADE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # fixed, so that a catalogue changes with its sentences only
_HEADER = "# Sentences of hakemus. The English sentence is the key; {places} stay as they are, in any order."


def sentences(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """The literal sentences of a module: one text, or singular and plural. Both arms of a condition count."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        wanted = KEYWORDS.get(name, 0)
        if not wanted or len(node.args) < wanted:
            continue
        if wanted == 2:
            pair = [_literals(argument) for argument in node.args[:2]]
            if all(len(texts) == 1 for texts in pair):
                yield pair[0][0], pair[1][0]
        else:
            for text in _literals(node.args[0]):
                yield (text,)


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return []


def extract(root: Path) -> Catalog:
    """All sentences of the source as an empty catalogue. A sentence with and without a plural is one entry."""
    found = Catalog(project="hakemus", header_comment=_HEADER, creation_date=_MADE, fuzzy=False)
    pairs: dict[str, tuple[str, ...]] = {}
    places: dict[str, list[str]] = {}
    for file in sorted((root / "src").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
        for sentence in sentences(tree):
            if len(sentence) >= len(pairs.get(sentence[0], ())):
                pairs[sentence[0]] = sentence
            places.setdefault(sentence[0], []).append(file.relative_to(root).as_posix())
    for key in sorted(pairs):
        sentence = pairs[key]
        locations = [(place, 0) for place in sorted(set(places[key]))]
        found.add(sentence if len(sentence) == 2 else key, locations=locations)
    return found


def catalogue_path(root: Path, language: str) -> Path:
    return root / "resources" / "locale" / language / "LC_MESSAGES" / "hakemus.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """A catalogue as it stands; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=language, project="hakemus")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def updated(template: Catalog, old: Catalog, language: str) -> Catalog:
    """The template with the translations that stand; nothing is guessed from likeness, nothing gone is kept."""
    new = Catalog(
        locale=language,
        project="hakemus",
        header_comment=_HEADER,
        creation_date=_MADE,
        revision_date=_MADE,
        fuzzy=False,
    )
    for message in template:
        if not message.id:
            continue
        kept = old.get(_key(message))
        new.add(message.id, kept.string if kept and _same_kind(kept, message) else None, locations=message.locations)
    return new


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _same_kind(old: Message, new: Message) -> bool:
    return bool(old.string) and isinstance(old.string, str) == isinstance(new.id, str)


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    content = io.BytesIO()
    write_po(content, catalogue, width=116, include_lineno=False, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.getvalue())


def update(root: Path) -> None:
    """Bring every language's catalogue up to date with the source."""
    template = extract(root)
    for language in LANGUAGES:
        path = catalogue_path(root, language)
        write_catalogue(path, updated(template, read_catalogue(path, language), language))


def faults(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue: missing and unsure sentences, places that differ, sentences nobody says."""
    wanted = {_key(message): message for message in template if message.id}
    for key, message in wanted.items():
        here = catalogue.get(key)
        if here is None:
            yield f"missing: {key}"
            continue
        forms = here.string if isinstance(here.string, (tuple, list)) else (here.string,)
        if here.fuzzy:
            yield f"unsure: {key}"
        elif not all(forms) or isinstance(here.string, str) != isinstance(message.id, str):
            yield f"missing: {key}"
        else:
            yield from _place_faults(message, key, [form for form in forms if form])
    for message in catalogue:
        if message.id and _key(message) not in wanted:
            yield f"said nowhere: {_key(message)}"


def _place_faults(message: Message, key: str, forms: list[str]) -> Iterator[str]:
    sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    needed = set(_PLACE.findall(sources[-1]))
    for form in forms:
        spare = {"count"} if len(sources) == 2 and form is forms[0] else set()
        if needed - spare != set(_PLACE.findall(form)) - spare:
            yield f"other places than in English: {key}"
        if form.strip() != form and key.strip() == key:
            yield f"spaces at an end: {key}"


def check(root: Path) -> list[str]:
    """All faults of all languages, each with its language."""
    template = extract(root)
    return [
        f"{language}: {fault}"
        for language in LANGUAGES
        for fault in faults(template, read_catalogue(catalogue_path(root, language), language))
    ]


def main(arguments: list[str]) -> int:
    root = Path(__file__).resolve().parent
    if arguments == ["update"]:
        update(root)
    elif arguments != ["check"]:
        print("usage: extract_catalogues.py update | check", file=sys.stderr)
        return 2
    found = check(root)
    print("\n".join(found) or "The catalogues are whole.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
