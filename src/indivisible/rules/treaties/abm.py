"""The ABM Treaty, signed 1972, with its Protocol of 1974: where, how many and what kind of missile defences."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from indivisible.rules.base import LIMIT, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import forbids
from indivisible.rules.facts import CHOICE, NUMBER, TABLE, TRUTH, Fact, Facts, vocabulary
from indivisible.rules.finding import BROKEN, KEPT, UNKNOWN, Finding, all_kept, ceiling
from indivisible.rules.withdrawal import LEAVING_FACTS, LEAVING_NAMES, notice, recorded
from indivisible.values import Estimate, day_of

KEY = "ABM_1972"
AUTHORITY = "legal"
ARMS = "arms_control"

RADIUS_KM, LAUNCHERS, INTERCEPTORS = 150, 100, 100
ONE_OF_A_KIND = 1
TEST_LAUNCHERS = 15
MONTHS_OF_NOTICE = 6
CAPITAL, SILOS = "capital", "icbm_silos"
PLACES = {CAPITAL: "the capital", SILOS: "silos of ICBMs"}
MOBILE = ("sea_based", "air_based", "space_based", "mobile_land_based")

FACTS = vocabulary(
    Fact("areas", TABLE, "Deployment areas, one row each; an empty list: there are none.", of=(
        Fact("around", CHOICE, "What lies in the area.", choices=(CAPITAL, SILOS, "other")),
        Fact("radius", NUMBER, "Radius of the area.", "km"),
        Fact("launchers", NUMBER, "Launchers in the area."),
        Fact("interceptors", NUMBER, "Interceptor missiles at launch sites in the area."),
    )),
    Fact("test_range_launchers", NUMBER, "Launchers at all test ranges together."),
    Fact("sea_based", TRUTH, "Whether the party develops, tests or deploys sea-based systems or components."),
    Fact("air_based", TRUTH, "Whether it develops, tests or deploys air-based ones."),
    Fact("space_based", TRUTH, "Whether it develops, tests or deploys space-based ones."),
    Fact("mobile_land_based", TRUTH, "Whether it develops, tests or deploys mobile land-based ones."),
    Fact("rapid_reload", TRUTH, "Whether it makes launchers for more than one interceptor at a time, or that reload "
         "rapidly."),
    Fact("other_missiles_upgraded", TRUTH, "Whether it gives other missiles, launchers or radars the capability to "
         "counter strategic missiles, or tests them so."),
    Fact("radars_inside", TRUTH, "Whether it deploys early-warning radars other than at its edge, facing out."),
    Fact("transferred", TRUTH, "Whether it transfers such systems to other states or deploys them abroad."),
    *LEAVING_FACTS,
)  # fmt: skip


@lru_cache(maxsize=1)
def area_limits() -> tuple[Mapping[str, str], ...]:
    """How many areas, by period."""
    with (Path(__file__).parent / "abm_areas.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@article("III", "Deployment areas, their size, launchers and interceptors", kind=LIMIT, domain=ARMS, asks=("areas",))
def areas(case: Case) -> Iterator[Finding]:
    """Defences stand in at most two areas, one around the capital and one around silos of ICBMs; since the Protocol
    of 1974 in one of the two. An area has a radius of at most 150 km, 100 launchers and 100 interceptors at launch
    sites."""
    rows = case.facts.table("areas")
    for row in area_limits():
        if day_of(row["from"]) <= case.day and (not row["to"] or case.day < day_of(row["to"])):
            count = None if rows is None else Estimate(len(rows), len(rows), len(rows))
            start = Finding("III areas", UNKNOWN, "", unit="areas", confidence=row["confidence"])
            yield ceiling(start, count, int(row["limit"]), what="Deployment areas")
    yield _place(rows)
    for name, limit, unit in (("radius", RADIUS_KM, "km"), ("launchers", LAUNCHERS, "launchers"),
                              ("interceptors", INTERCEPTORS, "interceptors")):  # fmt: skip
        yield _each(rows, name, limit, unit)


def _place(rows: tuple[Facts, ...] | None) -> Finding:
    """Whether each area lies around the capital or around silos, and no two around the same."""
    if rows is None:
        return Finding("III place", UNKNOWN, "The areas are not given.")
    around = [row.text("around") for row in rows]
    twice = [said for name, said in PLACES.items() if around.count(name) > ONE_OF_A_KIND]
    if "other" in around or twice:
        what = f"more than one area around {' and around '.join(twice)}" if twice else "an area around something else"
        return Finding("III place", BROKEN, f"There is {what}.", remedy="give up that area")
    if None in around:
        return Finding("III place", UNKNOWN, "What lies in an area is not given.")
    return Finding("III place", KEPT, "Each area lies around the capital or around silos of ICBMs, one each at most.")


def _each(rows: tuple[Facts, ...] | None, name: str, limit: int, unit: str) -> Finding:
    """One number of every area against its limit: the worst of them."""
    start = Finding(f"III {name}", UNKNOWN, "", unit=unit)
    if not rows:
        told = "The areas are not given." if rows is None else "There are no areas."
        return Finding(start.article, UNKNOWN if rows is None else KEPT, told, limit=limit, unit=unit)
    found = [ceiling(start, row.number(name), limit, what=f"{name.capitalize()} of an area")
             for row in rows]  # fmt: skip
    return next(one for one in found if one.verdict == all_kept(found))


@article("IV", "Launchers at test ranges", kind=LIMIT, domain=ARMS, confidence="medium", asks=("test_range_launchers",))
def test_ranges(case: Case) -> Iterator[Finding]:
    """Systems for development and testing at agreed test ranges stand outside these limits, with at most 15 launchers
    in all. (From knowledge of the text, not re-seen.)"""
    start = Finding("IV", UNKNOWN, "", unit="launchers")
    yield ceiling(start, case.facts.number("test_range_launchers"), TEST_LAUNCHERS, what="Launchers at test ranges")


@article("V(1)", "No sea-, air-, space- or mobile land-based systems", kind=PROHIBIT, domain=ARMS, asks=MOBILE)
def mobile(case: Case) -> Iterator[Finding]:
    """No party develops, tests or deploys systems or components that are based at sea, in the air, in space, or on land
    and mobile."""
    yield forbids(case, "V(1)", *MOBILE)


@article("V(2)", "No launchers for several interceptors", kind=PROHIBIT, domain=ARMS, confidence="medium",
         asks=("rapid_reload",))  # fmt: skip
def reload(case: Case) -> Iterator[Finding]:
    """No party makes launchers that hold more than one interceptor at a time or reload rapidly. (From knowledge of the
    text, not re-seen.)"""
    yield forbids(case, "V(2)", "rapid_reload")


@article("VI", "No such capability for other systems", kind=PROHIBIT, domain=ARMS, confidence="medium",
         asks=("other_missiles_upgraded", "radars_inside"))  # fmt: skip
def upgrade(case: Case) -> Iterator[Finding]:
    """Other missiles, launchers and radars are not given the capability to counter strategic missiles nor tested so;
    future early-warning radars stand on the periphery and face outward. (From knowledge of the text, not re-seen.)"""
    yield forbids(case, "VI(a)", "other_missiles_upgraded")
    yield forbids(case, "VI(b)", "radars_inside", remedy="move or dismantle the radar")


@article("IX", "No transfer and no deployment abroad", kind=PROHIBIT, domain=ARMS, confidence="medium",
         asks=("transferred",))  # fmt: skip
def transfer(case: Case) -> Iterator[Finding]:
    """Systems and components are not transferred to other states nor deployed outside the national territory. (From
    knowledge of the text, not re-seen.)"""
    yield forbids(case, "IX", "transferred")


@article("XV(2)", "Withdrawal", kind=SETTLE, domain=ARMS, asks=LEAVING_NAMES)
def leaves(case: Case) -> Iterator[Finding]:
    """The treaty is of unlimited duration. A party may withdraw if extraordinary events have jeopardised its supreme
    interests, six months after a notice that states them."""
    yield from notice(case, "XV(2)", MONTHS_OF_NOTICE)


@article("XV(2) record", "Withdrawals on record", kind=SETTLE, domain=ARMS)
def left(case: Case) -> Iterator[Finding]:
    """The same term of six months, measured on the notice and the end that the record has for the state."""
    yield from recorded(case, KEY, "XV(2) record", MONTHS_OF_NOTICE)


OBLIGATIONS: tuple[Obligation, ...] = (areas, test_ranges, mobile, reload, upgrade, transfer, leaves, left)
