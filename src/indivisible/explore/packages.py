"""Which packages there are: every set of levers that keeps the prerequisites, exclusions and limits, smallest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import comb

from indivisible.explore.interplay import bits, places_of
from indivisible.explore.lever import Lever

BLOCK = 256


def packages(levers: Sequence[Lever], *, most: int | None = None, steps: int | None = None) -> Iterator[int]:
    """Packages as whole numbers, bit k for lever k: by number of levers, then in the order of the levers.

    `most` is the largest number of levers in one package, `steps` that of steps. What a prerequisite, an exclusion or
    the number of steps rules out is left out, with all that it would be a part of.
    """
    place = {lever.id: k for k, lever in enumerate(levers)}
    needs = [bits(place[one] for one in lever.requires) for lever in levers]
    bars = [bits(place[one] for one in lever.excludes) for lever in levers]
    barred_by = [0] * len(levers)
    for k, barred in enumerate(bars):
        for j in places_of(barred):
            barred_by[j] |= 1 << k
    both = [one | other for one, other in zip(bars, barred_by, strict=True)]
    weights = [0 if steps is None else len(lever.steps) for lever in levers]
    for size in range(min(len(levers), len(levers) if most is None else most) + 1):
        yield from _of_size(size, needs, both, weights, steps or 0)


def _of_size(
    size: int, needs: Sequence[int], bars: Sequence[int], weights: Sequence[int], heaviest: int
) -> Iterator[int]:
    """All packages of so many levers, in order: a path of levers that grows, and turns where it cannot go on."""
    if not size:
        yield 0
        return
    count = len(needs)
    chosen: list[int] = []
    packs, wants, loads = [0], [0], [0]  # what is taken, what has to come yet, and how many steps, along the path
    k = 0
    while True:
        if len(chosen) == size or count - k < size - len(chosen):
            if len(chosen) == size and not wants[-1]:
                yield packs[-1]
            if not chosen:
                return
            k = chosen.pop() + 1
            packs.pop()
            wants.pop()
            loads.pop()
            continue
        package, wanted = packs[-1], wants[-1]
        if wanted and wanted & -wanted < 1 << k:  # a prerequisite was passed by
            if not chosen:
                return
            k = chosen.pop() + 1
            packs.pop()
            wants.pop()
            loads.pop()
            continue
        missing = needs[k] & ~package
        load = loads[-1] + weights[k]
        if not bars[k] & package and not missing & ((1 << k) - 1) and load <= heaviest:
            chosen.append(k)
            packs.append(package | 1 << k)
            wants.append((wanted | missing) & ~(1 << k))
            loads.append(load)
        k += 1


def sets_in_all(levers: int, *, most: int | None = None) -> int:
    """How many sets of levers there are within the limit, ruled out or not."""
    if most is None or most >= levers:
        return 1 << levers
    return sum(comb(levers, size) for size in range(most + 1))


def blocks(found: Iterator[int], *, most: int) -> Iterator[tuple[int, ...]]:
    """The first `most` packages in blocks, whatever the number of workers."""
    limited = islice(found, most)
    while block := tuple(islice(limited, BLOCK)):
        yield block
