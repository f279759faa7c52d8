"""Who may go short when friends share out what they do not need: the group whose friends can spare too little for it.

Takers have needs, givers have surpluses, and a giver may give to some takers only. A largest flow from givers to takers
leaves as little lacking as can be. A taker may go short if it does so in one of these flows; those takers together are
the smallest group that lacks most, a group that needs more than all who may give to any of it can spare.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Sharing:
    """One largest flow, as amounts by (giver, taker); what is lacking in all; and who may go short."""

    given: Mapping[tuple[int, int], int]
    lacking: int
    short: frozenset[int]


def share_out(needs: Sequence[int], surpluses: Sequence[int], givers: Sequence[Collection[int]]) -> Sharing:
    """Share out so that least is lacking; `givers[i]` are those who may give to i. Exact, in whole units.

    Along shortest augmenting paths (Edmonds and Karp 1972), one taker after another.
    """
    given: dict[tuple[int, int], int] = {}
    left = list(surpluses)
    lacks = [max(0, need) for need in needs]
    takes: dict[int, set[int]] = {}  # who takes from a giver
    for taker in range(len(lacks)):
        while lacks[taker] and (path := _path(taker, left, givers, takes)):
            _augment(path, lacks, left, given, takes)
    reached = {taker for taker, lack in enumerate(lacks) if lack}
    waiting = sorted(reached)
    while waiting:
        for giver in givers[waiting.pop()]:
            new = takes.get(giver, set()) - reached
            reached |= new
            waiting += new
    return Sharing({pair: amount for pair, amount in given.items() if amount}, sum(lacks), frozenset(reached))


def _path(
    taker: int, left: Sequence[int], givers: Sequence[Collection[int]], takes: Mapping[int, set[int]]
) -> list[tuple[int, int]]:
    """Pairs (giver, taker), the first with something left to give; each taker is freed by the giver that comes before.

    Empty where the taker cannot be helped without another going short.
    """
    wants: dict[int, int] = {}  # by giver: the taker that would have it give
    freed_by: dict[int, int] = {}  # by taker: the giver that would give elsewhere
    ring = [taker]
    while ring:
        outer = []
        for one in ring:
            for giver in sorted(set(givers[one]) - set(wants)):
                wants[giver] = one
                if left[giver]:
                    path = [(giver, one)]
                    while path[-1][1] != taker:
                        freed = freed_by[path[-1][1]]
                        path.append((freed, wants[freed]))
                    return path
                for other in sorted(takes.get(giver, set()) - {taker, *freed_by}):
                    freed_by[other] = giver
                    outer.append(other)
        ring = outer
    return []


def _augment(
    path: Sequence[tuple[int, int]],
    lacks: list[int],
    left: list[int],
    given: dict[tuple[int, int], int],
    takes: dict[int, set[int]],
) -> None:
    """Move as much as the path allows: each taker on it gets from one giver what another no longer gives it."""
    freed = [(path[k + 1][0], path[k][1]) for k in range(len(path) - 1)]
    amount = min(lacks[path[-1][1]], left[path[0][0]], *(given[pair] for pair in freed))
    left[path[0][0]] -= amount
    lacks[path[-1][1]] -= amount
    for giver, taker in path:
        given[giver, taker] = given.get((giver, taker), 0) + amount
        takes.setdefault(giver, set()).add(taker)
    for giver, taker in freed:
        given[giver, taker] -= amount
        if not given[giver, taker]:
            takes[giver].discard(taker)


def in_units(values: Sequence[float]) -> tuple[int, ...]:
    """The decimal numbers as they are written, in whole units of the last decimal of any: 0.1 + 0.2 is then 0.3."""
    parts = [Decimal(repr(float(value))).as_tuple() for value in values]
    exponents = [part.exponent for part in parts if isinstance(part.exponent, int)]
    if len(exponents) != len(parts):
        raise ValueError("infinity and not-a-number have no units")
    least = min(exponents, default=0)
    return tuple(
        (-1 if part.sign else 1) * int("".join(map(str, part.digits))) * 10 ** (exponent - least)
        for part, exponent in zip(parts, exponents, strict=True)
    )
