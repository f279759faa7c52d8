"""The smallest sets of demands that no package meets together.

Every package fails some demands. A set of demands cannot be met together if every package fails at least one of them:
if it hits every package's failures. The smallest such sets are the minimal hitting sets (Berge 1989, Hypergraphs,
chapter 2), found one package after another; only failures that contain no other package's failures matter. Sets are
whole numbers, a bit for each demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST = 20_000


def smallest(sets: Iterable[int]) -> tuple[int, ...]:
    """Those that contain no other, the smallest first."""
    kept: list[int] = []
    by_lowest: dict[int, list[int]] = {}
    for one in sorted(set(sets), key=lambda found: (found.bit_count(), found)):
        if not one:
            return (0,)
        if not any(other & one == other for bit in bits_in(one) for other in by_lowest.get(bit, ())):
            kept.append(one)
            by_lowest.setdefault(one & -one, []).append(one)
    return tuple(kept)


def blocking_sets(failures: Iterable[int], *, most: int = MOST) -> tuple[tuple[int, ...], bool]:
    """Minimal sets of demands that every package's failures hit, the smallest first; and whether these are all.

    Where more than `most` are under way at once the largest are dropped: those left still are minimal, and others may
    be missing (False). There is none where a package fails nothing.
    """
    edges = smallest(failures)
    found, whole = [0], True
    for failed in edges:
        if not failed:
            return (), True
        hit = [one for one in found if one & failed]
        missed = [one for one in found if not one & failed]
        widened = {one | bit for one in missed for bit in bits_in(failed)}
        new = [one for one in widened if not any(other & one == other for other in hit)]  # hit are minimal already
        found = sorted([*hit, *smallest(new)], key=lambda one: (one.bit_count(), one)) if missed else hit
        if len(found) > most:
            found, whole = found[:most], False
    if not whole:
        found = list(smallest(_reduced(one, edges) for one in found))
    return tuple(one for one in found if one), whole


def _reduced(one: int, edges: Sequence[int]) -> int:
    """A set that hits all, without what it can do without: what came of a set that was dropped may hold it."""
    for bit in bits_in(one):
        if all(failed & one & ~bit for failed in edges):
            one &= ~bit
    return one


def bits_in(number: int) -> Iterable[int]:
    """The bits of a number, each as a number, the lowest first."""
    while number:
        low = number & -number
        yield low
        number ^= low
