"""A catalogue whose every text is 40 % longer: what fits then fits in any language, and after any rewording."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hakemus.i18n.catalog import Catalog

MORE = 1.4
_PLACE = re.compile(r"\{[a-z_]+\}")


def longer(text: str) -> str:
    """The text with more of its own words at its end, and a word with more of its own letters; places stay once."""
    bare = _PLACE.sub("", text).strip(" :,.…")
    words = [word for word in bare.replace("&", "").split() if any(sign.isalpha() for sign in word)]
    if not words:
        return text
    wanted = round(len(text) * MORE) - len(text)
    if len(words) == 1:
        head, mark, tail = text.partition(words[0])
        return f"{head}{mark}{words[0][-wanted:].casefold()}{tail}" if wanted and mark else text
    more = ""
    at = 0
    while len(more) < wanted:
        more += f" {words[at % len(words)].casefold()}"
        at += 1
    return f"{text[:-1]}{more}{text[-1]}" if text[-1] in ".…:" else text + more


def longer_catalog(catalog: Catalog) -> Catalog:
    """The same catalogue with longer texts."""
    messages: Mapping[str, str | tuple[str, ...]] = {
        key: longer(said) if isinstance(said, str) else tuple(longer(form) for form in said)
        for key, said in catalog.messages.items()
    }
    return Catalog(catalog.language, messages, catalog.names, catalog.currency)
