"""What comes after the application: the funder's decision and the final report's figures and texts."""

from __future__ import annotations

from typing import Annotated

from hakemus.domain.fields import Count, Date, Id, Kind, MoneyValue, Percent, Text, TextMap, Tree, row_list
from hakemus.domain.frozen import FrozenDict


class Decision(Tree):
    granted: MoneyValue = None
    percent: Percent = None
    base: Text = None
    decided_on: Date = None
    register_number: Text = None
    use_from: Date = None
    use_until: Date = None
    report_due: Date = None
    text: Text = None


class Realised(Tree):
    """Realised sums by source."""

    costs: MoneyValue = None
    income: MoneyValue = None
    other: MoneyValue = None
    partners: MoneyValue = None
    own: MoneyValue = None


class RealisedLine(Tree):
    id: Id
    category: Text = None
    amount: MoneyValue = None


class Statistics(Tree):
    training_events: Count = None
    training_participants: Count = None
    events: Count = None
    event_participants: Count = None


class Report(Tree):
    realised: Annotated[Realised, Kind.PART] = Realised()
    lines: Annotated[tuple[RealisedLine, ...], *row_list] = ()
    statistics: Annotated[Statistics, Kind.PART] = Statistics()
    indicators: TextMap = FrozenDict()
    evaluation: Text = None
    publications: Text = None
    effects: Text = None
    follow_up: Text = None
