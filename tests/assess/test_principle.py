"""The norms of equal and indivisible security: every reading parts from another somewhere and agrees somewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from indivisible.architecture.change import Change, change_of, load_change
from indivisible.architecture.change_file import parse_table
from indivisible.assess.assess import assess
from indivisible.assess.comparison import compare
from indivisible.assess.principle import Principle, checked_norms, principle
from indivisible.assess.verdict import NOT_SEEN
from indivisible.record.load import load
from indivisible.report.json_text import to_json
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, VERDICTS
from indivisible.rules.norms import norm_readings, norms

READINGS = [reading.key for reading in norm_readings()]
DETERRENCE, REACH = ("deterrence", {}), ("distance", {"distance.reach": 1.0})
MADE = {
    "a third state of the area loses": ("do: pledge, from: JPN, to: IND, kind: defence, mutual: true", DETERRENCE),
    "only states outside the area lose": ("do: pledge, from: AUS, to: IDN, kind: defence, mutual: true", REACH),
    "nobody loses": ("do: pledge, from: BRA, to: IND, kind: defence, mutual: true", DETERRENCE),
    "troops abroad": ("do: deploy, state: USA, host: POL, personnel: 10000", DETERRENCE),
    "a limit taken on": ("do: cap, state: USA, host: DEU, at_most: 100", DETERRENCE),
}
SHIPPED = ("csto-uzbekistan-2012", "drafts-2021", "nordic-accession", "nothing")


def made(name: str) -> Change:
    step, _ = MADE[name]
    text = f"schema: change/1\nname: x\ntitle: X\nsteps:\n  - {{id: s, date: 2021-06-02, {step}}}\n"
    return change_of(parse_table(text, "x.yml"))


@cache
def of_steps(name: str) -> Principle:
    _, (model, settings) = MADE[name]
    change = made(name)
    return principle(compare(load(), change), assess(load(), change, models=[model], settings=settings))


@cache
def of_shipped(name: str) -> Principle:
    change = load_change(name)
    return principle(compare(load(), change), assess(load(), change, models=["deterrence", "distance"]))


def verdicts(found: Principle, norm: str) -> dict[str, str]:
    return {one.reading: one.verdict for one in found.of(norm)}


def all_cases() -> list[Principle]:
    return [*(of_steps(name) for name in MADE), *(of_shipped(name) for name in SHIPPED)]


def test_every_norm_has_a_check_and_every_check_a_norm() -> None:
    assert [norm.key for norm in norms()] == list(checked_norms()) == [f"N{k}" for k in range(8)]
    record = load()
    for norm in norms():
        assert all(text in record.sources for text in norm.texts)
    for reading in norm_readings():
        assert all(key in {*record.entities("text"), *record.entities("treaty")} for key in reading.texts)
        assert reading.held_by


def test_every_reading_changes_a_result_somewhere_and_agrees_with_every_rival_somewhere() -> None:
    for one, other in combinations(READINGS, 2):
        pairs = [
            (said[one], said[other]) for case in all_cases() for said in (verdicts(case, n) for n in checked_norms())
        ]
        known = [(a, b) for a, b in pairs if NOT_APPLICABLE not in (a, b)]
        assert any(a != b for a, b in known), (one, other)
        assert any(a == b for a, b in known), (one, other)


def test_a_loss_in_the_area_parts_means_from_any_loss() -> None:
    found = of_steps("a third state of the area loses")
    assert verdicts(found, "N5") == {"free_choice": KEPT, "package": BROKEN, "worldwide": BROKEN}
    assert verdicts(found, "N2") == {"free_choice": KEPT, "package": BROKEN, "worldwide": NOT_APPLICABLE}
    assert found.conflict("N5")
    assert found.conflict("N2")
    assert dict(found.of("N5")[1].models) == {"deterrence": BROKEN}


def test_a_loss_outside_the_area_counts_only_where_geography_has_no_limit() -> None:
    found = of_steps("only states outside the area lose")
    assert verdicts(found, "N5") == {"free_choice": KEPT, "package": KEPT, "worldwide": BROKEN}


def test_where_nobody_loses_the_readings_agree() -> None:
    found = of_steps("nobody loses")
    assert set(verdicts(found, "N5").values()) == {KEPT}
    assert not found.conflict("N5")
    assert not found.conflict("N2")  # a reading that is silent takes no part


def test_troops_abroad_are_unknown_in_every_reading() -> None:
    found = of_steps("troops abroad")
    assert set(verdicts(found, "N5").values()) == {UNKNOWN}  # this model reads no troops: no evidence
    assert set(verdicts(found, "N7").values()) == {UNKNOWN}


def test_a_limit_taken_on_by_oneself_lowers_forces_and_takes_nothing_away() -> None:
    found = of_steps("a limit taken on")
    assert set(verdicts(found, "N7").values()) == {KEPT}
    assert set(verdicts(found, "N4").values()) == {KEPT}
    assert set(verdicts(found, "N1").values()) == {KEPT}


def test_a_text_that_limits_many_does_not_say_who_consents() -> None:
    found = of_shipped("drafts-2021")
    assert set(verdicts(found, "N4").values()) == {UNKNOWN}
    assert verdicts(found, "N6") == {"free_choice": UNKNOWN, "package": KEPT, "worldwide": KEPT}


def test_the_accession_of_two_states_parts_three_norms() -> None:
    found = of_shipped("nordic-accession")
    assert [norm.key for norm in norms() if found.conflict(norm.key)] == ["N2", "N5", "N6"]
    assert verdicts(found, "N6") == {"free_choice": KEPT, "package": BROKEN, "worldwide": BROKEN}
    restraint = next(one for one in found.of("N5") if one.reading == "package")
    assert dict(restraint.models) == {"deterrence": BROKEN, "distance": UNKNOWN}
    assert restraint.verdict == UNKNOWN  # models that differ are never averaged
    assert "third state loses" in restraint.because


@pytest.mark.parametrize("name", ["nothing", "csto-uzbekistan-2012"])
def test_no_step_and_an_exit_that_strengthens_nobody_part_nothing(name: str) -> None:
    found = of_shipped(name)
    assert not any(found.conflict(norm.key) for norm in norms())
    assert BROKEN not in {one.verdict for one in found.findings}


def test_the_answer_names_holders_and_takes_no_side() -> None:
    found = of_shipped("nordic-accession")
    held = json.loads(to_json(found.to_dict()))
    assert held["schema"] == "principle/1"
    assert held["authority"] == "political"
    assert [one["norm"] for one in held["norms"]] == [f"N{k}" for k in range(8)]
    assert {one["verdict"] for norm in held["norms"] for one in norm["readings"]} <= set(VERDICTS)
    assert all(one["held_by"] and one["published"] for one in held["readings"])
    assert "neither does this answer" in found.sentence()
    assert any("Russia" in row["reading"] for row in found.rows())
    for word in ("right", "wrong", "correct", "legitimate"):
        assert f" {word} " not in found.sentence()


def test_an_area_without_any_state_is_no_evidence_that_nobody_in_it_loses() -> None:
    change = load_change("nordic-accession")
    early = assess(load(), change, models=["deterrence"], on="1960-01-01")
    said = verdicts(principle(compare(load(), change, on="1960-01-01"), early), "N5")
    assert said["package"] == UNKNOWN  # the participants of 1973 were not there yet


def test_a_model_that_sees_nobody_who_takes_a_step_is_no_evidence_and_says_so() -> None:
    """The same judgement with and without what it says of the two that take the step."""
    found = of_steps("only states outside the area lose").assessment
    (judged,) = found.models
    comparison = compare(load(), made("only states outside the area lose"))
    takers = {"AUS", "IDN"}
    unseen = tuple(replace(one, verdict=NOT_SEEN) if one.state in takers else one for one in judged.states)
    blind = replace(judged, states=unseen)
    said = {one.reading: one for one in principle(comparison, replace(found, models=(blind,))).of("N5")}
    assert said["worldwide"].verdict == UNKNOWN
    assert said["worldwide"].because == (
        "nothing that distance reads changes for those who take the steps, so no gain of theirs could be seen."
    )
    beside = replace(found, models=(judged, replace(blind, model="other")))
    said = {one.reading: one for one in principle(comparison, beside).of("N5")}
    assert said["worldwide"].verdict == BROKEN  # the one that sees them decides
    assert dict(said["worldwide"].models) == {"distance": BROKEN, "other": UNKNOWN}
    assert "; nothing that other reads changes" in said["worldwide"].because
