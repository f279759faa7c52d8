"""New START, signed 2010: limits on deployed strategic arms, how they are counted, inspections, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.base import CONSULT, DECLARE, LIMIT, NOTIFY, OBSERVE, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import added, done_by, forbids
from indivisible.rules.facts import DAY, NUMBER, TRUTH, Fact, reaches, said, vocabulary
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, Finding, at_most, ceiling, verdict_of
from indivisible.rules.holdings import DECLARED, NOTHING_KNOWN
from indivisible.rules.in_time import YEAR, months_after
from indivisible.rules.withdrawal import LEAVING_FACTS, LEAVING_NAMES, notice, suspension
from indivisible.values import Estimate, day_of, iso

KEY = "NEW_START_2010"
AUTHORITY = "legal"
ARMS = "arms_control"

IN_FORCE = "2011-02-05"
YEARS_TO_LIMITS = 7
DELIVERY_VEHICLES, WARHEADS, LAUNCHERS = 700, 1550, 800
BOMBER_COUNTS_AS = 1
TYPE_ONE, TYPE_TWO, INSPECTIONS = 10, 8, 18
NOTICE_DAYS = 5
SESSIONS = 2
YEARS, EXTENSION_YEARS, EXTENSIONS = 10, 5, 1
MONTHS_OF_NOTICE = 3

VEHICLES = ("deployed_icbms", "deployed_slbms", "deployed_heavy_bombers")
ALL_LAUNCHERS = ("deployed_launchers", "non_deployed_launchers", "all_heavy_bombers")
TYPES = ("type_one_inspections", "type_two_inspections")

FACTS = vocabulary(
    Fact("deployed_delivery_vehicles", NUMBER, "Deployed ICBMs, SLBMs and heavy bombers together."),
    Fact("deployed_icbms", NUMBER, "Deployed intercontinental ballistic missiles."),
    Fact("deployed_slbms", NUMBER, "Deployed submarine-launched ballistic missiles."),
    Fact("deployed_heavy_bombers", NUMBER, "Deployed heavy bombers equipped for nuclear arms."),
    Fact("re_entry_vehicles", NUMBER, "Re-entry vehicles on deployed ICBMs and SLBMs, as carried."),
    Fact("warheads_declared", NUMBER, "Deployed warheads as declared: on missiles, and counted for bombers."),
    Fact("launchers_and_bombers", NUMBER, "Deployed and non-deployed launchers and heavy bombers together."),
    Fact("deployed_launchers", NUMBER, "Deployed launchers of ICBMs and SLBMs."),
    Fact("non_deployed_launchers", NUMBER, "Non-deployed launchers of ICBMs and SLBMs."),
    Fact("all_heavy_bombers", NUMBER, "Deployed and non-deployed heavy bombers equipped for nuclear arms."),
    Fact("launchers_converted", TRUTH, "Whether launchers of ICBMs or SLBMs and of missile defence interceptors are "
         "converted into one another."),
    Fact("converted_before", TRUTH, "Whether all those conversions were made before the signature."),
    Fact("changed_on", DAY, "Day of a change that the data base must show."),
    Fact("change_notified_on", DAY, "Day on which the change was notified."),
    Fact("change_notified", TRUTH, "Whether the change was notified."),
    Fact("type_one_inspections", NUMBER, "Type One inspections asked for in the treaty year."),
    Fact("type_two_inspections", NUMBER, "Type Two inspections asked for in the treaty year."),
    Fact("commission_sessions", NUMBER, "Sessions of the Bilateral Consultative Commission in the year."),
    Fact("sessions_waived", TRUTH, "Whether the parties agreed to hold fewer sessions."),
    Fact("arms_transferred", TRUTH, "Whether it transfers strategic offensive arms to a third party."),
    Fact("existing_cooperation", TRUTH, "Whether the transfer is within co-operation that existed at signature."),
    Fact("extensions", NUMBER, "Extensions agreed so far."),
    Fact("extended_to", DAY, "Day on which the treaty ends by agreed extension."),
    *LEAVING_FACTS,
)  # fmt: skip


def due() -> int:
    """The day from which the central limits must be met: seven years after the entry into force."""
    return months_after(day_of(IN_FORCE), YEARS_TO_LIMITS * YEAR)


def _central(case: Case, number: str, value: Estimate | None, limit: int, what: str, unit: str) -> Finding:
    """One central limit; before its day it asks nothing yet, and the finding says what would have to go."""
    found = ceiling(Finding(number, UNKNOWN, "", unit=unit), value, limit, what=what)
    if case.day >= due():
        return found
    later = f"{found.because} The limit must be met by {iso(due())}."
    remedy = f"{found.remedy} by {iso(due())}" if found.remedy else ""
    return replace(found, verdict=NOT_APPLICABLE, because=later, remedy=remedy, notice=iso(due()))


@article("II(1)(a)", "Deployed delivery vehicles", kind=LIMIT, domain=ARMS,
         asks=("deployed_delivery_vehicles", *VEHICLES))  # fmt: skip
def delivery_vehicles(case: Case) -> Iterator[Finding]:
    """Seven years after the entry into force and from then on, each party has at most 700 deployed ICBMs, SLBMs and
    heavy bombers."""
    value = added(case.facts, VEHICLES, stated="deployed_delivery_vehicles")
    yield _central(case, "II(1)(a)", value, DELIVERY_VEHICLES, "Deployed ICBMs, SLBMs and heavy bombers", "vehicles")


def counted(case: Case) -> Estimate | None:
    """Warheads as Article III counts them: those on missiles as carried, and one for each deployed heavy bomber."""
    carried = case.facts.number("re_entry_vehicles") or NOTHING_KNOWN
    bombers = case.facts.number("deployed_heavy_bombers") or NOTHING_KNOWN
    low = carried.low + BOMBER_COUNTS_AS * bombers.low
    high = carried.high + BOMBER_COUNTS_AS * bombers.high
    return None if Estimate(low, None, high) == NOTHING_KNOWN else Estimate(low, low if low == high else None, high)


@article("II(1)(b)", "Warheads on deployed delivery vehicles", kind=LIMIT, domain=ARMS,
         asks=("re_entry_vehicles", "deployed_heavy_bombers", "warheads_declared"))  # fmt: skip
def warheads(case: Case) -> Iterator[Finding]:
    """Seven years after the entry into force and from then on, each party has at most 1,550 warheads on deployed ICBMs
    and SLBMs and counted for deployed heavy bombers, by the counting rule of Article III. What is counted and what is
    declared are judged beside each other."""
    declared = case.facts.number("warheads_declared")
    yield _central(case, "II(1)(b)", counted(case), WARHEADS, "Deployed warheads, counted", "warheads")
    if declared is not None:
        found = _central(case, "II(1)(b)", declared, WARHEADS, "Deployed warheads, declared", "warheads")
        yield replace(found, basis=DECLARED)


@article("II(1)(c)", "Launchers and heavy bombers, deployed or not", kind=LIMIT, domain=ARMS,
         asks=("launchers_and_bombers", *ALL_LAUNCHERS))  # fmt: skip
def launchers(case: Case) -> Iterator[Finding]:
    """Seven years after the entry into force and from then on, each party has at most 800 deployed and non-deployed
    launchers of ICBMs and SLBMs and heavy bombers."""
    value = added(case.facts, ALL_LAUNCHERS, stated="launchers_and_bombers")
    what = "Deployed and non-deployed launchers and heavy bombers"
    yield _central(case, "II(1)(c)", value, LAUNCHERS, what, "launchers")


@article("III(2)", "How warheads are counted", kind=DECLARE, domain=ARMS,
         asks=("warheads_declared", "re_entry_vehicles", "deployed_heavy_bombers"))  # fmt: skip
def counting(case: Case) -> Iterator[Finding]:
    """A deployed missile counts with the re-entry vehicles that it carries; a deployed heavy bomber counts as one
    warhead, whatever it carries. A declared number must be that sum."""
    count, declared = counted(case), case.facts.number("warheads_declared")
    found = Finding("III(2)", UNKNOWN, "", value=declared, unit="warheads")
    if count is None or declared is None:
        yield replace(found, because=f"Declared: {said(declared)}; counted by the article: {said(count)}.")
        return
    told = f"Declared: {said(declared)}; by the article the missiles and bombers count {said(count)}."
    if declared.low == declared.high == count.low == count.high:
        yield replace(found, verdict=KEPT, because=told, limit=count.low)
    elif declared.high < count.low or declared.low > count.high:
        yield replace(found, verdict=BROKEN, because=told, limit=count.low if count.low == count.high else None,
                      remedy=f"declare {said(count)}")  # fmt: skip
    else:
        yield replace(found, because=told)


@article("V(3)", "No conversion of launchers for interceptors", kind=PROHIBIT, domain=ARMS, confidence="medium",
         asks=("launchers_converted", "converted_before"))  # fmt: skip
def conversion(case: Case) -> Iterator[Finding]:
    """Launchers of ICBMs and SLBMs are not converted for missile defence interceptors, nor the other way round; what
    was converted before the signature stays out of it. (From knowledge of the text, not re-seen.)"""
    yield forbids(case, "V(3)", "launchers_converted", unless=case.facts.truth("converted_before"),
                  remedy="undo the conversions")  # fmt: skip


@article("VII(2)", "Notification of changes of the data", kind=NOTIFY, domain=ARMS, confidence="medium",
         asks=("changed_on", "change_notified_on", "change_notified"))  # fmt: skip
def change_of_data(case: Case) -> Iterator[Finding]:
    """A change of the data on strategic arms is notified no later than five days after it. (From knowledge of the
    Protocol, not re-seen.)"""
    day = case.facts.day("changed_on")
    last = None if day is None else day + NOTICE_DAYS
    yield done_by(case, "VII(2)", "the notification of the change", last, case.facts.day("change_notified_on"),
                  done=case.facts.truth("change_notified"))  # fmt: skip


@article("XI", "Inspections in a year", kind=OBSERVE, domain=ARMS, asks=TYPES)
def inspections(case: Case) -> Iterator[Finding]:
    """Each party may carry out at most 18 inspections in a year: ten of Type One, at bases of deployed or non-deployed
    systems, and eight of Type Two, of non-deployed or converted ones."""
    for name, limit in zip(TYPES, (TYPE_ONE, TYPE_TWO), strict=True):
        value, said_of = case.facts.number(name), name.replace("_inspections", "").replace("_", " ").title()
        start = Finding("XI", UNKNOWN, "", unit=f"{said_of} inspections")
        yield ceiling(start, value, limit, what=f"{said_of} inspections in the year")
    start = Finding("XI", UNKNOWN, "", unit="inspections")
    yield ceiling(start, added(case.facts, TYPES), INSPECTIONS, what="Inspections of both types in the year")


@article("XII", "Bilateral Consultative Commission", kind=CONSULT, domain=ARMS, confidence="medium",
         asks=("commission_sessions", "sessions_waived"))  # fmt: skip
def commission(case: Case) -> Iterator[Finding]:
    """The parties meet in the Bilateral Consultative Commission, at least twice a year unless they agree otherwise.
    (The number from knowledge of the Protocol, not re-seen.)"""
    held = case.facts.number("commission_sessions")
    enough = reaches(held, SESSIONS) | case.facts.truth("sessions_waived")
    told = f"Sessions in the year: {said(held)}; at least {SESSIONS} unless agreed otherwise."
    found = Finding("XII", verdict_of(enough), told, limit=SESSIONS, value=held, unit="sessions")
    short = found.verdict == BROKEN and held is not None
    yield replace(found, remedy=f"hold {SESSIONS - held.high:,.10g} more") if short and held is not None else found


@article("XIII", "No transfer of strategic arms to third parties", kind=PROHIBIT, domain=ARMS, confidence="medium",
         asks=("arms_transferred", "existing_cooperation"))  # fmt: skip
def transfer(case: Case) -> Iterator[Finding]:
    """Strategic offensive arms of this treaty are not transferred to third parties; co-operation that existed at the
    signature is not touched. (From knowledge of the text, not re-seen.)"""
    yield forbids(case, "XIII", "arms_transferred", unless=case.facts.truth("existing_cooperation"))


@article("XIV(2)", "One extension, of five years at most", kind=SETTLE, domain=ARMS, asks=("extensions", "extended_to"))
def extension(case: Case) -> Iterator[Finding]:
    """The treaty is in force for ten years and may be extended once, by at most five years."""
    start = Finding("XIV(2)", UNKNOWN, "", unit="extensions")
    yield ceiling(start, case.facts.number("extensions"), EXTENSIONS, what="Extensions of the treaty")
    last = months_after(day_of(IN_FORCE), (YEARS + EXTENSION_YEARS) * YEAR)
    end, found = case.facts.day("extended_to"), Finding("XIV(2)", UNKNOWN, "", unit="days", notice=iso(last))
    if end is None:
        yield replace(found, because=f"To which day it is extended is not given; {iso(last)} at the latest.")
        return
    verdict, margin = at_most(Estimate(end, end, end), last)
    yield replace(found, verdict=verdict, margin=margin, because=f"Extended to {iso(end)}; {iso(last)} at the latest.")


@article("XIV(3)", "Withdrawal", kind=SETTLE, domain=ARMS, asks=LEAVING_NAMES)
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw if extraordinary events have jeopardised its supreme interests, with a notice to the other
    party that states them; the treaty ends three months after it, unless the notice names a later day."""
    yield from notice(case, "XIV(3)", MONTHS_OF_NOTICE)


@article("XIV suspension", "No clause on suspension", kind=SETTLE, domain=ARMS)
def suspended(case: Case) -> Iterator[Finding]:
    """The treaty knows no suspension. What a party calls so is a practice, about which the parties differ."""
    yield suspension(case, KEY, "XIV suspension")


OBLIGATIONS: tuple[Obligation, ...] = (
    delivery_vehicles, warheads, launchers, counting, conversion, change_of_data, inspections, commission, transfer,
    extension, leaves, suspended,
)  # fmt: skip
