"""The fit of risk: against all rows at once, by years it may see, and what it says of itself."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from indivisible.errors import MissingData, QuestionError
from indivisible.measures.forecasts import scores
from indivisible.measures.logit import Logit, logit, probability
from indivisible.panels import onset_fit as module
from indivisible.panels.onset_columns import COLUMNS, LEAST_SHARE, MEANINGS, columns_of
from indivisible.panels.onset_fit import NEEDS, OnsetFit, last_year_for, onset_fit
from indivisible.panels.onset_rows import PairRows, rows_of
from published_worlds import published_home


@pytest.mark.parametrize(
    ("day", "last"),
    [(1930, 1929), (1939, 1929), (1940, 1939), (1950, 1949), (1959, 1949), (1989, 1979), (1990, 1989), (2026, 1989)],
)
def test_a_fit_has_never_seen_the_year_it_is_asked_about(day: int, last: int) -> None:
    assert last_year_for(day) == last < day


def test_before_there_is_anything_to_learn_from() -> None:
    assert last_year_for(1920) == 1919
    with pytest.raises(QuestionError, match="1920"):
        last_year_for(1919)


def test_columns_by_hand() -> None:
    """Three states: 0 is pledged to defend 1; 1 and 2 are hostile; 2 has promised 1 not to attack."""
    share = np.array([0.4, 0.1, 0.2])
    km = np.array([[0.0, 100.0, 200.0], [100.0, 0.0, 300.0], [200.0, 300.0, 0.0]])
    border, defence, restraint, hostile = (np.zeros((3, 3), dtype=bool) for _ in range(4))
    border[0, 1] = border[1, 0] = True
    defence[0, 1] = restraint[2, 1] = True
    hostile[1, 2] = hostile[2, 1] = True
    made = columns_of(share, km, border, defence, restraint, hostile)
    assert made.shape == (3, 3, len(COLUMNS))
    assert set(MEANINGS) == set(COLUMNS)
    against_1 = dict(zip(COLUMNS, made[2, 1], strict=True))  # 2 begins it with 1, whom 0 would defend
    assert against_1 == pytest.approx({
        "ratio": math.log(2), "size": math.log(0.3), "distance": math.log(301), "border": 0, "allied": 0,
        "restraint": 1, "shield": math.log(1 + 0.4 / 0.1), "backing": 0, "hostile": 1,
    })  # fmt: skip
    back = dict(zip(COLUMNS, made[1, 2], strict=True))  # 1 begins it with 2, with 0 behind it
    assert back["shield"] == 0
    assert back["backing"] == pytest.approx(math.log(5))
    assert back["restraint"] == 0
    between = dict(zip(COLUMNS, made[0, 1], strict=True))  # the defender itself is no shield against itself
    assert (between["allied"], between["shield"], between["border"]) == (1, 0, 1)
    assert columns_of(share, km, border, defence, restraint, None).shape == (3, 3, len(COLUMNS) - 1)


def test_a_share_of_nothing_counts_as_the_least() -> None:
    share = np.array([0.0, 0.5])
    nothing = np.zeros((2, 2), dtype=bool)
    made = columns_of(share, np.zeros((2, 2)), nothing, nothing, nothing, None)
    assert made[0, 1, 0] == pytest.approx(math.log(LEAST_SHARE / 0.5))
    assert np.isfinite(made).all()


def test_without_data_it_says_what_to_import(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="indivisible data import"):
        onset_fit(home=tmp_path)


def made_up(seed: int = 0, years: range = range(1950, 2001)) -> PairRows:
    """Rows of an invented history whose log odds are -4 + 0.8 ratio + 2 hostile, the other columns being noise."""
    luck = np.random.default_rng(seed)
    n, year = 600, np.repeat(np.array(years, dtype=np.int16), 600)
    columns = np.zeros((n * len(years), len(COLUMNS)))
    columns[:, :-1] = luck.normal(size=(len(columns), len(COLUMNS) - 1))
    hostile = luck.random(len(columns)) < 0.1
    events = luck.random(len(columns)) < probability(-4.0 + 0.8 * columns[:, 0] + 2.0 * hostile)
    relevant = luck.random(len(columns)) < 0.4
    begin = int(np.searchsorted(year, 1960))
    return PairRows(columns, events, relevant, year, {"rivalries": hostile[begin:]}, {"rivalries": begin},
                    {"gml_disputes": "made up"}, {"conflicts": "not imported", "disputes": "not imported"})  # fmt: skip


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> OnsetFit:
    monkeypatch.setattr(module, "rows_of", lambda *_: made_up())
    module._fitted.cache_clear()
    found = module._fitted(1989, "nowhere", ())
    module._fitted.cache_clear()
    return found


def test_what_was_put_in_is_found_again(fitted: OnsetFit) -> None:
    one = fitted.variant("rivalries of 2020")
    named = dict(zip(one.names, one.coefficients, strict=True))
    errors = dict(zip(one.names, one.errors, strict=True))
    assert named["ratio"] == pytest.approx(0.8, abs=4 * errors["ratio"])
    assert named["hostile"] == pytest.approx(2.0, abs=4 * errors["hostile"])
    assert named["constant"] == pytest.approx(-4.0, abs=4 * errors["constant"])
    assert (one.years, one.test_years) == ((1960, 1989), (1990, 2000))
    assert fitted.variant("none").years == (1950, 1989)
    assert one.rows == 30 * 600
    assert "hostile" not in fitted.variant("none").names
    assert fitted.variant("given") is one  # written by hand


def test_it_is_tested_on_years_it_has_not_seen(fitted: OnsetFit) -> None:
    rows = made_up()
    for name in ("none", "rivalries"):
        one = fitted.variant(name)
        columns = rows.columns.copy()
        columns[rows.hostile_from["rivalries"] :, -1] = rows.hostile["rivalries"]
        later = rows.year > 1989
        chance = probability(one.log_odds(columns[later][:, : len(one.names) - 1]))
        tested, relevant = one.tested, one.relevant
        assert tested is not None
        assert relevant is not None
        assert tested.auc == pytest.approx(scores(chance, rows.events[later]).auc, abs=1e-9)
        near = rows.relevant[later]
        assert relevant.log_loss == pytest.approx(scores(chance[near], rows.events[later][near]).log_loss, abs=1e-9)
    assert fitted.variant("rivalries").tested.auc > fitted.variant("none").tested.auc  # type: ignore[union-attr]


def test_what_it_says_of_itself(fitted: OnsetFit) -> None:
    said = fitted.sentence()
    assert said.startswith("Fitted on 24,000 directed pairs of states and years from 1950 to 1989")
    assert "tested on 1990 to 2000" in said
    assert said.endswith("An association, not an effect.")
    told = json.loads(json.dumps(fitted.to_dict(), allow_nan=False))
    assert [one["hostility"] for one in told["variants"]] == ["none", "rivalries"]
    assert told["variants"][0]["base_rate"] == pytest.approx(told["variants"][0]["events"] / 24_000)
    assert set(told["variants"][1]["standard_errors"]) == {"constant", *COLUMNS}
    with pytest.raises(MissingData, match="not imported"):
        fitted.variant("disputes of 10 years")


def test_few_disputes_are_no_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made_up()
    rows.events[:] = False
    rows.events[:99] = True
    monkeypatch.setattr(module, "rows_of", lambda *_: rows)
    module._fitted.cache_clear()
    with pytest.raises(MissingData, match="only 99 disputes"):
        module._fitted(1989, "nowhere", ())
    module._fitted.cache_clear()


def test_published_fit_against_all_rows_at_once() -> None:
    home = published_home()
    found = onset_fit(home=home)
    assert onset_fit(home=home) is found  # once in a process
    assert set(found.variants) == {"conflicts", "disputes", "none", "rivalries"}
    one = found.variant("rivalries")
    rows = rows_of(str(home), module._digest(home))
    middle = int(np.searchsorted(rows.year, 1990))
    assert (one.rows, one.events) == (middle, int(rows.events[:middle].sum()))
    columns = rows.columns[:middle].copy()
    columns[:, -1] = rows.hostile["rivalries"][:middle]
    full = logit(columns, rows.events[:middle], start=np.array(one.coefficients))
    assert isinstance(full, Logit)
    assert np.abs((full.coefficients - one.coefficients) / full.errors).max() < 0.05
    assert one.errors == pytest.approx(full.errors, rel=5e-3)
    assert one.coefficients[-1] > 2.0  # rivals
    assert one.coefficients[3] < 0.0  # distance
    assert one.tested is not None
    assert one.tested.auc == pytest.approx(0.9635, abs=5e-4)
    assert set(NEEDS) <= set(found.datasets)
    assert found.variant("conflicts of 10 years to 2024-12-31").years == (1956, 1989)
