"""START I, signed 1991: delivery vehicles and warheads attributed to them, reduced in three steps."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from indivisible.rules.base import DECLARE, LIMIT, SETTLE, Case, Obligation, article
from indivisible.rules.facts import DAY, NUMBER, Fact, said, vocabulary
from indivisible.rules.finding import KEPT, NOT_APPLICABLE, UNKNOWN, Finding, at_most, ceiling
from indivisible.rules.in_time import YEAR, months_after
from indivisible.rules.withdrawal import LEAVING_FACTS, LEAVING_NAMES, notice
from indivisible.values import Estimate, day_of, iso

KEY = "START_I_1991"
AUTHORITY = "legal"
ARMS = "arms_control"

IN_FORCE = "1994-12-05"
YEARS, EXTENSION_YEARS = 15, 5
OTHER_BOMBER_COUNTS_AS = 1
MONTHS_OF_NOTICE = 6

SAID: Mapping[str, str] = {
    "delivery_vehicles": "Deployed ICBMs with their launchers, SLBMs with theirs, and heavy bombers",
    "heavy_icbms": "Deployed heavy ICBMs and their launchers",
    "attributed_warheads": "Warheads attributed to deployed delivery vehicles",
    "ballistic_warheads": "Warheads attributed to deployed ICBMs and SLBMs",
    "mobile_icbm_warheads": "Warheads attributed to ICBMs on mobile launchers",
    "heavy_icbm_warheads": "Warheads attributed to heavy ICBMs",
}
FACTS = vocabulary(
    *(Fact(name, NUMBER, f"{what}.") for name, what in SAID.items()),
    Fact("other_bombers", NUMBER, "Heavy bombers equipped for nuclear arms other than long-range cruise missiles."),
    Fact("other_bomber_warheads", NUMBER, "Warheads declared as attributed to those bombers."),
    Fact("extended_to", DAY, "Day on which the treaty ends by agreed extension."),
    *LEAVING_FACTS,
)


@lru_cache(maxsize=1)
def limits() -> tuple[Mapping[str, str], ...]:
    """The table of ceilings, by step."""
    with (Path(__file__).parent / "start_1_limits.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _due(row: Mapping[str, str], case: Case) -> bool:
    return case.day >= day_of(row["from"]) and (not row["to"] or case.day < day_of(row["to"]))


def _limited(case: Case, *names: str) -> Iterator[Finding]:
    """Every ceiling on these numbers that is due on the day; before the first, that nothing is due yet."""
    found = [row for row in limits() if row["count"] in names]
    due = [row for row in found if _due(row, case)]
    for row in due:
        start = Finding(row["article"], UNKNOWN, "", unit=row["count"].replace("_", " "), confidence=row["confidence"])
        yield ceiling(start, case.facts.number(row["count"]), int(row["limit"]), what=SAID[row["count"]])
    for name in names:
        if not any(row["count"] == name for row in due):
            later = min((row for row in found if row["count"] == name), key=lambda row: row["from"])
            told = f"{SAID[name]}: at most {int(later['limit']):,} from {later['from']}; nothing is due before."
            yield Finding(later["article"], NOT_APPLICABLE, told, limit=int(later["limit"]), notice=later["from"],
                          unit=name.replace("_", " "), value=case.facts.number(name), confidence="medium")  # fmt: skip


@article("II(1)(a)", "Delivery vehicles, and heavy ICBMs among them", kind=LIMIT, domain=ARMS,
         asks=("delivery_vehicles", "heavy_icbms"))  # fmt: skip
def vehicles(case: Case) -> Iterator[Finding]:
    """Seven years after the entry into force each party has at most 1,600 deployed delivery vehicles, of which at most
    154 heavy ICBMs. On the way there: 2,100 after three years and 1,900 after five (Article II(2))."""
    yield from _limited(case, "delivery_vehicles", "heavy_icbms")


@article("II(1)(b)", "Attributed warheads, and those on some missiles", kind=LIMIT, domain=ARMS,
         asks=("attributed_warheads", "ballistic_warheads", "mobile_icbm_warheads", "heavy_icbm_warheads"))  # fmt: skip
def warheads(case: Case) -> Iterator[Finding]:
    """Seven years after the entry into force at most 6,000 warheads are attributed to them: 4,900 to ICBMs and SLBMs,
    1,100 to mobile ICBMs, 1,540 to heavy ones. On the way there: 9,150 and 8,050 after three years, 7,950 and 6,750
    after five (Article II(2))."""
    yield from _limited(
        case, "attributed_warheads", "ballistic_warheads", "mobile_icbm_warheads", "heavy_icbm_warheads"
    )


@article("III(4)", "How bombers without long-range cruise missiles are counted", kind=DECLARE, domain=ARMS,
         confidence="medium", asks=("other_bombers", "other_bomber_warheads"))  # fmt: skip
def bombers(case: Case) -> Iterator[Finding]:
    """A heavy bomber equipped for nuclear arms other than long-range cruise missiles counts as one warhead. (From
    knowledge of the text, not re-seen. Those with such missiles count by a number of their own, not encoded.)"""
    held, declared = case.facts.number("other_bombers"), case.facts.number("other_bomber_warheads")
    found = Finding("III(4)", UNKNOWN, f"Bombers: {said(held)}; warheads declared for them: {said(declared)}.",
                    value=declared, unit="warheads")  # fmt: skip
    if held is None or declared is None or held.low != held.high:
        yield found
        return
    rule = OTHER_BOMBER_COUNTS_AS * held.low
    short, margin = at_most(Estimate(rule, rule, rule), declared.low)
    over, _ = at_most(declared, rule)
    verdict = short if short != KEPT else over
    told = f"{found.because} One each: {rule:,.10g}."
    yield Finding("III(4)", verdict, told, limit=rule, value=declared, unit="warheads", margin=margin)


@article("XVII(2)", "Fifteen years, and five at a time", kind=SETTLE, domain=ARMS, confidence="medium",
         asks=("extended_to",))  # fmt: skip
def duration(case: Case) -> Iterator[Finding]:
    """The treaty is in force for fifteen years and may be extended by agreement for five years at a time. (From
    knowledge of the text, not re-seen.)"""
    first = months_after(day_of(IN_FORCE), YEARS * YEAR)
    end, found = case.facts.day("extended_to"), Finding("XVII(2)", UNKNOWN, "", unit="days", notice=iso(first))
    if end is None:
        yield Finding("XVII(2)", UNKNOWN, f"Whether it is extended is not given; without it, it ends on {iso(first)}.")
        return
    last = months_after(first, EXTENSION_YEARS * YEAR)
    verdict, margin = at_most(Estimate(end, end, end), last)
    told = f"Extended to {iso(end)}; the first extension reaches to {iso(last)} at most."
    yield Finding("XVII(2)", verdict, told, unit="days", margin=margin, notice=found.notice)


@article("XVII(3)", "Withdrawal", kind=SETTLE, domain=ARMS, confidence="medium", asks=LEAVING_NAMES)
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw if extraordinary events have jeopardised its supreme interests, six months after a notice
    that states them."""
    yield from notice(case, "XVII(3)", MONTHS_OF_NOTICE)


OBLIGATIONS: tuple[Obligation, ...] = (vehicles, warheads, bombers, duration, leaves)
