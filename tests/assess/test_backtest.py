"""Back-tests: made-up readings whose worth is known, published years, and what is said of those that fail."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import indivisible.assess.backtest as module
from indivisible.architecture.arrays import Arrays
from indivisible.assess.backtest import backtest
from indivisible.assess.backtest_answer import ALL, RELEVANT, SHARE, Backtest, Entry
from indivisible.assess.backtest_trials import Trial, Years, trial_of_chance, trial_of_columns, trial_of_reading
from indivisible.errors import MissingData, QuestionError, UnknownName
from indivisible.models import distance
from indivisible.models.base import Reading, Settings
from indivisible.panels.onset_pairs import Disputes
from indivisible.panels.onset_worlds import OnsetWorlds, PairRows, StateYears
from indivisible.panels.year_worlds_sources import Rows
from indivisible.report.backtest_text import BacktestAnswer
from published_worlds import published_home

FIRST = 1985  # few years, so that the tests stay quick


def years(n: int, split: int) -> Years:
    train = np.arange(n) < split
    return Years(train, ~train)


def told(found: Trial | str) -> Trial:
    assert isinstance(found, Trial), found
    return found


def drawn(slope: float, n: int = 4000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    luck = np.random.default_rng(seed)
    reading = luck.normal(size=n)
    return reading, luck.random(n) < 1 / (1 + np.exp(2 - slope * reading))


def test_a_low_reading_that_precedes_events_ranks_above_a_half() -> None:
    reading, events = drawn(-1.5)
    found = told(trial_of_reading(reading, events, years(4000, 2000)))
    assert found.auc is not None
    assert found.slope is not None
    assert found.auc > 0.75
    assert found.slope < 0.0
    assert found.scores.expected == pytest.approx(1.0, abs=0.15)
    base = told(trial_of_columns(reading[:, None][:, :0], events, years(4000, 2000), ()))
    assert found.scores.log_loss < base.scores.log_loss


def test_a_reading_that_points_the_wrong_way_is_not_turned_round() -> None:
    """The calibration has the other sign and its chances are good; the ranking stays that of the reading."""
    reading, events = drawn(1.5)
    found = told(trial_of_reading(reading, events, years(4000, 2000)))
    assert found.auc is not None
    assert found.slope is not None
    assert found.auc < 0.25
    assert found.slope > 0.0
    assert found.scores.auc == pytest.approx(1.0 - found.auc)
    assert found.to_dict()["auc"] == found.auc


def test_the_later_years_do_not_enter_the_calibration() -> None:
    reading, events = drawn(-1.0)
    one = told(trial_of_reading(reading, events, years(4000, 2000)))
    other = events.copy()
    other[2000:] = ~other[2000:]
    assert told(trial_of_reading(reading, other, years(4000, 2000))).slope == one.slope


def test_who_nobody_could_attack_has_a_level_of_its_own() -> None:
    reading, events = drawn(-1.0)
    safe = np.random.default_rng(1).random(4000) < 0.2
    reading[safe], events[safe] = math.inf, np.random.default_rng(2).random(int(safe.sum())) < 0.01
    found = told(trial_of_reading(reading, events, years(4000, 2000)))
    lowest = found.scores.bins[0]
    assert lowest.given < 0.05
    assert found.scores.rows == 2000
    assert found.auc is not None
    assert found.auc > 0.6


def test_who_nobody_could_attack_has_the_rate_of_such_states() -> None:
    luck = np.random.default_rng(3)
    safe = luck.random(4000) < 0.5
    events = luck.random(4000) < np.where(safe, 0.05, 0.3)
    found = told(trial_of_reading(np.where(safe, math.inf, 1.0), events, years(4000, 2000)))
    rates = [events[:2000][safe[:2000] == which].mean() for which in (True, False)]
    assert [one.given for one in found.scores.bins] == pytest.approx(rates)


def test_what_is_not_known_is_left_out() -> None:
    reading, events = drawn(-1.0)
    reading[::3] = math.nan
    found = told(trial_of_reading(reading, events, years(4000, 2000)))
    assert found.scores.rows == int((~np.isnan(reading[2000:])).sum())
    assert trial_of_reading(np.full(10, math.nan), events[:10], years(10, 5)) == "no reading is known"


def test_readings_that_allow_no_curve_say_why() -> None:
    n = 100
    events = np.tile([True, False], n // 2)
    found = told(trial_of_reading(np.ones(n), events, years(n, 50)))  # all alike: the base rate
    assert found.slope is None
    assert found.auc == 0.5
    apart = np.where(events, -1.0, 1.0)
    said = trial_of_reading(apart, events, years(n, 50))
    assert isinstance(said, str)
    assert "without error" in said
    assert trial_of_reading(apart, np.zeros(n, dtype=bool), years(n, 50)) == "no event in the years of the test"
    assert isinstance(trial_of_chance(np.full(n, 0.1), np.zeros(n, dtype=bool), years(n, 50)), str)


@pytest.fixture(scope="module")
def states() -> Backtest:
    return backtest(["distance", "deterrence"], first=FIRST, home=published_home())


@pytest.fixture(scope="module")
def pairs() -> Backtest:
    return backtest(["distance"], unit="dyad-year", first=FIRST, home=published_home())


def entry(of: Backtest, name: str) -> Entry:
    return next(one for one in of.entries if one.name == name)


def test_targets_of_published_years(states: Backtest) -> None:
    """Counted again, year by year, from the list of disputes."""
    home = published_home()
    disputes = Disputes("gml", last=2010, home=home)
    world = module.onset_worlds(FIRST, disputes="gml", choices=module.Choices(hostility="none"), home=home)
    rows = events = 0
    for one, _ in world.worlds:
        if one.year + 1 > 1989:
            rows += len(one.codes)
            events += int(disputes.begun(one.year + 1, Rows.of(one.codes.tolist())).any(axis=0).sum())
    assert states.populations == {ALL: (rows, events)}
    assert (states.first, states.split, states.last) == (FIRST + 1, 1989, 2010)


def test_every_forecast_is_listed_models_first(states: Backtest) -> None:
    assert [one.name for one in states.entries] == [
        "deterrence", "distance", "base rate", SHARE, "structure", "structure and rivalry",
        "structure and peace years", "structure, rivalry and peace years",
    ]  # fmt: skip
    base = told(entry(states, "base rate").tests[ALL])
    assert (base.auc, base.scores.rows) == (0.5, states.populations[ALL][0])
    share = told(entry(states, SHARE).tests[ALL])
    assert share.auc is not None
    assert share.auc > 0.7
    assert share.scores.log_loss < base.scores.log_loss
    peace = told(entry(states, "structure and peace years").tests[ALL])
    assert peace.auc is not None
    assert peace.auc > share.auc


def test_a_model_is_read_as_it_stands(states: Backtest) -> None:
    """Distance of every state-year, read again one world at a time."""
    home = published_home()
    worlds = module.onset_worlds(FIRST, disputes="gml", choices=module.Choices(hostility="rivalries"), home=home)
    scores = []
    for one, _ in worlds.worlds:
        arrays = one.arrays_for(frozenset({"power", "distance", "pledges.defence"}))
        assert isinstance(arrays, Arrays)
        scores.append(distance.read(arrays, module.chosen_settings((distance,), {})[0][1]).best)
    later = worlds.states.year > 1989
    found = trial_of_reading(np.concatenate(scores), worlds.states.target, Years(~later, later))
    assert told(entry(states, "distance").tests[ALL]).auc == told(found).auc


def test_pairs_with_a_direction(pairs: Backtest) -> None:
    rows, events = pairs.populations[ALL]
    near, targets = pairs.populations[RELEVANT]
    assert near < rows / 5
    assert targets > events / 2
    assert entry(pairs, "distance").reading == "its score of the target, whoever begins"
    structure = told(entry(pairs, "structure").tests[ALL])
    assert structure.auc is not None
    assert structure.auc > 0.95
    beside = told(entry(pairs, "structure").tests[RELEVANT])
    assert beside.auc is not None
    assert beside.auc < structure.auc  # distance flatters the ranking of all pairs
    assert told(entry(pairs, "base rate").tests[RELEVANT]).scores.base_rate == targets / near


def test_json_table_and_terminal(pairs: Backtest, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(json.dumps(pairs.to_dict(), allow_nan=False))
    assert next(iter(answer)) == "schema"
    assert answer["schema"] == "backtest/1"
    assert answer["tested_on"] == [1990, 2010]
    assert answer["forecasts"][0]["tests"][ALL]["reliability"]
    assert answer["populations"][ALL]["base_rate"] == pytest.approx(
        pairs.populations[ALL][1] / pairs.populations[ALL][0]
    )
    assert len(pairs.rows()) == 2 * len(pairs.entries)
    assert {"gml_disputes", "nmc", "atop_directed"} <= set(pairs.sources())
    BacktestAnswer(pairs).show()
    said = capsys.readouterr().out
    assert "Politically relevant pairs:" in said
    assert "distance: by its score of the target, whoever begins" in said


def few(n: int = 40, span: range = range(1980, 2000), seed: int = 0) -> OnsetWorlds:
    """Made-up rows, without worlds: what does not need to be read."""
    luck = np.random.default_rng(seed)
    year = np.repeat(np.array(span), n)
    states = StateYears(year, np.tile(np.arange(n), len(span)), luck.random(len(year)) < 0.2, luck.random(len(year)))
    one, two = np.nonzero(~np.eye(n, dtype=bool))
    begin = np.concatenate([one + n * k for k in range(len(span))]).astype(np.int32)
    target = np.concatenate([two + n * k for k in range(len(span))]).astype(np.int32)
    columns = luck.normal(size=(len(begin), 9))
    columns[::7, 2] = math.nan
    some = luck.random(len(begin))
    return OnsetWorlds(states, PairRows(begin, target, some < 0.02, some < 0.3, some < 0.9, columns), (), {})


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> OnsetWorlds:
    rows = few()
    monkeypatch.setattr(module, "onset_worlds", lambda *_, **__: rows)
    monkeypatch.setattr(module, "versions_of", lambda *_, **__: {})
    return rows


def reader(monkeypatch: pytest.MonkeyPatch, read: object) -> None:
    monkeypatch.setattr(module, "_read", read)


def test_a_model_that_cannot_be_run_is_listed_with_the_reason(
    made_up: OnsetWorlds, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read(*_: object) -> None:
        raise MissingData("the sun is not imported", do="wait")

    reader(monkeypatch, read)
    found = backtest(["distance"])
    assert entry(found, "distance").why_not == "the sun is not imported (wait)"
    assert "Not run: distance." in found.sentence()
    assert found.rows()[0] == {"forecast": "distance", "kind": "model", "not_run": "the sun is not imported (wait)"}
    BacktestAnswer(found).show()
    assert "distance: not run: the sun is not imported (wait)" in capsys.readouterr().out


def test_a_reading_that_foretells_and_one_that_misleads(made_up: OnsetWorlds, monkeypatch: pytest.MonkeyPatch) -> None:
    luck = np.random.default_rng(5)
    noise = luck.normal(size=len(made_up.states.year))
    wise = noise - 2.0 * made_up.states.target
    for sign, said in ((1.0, "distance ranks clearly more"), (-1.0, "more disputes, not fewer, in distance")):
        values = sign * wise
        reader(monkeypatch, lambda *_, values=values: module._Readings(values, None, False, ()))
        found = backtest(["distance"])
        assert said in found.sentence()
        auc = entry(found, "distance").auc()
        assert auc is not None
        assert (auc[0] > 0.5) == (sign > 0)


def test_a_reading_that_is_the_same_for_all(made_up: OnsetWorlds, monkeypatch: pytest.MonkeyPatch) -> None:
    reader(monkeypatch, lambda *_: module._Readings(np.zeros(len(made_up.states.year)), None, False, ()))
    one = entry(backtest(["distance"]), "distance")
    assert one.auc() == (0.5, 0.0)
    assert one.notes == ("every reading is the same, so it tells nobody from anybody",)


def test_a_little_more_is_not_clearly_more(made_up: OnsetWorlds, monkeypatch: pytest.MonkeyPatch) -> None:
    """The share itself, a little better: by chance it ranks above and is not counted."""
    luck = np.random.default_rng(1)
    share, target = made_up.states.share, made_up.states.target
    values = -np.log(share) - 0.1 * target + 0.01 * luck.normal(size=len(share))
    reader(monkeypatch, lambda *_: module._Readings(values, None, False, ()))
    found = backtest(["distance"])
    one, other = entry(found, "distance").auc(), entry(found, SHARE).auc()
    assert one is not None
    assert other is not None
    assert one[0] > other[0]
    assert "none ranks clearly more" in found.sentence()


def test_chances_of_pairs_and_chances_put_together(made_up: OnsetWorlds, monkeypatch: pytest.MonkeyPatch) -> None:
    odds = np.random.default_rng(7).normal(size=len(made_up.pairs.began))
    reader(monkeypatch, lambda *_: module._Readings(np.zeros(len(made_up.states.year)), odds, True, ("a note",)))
    found = backtest(["distance"], unit="dyad-year")
    one = entry(found, "distance")
    tested = told(one.tests[ALL])
    assert (one.reading, one.notes) == ("its score of the pair", ("a note",))
    assert tested.slope is None  # a chance needs no calibration
    kept = made_up.pairs.counted & (made_up.pair_year() > 1989)
    chance = 1 / (1 + np.exp(odds[kept]))
    expected = -np.log(np.where(made_up.pairs.began[kept], chance, 1 - chance)).mean()
    assert tested.scores.log_loss == pytest.approx(expected)
    together = told(entry(backtest(["distance"]), "structure").tests[ALL])
    table = module._filled(made_up.pairs.columns, made_up.pair_year() <= 1989)[:, [0, 1, 2, 3, 4]]
    year = made_up.pair_year()
    every = Years(made_up.pairs.counted & (year <= 1989), np.ones(len(year), dtype=bool))
    chance = module.fitted_chance(table, made_up.pairs.began, every, tuple("abcde"))
    assert not isinstance(chance, str)
    by_hand = [
        1 - math.prod(1 - chance[k] for k in np.flatnonzero(made_up.pairs.target == row))
        for row in np.flatnonzero(made_up.states.year > 1989)[:50]
    ]
    calm = np.bincount(made_up.pairs.target, weights=np.log1p(-chance))
    assert -np.expm1(calm[np.flatnonzero(made_up.states.year > 1989)[:50]]) == pytest.approx(by_hand)
    assert together.scores.rows == int((made_up.states.year > 1989).sum())


def test_chances_put_together_are_learnt_from_the_earlier_years(made_up: OnsetWorlds) -> None:
    one = told(entry(backtest(["distance"]), "structure").tests[ALL])
    later = made_up.pair_year() > 1989
    made_up.pairs.began[later] = ~made_up.pairs.began[later]
    again = told(entry(backtest(["distance"]), "structure").tests[ALL])
    assert [b.given for b in again.scores.bins] == [b.given for b in one.scores.bins]


def test_interrupted_it_gives_what_is_done(made_up: OnsetWorlds, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def read(model: object, settings: Settings, *_: object) -> object:
        calls.append(settings.model)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return module._Readings(np.arange(len(made_up.states.year), dtype=float), None, False, ())

    reader(monkeypatch, read)
    found = backtest(["deterrence", "distance"])
    assert [one.name for one in found.entries] == ["deterrence"]
    assert found.interrupted
    assert found.exit_code == 1
    assert "Interrupted" in found.sentence()
    calls[:] = ["x"]
    with pytest.raises(KeyboardInterrupt):  # nothing is done yet
        backtest(["deterrence", "distance"])


def test_mistakes(made_up: OnsetWorlds) -> None:
    with pytest.raises(QuestionError, match="state-year or dyad-year or undirected-dyad-year"):
        backtest(["distance"], unit="country-year")
    with pytest.raises(UnknownName, match="distance"):
        backtest(["distanse"])
    with pytest.raises(QuestionError, match="nothing to fit on"):
        backtest(["distance"], split=1979)
    with pytest.raises(QuestionError, match="nothing to test on"):
        backtest(["distance"], split=1999)
    with pytest.raises(QuestionError, match="without a direction"):
        backtest(["distance"], unit="undirected-dyad-year")
    with pytest.raises(QuestionError, match="no source of hostility is called"):
        backtest(["distance"], hostility="hate")


def test_without_data_it_says_what_to_import(tmp_path: Path) -> None:
    for unit in ("state-year", "dyad-year", "undirected-dyad-year"):
        with pytest.raises(MissingData, match="indivisible data import"):
            backtest(unit=unit, home=tmp_path)


def test_pairs_without_a_direction() -> None:
    found = backtest(unit="undirected-dyad-year", first=1980, home=published_home())
    assert [one.kind for one in found.entries] == ["baseline"] * 7
    assert found.populations[ALL][1] == 749
    assert found.to_dict()["event"] == "a dispute begins between the two in the year"
    assert "models" not in found.sentence()
    assert any("only went on" in one for one in found.left_out)


def test_a_model_without_a_score_says_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    original = distance.read

    def read(arrays: Arrays, settings: Settings) -> Reading:
        nothing = np.full(len(arrays.states), math.nan)
        made = original(arrays, settings)
        return replace(made, low=nothing, best=nothing, high=nothing, note="there is no equilibrium: {USA} is below 0.")

    monkeypatch.setattr(distance, "read", read)
    found = backtest(["distance"], first=1988, home=published_home())
    assert entry(found, "distance").why_not == "no year can be read: there is no equilibrium"
