"""Which outcomes are still possible while some votes are not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from math import comb, prod

from indivisible.rules.ballot import ADOPTED, NO_DECISION, REJECTED, Ballot, Condition, Rule, conditions_of, count

MOST_TRIED = 20_000
ORDER = (ADOPTED, REJECTED, NO_DECISION)


def possible(rule: Rule, ballot: Ballot, votes: tuple[str, ...]) -> tuple[str, ...]:
    """The outcomes that some way of filling in the unknown votes leads to.

    Since no condition gives fewer points to a vote that is more for, all most against and all most for tell whether it
    can be adopted and whether it can fail. Where there are several ways to fail, members whose votes count alike are
    filled in by numbers, so that every way is tried once; where that is too many, only the first so many of them cast
    one vote and the rest another, so that an outcome that needs a rarer mixture may go unnamed.
    """
    leaves = tuple(conditions_of(rule))
    known = {member: vote for member, vote in ballot.items() if vote is not None}
    kinds = _kinds(leaves, [member for member, vote in ballot.items() if vote is None], votes)
    found: set[str] = set()
    for filling in _ways(kinds, leaves, votes):
        found |= _outcomes(rule, {**known, **filling})
        if len(found) == len(ORDER):
            break
    return tuple(one for one in ORDER if one in found)


def _outcomes(rule: Rule, ballot: Mapping[str, str]) -> set[str]:
    """The outcome of a full ballot; both ends where points are not known."""
    outcome = count(rule, ballot).outcome
    if outcome is not None:
        return {outcome}
    return {ADOPTED, *(one.otherwise for one in conditions_of(rule) if one.unknown)}


@dataclass(frozen=True)
class _Kind:
    """Members for whom the same votes make the same difference; one vote for each difference, from against to for."""

    members: tuple[str, ...]
    choices: tuple[str, ...]

    @property
    def ways(self) -> int:
        return comb(len(self.members) + len(self.choices) - 1, len(self.members))


def _kinds(leaves: tuple[Condition, ...], members: Iterable[str], votes: tuple[str, ...]) -> list[_Kind]:
    found: dict[tuple[tuple[int, ...], ...], tuple[list[str], tuple[str, ...]]] = {}
    for member in members:
        differ: dict[tuple[int, ...], str] = {}
        for vote in votes:
            differ.setdefault(tuple(one.points_of(member, vote) for one in leaves), vote)
        found.setdefault(tuple(differ), ([], tuple(differ.values())))[0].append(member)
    return [_Kind(tuple(names), choices) for names, choices in found.values()]


def _all_ways(kinds: list[_Kind]) -> Iterable[dict[str, str]]:
    each = [list(combinations_with_replacement(kind.choices, len(kind.members))) for kind in kinds]
    for chosen in product(*each):
        cast = zip(kinds, chosen, strict=True)
        yield {name: vote for kind, votes in cast for name, vote in zip(kind.members, votes, strict=True)}


def _ways(kinds: list[_Kind], leaves: tuple[Condition, ...], votes: tuple[str, ...]) -> Iterable[dict[str, str]]:
    if len({one.otherwise for one in leaves}) == 1:
        return _ends(kinds)
    return _all_ways(kinds) if prod(kind.ways for kind in kinds) <= MOST_TRIED else _some_ways(kinds, votes)


def _ends(kinds: list[_Kind]) -> Iterable[dict[str, str]]:
    for end in (0, -1):
        yield {name: kind.choices[end] for kind in kinds for name in kind.members}


def _some_ways(kinds: list[_Kind], votes: tuple[str, ...]) -> Iterable[dict[str, str]]:
    yield from _ends(kinds)
    members = [name for kind in kinds for name in kind.members]
    step = max(1, len(members) // 50)
    for one, other in product(votes, repeat=2):
        for number in range(step, len(members), step):
            yield {name: one if n < number else other for n, name in enumerate(members)}
