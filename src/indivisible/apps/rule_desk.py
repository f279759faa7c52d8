"""What is asked of treaties as rules: who kept what, who owes what; and who disputes what."""

from __future__ import annotations

from typing import Any

from indivisible.apps.question import Question
from indivisible.record.record import Record


class RuleDesk:
    """Questions to the texts made executable. Every method answers as the command of that name."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def comply(self, treaty: str, *, on: str, **chosen: Any) -> Question:
        """Every article's finding for one case.

        `chosen`: state, facts (plain data), holdings (a CSV), hypothetical, reading, article.
        """
        from indivisible.rules.comply import comply

        return Question(comply(self.record, treaty, on=on, **chosen), self.record)

    def obligations(self, state: str = "", *, on: str, **chosen: Any) -> Question:
        """All that binds a state on a day, by domain, article by article; of all states without one.

        `chosen`: domain.
        """
        from indivisible.rules.obligations_of import obligations

        return Question(obligations(self.record, state, on=on, **chosen), self.record)

    def force(self, case: Any) -> Question:
        """A use of force put to the UN Charter, branch by branch: `case` is a YAML file or the same as plain data."""
        from indivisible.rules.force import force

        return Question(force(self.record, case), self.record)

    def principle(self, change: str, **chosen: Any) -> Question:
        """A change under the norms of equal and indivisible security, each published reading side by side.

        `chosen`: on, models, settings, power, hostility, materiality.
        """
        from indivisible.apps.principle_command import ask

        return Question(ask(self.record, change, **chosen), self.record)

    def notify(self, exercise: Any) -> Question:
        """What a military exercise calls for: `exercise` is a YAML file or the same as plain data."""
        from indivisible.rules.notify import notify

        return Question(notify(self.record, exercise), self.record)

    def disputes(self, about: str = "", *, on: str) -> Question:
        """What is disputed on a day, and who says what; of one state or area where it is named."""
        from indivisible.apps.web.dispute_table import disputes

        return Question(disputes(self.record, about, on=on), self.record)
