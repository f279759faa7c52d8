"""The field's measures for any year or span, from imported data: of a state, of a pair, or of the whole system."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from indivisible.errors import QuestionError
from indivisible.measures import concentration, inequality, similarity
from indivisible.measures.frustration import frustration
from indivisible.measures.joint_levels import compare
from indivisible.measures.modularity import Partition, best_partition
from indivisible.measures.polarization import (
    cluster_polarization,
    esteban_ray,
    joint_power,
    network_polarization,
    poles,
)
from indivisible.measures.signed_network import SignedNetwork
from indivisible.measures.signed_triangles import triangles
from indivisible.measures.signed_walks import walk_balance
from indivisible.panels.named_states import years_of_codes
from indivisible.panels.needed import need
from indivisible.panels.system import DATASET_OF
from indivisible.panels.year_arrays import (
    ALLIANCES,
    CAPABILITIES,
    DISPUTES,
    MAJORS,
    Bools,
    Floats,
    YearArrays,
    years_of,
)
from indivisible.readers.coverage import windows

Row = dict[str, Any]
ALLIANCE_LEVELS = (0.0, 1.0, 2.0, 3.0)
SIMILAR = {
    "agreement": "share of agreement on the scale of levels",
    "kappa": "Cohen's kappa",
    "pi": "Scott's pi",
    "s": "Signorino and Ritter's S",
    "tau": "Kendall's tau",
}
CODES = ("ccode", "ccode1", "ccode2")
KEYS = frozenset({"year", "states", *CODES})  # columns that say of what a row is
SEED = 0  # of the search for groups; the same seed gives the same groups


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its unit (state, pair or system), what it needs, and the columns it gives for a year."""

    name: str
    unit: str
    about: str
    needs: frozenset[str]
    of_year: Callable[[YearArrays], Iterable[Row]]


def measured(
    name: str,
    *,
    first: int,
    last: int,
    weights: str = "none",
    carry_system: bool = False,
    states: Sequence[int | str] = (),
    home: Path | None = None,
) -> Measured:
    """The measure for each year of first..last, both included.

    `weights`: none, or cinc, for measures of pairs. `carry_system`: the last known members of the COW system are
    those of later years too. `states`: COW codes, or keys or names of the record; of a measure of states or pairs only
    theirs are kept. Raises QuestionError with near names for an unknown measure, UnknownName for an unknown state, and
    MissingData that names every source that is not imported.
    """
    found = _measure(name, weights)
    if states and found.unit == "system":
        raise QuestionError(f"{name} is one number a year for all states", do="leave --states out")
    need(_datasets(found.needs), home=home)
    kept = years_of_codes(states, first, last)
    rows: list[Row] = []
    unknown: list[int] = []
    for arrays in years_of(first, last, found.needs, carry_system=carry_system, home=home):
        made = list(found.of_year(arrays))
        if not any(value is not None for row in made for key, value in row.items() if key not in KEYS):
            unknown.append(arrays.year)
        rows += [
            row
            for row in made
            if not states or all(arrays.year in kept.get(row[key], ()) for key in CODES if key in row)
        ]
    ends = max((window.last or last for window in windows(DATASET_OF["cow"], home=home)), default=last)
    past = None if carry_system or not unknown or unknown[-1] <= ends else ends
    return Measured(found, first, last, weights, tuple(rows), tuple(unknown), carry_system, past)


def _measure(name: str, weights: str) -> Measure:
    from difflib import get_close_matches

    if weights not in ("none", "cinc"):
        raise QuestionError(f"no weights are called {weights!r}", do="use none or cinc")
    if name not in MEASURES:
        near = ", ".join(get_close_matches(name, MEASURES, n=3)) or "one that `indivisible measure list` names"
        raise QuestionError(f"no measure is called {name!r}", do=f"use: {near}")
    found = MEASURES[name]
    if weights == "none":
        return found
    if found.unit != "pair":
        raise QuestionError(f"{name} takes no weights", do="weights are for measures of pairs")
    by_power = partial(_pairs, name, weighted=True)
    return Measure(name, "pair", found.about, found.needs | {CAPABILITIES}, by_power)


@dataclass(frozen=True)
class Measured:
    """A measure over a span: one row a year, a state-year or a pair-year; a year that no source covers is null."""

    measure: Measure
    first: int
    last: int
    weights: str
    body: tuple[Row, ...]
    unknown: tuple[int, ...]  # years about which nothing is known
    carried: bool
    system_ends: int | None  # the last year of the state system, where later ones were asked for and not carried

    def frame(self) -> pl.DataFrame:
        """The rows as a polars DataFrame."""
        return pl.DataFrame(self.body, infer_schema_length=None)

    def to_dict(self) -> Row:
        """The JSON shape measure/1."""
        return {
            "schema": "measure/1",
            "measure": self.measure.name,
            "unit": self.measure.unit,
            "about": self.measure.about,
            "years": [self.first, self.last],
            "weights": self.weights,
            "not_known": list(self.unknown),
            "system_carried_forward": self.carried,
            "datasets": list(self.sources()),
            "rows": list(self.body),
        }

    def sentence(self) -> str:
        """What was measured, of what, over which years."""
        span = str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
        count = f"{len(self.body):,} {'row' if len(self.body) == 1 else 'rows'}"
        says = f"{self.measure.name}, {span}: {self.measure.about}; {count}"
        if self.unknown:
            says += f"; not known: {spans_text(self.unknown)}, which the data do not cover"
            if self.system_ends is not None:
                says += f" (the list of states ends in {self.system_ends}: --carry-system repeats it)"
        return says + "."

    def rows(self) -> list[Row]:
        """The rows."""
        return list(self.body)

    def sources(self) -> tuple[str, ...]:
        """Names of the datasets that were read."""
        return _datasets(self.measure.needs)


def _datasets(needs: frozenset[str]) -> tuple[str, ...]:
    read = {CAPABILITIES: "nmc", MAJORS: "cow_majors", ALLIANCES: "atop_directed", DISPUTES: "gml_disputes"}
    return tuple(sorted({"cow_states", *(read[what] for what in needs)}))


def spans_text(years: Iterable[int]) -> str:
    """`2011, 2017 to 2022`."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in spans)


def _shares(arrays: YearArrays) -> Floats:
    return arrays.cinc[~np.isnan(arrays.cinc)]


def _system(name: str, value: Callable[[YearArrays], float | int | None], arrays: YearArrays) -> Iterable[Row]:
    found = value(arrays)
    known = found is not None and not (isinstance(found, float) and math.isnan(found))
    yield {"year": arrays.year, "states": len(arrays.codes) or None, name: found if known else None}


def _of_cinc(function: Callable[[Floats], float], arrays: YearArrays) -> float | None:
    shares = _shares(arrays)
    return float(function(shares)) if len(shares) else None


def _con(arrays: YearArrays) -> float | None:
    if arrays.major is None or np.isnan(arrays.cinc[arrays.major]).any():
        return None
    return concentration.ray_singer(arrays.cinc[arrays.major])


def _allied(arrays: YearArrays) -> Bools | None:
    defence, offence = arrays.ties.get("atop_defense"), arrays.ties.get("atop_offense")
    if defence is None or offence is None:
        return None
    both = defence | offence
    tied: Bools = both | both.T
    return tied


def _grouped(arrays: YearArrays) -> tuple[Bools, Partition] | None:
    tied = _allied(arrays)
    if tied is None or not tied.any():
        return None
    return tied, best_partition(tied.astype(np.float64), seed=SEED)


def _modularity(arrays: YearArrays) -> float | None:
    found = _grouped(arrays)
    return None if found is None else found[1].modularity


def _maoz(arrays: YearArrays) -> float | None:
    found = _grouped(arrays)
    return None if found is None else network_polarization(found[0], found[1].groups)


def _poles(arrays: YearArrays) -> Iterable[Row]:
    """Poles among the major powers, and how far they are from standing alone or in one."""
    tied = _allied(arrays)
    row: Row = {
        "year": arrays.year,
        "states": len(arrays.codes) or None,
        "poles": None,
        "clustered": None,
        "esteban_ray": None,
    }
    if tied is not None and arrays.major is not None and arrays.major.any():
        pole = poles(tied[np.ix_(arrays.major, arrays.major)])
        row["poles"] = int(pole.max()) + 1
        clustered = cluster_polarization(pole)
        row["clustered"] = None if math.isnan(clustered) else clustered
        power = joint_power(pole, arrays.cinc[arrays.major])
        apart = esteban_ray(power, 1.0 - np.eye(len(power)))
        row["esteban_ray"] = None if math.isnan(apart) else apart
    yield row


def signed(arrays: YearArrays) -> SignedNetwork | None:
    """Allies (defence or offence) are friends, a dispute makes foes; a pair that is both is a foe."""
    tied, disputed = _allied(arrays), arrays.ties.get("gmlmidongoing")
    if tied is None or disputed is None or not len(arrays.codes):
        return None
    foes = disputed | disputed.T
    matrix = np.where(foes, -1, tied.astype(np.int64))
    np.fill_diagonal(matrix, 0)
    names = [str(code) for code in arrays.codes]
    kept = np.flatnonzero(matrix.any(axis=0))
    return SignedNetwork.from_matrix(matrix[np.ix_(kept, kept)], names=[names[k] for k in kept])


def _frustration(arrays: YearArrays) -> Iterable[Row]:
    network = signed(arrays)
    row: Row = dict.fromkeys(("n", "m", "m_minus", "L", "bound", "proved", "unique", "F", "T", "walk"))
    if network is not None:
        found = frustration(network)
        row |= {"n": network.n, "m": network.m, "m_minus": network.m_minus, "L": found.index, "bound": found.bound}
        row |= {"proved": found.proved, "unique": found.unique, "F": found.normalised}
        row |= {"T": triangles(network).index, "walk": walk_balance(network)}
    yield {"year": arrays.year, **{k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items()}}


def _cinc(arrays: YearArrays) -> Iterable[Row]:
    for code, share in zip(arrays.codes.tolist(), arrays.cinc.tolist(), strict=True):
        yield {"year": arrays.year, "ccode": code, "cinc": None if math.isnan(share) else share}


def _pairs(name: str, arrays: YearArrays, *, weighted: bool = False) -> Iterable[Row]:
    """A measure of similarity of the alliance portfolios of every pair, each once."""
    ties = arrays.ties
    parts = [ties.get(column) for column in ("atop_defense", "atop_neutral", "atop_nonagg", "atop_consul")]
    defence, neutral, nonaggression, consultation = parts
    if defence is None or neutral is None or nonaggression is None or consultation is None:
        return
    levels = similarity.alliance_levels(defence, neutral | nonaggression, consultation)
    if weighted and np.isnan(arrays.cinc).any():
        return  # a state whose power is not known has no weight, not the weight nothing
    values = similarity.MEASURES[name](compare(levels, ALLIANCE_LEVELS, weights=arrays.cinc if weighted else None))
    one, two = np.triu_indices(len(arrays.codes), k=1)
    for i, j, value in zip(one.tolist(), two.tolist(), values[one, two].tolist(), strict=True):
        yield {
            "ccode1": int(arrays.codes[i]),
            "ccode2": int(arrays.codes[j]),
            "year": arrays.year,
            name: None if math.isnan(value) else value,
        }


def _all() -> Iterable[Measure]:
    power, signs = frozenset({CAPABILITIES}), frozenset({ALLIANCES, DISPUTES})
    yield Measure("cinc", "state", "composite index of national capability, as published", power, _cinc)
    of_cinc: Mapping[str, tuple[str, Callable[[Floats], float]]] = {
        "hhi": ("Herfindahl-Hirschman index of all states' CINC, renormalised", concentration.herfindahl),
        "hhi-raw": (
            "the same of CINC as published, whose sum is above 1",
            partial(concentration.herfindahl, renormalise=False),
        ),
        "effective-number": ("effective number of powers, 1 / HHI", concentration.effective_number),
        "gini": ("Gini coefficient of all states' CINC", inequality.gini),
        "theil": ("Theil index of all states' CINC", inequality.theil),
        "atkinson": ("Atkinson index of all states' CINC, aversion 0.5", partial(inequality.atkinson, aversion=0.5)),
    }
    for name, (about, function) in of_cinc.items():
        yield Measure(name, "system", about, power, partial(_system, name, partial(_of_cinc, function)))
    con = "Ray and Singer's concentration among the COW major powers"
    yield Measure("con", "system", con, power | {MAJORS}, partial(_system, "con", _con))
    allies = frozenset({ALLIANCES})
    groups = f"of alliance ties (defence, offence), groups found with seed {SEED}"
    yield Measure("modularity", "system", f"modularity {groups}", allies, partial(_system, "modularity", _modularity))
    yield Measure(
        "polarization", "system", f"network polarization {groups}", allies, partial(_system, "polarization", _maoz)
    )
    about = "poles of major powers bound to defend one another, clustering, and Esteban and Ray's measure of them"
    yield Measure("poles", "system", about, allies | {MAJORS, CAPABILITIES}, _poles)
    about = (
        "frustration of the signed network of alliances and disputes: n states, m ties, m_minus of them disputes, "
        "L ties in the way of two camps (bound: none has fewer), F = 1 - 2L/m, T share of balanced triangles, "
        "walk balance of all walks"
    )
    yield Measure("frustration", "system", about, signs, _frustration)
    for name in similarity.MEASURES:
        family, _, distance = name.partition("_")
        about = f"similarity of alliance portfolios: {SIMILAR[family]}" + (f", {distance}" if distance else "")
        yield Measure(name, "pair", about, allies, partial(_pairs, name))


MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _all()}
"""Every measure by name that is of alliances, disputes and capabilities; `roll_calls` has those of votes."""
