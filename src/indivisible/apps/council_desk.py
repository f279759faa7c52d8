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

    def decide(self, case: Any) -> Question:
        """What a body decides on a case: `case` is a YAML file or the same as plain data."""
        from indivisible.rules.decide import decide

        return Question(decide(self.record, case), self.record)

    def procedures(self) -> Question:
        """The bodies and their procedures, with the days from and to which each holds."""
        from indivisible.rules.list_procedures import list_procedures

        return Question(list_procedures(self.record), self.record)

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
