"""The tree of one application: what the applicant says. Frozen; every field may be missing."""

from __future__ import annotations

from typing import Annotated

from hakemus.domain.fields import (
    Count,
    Date,
    Flag,
    FlagMap,
    Id,
    IdRef,
    Kind,
    MoneyValue,
    Percent,
    Quantity,
    Strings,
    Text,
    TextMap,
    Tree,
    Year,
    closed_words,
    row_list,
)
from hakemus.domain.frozen import FrozenDict

CONTACT_ROLES = ("responsible", "deputy", "finance", "signatory", "contact")
COMMITMENTS = ("planned", "asked", "promised", "signed")
OWN_KINDS = ("appropriation", "work", "in_kind")
OTHER_KINDS = ("eu", "public", "private", "partner")
FUNDING_STATES = ("planned", "applied", "confirmed", "refused")
ATTACHMENT_STATES = ("attached", "later", "elsewhere")
VAT_POSITIONS = ("recovers", "bears")

ContactRole = Annotated[str | None, *closed_words(*CONTACT_ROLES)]
CommitmentWord = Annotated[str | None, *closed_words(*COMMITMENTS)]
OwnKind = Annotated[str | None, *closed_words(*OWN_KINDS, "partner")]
OtherKind = Annotated[str | None, *closed_words(*OTHER_KINDS)]
FundingState = Annotated[str | None, *closed_words(*FUNDING_STATES)]
AttachmentState = Annotated[str | None, *closed_words(*ATTACHMENT_STATES)]
VatPosition = Annotated[str | None, *closed_words(*VAT_POSITIONS)]


class Contact(Tree):
    """A person who answers for the application."""

    id: Id
    role: ContactRole = None
    name: Text = None
    title: Text = None
    phone: Text = None
    email: Text = None


class Applicant(Tree):
    organisation: Text = None
    library: Text = None
    business_id: Text = None
    isil: Text = None
    municipality: Text = None
    region: Text = None
    street: Text = None
    postal_code: Text = None
    city: Text = None
    phone: Text = None
    email: Text = None
    iban: Text = None
    bic: Text = None
    vat: VatPosition = None
    contacts: Annotated[tuple[Contact, ...], *row_list] = ()


class Project(Tree):
    title: Text = None
    summary: Text = None
    need: Text = None
    description: Text = None
    theme: Text = None
    area: Text = None
    target_groups: Strings = ()
    keywords: Strings = ()
    starts_on: Date = None
    ends_on: Date = None
    earlier_projects: Text = None
    evaluation: Text = None
    dissemination: Text = None
    continuation: Text = None
    cooperation: Text = None
    cost_centre: Text = None
    joint: Flag = None


class Indicator(Tree):
    id: Id
    name: Text = None
    unit: Text = None
    baseline: Text = None
    target: Text = None
    source: Text = None
    measured_on: Date = None


class Goal(Tree):
    id: Id
    text: Text = None
    strategy: Text = None
    indicators: Annotated[tuple[Indicator, ...], *row_list] = ()


class Activity(Tree):
    id: Id
    title: Text = None
    description: Text = None
    goals: Strings = ()
    starts_on: Date = None
    ends_on: Date = None
    responsible: Text = None
    result: Text = None
    milestone: Flag = None


class Partner(Tree):
    id: Id
    name: Text = None
    kind: Text = None
    role: Text = None
    contact: Text = None
    email: Text = None
    commitment: CommitmentWord = None
    committed_on: Date = None
    attachment: IdRef = None
    vat: VatPosition = None


class Member(Tree):
    """One row of the team."""

    id: Id
    name: Text = None
    organisation: Text = None
    role: Text = None
    confirmed: Flag = None


class Line(Tree):
    """A cost line. `amount` stands only where quantity and price do not both."""

    id: Id
    category: Text = None
    description: Text = None
    quantity: Quantity = None
    unit: Text = None
    unit_price: MoneyValue = None
    amount: MoneyValue = None
    vat_percent: Percent = None
    vat_included: Flag = None
    year: Year = None
    payer: IdRef = None
    activity: IdRef = None
    account: Text = None
    supplier: Text = None
    starts_on: Date = None
    ends_on: Date = None


class Person(Tree):
    """A person's work in the budget; the cost is computed."""

    id: Id
    title: Text = None
    months: Quantity = None
    time_percent: Percent = None
    monthly_pay: MoneyValue = None
    side_cost_percent: Percent = None
    holiday_percent: Percent = None
    category: Text = None
    payer: IdRef = None
    activity: IdRef = None
    year: Year = None


class Budget(Tree):
    lines: Annotated[tuple[Line, ...], *row_list] = ()
    people: Annotated[tuple[Person, ...], *row_list] = ()


class Own(Tree):
    id: Id
    kind: OwnKind = None
    description: Text = None
    amount: MoneyValue = None
    evidence: Text = None
    hours: Quantity = None
    rate: MoneyValue = None
    partner: IdRef = None
    year: Year = None


class Other(Tree):
    id: Id
    source: Text = None
    kind: OtherKind = None
    status: FundingState = None
    amount: MoneyValue = None
    partner: IdRef = None
    decided_on: Date = None
    same_costs: Flag = None


class Income(Tree):
    id: Id
    description: Text = None
    amount: MoneyValue = None


class Funding(Tree):
    grant: MoneyValue = None
    own: Annotated[tuple[Own, ...], *row_list] = ()
    other: Annotated[tuple[Other, ...], *row_list] = ()
    income: Annotated[tuple[Income, ...], *row_list] = ()


class Attachment(Tree):
    id: Id
    kind: Text = None
    title: Text = None
    filename: Text = None
    media_type: Text = None
    size: Count = None
    sha256: Text = None
    state: AttachmentState = None


class Application(Tree):
    """Everything an applicant says to a funder."""

    applicant: Annotated[Applicant, Kind.PART] = Applicant()
    project: Annotated[Project, Kind.PART] = Project()
    goals: Annotated[tuple[Goal, ...], *row_list] = ()
    activities: Annotated[tuple[Activity, ...], *row_list] = ()
    partners: Annotated[tuple[Partner, ...], *row_list] = ()
    team: Annotated[tuple[Member, ...], *row_list] = ()
    budget: Annotated[Budget, Kind.PART] = Budget()
    funding: Annotated[Funding, Kind.PART] = Funding()
    answers: TextMap = FrozenDict()
    attachments: Annotated[tuple[Attachment, ...], *row_list] = ()
    declarations: FlagMap = FrozenDict()
