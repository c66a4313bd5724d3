"""Words that a renderer needs beside the labels of the form, as English source texts by key. Knows no renderer: whoever
builds the report translates them into `Report.words`.
"""

from __future__ import annotations

from hakemus.i18n.marking import N_

SHEET_WORDS: dict[str, str] = {
    "sheet.summary": N_("Summary"),
    "sheet.budget": N_("Budget"),
    "sheet.funding": N_("Funding"),
    "sheet.timeline": N_("Timeline"),
    "sheet.texts": N_("Texts of the application"),
    "sheet.people": N_("People"),
    "sheet.findings": N_("Findings"),
    "sheet.goals": N_("Goals"),
    "sheet.indicators": N_("Indicators"),
    "sheet.partners": N_("Partners"),
    "sheet.team": N_("Team"),
    "sheet.attachments": N_("Attachments"),
    "sheet.instructions": N_("Instructions"),
    "back.intro": N_(
        "This workbook was made from a draft application. It can be changed and sent back: the changes are read line "
        "by line, and each of them is taken or left."
    ),
    "back.inputs": N_("Cells of this colour may be changed. A number or a date may also be typed as text."),
    "back.totals": N_("Sums and totals are formulas. They are protected, without a password."),
    "back.rows": N_(
        "Rows may be added, deleted and sorted. Where the program refuses, take the protection of the sheet off first; "
        "there is no password."
    ),
    "back.lists": N_(
        "Category, payer and year are chosen from the list of their cell. A person's cost is reckoned on the sheet of "
        "people."
    ),
    "back.groups": N_("A budget row moved under another heading changes its category."),
    "back.hidden": N_("Rows are recognised by a hidden column. Leave it as it is, and leave it empty in new rows."),
    "back.send": N_(
        "Save the file as an Excel workbook (.xlsx) and send it back. It is opened in the menu File, with the command "
        "“Read a returned workbook…”."
    ),
    "fact.funder": N_("Funder"),
    "fact.call": N_("Call"),
    "fact.applicant": N_("Applicant"),
    "fact.project": N_("Project name"),
    "fact.version": N_("Version"),
    "currency": N_("€"),
    "starts": N_("Starts"),
    "ends": N_("Ends"),
    "note": N_("Note"),
    "answer": N_("Answer"),
    "question": N_("Question"),
    "continued": N_("(continued)"),
    "carried": N_("A spreadsheet cell holds at most 32,767 characters: the text goes on in the row below."),
    "total": N_("Total"),
    "share": N_("Share"),
    "funding.costs": N_("Costs"),
    "funding.whole": N_("Funding in all"),
    "checks": N_("Checks"),
    "check.limit": N_("Limit"),
    "check.figure": N_("Difference"),
    "check.result": N_("Result"),
    "check.balance": N_("Costs and funding are equal"),
    "check.ok": N_("OK"),
    "check.differs": N_("Differs"),
    "check.over": N_("Over"),
    "check.under": N_("Under"),
    "check.list": N_("Choose from the list of this cell."),
}
"""`currency` is the sign of the call's currency; `check.*` are the words beside the workbook's own checks."""
