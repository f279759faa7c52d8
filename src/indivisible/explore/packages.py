"""Which packages there are: every set of levers that keeps the prerequisites, exclusions and limits, smallest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from math import comb

from indivisible.explore.interplay import bits
from indivisible.explore.lever import Lever

BLOCK = 256


def packages(levers: Sequence[Lever], *, most: int | None = None) -> Iterator[int]:
    """Packages as whole numbers, bit k for lever k: by number of levers, then in the order of the levers.

    `most` is the largest number of levers in one package. What a prerequisite or an exclusion rules out is left out.
    """
    place = {lever.id: k for k, lever in enumerate(levers)}
    needs = [bits(place[one] for one in lever.requires) for lever in levers]
    bars = [bits(place[one] for one in lever.excludes) for lever in levers]
    for size in range(min(len(levers), len(levers) if most is None else most) + 1):
        for chosen in combinations(range(len(levers)), size):
            package = bits(chosen)
            if all(needs[k] & package == needs[k] and not bars[k] & package for k in chosen):
                yield package


def sets_in_all(levers: int, *, most: int | None = None) -> int:
    """How many sets of levers there are within the limit, ruled out or not."""
    return sum(comb(levers, size) for size in range(min(levers, levers if most is None else most) + 1))


def blocks(found: Iterator[int], *, most: int) -> Iterator[tuple[int, ...]]:
    """The first `most` packages in blocks, whatever the number of workers."""
    limited = islice(found, most)
    while block := tuple(islice(limited, BLOCK)):
        yield block
