"""Measure structural balance: the 51 windows of Doreian and Mrvar, HiGHS alone beside them, and a large random network.

    OPENBLAS_NUM_THREADS=1 python benchmarks/balance.py

Nothing here is asserted by a test. The windows are read from $INDIVISIBLE_DATA or ../shared/data. The large network
takes as much of its 60 seconds as it can use; `--small` leaves it out.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from indivisible.measures.frustration import frustration
from indivisible.measures.frustration_programmes import formulate, solve
from indivisible.measures.signed_network import SignedNetwork
from indivisible.panels.balance_windows import balance_of_windows, read_windows

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("INDIVISIBLE_DATA", ROOT.parent / "shared" / "data"))
WINDOWS = DATA / "cow_signed_networks_doreian_mrvar_edges.csv"
T = TypeVar("T")
Row = tuple[str, str, str]


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """What a call gives, and the seconds it took."""
    start = time.perf_counter()
    result = action()
    return result, time.perf_counter() - start


def windows() -> list[Row]:
    """All windows, first with SciPy not yet imported, then again; and HiGHS on the whole networks."""
    if not WINDOWS.exists():
        return [("51 signed networks, every optimum proved", "2 s", "not measured: no data")]
    networks = read_windows(WINDOWS)
    found, first = timed(lambda: [frustration(network, cap=1000) for network in networks.values()])
    proved = sum(result.proved for result in found)
    rows, again = timed(lambda: balance_of_windows(networks))
    counted = sum(row.optima is not None for row in rows)
    some = {period: networks[period] for period in ("46-49", "67-70", "86-89", "96-99")}
    alone, plain = timed(lambda: [highs(network) for network in some.values()])
    ours, quick = timed(lambda: [frustration(network, cap=2).index for network in some.values()])
    return [
        (f"51 signed networks: index, {proved} proved, optima counted", "2 s", f"{first:.2f} s with SciPy's import"),
        (f"the same with triangles and walks, {counted} counts complete", "2 s", f"{again:.2f} s"),
        ("four of them by HiGHS alone, cut formulation", "", f"{plain:.2f} s"),
        (f"the same four by us, {'equal' if alone == ours else 'NOT EQUAL'}", "", f"{quick:.2f} s"),
    ]


def highs(network: SignedNetwork) -> int | None:
    """The index by the whole-number programme, nothing contracted."""
    weights = network.matrix()
    return solve(weights, formulate(weights, "cut")).weight


def random_network(n: int, m: int, *, seed: int = 7) -> SignedNetwork:
    """n nodes and m ties at random, half of them negative."""
    draw = np.random.default_rng(seed)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < m:
        a, b = sorted(draw.integers(0, n, 2).tolist())
        if a != b:
            pairs.add((a, b))
    ties = [(f"{a:05}", f"{b:05}", int(draw.choice([-1, 1]))) for a, b in sorted(pairs)]
    return SignedNetwork.of(ties, names=[f"{k:05}" for k in range(n)])


def random_networks(small: bool) -> list[Row]:
    """Networks without structure, where every method has its hardest time."""
    rows = []
    sizes = [(40, 250, 20.0), (60, 300, 30.0)] + ([] if small else [(4000, 14000, 58.0)])
    for n, m, limit in sizes:
        network = random_network(n, m)
        found, taken = timed(lambda network=network, limit=limit: frustration(network, time_limit=limit))  # type: ignore[misc]
        said = "proved" if found.proved else f"bound {found.bound}, gap {found.gap} ({found.gap / found.index:.0%})"
        rows.append((f"random, {n:,} nodes, {m:,} ties", "60 s", f"L {found.index}, {said}, {taken:.1f} s"))
    return rows


def rows(*, small: bool = False) -> list[Row]:
    """Everything measured: what, the figure to reach, what it took."""
    return windows() + random_networks(small)


def main() -> None:
    print("| what | at most | measured |\n| --- | --- | --- |")
    for what, bound, value in rows(small="--small" in sys.argv):
        print(f"| {what} | {bound} | {value} |")


if __name__ == "__main__":
    main()
