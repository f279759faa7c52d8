"""What the texts on confidence-building have in common: each kind of article once, with the numbers of each text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import wraps

from indivisible.rules.activities import Condition, Levels, levels, organised, size, zone
from indivisible.rules.base import CONSULT, DECLARE, LIMIT, NOTIFY, OBSERVE, Case, Check, Obligation, article
from indivisible.rules.constraints import at_once, class_of, constraint
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
from indivisible.rules.finding import Finding
from indivisible.rules.verification import EVALUATION, INSPECTION, evaluation_quota, exchange, inspection_quota, within

ARMS, INCIDENTS = "arms_control", "incidents"
TROOPS_AND_TANKS = ("troops", "tanks")
ALL_FORCES = (*TROOPS_AND_TANKS, "acvs", "artillery")
TIME = ("starts", "notified_on", "notified")
YEAR = ("starts", "other_activities")
INSPECTION_QUOTA = tuple(fact.name for fact in INSPECTION[:3])
EVALUATION_QUOTA = tuple(fact.name for fact in EVALUATION[:6])


@dataclass(frozen=True)
class Document:
    """A text: its table of numbers, its articles by kind with the name that each has in it, the forces it measures.

    `term` is the row of the table with the days of notice, where that is not the article on exercises.
    """

    table: str
    names: Mapping[Provision, str]
    _: KW_ONLY
    forces: tuple[str, ...] = ALL_FORCES
    term: str = ""

    @property
    def levels(self) -> Levels:
        """The numbers of the text."""
        return levels(self.table)

    @property
    def notice_days(self) -> int:
        """Days of notice."""
        return self.levels.one(self.term or self.names[EXERCISES], "days")

    def article(self, provision: Provision, *, confidence: str = "medium") -> Callable[[Check], Obligation]:
        """Make a function that checks an article of this kind an obligation; its docstring is the article."""
        asks = (*provision.asks, *self.forces) if provision.measures_forces else provision.asks
        return article(self.names[provision], provision.title, kind=provision.kind, domain=provision.domain,
                       asks=asks, confidence=confidence)  # fmt: skip

    def keeps(self, *earlier: Obligation) -> Iterator[Obligation]:
        """Articles that stand here in the words of an earlier text, held against the numbers of this one.

        The earlier text is one that does not number its articles.
        """
        for one in earlier:
            provision = next(kind for kind in self.names if kind.name == one.article)
            yield self.article(provision, confidence=one.confidence)(self._in_words_of(one, provision))

    def _in_words_of(self, earlier: Obligation, provision: Provision) -> Check:
        @wraps(earlier.check)
        def check(case: Case) -> Iterable[Finding]:
            yield self.finding(provision, case)

        return check

    def finding(self, provision: Provision, case: Case) -> Finding:
        """What the article of a kind says of a case."""
        found = provision.check(self, case, self.names[provision])
        return found.finding if isinstance(found, Demand) else found

    def demands(self, case: Case) -> Iterator[Demand]:
        """All that an activity may call for, in the order of the text."""
        for provision, name in self.names.items():
            if provision in OF_ACTIVITIES:
                found = provision.check(self, case, name)
                assert isinstance(found, Demand)
                yield found

    def limits(self, case: Case) -> Iterator[Finding]:
        """The constraints on large activities."""
        for provision in CONSTRAINTS:
            if provision in self.names:
                yield self.finding(provision, case)

    def within(self, case: Case, name: str, fact: str, what: str, unit: str = "hours") -> Finding:
        """A number that may not be more than that of an article."""
        return within(case, name, fact, what, unit, self.levels.one(name, unit))

    def notified(self, case: Case, name: str, conditions: Iterable[Condition]) -> Demand:
        """Prior notification in the time of the text, but for activities without advance notice to the troops."""
        return notice(case, name, conditions, self.notice_days, snap=self.names[SNAP])

    def invited(self, case: Case, name: str, conditions: Iterable[Condition]) -> Demand:
        """Observers invited in the time of the text."""
        hours = self.levels.one("snap observation", "hours")
        return invitation(case, name, conditions, self.notice_days, hours)

    def notifiable(self, case: Case) -> Condition:
        """Whether an activity must be notified in one way or another."""
        ways = ((land, EXERCISES), (landing, LANDINGS), (moved, TRANSFERS))
        return either(*(way(case.facts, self.levels, self.names[kind]) for way, kind in ways))


@dataclass(frozen=True)
class Provision:
    """A kind of article: its usual name, what it is about, the facts it asks for, and how a text's article of that
    name is held against a case."""

    name: str
    title: str
    kind: str
    asks: tuple[str, ...]
    check: Callable[[Document, Case, str], Demand | Finding]
    _: KW_ONLY
    measures_forces: bool = False
    domain: str = ARMS


def usual(*provisions: Provision) -> dict[Provision, str]:
    """Articles under the names that they have where a text does not number them."""
    return {provision: provision.name for provision in provisions}


def _exercises(text: Document, case: Case, name: str) -> Demand:
    return text.notified(case, name, land(case.facts, text.levels, name))


def _air_forces(text: Document, case: Case, name: str) -> Demand:
    exercise = land(case.facts, text.levels, text.names[EXERCISES])
    return text.notified(case, name, (*exercise, size(case.facts, text.levels.of(name))))


def _landings(text: Document, case: Case, name: str) -> Demand:
    return text.notified(case, name, landing(case.facts, text.levels, name))


def _transfers(text: Document, case: Case, name: str) -> Demand:
    return text.notified(case, name, moved(case.facts, text.levels, name))


def _snap(text: Document, case: Case, name: str) -> Demand:
    return at_start(case, name, (text.notifiable(case),))


def _observers(text: Document, case: Case, name: str) -> Demand:
    return text.invited(case, name, land(case.facts, text.levels, name))


def _observers_at_landings(text: Document, case: Case, name: str) -> Demand:
    return text.invited(case, name, landing(case.facts, text.levels, name))


def _calendar(text: Document, case: Case, name: str) -> Demand:
    return in_calendar(case, name, text.notifiable(case), text.levels.one(name, "years ahead"))


def _announcement(text: Document, case: Case, name: str) -> Demand:
    large = size(case.facts, class_of(text.levels, text.names.get(LARGEST, name)).above, above=True)
    conditions = (zone(case.facts), organised(case.facts), large)
    return announced(case, name, conditions, text.levels.one(name, "years ahead"))


def _large_in_calendar(text: Document, case: Case, name: str) -> Demand:
    conditions = (zone(case.facts), organised(case.facts), size(case.facts, text.levels.of(name), above=True))
    ahead = text.levels.one(name, "years ahead")
    return announced(case, name, conditions, ahead, done="in_calendar", on="calendar_on")


def _largest(text: Document, case: Case, name: str) -> Finding:
    return constraint(case, text.levels, name)


def _large(text: Document, case: Case, name: str) -> Finding:
    return constraint(case, text.levels, name, upper=text.names[LARGEST])


def _together(text: Document, case: Case, name: str) -> Finding:
    return at_once(case, name, class_of(text.levels, name), text.levels.one(name, "activities"))


def _explanation(text: Document, case: Case, name: str) -> Finding:
    return text.within(case, name, "explanation_hours", "Hours to the answer")


def _information(text: Document, case: Case, name: str) -> Finding:
    return exchange(case, name)


def _inspections(text: Document, case: Case, name: str) -> Finding:
    return inspection_quota(case, text.levels, name)


def _visits(text: Document, case: Case, name: str) -> Finding:
    return evaluation_quota(case, text.levels, name)


EXERCISES = Provision("notification", "Exercises of land forces", NOTIFY, TIME, _exercises, measures_forces=True)
AIR_FORCES = Provision("air forces", "Air forces in an exercise", NOTIFY, (*TIME, "sorties"), _air_forces)
LANDINGS = Provision("landings", "Landings and parachute assaults", NOTIFY, (*TIME, "landing_troops"), _landings)
TRANSFERS = Provision("transfers", "Transfers and concentrations", NOTIFY, (*TIME, "transfer"), _transfers,
                      measures_forces=True)  # fmt: skip
SNAP = Provision("snap activities", "Activities without advance notice to the troops", NOTIFY,
                 ("no_advance_notice", *TIME), _snap)  # fmt: skip
OBSERVATION = Provision("observation", "Observers at exercises", OBSERVE, ("observers_invited",), _observers,
                        measures_forces=True)  # fmt: skip
OBSERVATION_OF_LANDINGS = Provision("observation of landings", "Observers at landings", OBSERVE,
                                    ("observers_invited", "landing_troops"), _observers_at_landings)  # fmt: skip
CALENDAR = Provision("calendar", "Annual calendar", NOTIFY, ("calendar_on", "in_calendar"), _calendar)
ANNOUNCEMENT = Provision("announcement", "The largest activities, announced", LIMIT, ("announced_on", "announced"),
                         _announcement)  # fmt: skip
LARGE_IN_CALENDAR = Provision("large activities in the calendar", "Large activities only if in the calendar", LIMIT,
                              ("calendar_on", "in_calendar", "troops"), _large_in_calendar)  # fmt: skip
LARGEST, LARGE, LARGER, TOGETHER = CONSTRAINTS = (
    Provision("constraint on the largest", "The largest activities", LIMIT, YEAR, _largest, measures_forces=True),
    Provision("constraint in a year", "Large activities in a year", LIMIT, YEAR, _large, measures_forces=True),
    Provision("constraint in a year, larger", "Of these, the larger ones", LIMIT, YEAR, _large, measures_forces=True),
    Provision("constraint at one time", "Large activities at one time", LIMIT, ("ends", *YEAR), _together,
              measures_forces=True),
)  # fmt: skip
EXPLANATION = Provision("risk reduction", "Answer on unusual activities", CONSULT, ("explanation_hours",), _explanation,
                        domain=INCIDENTS)  # fmt: skip
INFORMATION = Provision("exchange of information", "Annual exchange of military information", DECLARE,
                        ("exchange_on", "exchange_given"), _information)  # fmt: skip
INSPECTIONS = Provision("inspection quota", "Inspections to be accepted", OBSERVE, INSPECTION_QUOTA, _inspections)
VISITS = Provision("evaluation quota", "Evaluation visits to be accepted", OBSERVE, EVALUATION_QUOTA, _visits)
ACTIVITIES = (EXERCISES, AIR_FORCES, LANDINGS, TRANSFERS, SNAP, OBSERVATION, OBSERVATION_OF_LANDINGS, CALENDAR,
              ANNOUNCEMENT)  # fmt: skip
OF_ACTIVITIES = (*ACTIVITIES, LARGE_IN_CALENDAR)
"""Kinds that say what an activity calls for."""
