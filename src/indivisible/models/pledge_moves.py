"""Pledges that come and go, and what a model has to offer that reads packages of them one part after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers
from indivisible.models.base import Settings
from indivisible.models.coalitions import EU_42_7_TREATIES

Counts = NDArray[np.int16]


@dataclass(frozen=True)
class PledgeMoves:
    """Pledges that come and go, of one kind: [e] from row `senders` to row `receivers`, how many more or fewer.

    No pair stands in it twice.
    """

    senders: Integers
    receivers: Integers
    more: Counts

    @staticmethod
    def none() -> PledgeMoves:
        """Nothing moves."""
        nothing = np.zeros(0, dtype=np.int64)
        return PledgeMoves(nothing, nothing, nothing.astype(np.int16))

    @cached_property
    def pairs(self) -> tuple[Integers, Integers]:
        """The pairs between which anything moves, whoever is pledged to whom: the lower row, and the higher."""
        low, high = np.minimum(self.senders, self.receivers), np.maximum(self.senders, self.receivers)
        width = 1 + int(high.max(initial=0))
        spots = np.unique(low * width + high)
        return spots // width, spots % width

    @staticmethod
    def summed(senders: Integers, receivers: Integers, more: Integers) -> PledgeMoves:
        """Moves in which pairs may stand more than once."""
        if not len(senders):
            return PledgeMoves.none()
        width = 1 + int(max(senders.max(), receivers.max()))
        spots, back = np.unique(senders * width + receivers, return_inverse=True)
        total = np.bincount(back, weights=more).astype(np.int16)
        return PledgeMoves(spots // width, spots % width, total)


Moves = Mapping[str, PledgeMoves]
Ever = Mapping[str, Bools]  # by kind, [i, j]: whether any package brings, or ends, a pledge of i to j


class AtOnce(Protocol):
    """Reads packages part by part; `kinds` are the pledges it reads, `error` how far rounding can move a change."""

    kinds: tuple[str, ...]
    error: float

    def begin(self) -> Any:
        """Where a package begins."""

    def moved(self, held: Any, moves: Moves) -> Any:
        """Where it stands after one part more."""

    def change(self, held: Any) -> Floats:
        """[n]: the change of every score; NaN where there is none, or rounding is too large to tell."""

    def most(self, added: Ever, gone: Ever) -> Floats:
        """[n]: no less than any change that comes of some of the pledges `added` and without some of those `gone`."""


def counts_of(arrays: Arrays, kind: str, settings: Settings) -> Counts:
    """[i, j]: how many pledges of a kind i has given j, those in doubt or left out by the settings not among them."""
    n = len(arrays.states)
    table = np.zeros((n, n), dtype=np.int16)
    without = left_out(kind, settings)
    for made in arrays.promises:
        if made.kind == kind:
            kept = np.array([name not in without for name in made.treaties])[made.treaty] & made.certain
            np.add.at(table, (made.senders[kept], made.receivers[kept]), np.int16(1))
    return table


def left_out(kind: str, settings: Settings) -> tuple[str, ...]:
    """The treaties whose pledges of a kind a model with these settings does not count."""
    return () if kind != "defence" or settings.switch("eu_42_7") else EU_42_7_TREATIES


def flipped(counts: Counts, moves: PledgeMoves | None) -> tuple[Counts, Integers, Integers, Bools]:
    """The counts afterwards; where there was no pledge and is one now (True), or the reverse: rows, columns, which."""
    if moves is None or not len(moves.senders):
        nothing = np.zeros(0, dtype=np.int64)
        return counts, nothing, nothing, np.zeros(0, dtype=bool)
    rows, columns = moves.senders, moves.receivers
    held = counts[rows, columns]
    after = held + moves.more
    counts = counts.copy()
    counts[rows, columns] = after
    now = after > 0
    turned = (held > 0) != now
    return counts, rows[turned], columns[turned], now[turned]
