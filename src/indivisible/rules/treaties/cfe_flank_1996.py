"""The Flank Document of 1996: the map of the flank zone drawn anew, and what one state may have in both zones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from indivisible.rules.base import LIMIT, Case, Whom, article
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.treaties.cfe_counting import HOLDINGS_FACT, state_ceilings
from indivisible.rules.treaties.cfe_tables import Limit, limits
from indivisible.values import day_of

KEY: Final = "CFE_FLANK_1996"
AUTHORITY: Final = "legal"
FACTS = vocabulary(HOLDINGS_FACT)
MAP_OF_1990: Final = "1990-11-19"
"""Both zones are measured on the map of 1990, on which the new one is a part of the old."""


def _of(number: str) -> tuple[Limit, ...]:
    return tuple(one for one in limits("cfe_flank_1996_limits.csv") if one.article == number)


def _addressed_by(number: str) -> Whom:
    """Whether the figures of an article are those of a state."""
    return lambda state: any(one.state == state for one in _of(number))


@article("II new zone", "The flank zone as drawn in 1996", kind=LIMIT, domain="arms_control", asks=("holdings",),
         whom=_addressed_by("II new zone"))  # fmt: skip
def new_zone(case: Case) -> Iterator[Finding]:
    """From 31 May 1999 the Russian Federation has in the smaller flank zone at most 1,300 tanks, 1,380 armoured combat
    vehicles and 1,680 pieces of artillery."""
    yield from state_ceilings(case, _of("II new zone"), drawn=day_of(MAP_OF_1990))


@article("II original zone", "The flank zone as drawn in 1990", kind=LIMIT, domain="arms_control", asks=("holdings",),
         whom=_addressed_by("II original zone"))  # fmt: skip
def original_zone(case: Case) -> Iterator[Finding]:
    """From 31 May 1999 the Russian Federation has in the flank zone as drawn in 1990 at most 1,800 tanks, 3,700
    armoured combat vehicles and 2,400 pieces of artillery."""
    yield from state_ceilings(case, _of("II original zone"), drawn=day_of(MAP_OF_1990))


@article("III(1)", "What was taken out of the zone", kind=LIMIT, domain="arms_control", asks=("holdings",),
         confidence="medium", whom=_addressed_by("III(1)"))  # fmt: skip
def regions(case: Case) -> Iterator[Finding]:
    """In regions taken out of the zone the Russian Federation limits its armoured combat vehicles: 600 in Pskov, 552 in
    Volgograd, 552 in Astrakhan, 310 in the east of Rostov."""
    yield from state_ceilings(case, _of("III(1)"), drawn=day_of(MAP_OF_1990))


@article("III(2)", "Odessa", kind=LIMIT, domain="arms_control", asks=("holdings",), confidence="medium",
         whom=_addressed_by("III(2)"))  # fmt: skip
def odessa(case: Case) -> Iterator[Finding]:
    """In the Odessa region Ukraine has at most 400 tanks, 400 armoured combat vehicles and 350 pieces of artillery."""
    yield from state_ceilings(case, _of("III(2)"), drawn=day_of(MAP_OF_1990))


OBLIGATIONS = (new_zone, original_zone, regions, odessa)
