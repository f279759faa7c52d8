"""Every world, every division into two camps: what is frustrated of each state's ties, written down as defined."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

Pair = tuple[int, int]


def best_divisions(n: int, friends: set[Pair], foes: set[Pair], size: list[int]) -> list[tuple[int, ...]]:
    """All divisions of least cost; a pair that is friend and foe costs the same in each."""
    costs: dict[tuple[int, ...], int] = {}
    for camps in product((0, 1), repeat=n):
        costs[camps] = sum(
            size[a]
            * size[b]
            * (((a, b) in friends and camps[a] != camps[b]) + ((a, b) in foes and camps[a] == camps[b]))
            for a, b in combinations(range(n), 2)
        )
    return [camps for camps, cost in costs.items() if cost == min(costs.values())]


def frustrated(n: int, friends: set[Pair], foes: set[Pair], size: list[int]) -> tuple[list[int], list[int]]:
    """Least and most frustrated of each state's ties, by the size of the far end, over all best divisions."""
    rows = []
    for camps in best_divisions(n, friends, foes, size):
        row = [0] * n
        for a, b in combinations(range(n), 2):
            wrong = ((a, b) in friends and camps[a] != camps[b]) + ((a, b) in foes and camps[a] == camps[b])
            row[a] += wrong * size[b]
            row[b] += wrong * size[a]
        rows.append(row)
    return [min(column) for column in zip(*rows, strict=True)], [max(column) for column in zip(*rows, strict=True)]


def all_worlds(
    sure: tuple[set[Pair], set[Pair]], open_: tuple[set[Pair], set[Pair]], least: list[int], most: list[int]
) -> Iterator[tuple[set[Pair], set[Pair], list[int]]]:
    """Every way of settling what is not known: ties in doubt either way, sizes at every whole number."""
    doubts = [(0, pair) for pair in sorted(open_[0])] + [(1, pair) for pair in sorted(open_[1])]
    for chosen in product((False, True), repeat=len(doubts)):
        holding = [doubt for doubt, holds in zip(doubts, chosen, strict=True) if holds]
        friends, foes = (sure[kind] | {pair for k, pair in holding if k == kind} for kind in (0, 1))
        for size in product(*(range(low, high + 1) for low, high in zip(least, most, strict=True))):
            yield friends, foes, list(size)
