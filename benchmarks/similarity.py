"""Measure the similarity of alliance portfolios: all measures, all pairs of states, 1816 to 2018.

    python benchmarks/similarity.py

Uses ATOP's directed dyad-years and the COW state system from $INDIVISIBLE_DATA (or ../shared/data) where they are, else
random portfolios for as many states a year. States of 2017 and 2018 are those of 2016. Beside it, on a sample of pairs:
scikit-learn's cohen_kappa_score and SciPy's kendalltau in a loop. Nothing here is asserted by a test.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from indivisible.measures import similarity
from indivisible.measures.joint_levels import compare

DATA = Path(os.environ.get("INDIVISIBLE_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
LEVELS = (0, 1, 2, 3)
SAMPLE = 300
Portfolios = dict[int, np.ndarray]


def published() -> Portfolios:
    """Portfolios of every year: 3 defence and oneself, 2 neutrality or non-aggression, 1 consultation, 0 none."""
    import polars as pl

    pledges = pl.read_parquet(DATA / "atop5_1_directed_dyad_year.parquet")
    system = pl.read_parquet(DATA / "cow_system2016.parquet")
    found = {}
    for year in range(1816, 2019):
        states = system.filter(pl.col("year") == min(year, 2016))["ccode"].unique().sort().to_numpy()
        rows = pledges.filter(
            (pl.col("year") == year) & pl.col("ccode1").is_in(states) & pl.col("ccode2").is_in(states)
        )
        at = np.searchsorted(states, rows["ccode1"]), np.searchsorted(states, rows["ccode2"])
        held = np.zeros((3, len(states), len(states)), dtype=bool)
        held[0][at] = rows["atop_defense"].to_numpy() == 1
        held[1][at] = (rows["atop_neutral"].to_numpy() == 1) | (rows["atop_nonagg"].to_numpy() == 1)
        held[2][at] = rows["atop_consul"].to_numpy() == 1
        found[year] = similarity.alliance_levels(*held)
    return found


def random() -> Portfolios:
    """As many states as there were, about, and ties at random."""
    draw = np.random.default_rng(7)
    sizes = np.interp(range(1816, 2019), [1816, 1914, 1945, 1960, 1994, 2018], [23, 45, 64, 107, 185, 195]).astype(int)
    found = {}
    for year, n in zip(range(1816, 2019), sizes, strict=True):
        found[year] = draw.choice(4, (n, n), p=[0.85, 0.03, 0.04, 0.08]).astype(float)
        np.fill_diagonal(found[year], 3.0)
    return found


def seconds(action: Callable[[], object], *, runs: int = 5) -> float:
    """Median of several calls, the first left out."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def every_measure(years: Portfolios, names: tuple[str, ...] = tuple(similarity.MEASURES)) -> None:
    """Each of the measures of each year."""
    for portfolios in years.values():
        pairs = compare(portfolios, LEVELS)
        for name in names:
            similarity.MEASURES[name](pairs)


def loops(years: Portfolios) -> Iterator[tuple[str, float]]:
    """What a pair takes in other packages, in seconds, on a sample of the last year."""
    last = years[2018]
    pairs = np.random.default_rng(7).integers(0, len(last), (SAMPLE, 2))
    try:
        from sklearn.metrics import cohen_kappa_score

        def kappas() -> None:
            for i, j in pairs:
                cohen_kappa_score(last[i], last[j], labels=LEVELS, weights="quadratic")

        yield "scikit-learn, quadratic kappa alone", seconds(kappas, runs=1) / SAMPLE
    except ImportError:
        print("scikit-learn is not installed: left out")
    try:
        from scipy.stats import kendalltau

        yield "SciPy, tau-b alone", seconds(lambda: [kendalltau(last[i], last[j]) for i, j in pairs], runs=1) / SAMPLE
    except ImportError:
        print("SciPy is not installed: left out")


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure to reach, and what it took."""
    real = (DATA / "atop5_1_directed_dyad_year.parquet").exists()
    years = published() if real else random()
    count = sum(len(p) * (len(p) - 1) // 2 for p in years.values())
    what = f"{'ATOP' if real else 'random'} portfolios, {len(years)} years, {count:,} pairs"
    some = ("s", "kappa_squared", "pi_squared")
    yield f"S, kappa and pi, {what}", "2 s", f"{seconds(lambda: every_measure(years, some)):.2f} s"
    yield f"all {len(similarity.MEASURES)} measures, {what}", "2 s", f"{seconds(lambda: every_measure(years)):.2f} s"
    for name, each in loops(years):
        yield f"{name}, in a loop", "", f"{each * 1e6:.0f} µs a pair, so about {each * count:,.0f} s for all"


def main() -> int:
    """Print one line each."""
    for what, bound, value in rows():
        print(f"{what}: {value}" + (f" (to reach: {bound})" if bound else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
