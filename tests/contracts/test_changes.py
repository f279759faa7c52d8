"""What every change that ships must satisfy: named, sourced, dated, applicable, reversible where it should be."""

from __future__ import annotations

import pytest

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.change import SHIPPED, load_change
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.steps import apply, baseline_day
from indivisible.assess.assess import assess
from indivisible.assess.assessment import Assessment
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.values import day_of, iso

ADDS_DEFENCE = {"nordic-accession": ("FIN", "USA"), "nato-1999": ("POL", "USA"), "nato-2004": ("EST", "USA"),
                "russia-dprk-2024": ("RUS", "PRK"), "belarus-russia-2024": ("RUS", "BLR")}  # fmt: skip
ENDS_DEFENCE = {"csto-1999-lapse": ("GEO", "RUS"), "csto-uzbekistan-2012": ("UZB", "KAZ")}
BASELINES = {"nordic-accession": "2023-04-03", "nato-2004": "2004-03-28", "drafts-2021": "2021-12-16"}


@pytest.fixture(scope="module")
def record() -> Record:
    return load()


@pytest.fixture(scope="module", params=SHIPPED)
def pair(request: pytest.FixtureRequest, record: Record) -> tuple[str, Architecture, Architecture]:
    change = load_change(request.param)
    before = as_of(record, baseline_day(change, record))
    return request.param, before, apply(before, change, record)


def test_it_is_named_described_and_sourced(pair: tuple[str, Architecture, Architecture]):
    change = load_change(pair[0])
    assert change.name == pair[0]
    assert change.title
    assert len(change.description) > 50
    assert bool(change.sources) == bool(change.steps)
    assert all(step.date for step in change.steps)


def test_its_words_take_no_side(pair: tuple[str, Architecture, Architecture]):
    change = load_change(pair[0])
    text = f"{change.title} {change.description}".lower().replace("non-aggression", "")
    for word in ("aggress", "regime", "expansion", "provoc", "so-called", "puppet", "rightful", "illegal", "annex"):
        assert word not in text


def test_figures_states_and_day_are_frozen(pair: tuple[str, Architecture, Architecture]):
    name, before, after = pair
    assert (after.day, after.states, after.record) == (before.day, before.states, before.record)
    assert after.figures == before.figures
    assert iso(before.day) == BASELINES.get(name, iso(before.day))


def test_it_does_what_it_is_called(pair: tuple[str, Architecture, Architecture]):
    name, before, after = pair
    treaties = {t for arch in (before, after) for t in (p.treaty for p in arch.pledges)}
    assert treaties
    first, second = (
        {(p.sender, p.receiver, p.treaty) for p in arch.pledges if p.kind == "defence"} for arch in (before, after)
    )
    if name in ADDS_DEFENCE:
        assert {(a, b) for a, b, _ in second - first} >= {ADDS_DEFENCE[name], ADDS_DEFENCE[name][::-1]}
        assert not first - second
    elif name in ENDS_DEFENCE:
        assert {(a, b) for a, b, _ in first - second} >= {ENDS_DEFENCE[name], ENDS_DEFENCE[name][::-1]}
        assert not second - first
    else:
        assert first == second


def test_new_pledges_rest_on_an_article_and_on_the_step(pair: tuple[str, Architecture, Architecture]):
    name, before, after = pair
    for pledge in set(after.pledges) - set(before.pledges):
        assert pledge.article
        assert any(claim.startswith(f"changes/{name}#") for claim in pledge.claims)


def test_taking_no_step_of_it_changes_nothing(pair: tuple[str, Architecture, Architecture], record: Record):
    assert apply(pair[1], load_change(pair[0]), record, only=()) == pair[1]


def test_taking_it_again_is_refused_or_does_nothing(pair: tuple[str, Architecture, Architecture], record: Record):
    """Inside a subset every step that is already so does nothing."""
    name, _, after = pair
    change = load_change(name)
    again = apply(after, change, record, only=change.ids)
    assert {(p.sender, p.receiver, p.kind) for p in again.pledges} == {
        (p.sender, p.receiver, p.kind) for p in after.pledges
    }


@pytest.fixture(scope="module")
def nothing(record: Record) -> Assessment:
    return assess(record, load_change("nothing"))


def test_the_empty_change_is_exactly_zero_for_every_state_and_model(nothing: Assessment):
    for judgement in nothing.models:
        assert len(judgement.states) > 150
        assert {(s.change, s.low, s.high, s.verdict) for s in judgement.states} == {(0.0, 0.0, 0.0, "not_seen")}
        assert judgement.before == judgement.after


def test_the_main_job(record: Record):
    found = assess(record, load_change("nordic-accession"), models=["deterrence", "distance"])
    for judgement in found.models:
        verdicts = {s.state: s.verdict for s in judgement.states}
        assert verdicts["FIN"] == verdicts["SWE"] == "gains"
        assert sum(judgement.counts.to_dict().values()) == len(judgement.states)
    assert {s.state: s.verdict for s in found.models[1].states}["RUS"] == "not_seen"


HISTORY = {
    "belarus-russia-2024": ("BLR_RUS_SECURITY_GUARANTEES_2024", "2025-03-14"),
    "csto-1999-lapse": ("COLLECTIVE_SECURITY_TREATY_1992", "1999-04-21"),
    "csto-uzbekistan-2012": ("COLLECTIVE_SECURITY_TREATY_1992", "2012-12-20"),
    "nato-1999": ("WASHINGTON_TREATY_1949", "1999-03-13"),
    "nato-2004": ("WASHINGTON_TREATY_1949", "2004-03-30"),
    "nordic-accession": ("WASHINGTON_TREATY_1949", "2024-03-08"),
    "russia-dprk-2024": ("RUS_PRK_PARTNERSHIP_2024", "2024-12-05"),
}


@pytest.mark.parametrize("name", sorted(HISTORY))
def test_what_happened_is_what_the_change_says(record: Record, name: str):
    """The pledges of the treaty after the steps are those that the record has on the day after the last of them."""
    treaty, day = HISTORY[name]
    change = load_change(name)
    changed = apply(as_of(record, baseline_day(change, record)), change, record)
    happened = as_of(record, day_of(day))
    told, known = (
        {(p.sender, p.receiver, p.kind, p.certain) for p in arch.pledges if p.treaty == treaty}
        for arch in (changed, happened)
    )
    assert told == known
    assert told
