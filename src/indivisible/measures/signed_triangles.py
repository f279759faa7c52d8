"""How many triangles are balanced: my friend's friend my friend, my enemy's enemy my friend."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.measures.signed_network import SignedNetwork

_CELLS = 20_000_000  # pairs tie x node looked at in one go


@dataclass(frozen=True, slots=True)
class Triangles:
    """Triangles by their number of negative ties; balanced are those with none or two (Cartwright and Harary 1956)."""

    none: int
    one: int
    two: int
    three: int

    @property
    def total(self) -> int:
        return self.none + self.one + self.two + self.three

    @property
    def unbalanced(self) -> int:
        return self.one + self.three

    @property
    def index(self) -> float:
        """Share of balanced triangles; NaN without triangles."""
        return (self.none + self.two) / self.total if self.total else float("nan")


def triangles(network: SignedNetwork) -> Triangles:
    """Every triangle once, counted by its number of negative ties."""
    near = network.matrix().astype(np.int8)
    counts = np.zeros(4, dtype=np.int64)
    step = max(1, _CELLS // max(1, network.n))
    later = np.arange(network.n)
    for start in range(0, network.m, step):
        part = slice(start, start + step)
        a, b = network.source[part], network.target[part]
        tie, third = np.nonzero((near[a] != 0) & (near[b] != 0) & (later > b[:, None]))
        negative = (network.sign[part][tie] < 0).astype(np.int64)
        negative += (near[a[tie], third] < 0).astype(np.int64) + (near[b[tie], third] < 0)
        counts += np.bincount(negative, minlength=4)
    none, one, two, three = counts.tolist()
    return Triangles(none, one, two, three)
