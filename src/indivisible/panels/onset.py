"""How well the onset of disputes can be foretold from what is published: the baselines that a model has to beat.

Rows are pairs of states and years, both directions in one, as the field's dyad-year tables have them; the event is
that a dispute begins between the two in the year. Years in which an older dispute only goes on are left out. What is
fitted on the years to 1989 is tested on the later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible import panels
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.forecasts import Scores, scores
from indivisible.measures.logit import NoFit, logit, probability
from indivisible.panels.needed import need
from indivisible.panels.onset_fit import SPLIT
from indivisible.panels.onset_pairs import LISTS
from indivisible.panels.onset_worlds import BASELINE_DATASETS
from indivisible.readers.coverage import windows
from indivisible.readers.home import read_stored

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PREFIX = {"gml": "gmlmid", "cow": "cowmid"}
_JOIN = {"gml": "gml-mids", "cow": "mids"}
STRUCTURE = ("ratio", "total", "distance", "border", "major")
PEACE = ("peace", "peace_2", "peace_3")
BASELINES: Mapping[str, tuple[str, ...]] = {
    "base rate": (),
    "capability parity": ("parity",),
    "ratio and distance": ("ratio", "distance"),
    "structure": STRUCTURE,
    "structure and rivalry": (*STRUCTURE, "rival"),
    "structure and peace years": (*STRUCTURE, *PEACE),
    "structure, rivalry and peace years": (*STRUCTURE, "rival", *PEACE),
}
BOOSTED = "gradient boosting on all of them"
BOOSTING = {"learning_rate": 0.05, "max_iter": 200, "max_leaf_nodes": 15, "min_samples_leaf": 100,
            "l2_regularization": 1.0, "early_stopping": False}  # fmt: skip
MEANINGS = {
    "parity": "larger share of capabilities over both together",
    "ratio": "log of the larger share of capabilities over the smaller",
    "total": "log of both shares together",
    "distance": "log of 1 + the shortest distance in km; 0 across a land border",
    "border": "a border on land or along a river",
    "major": "one of the two is a major power",
    "rival": "strategic rivals (Thompson and Dreyer)",
    "peace": "years without a dispute since the last, or since both were first states",
    "peace_2": "that, squared",
    "peace_3": "that, cubed",
}
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class OnsetRows:
    """Rows in order of years: columns by name, whether a dispute began, politically relevant or not.

    `only_ongoing` rows were left out because an older dispute only went on; `filled` rows have no published distance
    and the median of those that do.
    """

    columns: Mapping[str, Floats]
    events: Bools
    relevant: Bools
    year: NDArray[np.int64]
    only_ongoing: int
    unknown: int
    filled: int
    datasets: Mapping[str, str]

    def only_relevant(self) -> OnsetRows:
        """The politically relevant rows."""
        kept = self.relevant
        columns = {name: values[kept] for name, values in self.columns.items()}
        return replace(self, columns=columns, events=self.events[kept], relevant=kept[kept], year=self.year[kept])

    def told(self) -> tuple[str, ...]:
        """What was left out and filled in, where anything was."""
        counts = (
            (self.only_ongoing, "rows left out in which an older dispute only went on"),
            (self.unknown, "rows left out of which a figure is not known"),
            (self.filled, "rows without a published distance, which have the median of the others"),
        )
        return tuple(f"{count:,} {what}" for count, what in counts if count)


@dataclass(frozen=True, slots=True)
class Baseline:
    """One baseline: its columns, coefficients with the constant first (empty where it has none), and its test.

    `why_not` says why it was not run; then there is no test.
    """

    name: str
    columns: tuple[str, ...]
    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    tested: Scores | None
    why_not: str = ""


def onset_rows(first: int, last: int | None = None, *, disputes: str = "gml", home: Path | None = None) -> OnsetRows:
    """The rows of first..last (default: to the end of the disputes), as far as all is covered.

    Raises MissingData for a dataset that is not imported, QuestionError for another list of disputes.
    """
    if disputes not in PREFIX:
        raise QuestionError(f"no list of disputes is called {disputes!r}", do=f"use {' or '.join(PREFIX)}")
    need((*BASELINE_DATASETS, "cow_states", "nmc", LISTS[disputes]), home=home)
    if last is None:
        last = max(span.last or first for span in windows(LISTS[disputes], home=home))
    joined = ("contiguity", "majors", "nmc", "distance", "rivalries-td", _JOIN[disputes], "peace-years")
    frame = panels.dyad_years(years=(first, last), directed=False, home=home).with_(*joined).frame()
    prefix = PREFIX[disputes]
    needed = ["cinc1", "cinc2", "conttype", "cowmaj1", "cowmaj2", "td_rivalry", f"{prefix}onset", f"{prefix}spell"]
    known = frame.drop_nulls(needed)
    began = pl.col(f"{prefix}onset") == 1
    kept = known.filter(began | (pl.col(f"{prefix}ongoing") == 0))
    distance = kept["mindist"].to_numpy()
    land = kept["conttype"].to_numpy() == 1
    filled = np.isnan(distance) & ~land
    columns = _columns(kept, prefix, np.where(filled, _median(distance), distance), land)
    relevant = (kept["conttype"].to_numpy() > 0) | (columns["major"] == 1.0)
    return OnsetRows(
        columns, kept[f"{prefix}onset"].to_numpy() == 1, relevant, kept["year"].to_numpy().astype(np.int64),
        known.height - kept.height, frame.height - known.height, int(filled.sum()), _versions(disputes, home),
    )  # fmt: skip


def _versions(disputes: str, home: Path | None) -> dict[str, str]:
    names = sorted((*BASELINE_DATASETS, "cow_states", "nmc", LISTS[disputes]))
    stored = {name: read_stored(name, home) for name in names}
    return {name: one.version for name, one in stored.items() if one is not None}


def _median(distance: Floats) -> float:
    known = distance[~np.isnan(distance)]
    if not len(known):
        raise MissingData("no distance between two states is known in these years", do="choose others: 1886 to 2019")
    return float(np.median(known))


def _columns(frame: pl.DataFrame, prefix: str, distance: Floats, land: Bools) -> dict[str, Floats]:
    one, two = (frame[f"cinc{side}"].cast(pl.Float64).to_numpy() for side in (1, 2))
    larger, smaller = np.maximum(one, two), np.minimum(one, two)
    peace = frame[f"{prefix}spell"].cast(pl.Float64).to_numpy()
    major = (frame["cowmaj1"].to_numpy() == 1) | (frame["cowmaj2"].to_numpy() == 1)
    with np.errstate(divide="ignore"):
        ratio = np.log(larger / smaller)
    return {
        "parity": larger / (larger + smaller), "ratio": ratio, "total": np.log(larger + smaller),
        "distance": np.log1p(np.where(land, 0.0, distance)), "border": land.astype(np.float64),
        "major": major.astype(np.float64), "rival": frame["td_rivalry"].cast(pl.Float64).to_numpy(),
        "peace": peace, "peace_2": peace**2, "peace_3": peace**3,
    }  # fmt: skip


def baselines(
    rows: OnsetRows,
    *,
    split: int = SPLIT,
    names: Sequence[str] = tuple(BASELINES),
    progress: Progress | None = None,
) -> tuple[Baseline, ...]:
    """The baselines named, in the order of the list, fitted on the years to `split` and tested on the later ones.

    BOOSTED is one more. Raises QuestionError where there are no years on one side of the split.
    """
    train, test = rows.year <= split, rows.year > split
    if not rows.events[train].any() or not rows.events[test].any():
        raise QuestionError(
            f"no dispute begins in the years to {split}, or none after", do="choose more years, on both sides of it"
        )
    made = []
    for name, columns in BASELINES.items():
        if name in names:
            if progress is not None:
                progress(name)
            made.append(_baseline(rows, name, columns, train, test))
    if BOOSTED in names:
        if progress is not None:
            progress(BOOSTED)
        made.append(_boosted(rows, train, test))
    return tuple(made)


def _baseline(rows: OnsetRows, name: str, columns: tuple[str, ...], train: Bools, test: Bools) -> Baseline:
    events = rows.events
    if not columns:
        share = float(events[train].mean())
        return Baseline(name, columns, (), (), scores(np.full(int(test.sum()), share), events[test]))
    table = np.column_stack([rows.columns[column] for column in columns])
    found = logit(table[train], events[train])
    if isinstance(found, NoFit):
        return Baseline(name, columns, (), (), None, found.sentence(columns))
    tested = scores(probability(found.log_odds(table[test])), events[test])
    return Baseline(name, columns, tuple(found.coefficients.tolist()), tuple(found.errors.tolist()), tested)


def _boosted(rows: OnsetRows, train: Bools, test: Bools) -> Baseline:
    """Trees grown one after the other, where scikit-learn is there: what no formula of ours has to find."""
    columns = BASELINES["structure, rivalry and peace years"][:-2]
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
        from threadpoolctl import threadpool_limits
    except ImportError:
        return Baseline(BOOSTED, columns, (), (), None, "scikit-learn is not installed: pip install scikit-learn")
    table = np.column_stack([rows.columns[column] for column in columns])
    with threadpool_limits(1):  # where others use the machine, its threads wait for each other a hundred times longer
        grown = HistGradientBoostingClassifier(random_state=0, **BOOSTING).fit(table[train], rows.events[train])
        chance = np.asarray(grown.predict_proba(table[test])[:, 1], dtype=np.float64)
    return Baseline(BOOSTED, columns, (), (), scores(chance, rows.events[test]))
