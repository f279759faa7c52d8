"""Every division into two camps tried one by one: what the frustration index must equal."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.signed_network import SignedNetwork


def every_division(n: int) -> NDArray[np.bool_]:
    """All divisions of n nodes into two camps, node 0 always in camp False; a row each."""
    rest = itertools.product((False, True), repeat=max(0, n - 1))
    return np.array([(False, *row)[:n] for row in rest], dtype=bool).reshape(-1, n)


def optima_by_hand(network: SignedNetwork, size: NDArray[np.int64] | None = None) -> tuple[int, NDArray[np.bool_]]:
    """The frustration index and all divisions that reach it, connected parts turned round counted anew.

    With sizes, a tie counts the product of those at its ends.
    """
    divisions = every_division(network.n)
    size = np.ones(network.n, dtype=np.int64) if size is None else size
    counts = np.zeros(len(divisions), dtype=np.int64)
    for a, b, sign in zip(network.source, network.target, network.sign, strict=True):
        counts += size[a] * size[b] * ((divisions[:, a] != divisions[:, b]) == (sign > 0))
    return int(counts.min()), divisions[counts == counts.min()]
