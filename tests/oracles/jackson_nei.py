"""Jackson and Nei's attacks the slow and obvious way: every coalition is tried, one after another.

Written from the definition, not from the program: PNAS 112(50), 2015, 15277-15284, as recalled, with one-way pledges.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations, permutations

Edge = tuple[str, str]
Pledges = Collection[tuple[str, str, str]]


def subsets(members: Collection[str]) -> Iterator[frozenset[str]]:
    """Every subset, the empty one first."""
    ordered = sorted(members)
    return (frozenset(s) for s in chain.from_iterable(combinations(ordered, k) for k in range(len(ordered) + 1)))


def allied(a: str, b: str, pledges: Pledges) -> bool:
    """Whether either has pledged to defend the other."""
    return (a, b, "defence") in pledges or (b, a, "defence") in pledges


def joins(k: str, j: str, pledges: Pledges) -> bool:
    """Whether k can be brought along by j."""
    return (k, j, "defence") in pledges or (k, j, "offence") in pledges


def coalitions(
    i: str, states: Collection[str], pledges: Pledges, *, rule: str, exposed: bool
) -> Iterator[frozenset[str]]:
    """Every coalition that could attack i; `exposed`: allies of i may take part."""
    free = [k for k in states if k != i and (exposed or not allied(i, k, pledges))]
    if rule == "leader":
        for j in free:
            for others in subsets([k for k in free if k != j and joins(k, j, pledges)]):
                yield others | {j}
    else:
        for group in subsets(free):
            if group and all(joins(a, b, pledges) or joins(b, a, pledges) for a, b in combinations(group, 2)):
                yield group


def margin(
    i: str, power: Mapping[str, float], pledges: Pledges, *, rule: str = "leader", exposed: bool = False
) -> float:
    """The narrowest M(D) / M(C) over all coalitions; infinite where none has any power."""
    narrowest = math.inf
    for group in coalitions(i, list(power), pledges, rule=rule, exposed=exposed):
        attack = sum(power[k] for k in group)
        defence = power[i] + sum(power[k] for k in power if (k, i, "defence") in pledges and k not in group)
        if attack > 0:
            narrowest = min(narrowest, defence / attack)
    return narrowest


def mutual(edges: Iterable[Edge]) -> set[tuple[str, str, str]]:
    """Undirected alliances as pledges."""
    return {pledge for a, b in edges for pledge in ((a, b, "defence"), (b, a, "defence"))}


# stability, every coalition tried: at which gamma an attack ceases to be feasible


def strength(i: str, group: Collection[str], power: Mapping[str, float], pledges: Pledges) -> Fraction | float:
    """M(C) / M(D), exactly: the attack is feasible below this gamma. Infinite where nothing defends."""
    attack = sum(Fraction(power[k]) for k in group)
    others = (k for k in power if (k, i, "defence") in pledges and k not in group)
    defence = Fraction(power[i]) + sum(Fraction(power[k]) for k in others)
    return attack / defence if defence else math.inf if attack else Fraction(0)


def critical(i: str, power: Mapping[str, float], pledges: Pledges, *, rule: str, exposed: bool) -> Fraction | float:
    """S1: below this gamma i is vulnerable."""
    groups = coalitions(i, list(power), pledges, rule=rule, exposed=exposed)
    return max((strength(i, group, power, pledges) for group in groups), default=Fraction(0))


def linked(a: str, b: str, pledges: Pledges) -> frozenset[tuple[str, str, str]]:
    """The pledges and a mutual one between a and b."""
    return frozenset(pledges) | mutual([(a, b)])


def parted(a: str, b: str, pledges: Pledges) -> frozenset[tuple[str, str, str]]:
    """The pledges without those of a and b to defend one another."""
    return frozenset(pledges) - mutual([(a, b)])


def missing(power: Mapping[str, float], pledges: Pledges) -> list[Edge]:
    """Pairs that neither defends the other."""
    return [(a, b) for a, b in combinations(sorted(power), 2) if not allied(a, b, pledges)]


def held(power: Mapping[str, float], pledges: Pledges) -> list[Edge]:
    """Pairs of which one defends the other."""
    return [(a, b) for a, b in combinations(sorted(power), 2) if allied(a, b, pledges)]


def critical_through(
    i: str,
    pair: Edge,
    power: Mapping[str, float],
    pledges: Pledges,
    *,
    rule: str,
    exposed: bool,
    by_either: bool = True,
) -> Fraction | float:
    """S2: below this gamma the two, once linked, can attack i together. By the leader rule, led by either of the two;
    without `by_either`, led by anybody.
    """
    a, b = pair
    after = linked(a, b, pledges)
    if rule == "leader" and by_either:
        free = [k for k in power if k != i and (exposed or not allied(i, k, after))]
        groups = [
            group | {j}
            for j in pair
            if j in free
            for group in subsets([k for k in free if k != j and joins(k, j, after)])
        ]
    else:
        groups = list(coalitions(i, list(power), after, rule=rule, exposed=exposed))
    return max((strength(i, g, power, after) for g in groups if a in g and b in g), default=Fraction(0))


def critical_without(
    x: str, pair: Edge, power: Mapping[str, float], pledges: Pledges, *, rule: str, exposed: bool
) -> Fraction | float:
    """S3: below this gamma x is vulnerable once the two are linked no more."""
    return critical(x, power, parted(*pair, pledges), rule=rule, exposed=exposed)


# the reference graphs


def complete(names: str) -> list[Edge]:
    """All pairs."""
    return list(combinations(names, 2))


def cycle(names: str) -> list[Edge]:
    """A ring."""
    return [(names[k], names[(k + 1) % len(names)]) for k in range(len(names))]


PETERSEN = [
    *cycle("ABCDE"), *zip("ABCDE", "FGHIJ", strict=True), ("F", "H"), ("H", "J"), ("J", "G"), ("G", "I"), ("I", "F"),
]  # fmt: skip


def graphs_up_to_isomorphism(n: int) -> Iterator[frozenset[Edge]]:
    """One labelled copy of every graph on n vertices."""
    names = "ABCDEFGH"[:n]
    pairs = complete(names)
    seen = set()
    for edges in chain.from_iterable(combinations(pairs, k) for k in range(len(pairs) + 1)):
        if edges in seen:
            continue
        for order in permutations(names):
            rename = dict(zip(names, order, strict=True))
            seen.add(tuple(sorted(tuple(sorted((rename[a], rename[b]))) for a, b in edges)))
        yield frozenset(edges)
