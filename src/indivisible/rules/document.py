"""A text on confidence-building measures: which of its articles asks what of an activity, with its table of levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indivisible.rules.activities import Condition, Levels, levels, organised, size, zone
from indivisible.rules.base import Case
from indivisible.rules.constraints import class_of
from indivisible.rules.demands import (
    Demand,
    announced,
    at_start,
    either,
    in_calendar,
    invitation,
    land,
    landing,
    moved,
    notice,
)
from indivisible.rules.facts import Facts


@dataclass(frozen=True)
class Document:
    """The names of a text's articles by what they ask; an empty one is not in the text."""

    table: str
    land: str
    days: str  # the article whose table row has the days of notice
    air: str = ""
    landing: str = ""
    transfer: str = ""
    snap: str = ""
    observed: str = ""
    landing_observed: str = ""
    calendar: str = ""
    announced: str = ""
    largest: str = ""  # the article with the levels of what must be announced
    voluntary: bool = False

    @property
    def levels(self) -> Levels:
        """The numbers of the text."""
        return levels(self.table)

    @property
    def notice_days(self) -> int:
        """Days of notice."""
        return self.levels.one(self.days, "days")

    def demands(self, case: Case) -> Iterator[Demand]:
        """All that an activity may call for, in the order of the text."""
        ways = (
            (self.land, self.of_land), (self.air, self.of_air), (self.landing, self.of_landing),
            (self.transfer, self.of_transfer), (self.snap, self.of_snap), (self.observed, self.of_observers),
            (self.landing_observed, self.of_observers_at_landing), (self.calendar, self.of_calendar),
            (self.announced, self.of_announcement),
        )  # fmt: skip
        for name, way in ways:
            if name:
                yield way(case)

    def of_land(self, case: Case) -> Demand:
        """Notification of an exercise of land forces."""
        conditions = land(case.facts, self.levels, self.land)
        return notice(case, self.land, conditions, self.notice_days, snap=self.snap, voluntary=self.voluntary)

    def of_air(self, case: Case) -> Demand:
        """Air forces in the notification of an exercise."""
        conditions = (*land(case.facts, self.levels, self.land), size(case.facts, self.levels.of(self.air)))
        return notice(case, self.air, conditions, self.notice_days, snap=self.snap)

    def of_landing(self, case: Case) -> Demand:
        """Notification of a landing or a drop."""
        return notice(case, self.landing, landing(case.facts, self.levels, self.landing), self.notice_days,
                      snap=self.snap)  # fmt: skip

    def of_transfer(self, case: Case) -> Demand:
        """Notification of a transfer or concentration."""
        return notice(case, self.transfer, moved(case.facts, self.levels, self.transfer), self.notice_days,
                      snap=self.snap)  # fmt: skip

    def of_snap(self, case: Case) -> Demand:
        """Notification of an activity without advance notice to the troops."""
        return at_start(case, self.snap, (self._notifiable(case.facts),))

    def of_observers(self, case: Case) -> Demand:
        """Observers at an exercise."""
        conditions = land(case.facts, self.levels, self.observed)
        return invitation(case, self.observed, conditions, self.notice_days, self._hours)

    def of_observers_at_landing(self, case: Case) -> Demand:
        """Observers at a landing or a drop."""
        conditions = landing(case.facts, self.levels, self.landing_observed)
        return invitation(case, self.landing_observed, conditions, self.notice_days, self._hours)

    def of_calendar(self, case: Case) -> Demand:
        """The annual calendar."""
        ahead = self.levels.one(self.calendar, "years ahead")
        return in_calendar(case, self.calendar, self._notifiable(case.facts), ahead)

    def of_announcement(self, case: Case) -> Demand:
        """A very large activity announced years ahead."""
        level = self.levels
        large = size(case.facts, class_of(level, self.largest or self.announced).above, above=True)
        conditions = (zone(case.facts), organised(case.facts), large)
        return announced(case, self.announced, conditions, level.one(self.announced, "years ahead"))

    @property
    def _hours(self) -> int:
        return self.levels.one("snap observation", "hours")

    def _notifiable(self, facts: Facts) -> Condition:
        """Whether the activity must be notified in one way or another."""
        level = self.levels
        ways = [land(facts, level, self.land)]
        ways += [landing(facts, level, self.landing)] if self.landing else []
        ways += [moved(facts, level, self.transfer)] if self.transfer else []
        return either(*ways)
