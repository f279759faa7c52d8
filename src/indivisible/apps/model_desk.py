"""What the models say besides of a change: who is vulnerable, who burdens whom, and how it was year by year."""

from __future__ import annotations

from typing import Any

from indivisible.apps.question import Question
from indivisible.record.record import Record


class ModelDesk:
    """Questions to the rival models. Every method answers as the command of that name."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def stability(self, *, on: str, **chosen: Any) -> Question:
        """Who can be attacked by whom, which missing pledge would be exploited, which is idle; or two nuclear states.

        `chosen`: settings, power, among, trade, strategic.
        """
        from indivisible.apps.stability_command import ask

        return Question(ask(self.record, on=on, **chosen), self.record)

    def spillover(self, *, on: str, model: str, **chosen: Any) -> Question:
        """What one state's power, or a pledge between two, does to the security of all others, by one model.

        `chosen`: pledges, settings, power, hostility, among, progress.
        """
        from indivisible.apps.spillover_command import ask

        return Question(ask(self.record, on=on, model=model, **chosen), self.record)

    def history(self, *, model: str, first: int, last: int, **chosen: Any) -> Question:
        """Year by year, from imported data, what a model says of the system of states.

        `chosen`: measures, settings, alliances, distance, hostility, progress.
        """
        from indivisible.apps.history_command import ask

        return Question(ask(self.record, model=model, first=first, last=last, **chosen), self.record)

    def backtest(self, **chosen: Any) -> Question:
        """Does a low reading precede becoming the target of a dispute: models beside simple baselines.

        `chosen`: models, unit, first, split, disputes, hostility, settings, progress.
        """
        from indivisible.apps.backtest_command import ask

        return Question(ask(self.record, **chosen), self.record)

    def arms_race(self, *, on: str, **chosen: Any) -> Question:
        """Who answers whose armament, dollar for dollar, and whether armaments settle.

        `chosen`: of, hostility, settings.
        """
        from indivisible.apps.arms_race_command import ask

        return Question(ask(self.record, on=on, **chosen), self.record)

    def key_players(self, **chosen: Any) -> Question:
        """Whose absence from the contest, or embargo, would save most of the fighting: states, or groups of two files.

        `chosen`: on, or groups and adjacency; settings, hostility, factor, linear, together, sort.
        """
        from indivisible.apps.contest_command import ask

        return Question(ask(self.record, **chosen), self.record)
