"""How each body decides, listed by hand; each is one module of the shape that `rules.procedure.Council` describes."""

from __future__ import annotations

from indivisible.rules.councils import (
    african_union,
    arab_league,
    asean,
    brics,
    cica,
    cis,
    council_of_europe,
    csto,
    eaeu,
    eu,
    nato,
    oas,
    osce,
    sco,
    unga,
    union_state,
    unsc,
)
from indivisible.rules.procedure import Council

COUNCILS: tuple[Council, ...] = (
    african_union,
    arab_league,
    asean,
    brics,
    cica,
    cis,
    council_of_europe,
    csto,
    eaeu,
    eu,
    nato,
    oas,
    osce,
    sco,
    unga,
    union_state,
    unsc,
)
