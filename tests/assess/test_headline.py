"""What a reader is told first: where models agree, where they part, and that a blind model does not take part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indivisible.assess.assessment import Judgement, Score, StateChange
from indivisible.assess.headline import headline, known_views
from indivisible.assess.spread import Spread
from indivisible.assess.verdict import Counts
from indivisible.assess.words import counted, listed, named
from indivisible.models.base import ALL
from indivisible.values import Truth

NAMES = {"AAA": "Aland", "BBB": "Bland", "CCC": "Cland", "DDD": "Dland"}
NOTHING = Score(0.0, 0.0, 0.0, False)


@pytest.fixture(scope="module")
def some_spread(request: pytest.FixtureRequest) -> Spread:
    from indivisible.assess.assess import assess

    lands, joining = request.getfixturevalue("lands"), request.getfixturevalue("joining")
    return assess(lands, joining, models=["deterrence"]).models[0].before


def judged(model: str, spread: Spread, **said: str) -> Judgement:
    states = tuple(StateChange(s, NOTHING, NOTHING, 0.0, 0.0, 0.0, v, "", ()) for s, v in said.items())
    counts = Counts.of(said.values())
    return Judgement(
        model=model, output="", assumes="", notes=(), fit=None, parameters={}, scale="ordinal", materiality=0.01,
        can_show=ALL, counts=counts, counts_at={}, nobody_loses=Truth.UNKNOWN, before=spread, after=spread,
        states=states,
    )  # fmt: skip


def test_agreement_and_opposition(some_spread: Spread) -> None:
    one = judged("one", some_spread, AAA="gains", BBB="gains", CCC="loses", DDD="unknown")
    two = judged("two", some_spread, AAA="gains", BBB="loses", CCC="not_seen", DDD="loses")
    told = list(headline([one, two], NAMES))
    assert told == [
        "1 state gains in every model that gives a verdict on it: Aland.",
        "2 states lose in one and two alone; the others give no verdict.",
        "The models differ on 1 state, and on 1 of them one says gain where another says loss:",
        "- 1 state that gains in one but loses in two: Bland.",
    ]


def test_a_blind_model_neither_agrees_nor_differs(some_spread: Spread) -> None:
    one = judged("one", some_spread, AAA="gains", BBB="unchanged")
    two = judged("two", some_spread, AAA="gains", BBB="gains")
    blind = judged("three", some_spread, AAA="not_seen", BBB="not_seen")
    told = list(headline([one, two, blind], NAMES))
    assert told[0] == "Nothing that three reads is touched by this change."
    assert told[1] == "1 state gains in every model that gives a verdict on it: Aland."
    assert told[-1] == "- 1 state that gains in two but is unchanged in one: Bland."
    assert list(headline([one], NAMES)) == []
    assert list(headline([one, blind], NAMES)) == ["Nothing that three reads is touched by this change."]


def test_unknown_is_no_view(some_spread: Spread) -> None:
    one = judged("one", some_spread, AAA="unknown", BBB="not_seen", CCC="unchanged")
    assert known_views([one]) == {"AAA": {}, "BBB": {}, "CCC": {"one": "unchanged"}}


def test_the_labels_of_readings_side_by_side_are_kept_apart(some_spread: Spread) -> None:
    first = replace(judged("m", some_spread, AAA="gains"), output="first")
    other = replace(judged("m", some_spread, AAA="loses"), output="second")
    assert any("gains in m (first) but loses in m (second)" in line for line in headline([first, other], NAMES))


def test_words() -> None:
    assert counted(1, "state") == "1 state"
    assert counted(2, "entry") == "2 entries"
    assert listed([]) == "no model"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert named([f"S{n}" for n in range(10)], {}) == "S0, S1, S2, S3, S4, S5, S6, S7 and 2 more"
