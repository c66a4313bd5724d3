"""Why a part of a document is kept from the public: paragraphs of the Act on the Openness of Government Activities
(621/1999), section 24, subsection 1, as far as an application for a library's project may meet them.
"""

from __future__ import annotations

import re

from hakemus.i18n.catalog import Catalog
from hakemus.i18n.marking import N_

GROUNDS: dict[str, str] = {
    "24.1.7": N_("security of persons, buildings or information systems"),
    "24.1.8": N_("preparing for accidents and emergencies"),
    "24.1.17": N_("business secret of a public body"),
    "24.1.20": N_("business secret of a company or a person"),
    "24.1.21": N_("plan or assessment of research or development work"),
    "24.1.23": N_("a person's income, wealth or financial position"),
    "24.1.24": N_("refugee or asylum seeker"),
    "24.1.25": N_("social welfare, health or disability of a person"),
    "24.1.26": N_("private life of a suspect or a victim of a crime"),
    "24.1.30": N_("pupil welfare and assessment of pupils"),
    "24.1.31": N_("secret phone number, address or whereabouts"),
    "24.1.32": N_("conviction, way of life, hobbies or family life of a person"),
}
"""Paragraphs by section, subsection and number, with what each protects."""

_PLACE = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)", re.ASCII)


def mark_of(ground: str | None, words: Catalog) -> str:
    """What stands on a public copy in the place of a secret part."""
    found = _PLACE.fullmatch(ground or "")
    if found:
        return words.text(
            "[secret: 621/1999, section {section}, subsection {subsection}, paragraph {paragraph}]",
            section=found[1],
            subsection=found[2],
            paragraph=found[3],
        )
    if ground and ground.strip():
        return words.text("[secret: 621/1999, {ground}]", ground=ground.strip())
    return words.text("[secret: 621/1999]")


def ground_words(ground: str | None, words: Catalog) -> str:
    """A ground in words: where it stands and what it protects."""
    found = _PLACE.fullmatch(ground or "")
    if not found:
        return (ground or "").strip() or words.text("no ground given")
    place = words.text(
        "section {section}, subsection {subsection}, paragraph {paragraph}",
        section=found[1],
        subsection=found[2],
        paragraph=found[3],
    )
    return f"{place}: {words.text(GROUNDS[ground])}" if ground in GROUNDS else place
