"""Measure risk and what it rests on: worlds of years, the fit, a reading, the bounds of a change, back-tests.

    OPENBLAS_NUM_THREADS=1 INDIVISIBLE_HOME=... python benchmarks/risk.py

Needs the datasets imported that `risk` needs; without them one row says so. Wall seconds, and CPU seconds where
somebody else may use the machine. Nothing here is asserted by a test. scikit-learn's logistic regression stands beside
ours, on the same rows: it stops where its tolerance says, ours at the maximum.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from indivisible.architecture.arrays import Arrays
from indivisible.assess.backtest import backtest
from indivisible.errors import MissingData
from indivisible.measures.logit import logit
from indivisible.models import risk
from indivisible.models.base import settle
from indivisible.panels import onset_fit as fits
from indivisible.panels.onset import baselines, onset_rows
from indivisible.panels.onset_rows import rows_of
from indivisible.panels.year_worlds import worlds_of
from indivisible.record.load import load
from indivisible.record.record import Record

Row = tuple[str, str, str]


def timed(action: Callable[[], object]) -> str:
    """Wall and CPU seconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return f"{time.perf_counter() - wall:.2f} s (CPU {time.process_time() - cpu:.2f} s)"


def milliseconds(action: Callable[[], object], *, runs: int = 7) -> str:
    """Median of several calls, the first left out; wall and CPU."""
    action()
    wall, cpu = [], []
    for _ in range(runs):
        start, before = time.perf_counter(), time.process_time()
        action()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - before)
    return f"{statistics.median(wall) * 1000:.1f} ms (CPU {statistics.median(cpu) * 1000:.1f} ms)"


def rows() -> Iterator[Row]:
    """What, the figure set for it, and what was measured."""
    record = load()
    try:
        yield "worlds of 1950 to 2022 from imported data", "a few seconds", timed(lambda: list(_worlds(record)))
        yield "risk: the fit, all four sources of hostility, and its test", "3 s", timed(fits.onset_fit)
    except MissingData as problem:
        yield "risk", "", f"not measured: {problem.what}"
        return
    yield from _fitting()
    yield from _reading(record)
    yield from _testing()


def _worlds(record: Record) -> Iterator[object]:
    yield from worlds_of(1950, 2022, record=record)


def _fitting() -> Iterator[Row]:
    found = rows_of(str(fits.data_home(None).parent), fits._digest(None))
    middle = int(np.searchsorted(found.year, fits.SPLIT + 1))
    columns, events = found.columns[:middle, :-1].copy(), found.events[:middle]
    what = f"logistic regression, {middle:,} rows, 8 columns, to the maximum"
    yield what, "", timed(lambda: logit(columns, events))
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return
    scaled = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    yield (
        "the same by scikit-learn (lbfgs, its tolerance)",
        "",
        timed(lambda: LogisticRegression(C=np.inf, max_iter=1000).fit(scaled, events)),
    )


def _reading(record: Record) -> Iterator[Row]:
    (world,) = worlds_of(2010, 2010, record=record)
    arrays = world.arrays_for(risk.reads)
    assert isinstance(arrays, Arrays)
    settings = settle("risk", risk.parameters)
    ready = replace(settings, fit=risk.fit(settings, day=date(2010, 12, 31).toordinal()))
    n = len(arrays.states)
    yield f"risk: a reading of {n} states", "", milliseconds(lambda: risk.read(arrays, ready))
    bound = ~np.eye(n, dtype=bool) & (np.arange(n)[:, None] < 30) & (np.arange(n)[None, :] < 30)
    promise = replace(arrays.promises[0], kind="defence", treaties=("PACT",),
                      treaty=np.zeros(int(bound.sum()), dtype=np.int64), senders=np.nonzero(bound)[0],
                      receivers=np.nonzero(bound)[1], certain=np.ones(int(bound.sum()), dtype=bool))  # fmt: skip
    after = replace(arrays, promises=(*arrays.promises, promise))
    yield "risk: bounds of a change, a pact of 30", "", milliseconds(lambda: risk.change_bounds(arrays, after, ready))

    def both() -> None:
        risk.read(arrays, ready)
        risk.read(after, ready)
        risk.change_bounds(arrays, after, ready)
        risk.touched(arrays, after, ready)

    yield "risk: before and after, bounds and who is touched", "part of 0.5 s", milliseconds(both)


def _testing() -> Iterator[Row]:
    table = onset_rows(1900, 2010)
    yield "rows of undirected dyad-years, 1900 to 2010", "", timed(lambda: onset_rows(1900, 2010))
    yield "the seven baselines of dispute onset on them", "", timed(lambda: baselines(table))
    models = ["deterrence", "distance", "commitment", "risk"]
    for unit in ("state-year", "dyad-year"):
        yield f"back-test of {len(models)} models, {unit}", "", timed(lambda unit=unit: backtest(models, unit=unit))


if __name__ == "__main__":
    for what, target, measured in rows():
        print(f"{what:<66}{target:<16}{measured}")
