"""Balance counted over closed walks of every length, long ones for little: how near the network is to two camps."""

from __future__ import annotations

import numpy as np

from indivisible.measures.signed_network import SignedNetwork


def walk_balance(network: SignedNetwork) -> float:
    """K = tr e^A / tr e^|A| (Estrada and Benzi 2014): 1 when balanced, near 0 when far from it; NaN without nodes.

    A is the signed adjacency matrix. Both traces are taken relative to the largest eigenvalue of |A|, so that nothing
    overflows.
    """
    if network.n == 0:
        return float("nan")
    signed = network.matrix().astype(np.float64)
    own, plain = np.linalg.eigvalsh(signed), np.linalg.eigvalsh(np.abs(signed))
    return float(np.exp(own - plain[-1]).sum() / np.exp(plain - plain[-1]).sum())
