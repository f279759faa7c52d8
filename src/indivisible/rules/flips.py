"""The fewest members who could turn a decision, and who they are.

Members whose votes move every condition alike are interchangeable, so sets are sought as numbers out of each kind:
first whether one member can do it, then two, and so on, each number with a bound on what the remaining ones could
still move. A set is only smallest if every smaller number has been ruled out; where the search has to stop before
that is sure, it says so.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from indivisible.rules.ballot import ADOPTED, Condition, Every, Rule, conditions_of

UNKNOWN = "unknown"
MOST_LISTED = 200
MOST_STEPS = 200_000


@dataclass(frozen=True)
class Group:
    """Any so many of these members, who now vote `vote`, if they vote `instead`."""

    any: int
    of: tuple[str, ...]
    vote: str
    instead: str


@dataclass(frozen=True)
class Flips:
    """Smallest sets of members who could turn a decision, by groups.

    `size` is None where nobody can, or where the search stopped before it was sure (`proven` is false then);
    `complete` is false where there are more sets of that size than are listed.
    """

    size: int | None
    groups: tuple[tuple[Group, ...], ...] = ()
    proven: bool = True
    complete: bool = True

    @property
    def total(self) -> int:
        """How many such sets there are."""
        found = 0
        for groups in self.groups:
            ways = 1
            for one in groups:
                ways *= comb(len(one.of), one.any)
            found += ways
        return found

    def sets(self, *, most: int = MOST_LISTED) -> list[list[str]]:
        """The sets, alphabetical; at most so many."""
        found: list[list[str]] = []
        for groups in self.groups:
            for chosen in _choices(groups):
                found.append(sorted(name for names in chosen for name in names))
                if len(found) >= most:
                    return sorted(found)
        return sorted(found)


def _choices(groups: Sequence[Group]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The members taken out of each group, one way after another: all ways at once can be more than memory holds."""
    if not groups:
        yield ()
        return
    for chosen in combinations(groups[0].of, groups[0].any):
        for others in _choices(groups[1:]):
            yield chosen, *others


def flips(
    rule: Rule, ballot: Mapping[str, str], outcome: str, votes: tuple[str, ...], *, open_votes: Container[str] = ()
) -> Flips:
    """The fewest members whose change of vote turns `outcome`; `votes` are ordered from against to for.

    `open_votes` are members whose vote is not known: the ballot holds for them the vote that makes turning hardest.
    Sets of the same size that do without them come before those that do not.
    """
    leaves = tuple(conditions_of(rule))
    instead = votes[0] if outcome == ADOPTED else votes[-1]
    kinds = _kinds(leaves, ballot, instead, open_votes, adopted=outcome == ADOPTED)
    search = _Search(rule, leaves, [one.total(ballot) for one in leaves], kinds, adopted=outcome == ADOPTED)
    for size in range(1, sum(len(kind.members) for kind in kinds) + 1):
        found = search.of_size(size)
        if found:
            found = [one for one in found if all(group.vote != UNKNOWN for group in one)] or found
            return Flips(size, tuple(found), complete=search.whole)
        if not search.whole:
            return Flips(None, proven=False)
    return Flips(None)


@dataclass(frozen=True)
class _Kind:
    members: tuple[str, ...]
    vote: str
    instead: str
    moves: tuple[int, ...]  # by condition


def _kinds(
    leaves: tuple[Condition, ...],
    ballot: Mapping[str, str],
    instead: str,
    open_votes: Container[str],
    *,
    adopted: bool,
) -> list[_Kind]:
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for member, vote in sorted(ballot.items()):
        moves = tuple(one.points_of(member, instead) - one.points_of(member, vote) for one in leaves)
        useful = any(move < 0 for move in moves) if adopted else any(move > 0 for move in moves)
        if useful and vote != instead:
            found.setdefault((UNKNOWN if member in open_votes else vote, moves), []).append(member)
    kinds = [_Kind(tuple(members), vote, instead, moves) for (vote, moves), members in found.items()]
    return sorted(kinds, key=lambda kind: (-max(map(abs, kind.moves)), kind.members))


class _Search:
    """Numbers out of each kind that turn the outcome, for one size after another."""

    def __init__(
        self, rule: Rule, leaves: tuple[Condition, ...], sums: list[int], kinds: list[_Kind], *, adopted: bool
    ) -> None:
        self.rule, self.leaves, self.sums, self.kinds, self.adopted = rule, leaves, sums, kinds, adopted
        self.index = {id(leaf): n for n, leaf in enumerate(leaves)}
        self.steps, self.whole = 0, True
        self.found: list[tuple[Group, ...]] = []
        self.best = [_best_of(kinds[n:], len(leaves), adopted=adopted) for n in range(len(kinds) + 1)]

    def of_size(self, size: int) -> list[tuple[Group, ...]]:
        """All ways to turn it with exactly so many members."""
        self.found = []
        self._go(0, size, list(self.sums), [])
        return self.found

    def _go(self, n: int, left: int, sums: list[int], taken: list[Group]) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS or len(self.found) > MOST_LISTED:
            self.whole = False
            return
        if left == 0:
            if self._turned(sums):
                self.found.append(tuple(taken))
            return
        if n == len(self.kinds) or not self._turned(self._at_best(n, left, sums)):
            return
        kind = self.kinds[n]
        for number in range(min(left, len(kind.members)), -1, -1):
            moved = [total + number * move for total, move in zip(sums, kind.moves, strict=True)]
            group = [Group(number, kind.members, kind.vote, kind.instead)] if number else []
            self._go(n + 1, left - number, moved, taken + group)
            if not self.whole:
                return

    def _at_best(self, n: int, left: int, sums: list[int]) -> list[int]:
        return [total + self.best[n][k][min(left, len(self.best[n][k]) - 1)] for k, total in enumerate(sums)]

    def _turned(self, sums: list[int]) -> bool:
        return _carried(self.rule, sums, self.index, unknown=self.adopted) is not self.adopted


def _best_of(kinds: Iterable[_Kind], leaves: int, *, adopted: bool) -> list[list[int]]:
    """For every condition, the most that 0, 1, 2 ... members out of these kinds could move it the right way."""
    kinds = list(kinds)
    found = []
    for k in range(leaves):
        moves = sorted((kind.moves[k] for kind in kinds for _ in kind.members), reverse=not adopted)
        sums, total = [0], 0
        for move in moves:
            total += min(move, 0) if adopted else max(move, 0)
            sums.append(total)
        found.append(sums)
    return found


def _carried(rule: Rule, sums: list[int], index: Mapping[int, int], *, unknown: bool) -> bool:
    """Whether the sums carry it; a condition that is open counts as `unknown`, so that what turns it surely does."""
    if isinstance(rule, Condition):
        return unknown if rule.unknown else sums[index[id(rule)]] >= rule.needs
    parts = (_carried(part, sums, index, unknown=unknown) for part in rule.parts)
    return all(parts) if isinstance(rule, Every) else any(parts)
