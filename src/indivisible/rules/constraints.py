"""How many large activities a state may hold in a year, in some years, or at one time; and how to come within that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indivisible.rules.activities import LAND_UNITS, Levels, size
from indivisible.rules.base import Case
from indivisible.rules.demands import first_day
from indivisible.rules.facts import Facts, said
from indivisible.rules.finding import BROKEN, UNKNOWN, Finding, ceiling
from indivisible.values import Estimate, Truth, iso


@dataclass(frozen=True, slots=True)
class Class:
    """A class of large activities: above one set of levels and, where a second is given, not above that."""

    above: Mapping[str, int]
    upper: Mapping[str, int] | None = None

    def holds(self, activity: Facts) -> Truth:
        """Whether an activity is of this class."""
        found = size(activity, self.above, above=True).truth
        return found if self.upper is None else found & ~size(activity, self.upper, above=True).truth

    def words(self) -> str:
        """The class in words."""
        named = " or ".join(f"{self.above[unit]:,} {_SHORT[unit]}" for unit in self.above)
        return f"more than {named}"


_SHORT = {"troops": "troops", "tanks": "tanks", "acvs": "armoured vehicles", "artillery": "guns"}


def class_of(levels: Levels, article: str, *, upper: str = "") -> Class:
    """The class that an article names; `upper` is the article whose levels it may not be above."""
    return Class(_land(levels, article), _land(levels, upper) if upper else None)


def _land(levels: Levels, article: str) -> dict[str, int]:
    return {unit: number for unit, number in levels.of(article).items() if unit in LAND_UNITS}


def in_years(case: Case, article: str, kind: Class, allowed: int, years: int) -> Finding:
    """At most so many activities of a class in any so many calendar years that include the year of this one."""
    starts, others = first_day(case.facts), case.facts.table("other_activities")
    found = Finding(article, UNKNOWN, "", unit="activities")
    if starts is None or others is None:
        lacks = "the first day" if starts is None else "the other activities of these years"
        return replace(found, because=f"Activities with {kind.words()}: {lacks} not given.")
    year = date.fromordinal(starts).year
    every = (case.facts, *others)
    counts = [_count(every, kind, _within(first, first + years)) for first in range(year - years + 1, year + 1)]
    value = _widest(counts)
    span = f"in {year}" if years == 1 else f"in any {years} calendar years with {year}"
    told = f"Activities with {kind.words()} {span}"
    return _mended(case, ceiling(found, value, allowed, what=told), kind, f"hold it outside {year}")


def at_once(case: Case, article: str, kind: Class, allowed: int) -> Finding:
    """At most so many activities of a class at one time, on any day of this one."""
    starts, others = first_day(case.facts), case.facts.table("other_activities")
    ends = case.facts.day("ends")
    found = Finding(article, UNKNOWN, "", unit="activities at one time")
    if starts is None or ends is None or others is None:
        lacks = "its first and last day" if others is not None else "the other activities"
        return replace(found, because=f"Activities with {kind.words()} at one time: {lacks} not given.")
    every = (case.facts, *others)
    days = {starts, *(day for one in others if (day := one.day("starts")) is not None and starts <= day <= ends)}
    value = _widest([_count(every, kind, _running(day)) for day in sorted(days)])
    result = ceiling(found, value, allowed, what=f"Activities with {kind.words()} at one time")
    later = [one.day("ends") for one in others if _overlaps(one, starts, ends) is Truth.YES]
    known = [day for day in later if day is not None]
    return _mended(case, result, kind, f"begin it after {iso(max(known))}" if known else "")


def _mended(case: Case, found: Finding, kind: Class, otherwise: str) -> Finding:
    """The smallest reduction of this activity that takes it out of the class, or another time for it."""
    if found.verdict != BROKEN:
        return found
    if kind.holds(case.facts) is not Truth.YES:
        more = " Whether this activity is one of them is not known or not so."
        return replace(found, because=found.because + more, remedy="")
    over = []
    for unit, level in kind.above.items():
        value = case.facts.number(unit)
        if value is not None and value.high > level:
            less = Estimate(max(value.low - level, 0), None, value.high - level)
            over.append(f"{said(less)} fewer {_SHORT[unit]}")
    ways = [" and ".join(over), *([otherwise] if otherwise else [])]
    return replace(found, remedy="; or ".join(ways))


def _count(activities: Sequence[Facts], kind: Class, there: Callable[[Facts], Truth]) -> Estimate:
    """How many activities are of the class and there: those that surely are, to those that may be."""
    truths = [kind.holds(one) & there(one) for one in activities]
    low = sum(one is Truth.YES for one in truths)
    return Estimate(low, None, low + sum(one is Truth.UNKNOWN for one in truths))


def _widest(counts: Sequence[Estimate]) -> Estimate:
    low, high = max(one.low for one in counts), max(one.high for one in counts)
    return Estimate(low, low if low == high else None, high)


def _within(first: int, end: int) -> Callable[[Facts], Truth]:
    def there(activity: Facts) -> Truth:
        day = activity.day("starts")
        if day is None:
            return Truth.UNKNOWN
        return Truth.YES if first <= date.fromordinal(day).year < end else Truth.NO

    return there


def _running(day: int) -> Callable[[Facts], Truth]:
    return lambda activity: _overlaps(activity, day, day)


def _overlaps(activity: Facts, first: int, last: int) -> Truth:
    """Whether it runs on one of these days at least."""
    starts, ends = activity.day("starts"), activity.day("ends")
    begun = Truth.UNKNOWN if starts is None else Truth.YES if starts <= last else Truth.NO
    still = Truth.UNKNOWN if ends is None else Truth.YES if ends >= first else Truth.NO
    return begun & still


def constraint(case: Case, levels: Levels, article: str, *, upper: str = "") -> Finding:
    """The constraint of an article: how many activities, in how many years, above what and (`upper`) not above what."""
    kind = class_of(levels, article, upper=upper)
    return in_years(case, article, kind, levels.one(article, "activities"), levels.one(article, "years"))
