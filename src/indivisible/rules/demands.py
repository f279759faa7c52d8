"""What an activity calls for: a notification, an invitation, an entry in a calendar; by when, and whether it came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from indivisible.errors import FileError
from indivisible.rules.activities import (
    LAND_UNITS,
    Condition,
    Levels,
    any_of,
    both,
    organised,
    size,
    weigh,
    zone,
)
from indivisible.rules.base import Case
from indivisible.rules.facts import Facts, reaches
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.values import Truth, iso

NOTIFY, INVITE, CALENDAR, ANNOUNCE = "notify", "invite observers", "annual calendar", "announce ahead"
EVERYBODY = "all other participating states"
CALENDAR_MONTH, CALENDAR_DAY = 11, 15
HOURS = 24


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that an activity may call for: whether it does, why, until when, to whom, and whether it was done."""

    article: str
    duty: str
    required: Truth
    because: str
    last: int | None
    finding: Finding
    to: str = EVERYBODY
    voluntary: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """When a thing is due and which facts tell that it was done.

    `doubt` is whether another, later term may hold in its place: then being late is not known to be a breach.
    """

    what: str
    last: int | None
    done: str
    on: str = ""
    doubt: Truth = Truth.NO
    later: str = ""  # what may be done in place of it, with the days in words


def demand(
    case: Case, article: str, duty: str, conditions: Iterable[Condition], term: Term, *, voluntary: bool = False
) -> Demand:  # fmt: skip
    """Weigh the conditions, and set what was done against the term."""
    required, because = weigh(conditions)
    if required is Truth.YES and voluntary:
        because = because.replace("Required:", "Called for, on a voluntary basis:")
    found = Finding(article, UNKNOWN, because, notice="" if term.last is None else iso(term.last), unit="days")
    if required is Truth.NO:
        found = replace(found, verdict=NOT_APPLICABLE, notice="")
    elif required is Truth.YES:
        found = settled(case, found, term)
        if voluntary and found.verdict == BROKEN:
            found = replace(found, verdict=NOT_APPLICABLE, remedy="", margin=None,
                            because=f"{found.because} The text leaves it to the state.")  # fmt: skip
    return Demand(article, duty, required, because, term.last, found, voluntary=voluntary)


def settled(case: Case, found: Finding, term: Term) -> Finding:
    """Whether what is required was done in its time; not given is unknown, and not done is broken only when late."""
    on = case.facts.day(term.on) if term.on else None
    done = case.facts.truth(term.done)
    if done is Truth.NO and on is not None:
        raise FileError(f"{term.done} is no, and {term.on} is {iso(on)}", where=case.facts.where, do="keep one of them")
    head = f"{found.because} {term.what}".strip()
    if term.last is None:
        return replace(found, because=f"{head}: from which day its time runs is not given.")
    last = iso(term.last)
    late = UNKNOWN if term.doubt is Truth.UNKNOWN else BROKEN
    if on is not None:
        margin = term.last - on
        told = f"{head}: given on {iso(on)}, due by {last}."
        if margin >= 0:
            return replace(found, verdict=KEPT, margin=margin, because=told)
        return replace(found, verdict=late, margin=margin if late == BROKEN else None, because=told,
                       remedy=_remedy(term, on) if late == BROKEN else "")  # fmt: skip
    if done is Truth.YES and not term.on:
        return replace(found, verdict=KEPT, because=f"{head}: yes.")
    if done is Truth.NO and case.day > term.last:
        told = f"{head}: not given; the last day for it was {last}."
        return replace(found, verdict=late, because=told, remedy=_remedy(term, None) if late == BROKEN else "")
    if done is Truth.NO:
        return replace(found, verdict=NOT_APPLICABLE, because=f"{head}: not given yet, due by {last}.")
    return replace(found, because=f"{head}: due by {last}; whether it came in time is not known.")


def _remedy(term: Term, on: int | None) -> str:
    assert term.last is not None
    given = f"it could have been given until {iso(term.last)}"
    return given if on is None or not term.later else f"{given}; {term.later.format(days=on - term.last)}"


def first_day(facts: Facts) -> int | None:
    """The first day of the activity. Raises FileError if it ends before it starts."""
    starts, ends = facts.day("starts"), facts.day("ends")
    if starts is not None and ends is not None and ends < starts:
        raise FileError(f"it ends on {iso(ends)}, before it starts on {iso(starts)}", where=facts.where,
                        do="mend starts or ends")  # fmt: skip
    return starts


def no_snap(facts: Facts, article: str) -> Condition:
    """That the troops were told in advance; where that is not known, notification is required all the same."""
    if facts.truth("no_advance_notice") is not Truth.YES:
        return Condition(Truth.YES, "it is not known to be without advance notice to the troops", "", "")
    why = f"the troops are not told in advance, so that notification is due when they begin ({article})"
    return Condition(Truth.NO, "", why, "")


def notice(
    case: Case, article: str, conditions: Iterable[Condition], days: int, *, snap: str = "", voluntary: bool = False
) -> Demand:  # fmt: skip
    """Prior notification so many days before the start; `snap` is the article on activities without advance notice."""
    starts = first_day(case.facts)
    told = case.facts.truth("no_advance_notice") if snap else Truth.NO
    every = [*conditions, no_snap(case.facts, snap)] if told is Truth.YES else list(conditions)
    term = Term(
        "Notification", None if starts is None else starts - days, "notified", "notified_on",
        doubt=told, later="or begin {days} days later",
    )  # fmt: skip
    found = demand(case, article, NOTIFY, every, term, voluntary=voluntary)
    if found.required is Truth.YES and told is Truth.UNKNOWN:
        more = f"If the troops are not told in advance, it is due when they begin ({snap})."
        found = replace(found, because=f"{found.because} {more}",
                        finding=replace(found.finding, because=f"{found.finding.because} {more}"))  # fmt: skip
    return found


def at_start(case: Case, article: str, conditions: Iterable[Condition]) -> Demand:
    """Notification of an activity without advance notice to the troops, when they begin."""
    told = case.facts.truth("no_advance_notice")
    words = "the troops are not told in advance"
    snap = Condition(told, words, "the troops are told in advance", words)
    term = Term("Notification", first_day(case.facts), "notified", "notified_on")
    return demand(case, article, NOTIFY, (*conditions, snap), term)


def invitation(case: Case, article: str, conditions: Iterable[Condition], days: int, hours: int) -> Demand:
    """Observers invited with the notification; an activity without advance notice only if it lasts more than so many
    hours at its level."""
    facts = case.facts
    starts, told = first_day(facts), facts.truth("no_advance_notice")
    ends = facts.day("ends")
    lasts = reaches(facts.number("hours_above_level"), hours, above=True)
    if lasts is Truth.UNKNOWN and starts is not None and ends is not None and HOURS * (ends - starts + 1) <= hours:
        lasts = Truth.NO
    long_ = f"it stays at its level for more than {hours} hours"
    known = "the troops are told in advance"
    time = Condition(
        ~told | lasts,
        long_ if lasts is Truth.YES else known,
        f"the troops are not told in advance, and it is not so that {long_}",
        f"{known} or {long_}",
    )
    last = None if starts is None else starts if told is Truth.YES else starts - days
    return demand(case, article, INVITE, (*conditions, time), Term("Invitation", last, "observers_invited"))


def calendar_day(year: int, ahead: int) -> int:
    """The last day for the annual calendar, so many years before."""
    return date(year - ahead, CALENDAR_MONTH, CALENDAR_DAY).toordinal()


def in_calendar(case: Case, article: str, notifiable: Condition, ahead: int) -> Demand:
    """An activity that must be notified, and was foreseen, stands in the annual calendar of the year before."""
    starts = first_day(case.facts)
    last = None if starts is None else calendar_day(date.fromordinal(starts).year, ahead)
    planned = case.facts.truth("planned_by_calendar")
    if case.facts.truth("no_advance_notice") is Truth.YES and planned is Truth.UNKNOWN:
        planned = Truth.NO
    words = "it was foreseen when calendars were due"
    foreseen = Condition(planned, words, "it was not foreseen when calendars were due", words)
    term = Term("The calendar", last, "in_calendar", "calendar_on")
    return demand(case, article, CALENDAR, (notifiable, foreseen), term)


def announced(
    case: Case, article: str, conditions: Iterable[Condition], ahead: int, *, done: str = "announced",
    on: str = "announced_on",
) -> Demand:  # fmt: skip
    """A very large activity may be held only if it was announced so many years ahead, by the day of the calendar."""
    starts = first_day(case.facts)
    last = None if starts is None else calendar_day(date.fromordinal(starts).year, ahead)
    return demand(case, article, ANNOUNCE, conditions, Term("The announcement", last, done, on))


def land(facts: Facts, level: Levels, article: str) -> tuple[Condition, ...]:
    """The conditions of an exercise of land forces: in the zone, organised, and one figure at its level."""
    units = {unit: number for unit, number in level.of(article).items() if unit in LAND_UNITS}
    return zone(facts), organised(facts), size(facts, units)


def landing(facts: Facts, level: Levels, article: str) -> tuple[Condition, ...]:
    """The conditions of a landing or a drop: in the zone, and so many troops."""
    units = {unit: number for unit, number in level.of(article).items() if unit not in LAND_UNITS}
    return zone(facts), size(facts, units)


def moved(facts: Facts, level: Levels, article: str) -> tuple[Condition, ...]:
    """The conditions of a transfer or concentration: forces are moved, and one figure is at its level."""
    words = "forces are transferred into the zone, or within it to a point of concentration"
    move = Condition(facts.truth("transfer"), words, f"it is not so that {words}", words)
    return zone(facts), move, size(facts, level.of(article))


def either(*ways: Iterable[Condition]) -> Condition:
    """Whether the activity is notifiable in one of several ways."""
    return any_of(both(*conditions) for conditions in ways)
