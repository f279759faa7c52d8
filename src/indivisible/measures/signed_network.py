"""Who is tied to whom as friend or as foe: a network whose every tie is positive or negative."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class SignedNetwork:
    """Names in a fixed order, and ties (source, target, sign), each pair of names once, sign +1 or -1."""

    names: tuple[str, ...]
    source: Ints
    target: Ints
    sign: Ints

    @classmethod
    def of(cls, ties: Iterable[tuple[str, str, int]], *, names: Sequence[str] = ()) -> SignedNetwork:
        """From (name, name, sign); `names` adds those without ties. Names come out in alphabetical order.

        Raises QuestionError for a tie to oneself, a sign other than +1 and -1, and a pair that is tied twice.
        """
        listed = list(ties)
        known = tuple(sorted({*names, *(a for a, _, _ in listed), *(b for _, b, _ in listed)}))
        place = {name: k for k, name in enumerate(known)}
        seen: set[tuple[int, int]] = set()
        for a, b, sign in listed:
            pair = (min(place[a], place[b]), max(place[a], place[b]))
            if a == b:
                raise QuestionError(f"{a} is tied to itself", do="leave the tie out")
            if sign not in (1, -1):
                raise QuestionError(f"the tie {a}-{b} has sign {sign}", do="write 1 for a friend and -1 for a foe")
            if pair in seen:
                raise QuestionError(f"{a} and {b} are tied twice", do="keep one tie for a pair")
            seen.add(pair)
        ends = np.array([(place[a], place[b]) for a, b, _ in listed], dtype=np.int64).reshape(-1, 2)
        signs = np.array([sign for _, _, sign in listed], dtype=np.int64)
        return cls(known, ends.min(axis=1), ends.max(axis=1), signs)

    @classmethod
    def from_matrix(cls, matrix: NDArray[np.int64], *, names: Sequence[str] = ()) -> SignedNetwork:
        """From a symmetric matrix of +1, -1 and 0 (no tie); without `names`, nodes are called by their number.

        Raises QuestionError if the matrix is not square and symmetric, or has another value.
        """
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not np.array_equal(matrix, matrix.T):
            raise QuestionError("a signed network needs a square symmetric matrix", do="check rows and columns")
        if np.any(np.diagonal(matrix)) or not np.isin(matrix, (-1, 0, 1)).all():
            raise QuestionError("entries are 1, -1 or 0, and 0 on the diagonal", do="check the matrix")
        known = tuple(names) or tuple(str(k) for k in range(len(matrix)))
        if len(known) != len(matrix):
            raise QuestionError(f"{len(known)} names for {len(matrix)} rows", do="give one name for a row")
        source, target = np.nonzero(np.triu(matrix))
        return cls(known, source.astype(np.int64), target.astype(np.int64), matrix[source, target].astype(np.int64))

    @property
    def n(self) -> int:
        """Number of names."""
        return len(self.names)

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.sign)

    @property
    def m_minus(self) -> int:
        """Number of negative ties."""
        return int((self.sign < 0).sum())

    def ties(self) -> list[tuple[str, str, int]]:
        """Every tie as (name, name, sign)."""
        rows = zip(self.source.tolist(), self.target.tolist(), self.sign.tolist(), strict=True)
        return [(self.names[a], self.names[b], sign) for a, b, sign in rows]

    def matrix(self) -> Ints:
        """Symmetric n x n matrix of +1, -1 and 0."""
        weights = np.zeros((self.n, self.n), dtype=np.int64)
        weights[self.source, self.target] = self.sign
        weights[self.target, self.source] = self.sign
        return weights

    def frustrated(self, camps: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """For each tie: is it positive across the two camps, or negative inside one? `camps` is a bool[n]."""
        across: NDArray[np.bool_] = camps[self.source] != camps[self.target]
        wrong: NDArray[np.bool_] = across == (self.sign > 0)
        return wrong

    def switched(self, nodes: NDArray[np.bool_]) -> SignedNetwork:
        """The same network with the sign of every tie between `nodes` and the rest turned round."""
        turned = np.where(nodes[self.source] != nodes[self.target], -self.sign, self.sign)
        return SignedNetwork(self.names, self.source, self.target, turned)


def components(n: int, source: Ints, target: Ints) -> Ints:
    """Label of each of n nodes: the smallest node number in its connected part."""
    parent = list(range(n))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in zip(source.tolist(), target.tolist(), strict=True):
        first, second = root(a), root(b)
        if first != second:
            parent[max(first, second)] = min(first, second)
    return np.array([root(k) for k in range(n)], dtype=np.int64)
