"""Which divisions into coalitions are stable, where everybody cares only about who is in his own coalition.

Bogomolnaia and Jackson, "The stability of hedonic coalition structures", Games and Economic Behavior 38 (2002),
201-230. Worth is additive: what a player gets from a coalition is the sum of what he feels for its other members.

    individually rational   nobody would rather be alone
    Nash                    nobody would rather join another coalition, or be alone
    individual              nobody would, without harm to the coalition he joins
    contractual individual  nobody would, without harm to that one and to the one he leaves
    core                    no set of players would all rather be a coalition of their own
    strict core             none where at least one would rather, and nobody rather not
    Pareto                  no other division is better for one and worse for nobody

An accession to which all members must consent is a move that an individually stable division rules out; an exit to
which those left behind must consent, one that a contractually individually stable division rules out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Coalition = int  # bit k for player k
Division = tuple[Coalition, ...]
MOST_PLAYERS = 12  # 4,213,597 divisions


@dataclass(frozen=True)
class Stability:
    """Every division that is stable in each sense, by its coalitions as bits."""

    divisions: int
    individually_rational: tuple[Division, ...]
    nash: tuple[Division, ...]
    individual: tuple[Division, ...]
    contractual: tuple[Division, ...]
    core: tuple[Division, ...]
    strict_core: tuple[Division, ...]
    pareto: tuple[Division, ...]


def stable_divisions(feels: Floats) -> Stability:
    """All stable divisions of n players; `feels` [i, j] is what i feels for j, its diagonal is not read.

    Raises QuestionError for more than 12 players and for a table that is not square or holds something unknown.
    """
    table = np.array(feels, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not np.isfinite(table).all():
        raise QuestionError("feelings have to be a square table of numbers", do="give one row and column a player")
    players = len(table)
    if players > MOST_PLAYERS:
        raise QuestionError(f"{players} players have too many divisions to try them all", do=f"{MOST_PLAYERS} at most")
    worth = worths(table)
    every = list(divisions(players))
    got = [np.array([worth[i, _home(division, i)] for i in range(players)]) for division in every]
    return Stability(
        len(every),
        tuple(d for d in every if all(worth[i, _home(d, i)] >= 0.0 for i in range(players))),
        tuple(d for d in every if not any(_moves(d, worth))),
        tuple(d for d in every if not any(joined for joined, _ in _moves(d, worth))),
        tuple(d for d in every if not any(joined and left for joined, left in _moves(d, worth))),
        tuple(d for d, g in zip(every, got, strict=True) if not _blocked(g, worth, strictly=True)),
        tuple(d for d, g in zip(every, got, strict=True) if not _blocked(g, worth, strictly=False)),
        tuple(d for d, g in zip(every, got, strict=True) if not any(_better(other, g) for other in got)),
    )


def worths(table: Floats) -> Floats:
    """[i, coalition]: what player i gets from each coalition; NaN where he is no member."""
    players = len(table)
    coalitions = np.arange(1 << players)
    members = (coalitions[None, :] >> np.arange(players)[:, None]) & 1
    feelings = table.copy()
    np.fill_diagonal(feelings, 0.0)
    found: Floats = np.where(members == 1, feelings @ members, np.nan)
    return found


def divisions(players: int) -> Iterator[Division]:
    """Every division of the players into coalitions, as bits."""
    if players == 0:
        yield ()
        return
    last = 1 << (players - 1)
    for smaller in divisions(players - 1):
        for k, coalition in enumerate(smaller):
            yield (*smaller[:k], coalition | last, *smaller[k + 1 :])
        yield (*smaller, last)


def _home(division: Division, player: int) -> Coalition:
    return next(coalition for coalition in division if coalition >> player & 1)


def _moves(division: Division, worth: Floats) -> Iterator[tuple[bool, bool]]:
    """Moves that somebody would rather make: whether nobody he joins is hurt, and whether nobody he leaves is."""
    for player in range(len(worth)):
        home = _home(division, player)
        bit = 1 << player
        for joined in (*(one for one in division if one != home), 0):
            if joined == 0 and home == bit:
                continue
            if worth[player, joined | bit] > worth[player, home]:
                unhurt = _unhurt(joined, joined | bit, worth)
                yield unhurt, _unhurt(home & ~bit, home & ~bit, worth, before=home)


def _unhurt(members: Coalition, after: Coalition, worth: Floats, *, before: Coalition | None = None) -> bool:
    then = members if before is None else before
    return all(worth[k, after] >= worth[k, then] for k in range(len(worth)) if members >> k & 1)


def _blocked(got: Floats, worth: Floats, *, strictly: bool) -> bool:
    """Whether some coalition of its own would be better for all its members (or for one, and worse for none)."""
    with np.errstate(invalid="ignore"):
        better = np.all((worth > got[:, None]) | np.isnan(worth), axis=0)
        as_good = np.all((worth >= got[:, None]) | np.isnan(worth), axis=0)
        one = np.any(worth > got[:, None], axis=0)
    blocking = np.asarray(better if strictly else as_good & one)
    return bool(np.any(blocking[1:]))


def _better(other: Floats, got: Floats) -> bool:
    return bool((other >= got).all() and (other > got).any())
