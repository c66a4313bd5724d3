"""The names of fields, tables and closed words, as English source texts. A call may give its own label beside them."""

from __future__ import annotations

import re

from hakemus.i18n.marking import N_

_KEY = re.compile(r"\[[^\]]*\]")

NAMES: dict[str, str] = {
    "applicant.organisation": N_("Applicant organisation"),
    "applicant.library": N_("Library"),
    "applicant.business_id": N_("Business ID"),
    "applicant.isil": N_("ISIL identifier"),
    "applicant.municipality": N_("Municipality"),
    "applicant.region": N_("Region"),
    "applicant.street": N_("Street address or PO box"),
    "applicant.postal_code": N_("Postal code"),
    "applicant.city": N_("Post office"),
    "applicant.phone": N_("Phone"),
    "applicant.email": N_("E-mail"),
    "applicant.iban": N_("Account number (IBAN)"),
    "applicant.bic": N_("Bank code (BIC)"),
    "applicant.vat": N_("VAT position"),
    "applicant.contacts": N_("Contact persons"),
    "applicant.contacts[].role": N_("Role"),
    "applicant.contacts[].name": N_("Name"),
    "applicant.contacts[].title": N_("Job title"),
    "applicant.contacts[].phone": N_("Phone"),
    "applicant.contacts[].email": N_("E-mail"),
    "project.title": N_("Project name"),
    "project.summary": N_("Summary"),
    "project.need": N_("Need and starting point"),
    "project.description": N_("Description"),
    "project.theme": N_("Theme"),
    "project.area": N_("Area of effect"),
    "project.target_groups": N_("Target groups"),
    "project.keywords": N_("Keywords"),
    "project.starts_on": N_("Project starts"),
    "project.ends_on": N_("Project ends"),
    "project.earlier_projects": N_("Earlier projects"),
    "project.evaluation": N_("Evaluation"),
    "project.dissemination": N_("Communication and dissemination"),
    "project.continuation": N_("After the project"),
    "project.cooperation": N_("Partners and working group"),
    "project.cost_centre": N_("Cost centre"),
    "project.joint": N_("Joint project"),
    "goals": N_("Goals"),
    "goals[].text": N_("Goal"),
    "goals[].strategy": N_("Strategy that the goal serves"),
    "goals[].indicators": N_("Indicators"),
    "goals[].indicators[].name": N_("Indicator"),
    "goals[].indicators[].unit": N_("Unit"),
    "goals[].indicators[].baseline": N_("Baseline"),
    "goals[].indicators[].target": N_("Target"),
    "goals[].indicators[].source": N_("Source"),
    "goals[].indicators[].measured_on": N_("Measured on"),
    "activities": N_("Activities and timeline"),
    "activities[].title": N_("Activity"),
    "activities[].description": N_("Description"),
    "activities[].goals": N_("Goals it serves"),
    "activities[].starts_on": N_("Starts"),
    "activities[].ends_on": N_("Ends"),
    "activities[].responsible": N_("Responsible"),
    "activities[].result": N_("Result"),
    "activities[].milestone": N_("Milestone"),
    "partners": N_("Partners"),
    "partners[].name": N_("Partner"),
    "partners[].kind": N_("Kind of organisation"),
    "partners[].role": N_("Role in the project"),
    "partners[].contact": N_("Contact person"),
    "partners[].email": N_("E-mail"),
    "partners[].commitment": N_("Commitment"),
    "partners[].committed_on": N_("Committed on"),
    "partners[].attachment": N_("Letter of intent"),
    "partners[].vat": N_("VAT position"),
    "team": N_("Team"),
    "team[].name": N_("Name"),
    "team[].organisation": N_("Organisation"),
    "team[].role": N_("Role in the project"),
    "team[].confirmed": N_("Confirmed"),
    "budget": N_("Budget"),
    "budget.lines": N_("Cost lines"),
    "budget.lines[].category": N_("Cost category"),
    "budget.lines[].description": N_("Cost"),
    "budget.lines[].quantity": N_("Quantity"),
    "budget.lines[].unit": N_("Unit"),
    "budget.lines[].unit_price": N_("Unit price"),
    "budget.lines[].amount": N_("Sum"),
    "budget.lines[].vat_percent": N_("VAT %"),
    "budget.lines[].vat_included": N_("Price includes VAT"),
    "budget.lines[].year": N_("Year"),
    "budget.lines[].payer": N_("Payer"),
    "budget.lines[].activity": N_("Activity"),
    "budget.lines[].account": N_("Account"),
    "budget.lines[].supplier": N_("Supplier"),
    "budget.lines[].starts_on": N_("Starts"),
    "budget.lines[].ends_on": N_("Ends"),
    "budget.people": N_("People"),
    "budget.people[].title": N_("Job or task"),
    "budget.people[].months": N_("Months"),
    "budget.people[].time_percent": N_("Share of full time %"),
    "budget.people[].monthly_pay": N_("Monthly pay"),
    "budget.people[].side_cost_percent": N_("Side costs %"),
    "budget.people[].holiday_percent": N_("Holiday pay %"),
    "budget.people[].category": N_("Cost category"),
    "budget.people[].payer": N_("Payer"),
    "budget.people[].activity": N_("Activity"),
    "budget.people[].year": N_("Year"),
    "funding": N_("Funding"),
    "funding.grant": N_("Grant applied for"),
    "funding.own": N_("Own funding"),
    "funding.own[].kind": N_("Kind"),
    "funding.own[].description": N_("Description"),
    "funding.own[].amount": N_("Sum"),
    "funding.own[].evidence": N_("Decision (body, date, section, budget year)"),
    "funding.own[].hours": N_("Hours"),
    "funding.own[].rate": N_("Rate per hour"),
    "funding.own[].partner": N_("Partner"),
    "funding.own[].year": N_("Year"),
    "funding.other": N_("Other funding"),
    "funding.other[].source": N_("Funder"),
    "funding.other[].kind": N_("Kind"),
    "funding.other[].status": N_("State"),
    "funding.other[].amount": N_("Sum"),
    "funding.other[].partner": N_("Partner"),
    "funding.other[].decided_on": N_("Decided on"),
    "funding.other[].same_costs": N_("For the same costs"),
    "funding.income": N_("Income of the project"),
    "funding.income[].description": N_("Income"),
    "funding.income[].amount": N_("Sum"),
    "answers": N_("Questions of the call"),
    "attachments": N_("Attachments"),
    "attachments[].title": N_("Attachment"),
    "attachments[].kind": N_("Kind"),
    "attachments[].filename": N_("File"),
    "attachments[].media_type": N_("File type"),
    "attachments[].size": N_("Size"),
    "attachments[].state": N_("State"),
    "declarations": N_("Declarations"),
    "submission.register_number": N_("Register number"),
    "submission.submitted_on": N_("Submitted on"),
    "submission.note": N_("Note"),
    "decision.granted": N_("Grant awarded"),
    "decision.percent": N_("Grant percentage"),
    "decision.decided_on": N_("Decided on"),
    "decision.register_number": N_("Register number"),
    "decision.text": N_("Text of the decision"),
    "terms": N_("Terms of the call"),
}

ROWS: dict[str, str] = {
    "applicant.contacts": N_("contact person"),
    "goals": N_("goal"),
    "goals[].indicators": N_("indicator"),
    "activities": N_("activity"),
    "partners": N_("partner"),
    "team": N_("team member"),
    "budget.lines": N_("budget line"),
    "budget.people": N_("person in the budget"),
    "funding.own": N_("own funding row"),
    "funding.other": N_("other funding row"),
    "funding.income": N_("income row"),
    "attachments": N_("attachment"),
}
"""What one row of a table is called."""

ROWS_IN_STEPS: dict[str, str] = {
    "applicant.contacts": N_("a contact person"),
    "goals": N_("a goal"),
    "goals[].indicators": N_("an indicator"),
    "activities": N_("an activity"),
    "partners": N_("a partner"),
    "team": N_("a team member"),
    "budget.lines": N_("a budget line"),
    "budget.people": N_("a person in the budget"),
    "funding.own": N_("a row of own funding"),
    "funding.other": N_("a row of other funding"),
    "funding.income": N_("a row of income"),
    "attachments": N_("an attachment"),
}
"""The same inside "removing: a budget line"; other languages bend the word there (Finnish: its genitive)."""

WORDS: dict[str, dict[str, str]] = {
    "applicant.vat": {
        "recovers": N_("Gets VAT back (a municipality, for example)"),
        "bears": N_("VAT stays as a cost"),
    },
    "applicant.contacts[].role": {
        "responsible": N_("Responsible person"),
        "deputy": N_("Deputy"),
        "finance": N_("Finance"),
        "signatory": N_("Signatory"),
        "contact": N_("Contact person"),
    },
    "partners[].commitment": {
        "planned": N_("Planned"),
        "asked": N_("Asked"),
        "promised": N_("Promised"),
        "signed": N_("Signed"),
    },
    "partners[].vat": {
        "recovers": N_("Gets VAT back (a municipality, for example)"),
        "bears": N_("VAT stays as a cost"),
    },
    "funding.own[].kind": {
        "appropriation": N_("Appropriation"),
        "work": N_("Own work"),
        "in_kind": N_("In kind"),
        "partner": N_("Partner's money"),
    },
    "funding.other[].kind": {
        "eu": N_("EU funding"),
        "public": N_("Other public funding"),
        "private": N_("Private funding"),
        "partner": N_("Partner's money"),
    },
    "funding.other[].status": {
        "planned": N_("Planned"),
        "applied": N_("Applied for"),
        "confirmed": N_("Confirmed"),
        "refused": N_("Refused"),
    },
    "attachments[].state": {
        "attached": N_("Attached"),
        "later": N_("Follows later"),
        "elsewhere": N_("Sent with another application"),
    },
}

STEP_NAMES: dict[str, str] = {
    "applicant": N_("Applicant"),
    "project": N_("Project"),
    "goals": N_("Goals"),
    "partners": N_("Partners"),
    "timeline": N_("Activities and timeline"),
    "budget": N_("Budget"),
    "funding": N_("Funding"),
    "attachments": N_("Attachments"),
    "review": N_("Review"),
    "submit": N_("Submitting"),
}

UNIT_PRESETS = (N_("pcs"), N_("h"), N_("month"), N_("day"), N_("batch"), N_("trip"), N_("person"))


def pattern_of(path: str) -> str:
    """The address without its keys: `budget.lines[k3f9].amount` -> `budget.lines[].amount`."""
    return _KEY.sub("[]", path)


def name_of(path: str) -> str:
    """The English source name of a field, a table or a row; the address itself where it has none."""
    pattern = pattern_of(path)
    found = NAMES.get(pattern) or NAMES.get(pattern.removesuffix("[]"))
    return found or path


def words_of(path: str) -> dict[str, str]:
    """The closed words of a field with their English source names."""
    return WORDS.get(pattern_of(path), {})

SHORT_STEP_NAMES: dict[str, str] = {**STEP_NAMES, "timeline": N_("Timeline")}
"""For narrow places."""
