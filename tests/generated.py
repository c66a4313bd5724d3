"""Applications for whole papers, each the same in every run: none, little, much, every script of the fonts, hostile
text, and as many more as are wanted. In the stored form.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFile

from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.application import Application
from hakemus.domain.fields import Kind, OneOf
from hakemus.domain.paths import row_class
from strategies import CATEGORIES, HOSTILE

WORDS = (
    "kirjasto", "Pyöräkirjasto", "lukukoira", "äänikirja", "Čáhppesváiđi", "bibliotek", "på", "barnens", "ja", "sekä",
    "omatoimikirjaston", "yhteiskehittämistyöpaja", "e-kirjat", "pop up -kirjasto", "2 500", "24/7", "á", "ŋuvvá", "–",
    "työ\u00adryhmä", "sähkö\u200bposti", "100\u00a0%", "maahanmuuttajataustaistenkin", "(lapset)", "”luku”", "A&O",
)  # fmt: skip
ATTACKS = (
    *HOSTILE, '<img src="file:///etc/passwd"/>', "<para><b>auki", "</para>", "&lt;&#x41;&amp;",
    "<a href='http://x.fi'>x</a>",
    "javascript:alert(1)", "http://example.org/x.png", "${HOME}", "\\u0041", "/JS (app.alert(1))", "endstream endobj",
    "BT (x) Tj ET", "EMC", "q Q", "%PDF-1.4", "(((", ")))", "\\", "\\(", "■", "<?xml?>", "]]>",
    "\u2028\u2029", "\u202ertl\u202c", "a" * 300, "a\u0301" * 90, "\u00ad" * 50, "\u200d" * 40, "\ufdfd", "😀" * 40,
    "\U0001f1eb\U0001f1ee", "\t\t", "1\n\n\n\n2",
)  # fmt: skip


@cache
def scripts() -> str:
    """Every character that the fonts have, in words of ten."""
    points: set[int] = set()
    for file in Path(resources_root() / "fonts").glob("*.ttf"):
        points |= set(TTFontFile(str(file)).charToGlyph)
    signs = [chr(point) for point in sorted(points) if chr(point).isprintable() and not chr(point).isspace()]
    return " ".join("".join(signs[at : at + 10]) for at in range(0, len(signs), 10))


def application(number: int) -> dict[str, Any]:
    """Application `number`; the first ones are the special cases, all others are drawn by their number."""
    special = (dict, _minimal, _example, _long, _scripts, _hostile, _tables)
    return special[number]() if number < len(special) else _drawn(Random(number), ATTACKS if number % 3 else WORDS, 4)


def _minimal() -> dict[str, Any]:
    return {"project": {"title": "Lukupiiri"}, "funding": {"grant": "500.00"}}


def _example() -> dict[str, Any]:
    path = resources_root() / "examples" / "pop-up-kirjasto.json"
    made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["application"]
    return made


def _long() -> dict[str, Any]:
    made = _example()
    sentence = "Kirjasto vie äänikirjat ja lainattavat laitteet sinne, missä ihmiset jo ovat. "
    for name in ("summary", "need", "description", "evaluation", "continuation"):
        made["project"][name] = "\n\n".join([sentence * 60] * 4)
    made["activities"][0]["description"] = sentence * 90
    made["budget"]["lines"][0]["description"] = sentence * 120
    made["partners"][0]["name"] = "Pitkäniminenyhteistyökumppani" * 12
    return made


def _scripts() -> dict[str, Any]:
    made = _example()
    made["project"]["description"] = scripts()
    made["project"]["title"] = "Čáhppesváiđi ŋuvvá žuŋ Ελληνικά Кириллица Հայերեն עברית العربية ქართული"
    return made


def _hostile() -> dict[str, Any]:
    return _drawn(Random(5), ATTACKS, 6)


def _tables() -> dict[str, Any]:
    """Twelve rows in one table, two hundred in another."""
    made = _example()
    made["activities"] = [dict(made["activities"][0], id=f"a{at}", title=f"Toimenpide {at}") for at in range(12)]
    line = made["budget"]["lines"][0]
    made["budget"]["lines"] = [
        dict(line, id=f"l{at}", description=f"Rivi {at}", category=CATEGORIES[at % 7]) for at in range(200)
    ]
    return made


def _drawn(random: Random, words: tuple[str, ...], most: int) -> dict[str, Any]:
    return _part(Application, random, words, most)


def _part(tree: Any, random: Random, words: tuple[str, ...], most: int) -> dict[str, Any]:
    made = {}
    for name, info in tree.model_fields.items():
        if name == "id" or random.random() < 0.15:
            continue
        value = _value(tree, name, info, random, words, most)
        if value not in (None, {}, []):
            made[name] = value
    return made


def _value(tree: Any, name: str, info: Any, random: Random, words: tuple[str, ...], most: int) -> Any:
    kind = next(mark for mark in info.metadata if isinstance(mark, Kind))
    if kind is Kind.PART:
        return _part(info.annotation, random, words, most)
    if kind is Kind.ROWS:
        rows = (_part(row_class(tree, name), random, words, most) for _ in range(random.randrange(most)))
        return [{**row, "id": f"{name[:3]}{at}"} for at, row in enumerate(rows)]
    if kind is Kind.MAP:
        return {f"q{at}": random.random() < 0.5 if name == "declarations" else _text(random, words) for at in range(3)}
    if kind is Kind.WORD:
        return random.choice(next(mark.words for mark in info.metadata if isinstance(mark, OneOf)))
    if name == "category":
        return random.choice(CATEGORIES)
    if kind is Kind.ID:
        return random.choice(("par0", "act0", "att0", "nobody"))
    if kind is Kind.TEXTS:
        return [_text(random, words) for _ in range(random.randrange(3))]
    return {
        Kind.TEXT: lambda: _text(random, words),
        Kind.MONEY: lambda: f"{random.randrange(10 ** random.randrange(1, 9))}.{random.randrange(100):02d}",
        Kind.PERCENT: lambda: random.choice(("0", "24", "25.5", "33.333333", "100")),
        Kind.QUANTITY: lambda: random.choice(("1", "0.5", "12", "2.25", "999999999.999999")),
        Kind.DATE: lambda: (
            f"{random.randrange(2017, 2021)}-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d}"
        ),
        Kind.YEAR: lambda: random.randrange(2017, 2021),
        Kind.COUNT: lambda: random.randrange(10**7),
        Kind.FLAG: lambda: random.random() < 0.5,
    }[kind]()


def _text(random: Random, words: tuple[str, ...]) -> str:
    count = random.choice((1, 1, 2, 3, 8, 40))
    return random.choice((" ", " ", "\n")).join(random.choice(words) for _ in range(count))
