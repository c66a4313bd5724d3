"""Which page belongs to which step. The only module that knows all pages."""

from __future__ import annotations

from hakemus.ui.pages.applicant import ApplicantPage
from hakemus.ui.pages.attachments import AttachmentsPage
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.budget import BudgetPage
from hakemus.ui.pages.funding import FundingPage
from hakemus.ui.pages.goals import GoalsPage
from hakemus.ui.pages.partners import PartnersPage
from hakemus.ui.pages.project import ProjectPage
from hakemus.ui.pages.review import ReviewPage
from hakemus.ui.pages.submit import SubmitPage
from hakemus.ui.pages.timeline import TimelinePage

PAGES: dict[str, type[StepPage]] = {
    page.step: page
    for page in (
        ApplicantPage,
        ProjectPage,
        GoalsPage,
        PartnersPage,
        TimelinePage,
        BudgetPage,
        FundingPage,
        AttachmentsPage,
        ReviewPage,
        SubmitPage,
    )
}
