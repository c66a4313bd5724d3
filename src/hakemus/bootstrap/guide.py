"""The user's guide and the keyboard card as PDF: put together by their use case, set by the means of the form."""

from __future__ import annotations

from hakemus import __version__
from hakemus.bootstrap.core import Core
from hakemus.usecases.guide import guide_language
from hakemus.usecases.key_card import KeyCard


def guide_pdf(core: Core, language: str) -> bytes:
    """The PDF's bytes, in the language in which a reader of `language` reads the guide."""
    from hakemus.adapters.pdf.guide_book import render_guide
    from hakemus.adapters.resources.guide import picture_folder, read_guide
    from hakemus.usecases.guide_book import book_of

    language = guide_language(language)
    t = core.catalog(language).text
    book = book_of(
        read_guide(core.resources, language),
        language,
        t("Guide to hakemus {version}", version=__version__),
        t("Page {page} / {pages}", page="{page}", pages="{pages}"),
        lambda number: t("part {number}", number=number),
    )
    return render_guide(
        book,
        made_on=core.clock.today(),
        program=f"hakemus {__version__}",
        fonts=core.resources / "fonts",
        pictures=picture_folder(core.resources, language),
    )


def key_card_pdf(core: Core, card: KeyCard) -> bytes:
    """The PDF's bytes of a card, in the card's own language."""
    from hakemus.adapters.pdf.key_card import render_key_card

    return render_key_card(
        card, made_on=core.clock.today(), program=f"hakemus {__version__}", fonts=core.resources / "fonts"
    )
