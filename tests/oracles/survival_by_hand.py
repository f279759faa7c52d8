"""Survival in one world where all is known, as defined: by looking at every group of states that lack something."""

from __future__ import annotations

from itertools import combinations

Pair = tuple[int, int]


def demand(powers: list[int], hostile: set[Pair], i: int) -> int:
    """All that the adversaries of i have."""
    return sum(power for k, power in enumerate(powers) if (min(i, k), max(i, k)) in hostile)


def friends(pledges: set[Pair], hostile: set[Pair], i: int) -> set[int]:
    """Who is pledged to defend i and not hostile to it."""
    return {j for j, k in pledges if k == i and (min(j, i), max(j, i)) not in hostile}


def possible(powers: list[int], pledges: set[Pair], hostile: set[Pair]) -> list[bool]:
    """Own power and all friends' power against all adversaries' power."""
    return [
        powers[i] + sum(powers[j] for j in friends(pledges, hostile, i)) >= demand(powers, hostile, i)
        for i in range(len(powers))
    ]


def assured(powers: list[int], pledges: set[Pair], hostile: set[Pair]) -> list[bool]:
    """Not in the smallest group that lacks most: what its members lack above what all their friends can spare."""
    n = len(powers)
    lacks = {i: demand(powers, hostile, i) - powers[i] for i in range(n)}
    needy = [i for i in range(n) if lacks[i] > 0]
    shortage: dict[tuple[int, ...], int] = {}
    for size in range(len(needy) + 1):
        for group in combinations(needy, size):
            sources = set().union(*(friends(pledges, hostile, i) for i in group))
            shortage[group] = sum(lacks[i] for i in group) - sum(max(0, -lacks[j]) for j in sources)
    worst = [set(group) for group, short in shortage.items() if short == max(shortage.values())]
    short = set.intersection(*worst)
    return [i not in short for i in range(n)]
