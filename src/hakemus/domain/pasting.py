"""Text from a word processor made plain: what a form can hold stays, with its lists as lines."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029\x85]")
_BULLETS = "\u2022\u2023\u2043\u204c\u204d\u2219\u25a0\u25aa\u25ab\u25cb\u25cf\u25e6\u00b7\u27a2\u2713\u2714"
_SYMBOLS = "\uf0a7\uf0b7\uf0d8\uf0e0\uf0fc\uf076\uf0a8\uf06f"
"""Bullets of the fonts Symbol and Wingdings, where word processors put them."""
_SPACE = "[ \t\u00a0]"
_ITEM = re.compile(
    f"^(?:{_SPACE}*[{_SYMBOLS}]{_SPACE}*"
    f"|{_SPACE}*[{_BULLETS}o\u2013-](?:\t|{_SPACE}{{2,}}){_SPACE}*"
    f"|{_SPACE}+[{_BULLETS}]{_SPACE}+)(?=\\S)",
    re.MULTILINE,
)
_NUMBERED = re.compile(rf"^{_SPACE}*((?:\d{{1,3}}|[A-Za-z])[.)])(?:\t|{_SPACE}{{2,}}){_SPACE}*(?=\S)", re.MULTILINE)
_HYPHENS = {"\x1e": "-", "\u2011": "-", "\x1f": "", "\u00ad": "", "\u200b": "", "\ufeff": "", "\ufffc": ""}
_UNSEEN = re.compile("[" + "".join(_HYPHENS) + "]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ENDS = re.compile(f"{_SPACE}+$", re.MULTILINE)
_GAPS = re.compile("\n{3,}")


def pasted(raw: str) -> str:
    """What a field takes of pasted text: bullets become "- ", numbers of lists stay, tabs become spaces; marks that
    cannot be seen, characters of symbol fonts, and blank lines beyond one go.

    >>> pasted("Tavoite:\\r\\n\\u2022\\tlukea\\x0b\\uf0b7  kirjoittaa")
    'Tavoite:\\n- lukea\\n- kirjoittaa'
    """
    text = _BREAKS.sub("\n", raw)
    text = _UNSEEN.sub(lambda found: _HYPHENS[found[0]], text)
    text = _ITEM.sub("- ", text)
    text = _NUMBERED.sub(r"\1 ", text)
    text = _PRIVATE.sub("", text)
    text = re.sub("\t+", " ", text)
    return _GAPS.sub("\n\n", _ENDS.sub("", text))
