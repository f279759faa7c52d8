"""The smallest sets of demands that no package meets together.

Every package fails some demands. A set of demands cannot be met together if every package fails at least one of them:
if it hits every package's failures. The smallest such sets are the minimal hitting sets (Berge 1989, Hypergraphs,
chapter 2), found one package after another; only failures that contain no other package's failures matter. Sets are
whole numbers, a bit for each demand.
"""

from __future__ import annotations

from collections.abc import Iterable


def smallest(sets: Iterable[int]) -> tuple[int, ...]:
    """Those that contain no other, the smallest first."""
    kept: list[int] = []
    for one in sorted(set(sets), key=lambda found: (found.bit_count(), found)):
        if not any(other & one == other for other in kept):
            kept.append(one)
    return tuple(kept)


def blocking_sets(failures: Iterable[int], *, most: int = 20_000) -> tuple[tuple[int, ...], bool]:
    """All minimal sets of demands that every package's failures hit, the smallest first; and whether these are all.

    Where more than `most` are under way at once the largest are dropped: what is left still blocks, and others may be
    missing (False). There is none where a package fails nothing.
    """
    found, whole = [0], True
    for failed in smallest(failures):
        if not failed:
            return (), True
        hit = [one for one in found if one & failed]
        missed = [one for one in found if not one & failed]
        widened = {one | bit for one in missed for bit in _each(failed)}
        found = list(smallest([*hit, *widened])) if missed else hit
        if len(found) > most:
            found, whole = found[:most], False
    return tuple(one for one in found if one), whole


def _each(number: int) -> Iterable[int]:
    while number:
        low = number & -number
        yield low
        number ^= low
