"""Why each field is asked, in one or two sentences, as English source texts; a call's own help stands before these."""

from __future__ import annotations

from hakemus.i18n.marking import N_

HELP: dict[str, str] = {
    "applicant.organisation": N_(
        "The body that applies and answers for the grant: a municipality, a joint municipal authority, an association."
    ),
    "applicant.library": N_("The library that carries the project out, by its official name."),
    "applicant.business_id": N_(
        "Seven digits, a hyphen and a check digit. The grant is registered and paid under it; a wrong digit delays both."
    ),
    "applicant.isil": N_("The library's international identifier, such as FI-Abc. It tells libraries of the same name apart."),
    "applicant.vat": N_(
        "A municipality gets the VAT of its purchases back, so costs are counted without it. For others VAT stays as a cost."
    ),
    "applicant.iban": N_("The account to which a grant is paid. It is checked by its own check digits."),
    "applicant.contacts[].role": N_(
        "The responsible person answers questions about the project; the signatory has the right to sign for the applicant."
    ),
    "applicant.contacts[].email": N_("Requests to supplement the application come here: choose an address that is read."),
    "project.title": N_("A short name that tells what is done. It stands in decisions and public lists."),
    "project.summary": N_("The project in a few sentences for somebody who reads nothing else."),
    "project.need": N_("What is the state of things now, and how do you know it? A figure says more than an adjective."),
    "project.description": N_("What is done, with whom, where and when, what comes of it, and what the money is used for."),
    "project.target_groups": N_("For whom is it done? One group on each line."),
    "project.keywords": N_("Words by which the project can be found later. One on each line."),
    "project.earlier_projects": N_("What has been tried before, and what is built on it."),
    "project.evaluation": N_("How do you notice that the project works, and who looks at it?"),
    "project.dissemination": N_("How do other libraries learn of the results?"),
    "project.continuation": N_("What stays when the money is used? Assessors look for lasting practices."),
    "project.cooperation": N_("Partners and working group in prose, where rows do not say enough."),
    "project.joint": N_("In a joint project several organisations share the work and the money; most calls ask for a letter of intent."),
    "project.cost_centre": N_("The grant's income and costs are booked on a cost centre of their own. The finance office gives its number."),
    "project.starts_on": N_("Costs count only from the first day of the use period on."),
    "project.ends_on": N_("Costs count only up to the last day of the use period. Leave time for the evaluation."),
    "goals[].text": N_("Tell the change: for whom, what, and by when. What you do is an activity, not a goal."),
    "goals[].strategy": N_("Which line of the library's or the municipality's strategy does the goal serve?"),
    "goals[].indicators[].name": N_("What is counted or measured, so that the change is noticed?"),
    "goals[].indicators[].baseline": N_("The figure before the project. Without it nobody can see a change."),
    "goals[].indicators[].target": N_("The figure you aim at."),
    "goals[].indicators[].source": N_("Where the figure comes from: the library system, a survey, a counter."),
    "goals[].indicators[].measured_on": N_("The day on which it is measured, before the project ends."),
    "activities[].title": N_("A piece of work with a beginning and an end. A milestone is a single day."),
    "activities[].starts_on": N_("Type the day as you are used to: 2.5.2027 or 2.5.27."),
    "activities[].ends_on": N_("Type the day as you are used to: 31.12.2027."),
    "activities[].responsible": N_("Who answers for it? A role is enough."),
    "activities[].result": N_("What is there when it is done?"),
    "partners[].name": N_("An organisation that takes part in the work or in its costs."),
    "partners[].commitment": N_("How far has the partner committed itself: planned, asked, promised or signed?"),
    "partners[].role": N_("What does the partner do in the project?"),
    "team[].name": N_("Who does the work? A role is enough where nobody is chosen yet."),
    "budget.lines[].description": N_("One cost on each row, so clearly that somebody outside understands what is bought."),
    "budget.lines[].category": N_("The funder's cost category. Changes between categories are limited after the decision."),
    "budget.lines[].quantity": N_("How many. The program counts quantity times price."),
    "budget.lines[].unit_price": N_("The price of one. Type it as you are used to: 349 or 349,00 or 1 234,50."),
    "budget.lines[].amount": N_("Quantity times price. Where there is neither, the sum itself can be typed."),
    "budget.lines[].vat_percent": N_("The VAT of the row. It counts as a cost only where it stays as one."),
    "budget.lines[].vat_included": N_("Whether the price already has the VAT in it."),
    "budget.lines[].payer": N_("Who pays the bill: the applicant or a partner."),
    "budget.lines[].activity": N_("Which activity is the cost for?"),
    "budget.people[].title": N_("The job or the task. The cost is counted from months, share of full time and pay."),
    "budget.people[].months": N_("How many months the person works in the project."),
    "budget.people[].time_percent": N_("How much of full time; empty means all of it."),
    "budget.people[].monthly_pay": N_("The full monthly pay before side costs."),
    "budget.people[].side_cost_percent": N_("Statutory side costs as a percentage of pay; ask the finance office."),
    "budget.people[].holiday_percent": N_("Holiday pay as a percentage of pay."),
    "funding.grant": N_("The sum that you apply for in this call."),
    "funding.own[].kind": N_("An appropriation is money in your own budget. Whether own work counts is the call's rule."),
    "funding.own[].description": N_("Where the money comes from."),
    "funding.own[].amount": N_("The sum of own funding in this row."),
    "funding.own[].evidence": N_("The body that decided, the date, the section and the budget year."),
    "funding.other[].source": N_("Another funder or a partner that pays a part."),
    "funding.other[].status": N_("Is it planned, applied for, confirmed or refused? Refused money is not counted."),
    "funding.income[].description": N_("Money that the project itself brings in, such as fees."),
    "attachments[].title": N_("What the attachment is."),
    "attachments[].state": N_("Is it attached, does it follow later, or was it sent with another application?"),
    "submission.register_number": N_("The number that the authority gives to the matter."),
    "submission.submitted_on": N_("The day on which the application was submitted."),
}
