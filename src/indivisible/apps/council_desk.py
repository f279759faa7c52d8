"""What is asked of councils and votes."""

from __future__ import annotations

from typing import Any

from indivisible.apps.question import Question
from indivisible.record.record import Record


class CouncilDesk:
    """Questions about councils and votes. Every method answers as the command of that name."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def ideal_points(self, **chosen: Any) -> Question:
        """Where states stand by their votes in the UN General Assembly.

        `chosen`: first, last, states, session, issue, anchors, smooth, keep_unvarying, tolerance, tell.
        """
        from indivisible.panels.ideal_points import places_by_votes

        return Question(places_by_votes(record=self.record, **chosen), self.record)

    def cohesion(self, body: str, **chosen: Any) -> Question:
        """How far the members of a body vote as one in the UN General Assembly, beside what coin flips would give.

        `chosen`: session, sessions_of (first, last), issues, by_issue, members_on.
        """
        from indivisible.panels.cohesion_of import cohesion_of

        return Question(cohesion_of(body, record=self.record, **chosen), self.record)

    def record_of(self, body: str, **chosen: Any) -> Question:
        """What a body is known to have decided, with the votes. `chosen`: first, last (years), session, issue."""
        from indivisible.report.record_of_text import ShownDecisions
        from indivisible.rules.decisions_of import decisions_of

        return Question(ShownDecisions(decisions_of(self.record, body, **chosen)), self.record)

    def decide(self, case: Any) -> Question:
        """What a body decides on a case: `case` is a YAML file or the same as plain data."""
        from indivisible.rules.decide import decide

        return Question(decide(self.record, case), self.record)

    def chair(self, body: str, *, on: str) -> Question:
        """Who chairs a body on a day, since when and to when, and how the chair passes."""
        from indivisible.rules.chair import chair

        return Question(chair(self.record, body, on=on), self.record)

    def procedures(self, body: str = "") -> Question:
        """The procedures of one body or of all, with the days from and to which each holds."""
        from indivisible.rules.list_procedures import list_procedures

        return Question(list_procedures(self.record, body), self.record)

    def positions(self, case: Any) -> Question:
        """Where the members of a body stand: `case` is a YAML file or the same as plain data."""
        from indivisible.rules.positions import positions

        return Question(positions(self.record, case), self.record)

    def bargain(self, case: Any, **chosen: Any) -> Question:
        """Where bargaining would end, turn by turn: `case` is a YAML file or the same as plain data.

        `chosen`: draws, seed.
        """
        from indivisible.report.bargain_text import ShownBargain
        from indivisible.rules.bargain import bargain

        return Question(ShownBargain(bargain(self.record, case, **chosen)), self.record)

    def power(self, body: str, *, on: str, by_kind: bool = False, **chosen: Any) -> Question:
        """How much power each member has under the body's rule of that day. `chosen`: procedure, facts, abstention."""
        from indivisible.report.power_text import PowerAnswer
        from indivisible.rules.power_of import power_of

        return Question(PowerAnswer(power_of(self.record, body, on=on, **chosen), by_kind), self.record)

    def power_of_rule(self, rule: Any, *, by_kind: bool = False, abstention: bool = False) -> Question:
        """The same under a rule of one's own: `[51; 50,49,1]`, a YAML file, or its content as plain data."""
        from indivisible.report.power_text import PowerAnswer
        from indivisible.rules.power_of import power_of_rule

        return Question(PowerAnswer(power_of_rule(self.record, rule, abstention=abstention), by_kind), self.record)

    def consent(self, change: str, **chosen: Any) -> Question:
        """Who has to consent to each step of a change, and whether they would.

        `chosen`: on, models, settings, power, hostility, materiality.
        """
        from indivisible.apps.assessing import consent

        return Question(consent(self.record, change, **chosen), self.record)
