"""The kinds of rule that a call may name, and the parameters each takes. A call's file says numbers; arithmetic is here.

A rule of a call is `{id, kind, severity?, reference?, message?, <parameters>}`; parameters stand beside the rule's own keys.
Where `severity` is missing the kind's own holds. Rules marked (base) hold for every call without being named; a call
that names a rule of the same id replaces them (other severity, reference, parameters).

| kind | parameters (default) | own severity | says |
|---|---|---|---|
| `grant-share` | `percent`; `base` (the call's `share.base`) | error | grant above percent of the base |
| `own-share` | `percent` **or** `least` (money); `base` (as above) | error | own funding below percent of the base, or below a sum |
| `deficit` | none | error | grant above costs - income - other funding |
| `balance` | none | error | costs and funding differ |
| `grant-limit` (base) | none: `grant.smallest`, `grant.largest` | error | grant outside the call's limits |
| `own-kinds` (base) | none: `own.kinds` | note | own funding of a kind that the call does not count |
| `pay-cap` (base) | none: `pay_cap.amount` | note | pay above the cap, which is not accepted |
| `required` (base) | `fields` (none): addresses | error | a field is missing; the call's mandatory questions are always asked |
| `length` (base) | `limits` (none): address -> number; `counting` (`characters`, `utf16`, `bytes`) | error | a text too long; also by limits of `questions` and `fields` |
| `dates` (base) | none | error | an end before its start: project, activities, cost lines |
| `use-period` (base) | none: `use_period` | warning | project outside the use period |
| `window` (base) | none: `window` | warning | the call is not open |
| `identifier` (base) | `fields` (`business_id isil email postal_code iban bic`) | warning | form or check digit wrong |
| `category` (base) | none: `categories` | error | a cost row without, with an unknown or with an excluded category |
| `explanation` (base) | none: `categories[].explanation` | error | a cost row with a sum and no description where one is needed |
| `unit` (base) | none: `unit` | error | a sum that is no multiple of the call's unit |
| `line-amount` (base) | none | error | a line whose amount differs from quantity x price |
| `negative` (base) | none | error | a negative sum, quantity or percentage |
| `vat` (base) | none | warning | a row with VAT whose payer's position is not known |
| `cost-words` (base) | none: `hints` | warning | a word that hints at a cost not accepted |
| `line-time` (base) | none | warning | a cost line's days outside the project's |
| `indicator` | none | error | a goal without an indicator |
| `letter-of-intent` | `attachment` (`letter-of-intent`): id of the attachment | error | a joint project without it |
| `attachment` (base) | none: `attachments` marked mandatory | warning | a mandatory attachment is missing (joint ones: only where no `letter-of-intent` rule names them) |
| `declaration` (base) | none: `declarations` marked mandatory | warning | a mandatory declaration is not given |
| `terms` (base) | none: `confirm` | error | a value that waits to be checked against the call notice |
| `imported-total` (base) | none | warning | a total stated by an imported page differs from the sum of its sources |

Addresses in `required` and `length`: `project.title`; a table (`budget.lines`: at least one row); a field of every row
(`goals[].text`, `goals[].indicators[].target`); an answer (`answers[q1]`), also `answers.q1`.
"""
