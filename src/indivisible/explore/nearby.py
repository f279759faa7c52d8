"""Local search around the best packages: one lever more, one fewer, or one in place of another.

It begins at the packages that fail the fewest demands, goes to the best of those around them that was not looked at
before, and ends where none is better, or after so many packages. What it finds is found; that it finds nothing proves
nothing. The order is fixed, so the same case gives the same packages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from indivisible.explore.interplay import bits, places_of
from indivisible.explore.lever import Lever
from indivisible.explore.packages import BLOCK

STARTS = 4  # packages to begin from
MOST = 4_096  # packages looked at beyond the limit
AROUND = 1_024  # around one package

Looks = Callable[[Iterable[tuple[int, ...]]], Iterator[list[tuple[int, int]]]]
Rank = tuple[int, int, int]


def nearby(
    levers: Sequence[Lever],
    failures: dict[int, int],
    look: Looks,
    *,
    most_levers: int | None = None,
    most_steps: int | None = None,
    most: int = MOST,
) -> Iterator[list[tuple[int, int]]]:
    """Blocks of packages, each with the demands it surely fails, that were not looked at before."""
    known = dict(failures)
    allowed = _Allowed(levers, most_levers, most_steps)
    possible = [one for one, failed in known.items() if failed >= 0]
    begin = sorted(possible, key=lambda one: rank(one, known[one]))[:STARTS]
    left = most
    for start in begin:
        here: int | None = start
        while here is not None and left > 0:
            around = [one for one in allowed.around(here) if one not in known][: min(AROUND, left)]
            left -= len(around)
            tasks = (tuple(around[n : n + BLOCK]) for n in range(0, len(around), BLOCK))
            for block in look(tasks):
                known.update(block)
                yield block
            best = min((one for one in around if known[one] >= 0), key=lambda one: rank(one, known[one]), default=None)
            better = best is not None and rank(best, known[best]) < rank(here, known[here])
            here = best if better else None


def rank(package: int, failed: int) -> Rank:
    """The fewer demands a package fails the better; then the more levers; then the lower its number."""
    return failed.bit_count(), -package.bit_count(), package


class _Allowed:
    """Which packages keep the prerequisites, exclusions and the limits on levers and steps."""

    def __init__(self, levers: Sequence[Lever], most: int | None, steps: int | None) -> None:
        self.weights, self.steps = [len(lever.steps) for lever in levers], steps
        place = {lever.id: k for k, lever in enumerate(levers)}
        self.needs = [bits(place[one] for one in lever.requires) for lever in levers]
        self.bars = [bits(place[one] for one in lever.excludes) for lever in levers]
        self.count, self.most = len(levers), len(levers) if most is None else most

    def around(self, package: int) -> Iterator[int]:
        """Packages with a lever fewer, one more, or one in place of another."""
        taken = places_of(package)
        fewer = [package & ~(1 << k) for k in taken]
        yield from (one for one in fewer if self.keeps(one))
        free = [k for k in range(self.count) if not package >> k & 1]
        yield from (one for k in free if self.keeps(one := package | 1 << k))
        for less in fewer:
            yield from (one for k in free if self.keeps(one := less | 1 << k))

    def keeps(self, package: int) -> bool:
        """Whether a package may be taken by the rules among levers."""
        places = places_of(package)
        if self.steps is not None and sum(self.weights[k] for k in places) > self.steps:
            return False
        return len(places) <= self.most and all(
            self.needs[k] & package == self.needs[k] and not self.bars[k] & package for k in places
        )
