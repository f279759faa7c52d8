"""The matrices of duties equal a loop over pairs and claims, on the real record and on both layers."""

from __future__ import annotations

import random

import pytest

from indivisible.architecture.duties import DOMAINS, duties_on
from indivisible.architecture.snapshot import as_of
from indivisible.assess.vacuum_levels import levels_of
from indivisible.record.record import Record
from indivisible.values import Truth, day_of
from oracles.slow_duties import SlowDuties

PAIRS = 25  # a day; drawn anew for every day, half of them among states that share many texts


@pytest.mark.parametrize("layer", ["participation", "legal"])
@pytest.mark.parametrize(
    "on",
    ["1962-06-01", "1985-06-01", "1992-08-01", "1999-05-01", "2008-06-01", "2014-06-01", "2023-12-15", "2025-12-01"],
)
def test_the_matrix_equals_the_loop(record: Record, on: str, layer: str) -> None:
    day, domains = day_of(on), tuple(DOMAINS)
    universal = layer == "legal"
    architecture = as_of(record, day)
    levels = levels_of(duties_on(record, architecture, layer=layer, with_universal=universal), domains)
    slow = SlowDuties(record, day, layer=layer, with_universal=universal)
    drawn = random.Random(on)
    crowded = sorted({m.state for m in architecture.memberships if m.organization not in ("UN", "OACPS")})
    many, all_ = [one for one in crowded if one in architecture.states], architecture.states
    for n in range(PAIRS):
        one, other = sorted(drawn.sample(many if n % 2 else all_, 2))
        i, j = all_.index(one), all_.index(other)
        for d, domain in enumerate(domains):
            legal, political = slow.level(one, other, domain)
            said = (legal is Truth.YES, legal is not Truth.NO, political is Truth.YES, political is not Truth.NO)
            found = (levels.legal[d, i, j], levels.legal_may[d, i, j], levels.political[d, i, j],
                     levels.political_may[d, i, j])  # fmt: skip
            assert tuple(map(bool, found)) == said, (one, other, domain)
