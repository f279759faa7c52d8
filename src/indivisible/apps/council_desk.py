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
