"""Rules by which votes carry or fail: weights against a quota, joined by `every` and `some`.

Players are numbered from 0; a coalition is the set of those who vote yes. A count is a quota with weights of 1, a veto
a quota of 1 on one player alone. All rules are monotone: one more yes never defeats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
MOST_WEIGHT = 1 << 53


@dataclass(frozen=True, slots=True)
class Quota:
    """Carried where the weights of those who vote yes sum to the quota or more; weights are whole, 0 or above."""

    weights: tuple[int, ...]
    quota: int


@dataclass(frozen=True, slots=True)
class Every:
    """Carried where every one of several rules carries."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Carried where at least one of several rules carries."""

    rules: tuple[Rule, ...]


Rule = Quota | Every | Some


def count_of(players: int, at_least: int) -> Quota:
    """At least so many of all players."""
    return Quota((1,) * players, at_least)


def veto_of(players: int, holder: int) -> Quota:
    """The consent of one player."""
    return Quota(tuple(int(k == holder) for k in range(players)), 1)


def checked(rule: Rule) -> int:
    """The number of players of a rule. Raises QuestionError for one that makes no sense.

    That is: no player, parts with different players, a weight below 0, a quota below 1, a quota that all together do
    not reach, and weights so large that sums of them would not stand in 64 bits.
    """
    quotas = list(quotas_of(rule))
    sizes = {len(one.weights) for one in quotas}
    if not quotas or sizes == {0}:
        raise QuestionError("a rule without players", do="give at least one weight")
    if len(sizes) > 1:
        raise QuestionError(
            f"parts of one rule with {' and '.join(map(str, sorted(sizes)))} players", do="give one size"
        )
    for one in quotas:
        if min(one.weights) < 0:
            raise QuestionError("a weight below 0", do="give weights of 0 or above")
        if one.quota < 1:
            raise QuestionError(f"a quota of {one.quota}", do="give a quota of 1 or above")
        if one.quota > sum(one.weights):
            raise QuestionError(
                f"a quota of {one.quota} that all together, {sum(one.weights)}, do not reach", do="lower the quota"
            )
        if sum(one.weights) > MOST_WEIGHT:
            raise QuestionError(f"weights that sum to {sum(one.weights):,}", do="round them")
    return sizes.pop()


def quotas_of(rule: Rule) -> Iterable[Quota]:
    """The quotas that a rule is made of."""
    if isinstance(rule, Quota):
        yield rule
        return
    for part in rule.rules:
        yield from quotas_of(part)


def carries(rule: Rule, yes: Iterable[int]) -> bool:
    """Whether a coalition carries."""
    members = set(yes)
    if isinstance(rule, Quota):
        return sum(rule.weights[k] for k in members) >= rule.quota
    if isinstance(rule, Every):
        return all(carries(part, members) for part in rule.rules)
    return any(carries(part, members) for part in rule.rules)


def carried(rule: Rule, sums: dict[Quota, Integers]) -> Flags:
    """Whether coalitions carry, by the sum of yes weights in every quota of the rule."""
    if isinstance(rule, Quota):
        return np.asarray(sums[rule] >= rule.quota)
    parts = [carried(part, sums) for part in rule.rules]
    found: Flags = np.logical_and.reduce(parts) if isinstance(rule, Every) else np.logical_or.reduce(parts)
    return found


def kinds_of(rule: Rule) -> list[list[int]]:
    """Players who weigh the same in every quota, together; each group in order, the groups by their first player."""
    columns = list(zip(*(one.weights for one in quotas_of(rule)), strict=True))
    groups: dict[tuple[int, ...], list[int]] = {}
    for player, weights in enumerate(columns):
        groups.setdefault(weights, []).append(player)
    return list(groups.values())
