"""The pages of the user's guide, one Markdown file each, in the order of their contents page."""

from __future__ import annotations

import re
from pathlib import Path

from hakemus.usecases.guide import GuidePage

FIRST = "index"


def picture_folder(root: Path, language: str) -> Path:
    """Where the pictures of a language's pages lie."""
    return root / "guide" / "pictures" / language


def read_guide(root: Path, language: str) -> tuple[GuidePage, ...]:
    """Every page of a language: the contents first, then in the order in which it links to them."""
    folder = root / "guide" / language
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    linked = re.findall(r"\]\(([\w-]+)\.md", texts.get(FIRST, ""))
    order = dict.fromkeys([FIRST, *linked, *texts])
    pictures = str(picture_folder(root, language))
    return tuple(GuidePage(name, texts[name], pictures) for name in order if name in texts)
