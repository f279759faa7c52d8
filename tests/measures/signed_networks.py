"""Signed networks for tests: random ones, and those whose index is known in closed form."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
from hypothesis import strategies as st

from indivisible.measures.signed_network import SignedNetwork


def all_negative(graph: nx.Graph) -> SignedNetwork:
    """Every edge a foe."""
    return SignedNetwork.of([(f"{a:03}", f"{b:03}", -1) for a, b in nx.convert_node_labels_to_integers(graph).edges])


@st.composite
def networks(draw: st.DrawFn, least: int = 1, most: int = 9) -> SignedNetwork:
    """Any signed network of some nodes: sparse, dense, in one part or in several."""
    names = [f"N{k}" for k in range(draw(st.integers(least, most)))]
    pairs = list(combinations(names, 2))
    values = draw(st.sampled_from([(-1, 0, 1), (-1, 1), (-1, 0), (-1, 0, 0, 0, 1), (-1, 1, 1, 1)]))
    signs = draw(st.lists(st.sampled_from(values), min_size=len(pairs), max_size=len(pairs)))
    ties = [(a, b, sign) for (a, b), sign in zip(pairs, signs, strict=True) if sign]
    return SignedNetwork.of(ties, names=names)
