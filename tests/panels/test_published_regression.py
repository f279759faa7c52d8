"""A published regression of dispute onset, from the publishers' files: Miller 2022, after Bremer 1992.

Steven V. Miller, "peacesciencer: An R Package for Quantitative Peace Science Research", Conflict Management and Peace
Science 39(6), table 'A "Dangerous Dyads" Analysis of Non-Directed Dyad-Years from {peacesciencer}', as its manuscript
gives it, and the vignette of the package's version 1.2.0. docs/tutorials/dangerous-dyads.ipynb says what differs.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from indivisible import panels, readers
from indivisible.panels.peace import peace_years
from indivisible.readers import library
from indivisible.readers.recognise import recognise
from reference_material import shared

Floats = NDArray[np.float64]
c = pl.col
JOINED = ("contiguity", "majors", "nmc", "democracy", "gdp", "atop", "gml-mids", "peace-years")
# coefficient and standard error, as printed
ARTICLE = {
    "land": (1.044, 0.057),
    "cinc": (0.444, 0.036),
    "major": (0.145, 0.058),
    "cow_defense": (-0.102, 0.058),
    "democracy": (-0.509, 0.052),
    "log_wealth": (0.262, 0.050),
    "soldiers": (0.267, 0.023),
    "t": (-0.148, 0.005),
}
VIGNETTE = {
    "land": (1.057, 0.058),
    "cinc": (1.055, 0.082),
    "major": (0.113, 0.059),
    "atop_defense": (-0.132, 0.058),
    "democracy": (-0.272, 0.032),
    "soldiers": (30.152, 2.378),
    "t": (-0.146, 0.005),
    "one": (-3.517, 0.076),
}
OLDER_INPUTS = {"democracy": 2.5, "log_wealth": 1.5}  # series that are not to be had any more


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shared("data", "INDIVISIBLE_DATA")
    if not folder.is_dir():
        pytest.skip(f"the published data are not at {folder}; set INDIVISIBLE_DATA")
    made = tmp_path_factory.mktemp("published-regression")
    wanted = {*_panel(made).sources(), "cow_alliances"}
    for file in sorted(folder.iterdir()):
        found = recognise(file)
        if found is not None and found.dataset.key in wanted:
            library.import_path(file, home=made)
    return made


def _panel(home: Path) -> panels.Panel:
    years = (1816, 2010)
    return panels.dyad_years(years=years, directed=False, relevant="contiguous-or-major", home=home).with_(*JOINED)


@pytest.fixture(scope="module")
def table(home: Path) -> pl.DataFrame:
    """Politically relevant pairs and years with the variables of the model."""
    keys = ["ccode1", "ccode2", "year"]
    frame = _panel(home).frame().with_columns(c(*keys).cast(pl.Int64)).sort(keys)
    frame = frame.join(_pacts(home), on=keys, how="left", maintain_order="left").with_columns(
        c("cow_defense").fill_null(0),
        land=(c("conttype") == 1).cast(pl.Float64),
        major=((c("cowmaj1") == 1) | (c("cowmaj2") == 1)).cast(pl.Float64),
        cinc=_lower(c("cinc1"), c("cinc2")) / pl.max_horizontal("cinc1", "cinc2"),
        democracy=_lower(c("aeuds1"), c("aeuds2")),
        wealth=_lower(c("mrgdppc1"), c("mrgdppc2")),
        soldiers=_lower(c("milper1") / c("tpop1"), c("milper2") / c("tpop2")),
        place=pl.int_range(pl.len()).over("ccode1", "ccode2"),
        pair=c("ccode1") * 1000 + c("ccode2"),
    )
    dispute = frame["gmlmidongoing"].to_numpy() == 1
    t = peace_years(frame["pair"].to_numpy(), frame["place"].to_numpy(), dispute)  # the package counts rows
    return frame.with_columns(log_wealth=c("wealth").log(), t=pl.Series(t).cast(pl.Float64))


def _pacts(home: Path) -> pl.DataFrame:
    members = readers.open("cow_alliances", home=home).filter("defense").select("alliance", "ccode", "year").unique()
    both = members.join(members, on=["alliance", "year"]).filter(c("ccode") < c("ccode_right"))
    return both.select(ccode1="ccode", ccode2="ccode_right", year="year", cow_defense=pl.lit(1)).unique().collect()


def _lower(one: pl.Expr, two: pl.Expr) -> pl.Expr:
    return pl.when(one.is_not_null() & two.is_not_null()).then(pl.min_horizontal(one, two))


def _sample(table: pl.DataFrame, names: list[str], scaled: tuple[str, ...]) -> pl.DataFrame:
    return table.select(
        "gmlmidonset",
        *((c(name) - c(name).mean()) / (2 * c(name).std()) if name in scaled else c(name) for name in names),
        "t",
        t2=c("t") ** 2,
        t3=c("t") ** 3,
        one=pl.lit(1.0),
    ).drop_nulls()


def _logit(sample: pl.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """Coefficients and standard errors by Newton's method."""
    frame = sample.drop("gmlmidonset")
    x, y = frame.to_numpy(), sample["gmlmidonset"].to_numpy().astype(float)
    beta: Floats = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        information = (x * (p * (1 - p))[:, None]).T @ x
        beta = beta + np.linalg.solve(information, x.T @ (y - p))
    error = np.sqrt(np.diag(np.linalg.inv(information)))
    return dict(zip(frame.columns, beta.tolist(), strict=True)), dict(zip(frame.columns, error.tolist(), strict=True))


MODEL = ["land", "cinc", "major", "cow_defense", "democracy", "log_wealth", "soldiers"]
SCALED = ("cinc", "democracy", "log_wealth", "soldiers")


def test_the_rows_are_those_of_the_manuscript(table: pl.DataFrame) -> None:
    assert table.height == 112_282


def test_the_vignette_is_reproduced_where_the_inputs_are_like_its_own(table: pl.DataFrame) -> None:
    sample = _sample(table, ["land", "cinc", "major", "atop_defense", "democracy", "wealth", "soldiers"], ())
    assert sample.height == pytest.approx(106_056, abs=300)
    beta, error = _logit(sample)
    for term, (printed, its_error) in VIGNETTE.items():
        assert abs(beta[term] - printed) < 0.65 * its_error, term
        assert error[term] == pytest.approx(its_error, rel=0.1), term


def test_the_article_is_reproduced_but_for_its_older_inputs(table: pl.DataFrame) -> None:
    beta, error = _logit(_sample(table, MODEL, SCALED))
    for term, (printed, its_error) in ARTICLE.items():
        assert np.sign(beta[term]) == np.sign(printed), term
        assert abs(beta[term] - printed) < OLDER_INPUTS.get(term, 1.0) * its_error, term
        assert error[term] == pytest.approx(its_error, rel=0.1), term


def test_newton_steps_give_what_statsmodels_gives(table: pl.DataFrame) -> None:
    discrete = pytest.importorskip("statsmodels.api", reason="statsmodels is in the development group only")
    sample = _sample(table, MODEL, SCALED)
    frame = sample.drop("gmlmidonset")
    theirs = discrete.Logit(sample["gmlmidonset"].to_numpy(), frame.to_numpy()).fit(disp=0, method="newton")
    beta, error = _logit(sample)
    assert list(beta.values()) == pytest.approx(theirs.params, rel=1e-6)
    assert list(error.values()) == pytest.approx(theirs.bse, rel=1e-6)
