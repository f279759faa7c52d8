"""The Treaty on Conventional Armed Forces in Europe of 1990: ceilings for two groups of states, zone by zone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from indivisible.rules.base import LIMIT, Case, article
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.treaties import cfe_1990_definitions, cfe_1990_notices, cfe_1990_verification
from indivisible.rules.treaties.cfe_counting import GROUP_FACT, HOLDINGS_FACT, group_ceilings, state_ceilings
from indivisible.rules.treaties.cfe_tables import Limit, limits

KEY: Final = "CFE_1990"
AUTHORITY: Final = "legal"
FACTS = vocabulary(
    HOLDINGS_FACT, GROUP_FACT, *cfe_1990_definitions.FACTS, *cfe_1990_notices.FACTS, *cfe_1990_verification.FACTS
)
ASKS = ("holdings", "group_holdings")


def _of(*articles: str) -> tuple[Limit, ...]:
    """The figures of an article, whose sub-paragraphs stand in brackets after it."""
    return tuple(one for one in limits("cfe_1990_limits.csv") if one.article.startswith(articles))


@article("IV(1)", "Ceilings of a group in the whole area", kind=LIMIT, domain="arms_control", asks=ASKS)
def whole_area(case: Case) -> Iterator[Finding]:
    """From 40 months after entry into force each group has in the whole area at most 20,000 tanks, 16,500 of them in
    active units; 30,000 armoured combat vehicles, 27,300 of them active, at most 18,000 of them infantry fighting and
    heavy armament vehicles, of which at most 1,500 heavy armament; 20,000 pieces of artillery, 17,000 active; 6,800
    combat aircraft; 2,000 attack helicopters."""
    yield from group_ceilings(case, _of("IV(1)("))


@article("IV(1) storage", "Storage in the flank zone", kind=LIMIT, domain="arms_control", asks=ASKS)
def storage_in_the_flank(case: Case) -> Iterator[Finding]:
    """In designated storage at most 400 tanks and 500 pieces of artillery may be in the former Odessa district, and 600
    tanks, 800 armoured combat vehicles and 400 pieces of artillery in the south of the Leningrad district."""
    yield from group_ceilings(case, _of("IV(1) storage"))


@article("IV(2)", "Ceilings of a group outside the flank zone", kind=LIMIT, domain="arms_control", asks=ASKS)
def outside_the_flank(case: Case) -> Iterator[Finding]:
    """In the area without the flank zone each group has at most 15,300 tanks (11,800 active), 24,100 armoured combat
    vehicles (21,400 active) and 14,000 pieces of artillery (11,000 active)."""
    yield from group_ceilings(case, _of("IV(2)"))


@article("IV(3)", "Ceilings of a group in the centre and its neighbours", kind=LIMIT, domain="arms_control", asks=ASKS)
def expanded_centre(case: Case) -> Iterator[Finding]:
    """In the area of paragraph 3 each group has in active units at most 10,300 tanks, 19,260 armoured combat vehicles
    and 9,100 pieces of artillery; in the former Kiev district, active and stored together, at most 2,250, 2,500 and
    1,500."""
    yield from group_ceilings(case, _of("IV(3)"))


@article("IV(4)", "Ceilings of a group in the centre", kind=LIMIT, domain="arms_control", asks=ASKS)
def centre(case: Case) -> Iterator[Finding]:
    """In the central area each group has in active units at most 7,500 tanks, 11,250 armoured combat vehicles and 5,000
    pieces of artillery."""
    yield from group_ceilings(case, _of("IV(4)"))


@article("V(1)(A)", "Ceilings of a group in the flank zone", kind=LIMIT, domain="arms_control", asks=ASKS)
def flank(case: Case) -> Iterator[Finding]:
    """In the flank zone each group has in active units at most the difference between IV(1) and IV(2): 4,700 tanks,
    5,900 armoured combat vehicles, 6,000 pieces of artillery. Since the Flank Document the zone is the smaller one."""
    yield from group_ceilings(case, _of("V(1)(A)"))


@article("VI", "No state above about a third", kind=LIMIT, domain="arms_control", asks=("holdings",))
def sufficiency(case: Case) -> Iterator[Finding]:
    """No single party has in the area more than 13,300 tanks, 20,000 armoured combat vehicles, 13,700 pieces of
    artillery, 5,150 combat aircraft or 1,500 attack helicopters."""
    yield from state_ceilings(case, _of("VI("))


@article(
    "XI(1)",
    "Bridges launched from armoured vehicles",
    kind=LIMIT,
    domain="arms_control",
    asks=ASKS,
    confidence="medium",
)
def bridges(case: Case) -> Iterator[Finding]:
    """Each group has in active units at most 740 armoured vehicle launched bridges."""
    yield from group_ceilings(case, _of("XI(1)"))


OBLIGATIONS = (
    *cfe_1990_definitions.OBLIGATIONS, whole_area, storage_in_the_flank, outside_the_flank, expanded_centre, centre,
    flank, sufficiency, bridges, *cfe_1990_notices.OBLIGATIONS, *cfe_1990_verification.OBLIGATIONS,
)  # fmt: skip
