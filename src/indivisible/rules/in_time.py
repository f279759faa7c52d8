"""Whether a thing was done in time: a notice so many months before leaving, a report at once."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from indivisible.rules.facts import DAY, TRUTH, Fact, Facts, said_day
from indivisible.rules.finding import BROKEN, KEPT, UNKNOWN, Finding
from indivisible.values import Estimate, Truth, iso

YEAR = 12  # months
LEAVING = (
    Fact("notified", TRUTH, "Whether notice of leaving was given."),
    Fact("notified_on", DAY, "Day on which notice of leaving was given."),
    Fact("left_on", DAY, "Day from which the state holds itself no longer bound."),
)
LEAVING_ASKS = tuple(fact.name for fact in LEAVING)


def months_after(day: int, months: int) -> int:
    """The same day of the month so many months later (before, if negative), or the month's last day where it has none.

    >>> iso(months_after(date(2012, 8, 31).toordinal(), 6))
    '2013-02-28'
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * YEAR + start.month - 1 + months, YEAR)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


def last_notice(left: int, months: int) -> int:
    """The last day on which a notice of so many months could be given for leaving on a day."""
    end, same = date.fromordinal(left), date.fromordinal(months_after(left, -months))
    if end.day < monthrange(end.year, end.month)[1]:
        return same.toordinal()
    return same.replace(day=monthrange(same.year, same.month)[1]).toordinal()


def leaving(article: str, facts: Facts, months: int) -> Finding:
    """Whether a state that leaves gave notice so many months before; margin in days, `notice` the last day for it."""
    notified, left = facts.day("notified_on"), facts.day("left_on")
    found = Finding(article, UNKNOWN, "", limit=months, unit="months of notice")
    if left is None and notified is None:
        return replace(found, because="Whether it is leaving, and when it gave notice, is not given.")
    if left is None:
        earliest = iso(months_after(notified or 0, months))
        return replace(
            found, because=f"Notice was given on {said_day(notified)}: it is bound until {earliest} at least."
        )
    last = iso(last_notice(left, months))
    if facts.truth("notified") is Truth.NO:
        return replace(found, verdict=BROKEN, because="It left without notice.", notice=last)
    if notified is None:
        return replace(
            found, because=f"When notice was given is not given; the last day for it was {last}.", notice=last
        )
    earliest_day = months_after(notified, months)
    margin = left - earliest_day
    told = f"Notice on {iso(notified)}, left on {iso(left)}; {months} months end on {iso(earliest_day)}."
    return replace(
        found, verdict=KEPT if margin >= 0 else BROKEN, because=told, margin=margin, notice=last,
        remedy="" if margin >= 0 else f"stay bound until {iso(earliest_day)}",
    )  # fmt: skip


def at_once(article: str, what: str, event: int | None, done: Truth, on: int | None) -> Finding:
    """Whether something was done at once, where the text gives no number of days: on the same day it was; not at all,
    it was not; later, the text does not tell, and the days that passed are said.

    `what` in words ("the Council was told"), after `event`.
    """
    found = Finding(article, UNKNOWN, "", unit="days")
    if done is Truth.NO:
        notice = "" if event is None else iso(event)
        return replace(found, verdict=BROKEN, because=f"{_capital(what)}: no.", notice=notice)
    if on is None:
        said = "yes, but not when" if done is Truth.YES else "not given"
        return replace(found, because=f"{_capital(what)}: {said}.")
    if event is None:
        return replace(found, because=f"{_capital(what)} on {iso(on)}; the day it counts from is not given.")
    passed = max(on - event, 0)
    value = Estimate(passed, passed, passed)
    if passed == 0:
        return replace(found, verdict=KEPT, because=f"{_capital(what)} on the same day.", value=value)
    told = (
        f"{_capital(what)} after {passed} day{'' if passed == 1 else 's'}; the text says at once and gives no number."
    )
    return replace(found, because=told, value=value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
