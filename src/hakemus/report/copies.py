"""What each copy of a paper is called, in English source texts: who it is for, and what stands at its head and foot."""

from __future__ import annotations

from hakemus.i18n.marking import N_
from hakemus.report.model import Copy

COPY_NAMES: dict[Copy, str] = {
    Copy.DRAFT: N_("Draft"),
    Copy.SUBMISSION: N_("Submission copy"),
    Copy.APPLICANT: N_("Applicant's copy"),
    Copy.BOARD: N_("Board's copy"),
    Copy.ARCHIVE: N_("Archive copy"),
    Copy.PUBLIC: N_("Public copy"),
    Copy.BLANK: N_("Blank form"),
}
NAMED = (Copy.APPLICANT, Copy.BOARD, Copy.ARCHIVE, Copy.PUBLIC)
"""Copies that say at head and foot which they are; the paper that goes to the funder is the application itself."""

PUBLIC_GROUND = N_(
    "Personal data have been removed from this copy: Act on the Openness of Government Activities (621/1999), "
    "section 16, subsection 3."
)
SECRET_GROUNDS = N_("Secret parts have been removed on these grounds of the same act: {grounds}.")
REMOVED = N_("[removed, 621/1999]")
"""Stands on a public copy in the place of each name, phone number and e-mail address."""
