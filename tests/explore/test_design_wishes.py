"""Aims, limits and what is told of a package, in cases small enough to be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

import design_worlds as lands
import pytest

from indivisible.explore import design_package
from indivisible.explore.bounds import bounds
from indivisible.explore.demand import Demand, blocking_said
from indivisible.explore.design import Found, design
from indivisible.explore.design_answer import Design
from indivisible.explore.design_case import facts_of, load_case
from indivisible.explore.due import works
from indivisible.record.load import load
from indivisible.record.record import Record

TALKS = [
    f"id: {n}, steps: [{', '.join(lands.step('talks', *pair) for pair in pairs)}]"
    for n, pairs in {"a": ["AB"], "b": ["AC", "AD", "AE"], "c": ["BC"]}.items()
    for pairs in [[[letter * 3 for letter in pair] for pair in pairs]]
]  # a: one step, b: three, c: one; deterrence sees none of them


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Powers, as deterrence has them, are the squares: 4, 1, 64, 81; that of EEE is not known, and 9 at most."""
    return lands.world(tmp_path_factory.mktemp("five"), (2, 1, 8, 9, 0), ())


@pytest.fixture(scope="module")
def primer() -> Record:
    folder = facts_of(load_case("five-lands"))
    assert folder is not None
    return load(facts=folder)


def frontier(found: Found) -> list[str]:
    return ["+".join(lever.id for lever in found.examiner.worlds.taken(one)) for one in found.frontier]


def asked(record: Record, levers: list[str], more: str) -> Found:
    return design(record, lands.case(levers, more=f"harm: {{models: [deterrence]}}\n{more}"))


# wishes and limits


@pytest.mark.parametrize(
    ("prefer", "limits", "expected"),
    [
        ("fewest_levers", "", ["a", "b", "c"]),
        ("fewest_steps", "", ["a", "c"]),
        ("most_levers", "", ["a+b+c"]),
        ("most_steps", "", ["a+b+c"]),
        ("most_steps, fewest_levers", "", ["b", "a+b", "b+c", "a+b+c"]),
        ("most_levers, fewest_steps", "", ["a", "c", "a+c", "a+b+c"]),
        ("most_levers", "steps: 4", ["a+b", "a+c", "b+c"]),
        ("most_steps", "steps: 3", ["b"]),
        ("most_levers", "steps: 3", ["a+c"]),
        ("most_steps", "levers: 1", ["b"]),
    ],
)
def test_levers_and_steps_few_or_many(five: Record, prefer: str, limits: str, expected: list[str]) -> None:
    found = asked(five, TALKS, f"aims: {{prefer: [{prefer}]}}\nlimits: {{{limits}}}\n")
    assert frontier(found) == expected


def test_an_answer_says_within_which_limits_it_is_proven(five: Record) -> None:
    said = {
        "": "every set of levers was", "levers: 9": "every set of levers was",
        "levers: 1": "every set of at most 1 lever was", "steps: 3": "every set of levers with at most 3 steps was",
        "levers: 2, steps: 1": "every set of at most 2 levers and at most 1 step was",
    }  # fmt: skip
    for limits, told in said.items():
        assert told in Design(five, asked(five, TALKS, f"limits: {{{limits}}}\n")).sentence()


def test_everyone_covered(five: Record) -> None:
    """AAA and BBB cover each other, and so do CCC and DDD; EEE is left, whom only the third pledge covers."""
    pairs = [("AAA", "BBB"), ("CCC", "DDD"), ("DDD", "EEE")]
    levers = [f"id: p{n}, steps: [{lands.step('defence', *pair)}]" for n, pair in enumerate(pairs)]
    wide = "harm: {models: [deterrence], states: [DDD]}\naims: {covered: everyone}\n"
    assert frontier(design(five, lands.case(levers, more=wide))) == ["p0+p1+p2"]
    short = design(five, lands.case(levers[:2], more=wide))
    assert [[one.who for one in demands] for demands in short.blocking] == [["EEE"]]
    assert "somebody is pledged to defend Eeeland" in Design(five, short).sentence()


def test_a_vacuum_closed(five: Record) -> None:
    """A pledge to consult gives a pair a legal duty in defence; all three pairs of three lands take all three."""
    pairs = [("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC")]
    levers = [f"id: t{n}, steps: [{lands.step('talks', *pair)}]" for n, pair in enumerate(pairs)]
    aims = "aims: {closed: [defence], vacuum: [AAA, BBB, CCC], prefer: [fewest_levers]}\n"
    assert frontier(asked(five, levers, aims)) == ["t0+t1+t2"]
    barred = [levers[0], levers[1] + ", excludes: [t0]", levers[2]]
    none = asked(five, barred, aims)
    assert not none.frontier
    assert "without a legal duty in defence" in Design(five, none).sentence()
    assert [[one.kind for one in demands] for demands in none.blocking] == [["closed"]]
    fewest = asked(five, levers, "aims: {vacuum: [AAA, BBB, CCC], prefer: [least_vacuum, fewest_levers]}\n")
    assert len(fewest.frontier) == 7  # each lever closes a cell


def test_leximin_on_paper(primer: Record) -> None:
    """The worst off: with one pledge nobody changes but two; with three 29/61 to 16/36; with all five B, 29/61 to 9/36.

    The quotients are those of docs/explanation/design-five-lands.md.
    """
    case = load_case("five-lands")

    def wished(*prefer: str) -> Found:
        return design(primer, replace(case, aims=replace(case.aims, prefer=prefer)))

    alone = wished("leximin")
    every = "amb-bir+amb-ced+bir-ced+ced-elm+dov-elm"
    assert frontier(alone) == [every, f"{every}+talks"]  # talks change nothing: a tie, and both stay
    worst = Design(primer, alone).to_dict()["frontier"][0]["worth"][0]["worth"][0]
    assert worst == pytest.approx(log(29 / 61 * 36 / 9), abs=1e-8)
    assert frontier(wished("leximin", "fewest_levers")) == [
        "bir-ced", "amb-ced+bir-ced+dov-elm", "amb-ced+bir-ced+ced-elm+dov-elm", every
    ]  # fmt: skip


# what is told


def test_a_verdict_that_is_not_known_and_cannot_be_a_loss_is_none(five: Record) -> None:
    """EEE, of unknown power, pledges to defend AAA: AAA gains up to log(13/4), or nothing; 13 is less than 64."""
    lever = [f"id: help, consent: {{states: [AAA]}}, steps: [{lands.step('one way', 'EEE', 'AAA')}]"]
    found = asked(five, lever, "")
    assert frontier(found) == ["help"]
    answer = Design(five, found)
    (model,) = answer.to_dict()["frontier"][0]["models"]
    assert model["counts"]["unknown"] == 1
    assert model["no_loss_but_unknown"] == ["AAA"]
    assert answer.to_dict()["frontier"][0]["consents"][0]["consents"] is True
    assert "in this package some verdicts are not known, and are no loss in any case" in answer.sentence()
    doubtful = asked(five, [f"id: arm, steps: [{lands.step('defence', 'EEE', 'CCC')}]"], "aims: {gain: [EEE]}\n")
    assert not doubtful.frontier  # 64 with up to 9 more may bring DDD, 81 against 64, a loss
    assert any(one.who == "DDD" and one.kind == "no_loss" for demands in doubtful.blocking for one in demands)


def test_all_harmless_packages_are_listed_up_to_a_number(primer: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    found = design(primer, load_case("five-lands"))
    told = Design(primer, found).to_dict()
    assert told["meet_every_demand"] == len(told["harmless"]) == 17
    assert told["harmless"][:4] == [["amb-bir"], ["amb-ced"], ["bir-ced"], ["talks"]]
    assert told["harmless_listed_at_most"] == 1000
    monkeypatch.setattr(design_package, "HARMLESS", 3)
    assert Design(primer, found).to_dict()["harmless"] == told["harmless"][:3]


def test_what_the_models_cannot_see_or_show_is_said(primer: Record, five: Record) -> None:
    told = Design(primer, design(primer, load_case("five-lands")))
    assert told.to_dict()["unseen_levers"] == ["talks"]
    assert "lever talks changes nothing that these models read" in told.sentence()
    assert all(one["models"][0]["can_show"]["third_loses"] for one in told.to_dict()["frontier"])
    pledge = [f"id: p, steps: [{lands.step('defence', 'AAA', 'BBB')}]"]
    found = design(five, lands.case(pledge, more="harm: {models: [deterrence, commitment]}\n"))
    said = Design(five, found).sentence()
    assert "commitment (defence) could not have shown a loss of states that take no step in it" in said
    assert "deterrence could not" not in said
    rows = Design(five, found).rows()
    assert [row["model"] for row in rows] == ["deterrence", "commitment (defence)"]  # the others see nothing of it
    assert [row["model"] for row in Design(five, asked(five, TALKS[:1], "")).rows()] == ["none sees it"]


def test_what_would_compensate_the_losers_of_a_near_miss(primer: Record) -> None:
    """With amb-bir and ced-elm Dovetland alone loses, from 25/36 to 25/52; with dov-elm it would stand at 61/16."""
    case = load_case("five-lands")
    case = replace(case, levers=case.levers[:5], must=("ced-elm",), limits=replace(case.limits, levers=3))
    answer = Design(primer, design(primer, case))
    assert not answer.found.frontier
    nearest = answer.to_dict()["nearest"][0]
    assert nearest["levers"] == ["amb-bir", "ced-elm"]
    (loss,) = nearest["losses"]
    assert loss["state"] == "DOV"
    assert loss["change"] == pytest.approx([log(36 / 52)] * 2)
    assert loss["defenders_would_have_to_bring"] == pytest.approx(52 / 36)
    assert loss["levers_that_help"] == ["dov-elm"]
    assert loss["levers_that_make_good"] == ["dov-elm"]
    row: dict[str, Any] = answer.rows()[0]
    assert row["losers' own sides short by up to"] == "44.4%"
    assert row["levers that would make a loss good"] == "dov-elm"


def test_over_draws_every_smallest_set_is_told(five: Record) -> None:
    """CCC with EEE, 64 with up to 9, may bring DDD a loss that no quick look sees, and does so in most draws."""
    lever = [f"id: p, steps: [{lands.step('defence', 'EEE', 'CCC')}]"]
    more = "harm: {models: [deterrence], states: [DDD], draws: {count: 4, seed: 1}}\n"
    found = design(five, lands.case(lever, more=more))
    kinds = {frozenset(one.kind for one in demands) for demands in found.blocking}
    assert kinds == {frozenset({"something", "no_loss"}), frozenset({"something", "robust"})}
    assert found.all_blocking
    assert found.minimal


# bounds


def test_packages_that_were_not_come_to_count_in_the_bound_on_levers(primer: Record) -> None:
    found = design(primer, load_case("five-lands"))
    left = replace(found, worths={}, frontier=(), waiting=17, stopped="the time was over")
    told = {(one["wish"], one["model"]): one for one in bounds(left)}
    assert told["fewest_levers", None]["at_least"] == 1


def test_the_state_that_fares_worst_is_bounded(primer: Record) -> None:
    case = load_case("five-lands")
    found = design(primer, replace(case, aims=replace(case.aims, prefer=("leximin", "most_levers", "most_steps"))))
    told = {one["wish"]: one for one in bounds(found)}
    assert told["leximin"]["at_most"] >= log(29 / 61 * 36 / 9)  # as good as the best package has it
    assert told["leximin"]["at_most"] < log(100)
    assert told["most_levers"]["at_most"] == told["most_steps"]["at_most"] == 6


def test_saved_packages_say_how_they_were_judged(tmp_path: Path) -> None:
    from indivisible.apps.designing import run

    run(load(), "europe-1997", save=str(tmp_path))
    text = (tmp_path / "europe-1997-001.yml").read_text()
    assert "--on 1997-05-26 --models deterrence,distance" in " ".join(text.split())
    assert "--set distance.forward=1.0" in " ".join(text.split())


def test_sets_that_differ_in_one_loser_share_a_sentence() -> None:
    def lost(*lands: str) -> list[Demand]:
        return [Demand("taken", "p"), *(Demand("no_loss", land, "m") for land in lands)]

    sets = [lost("X", "A"), lost("X", "B"), lost("X", "C"), lost("Y", "A"), lost("Y", "B"), [Demand("taken", "q")]]
    assert blocking_said(sets, {}, whose="No package") == [
        "No package meets these at once: lever p is taken; X does not lose under m; no loss under m for even one of "
        "3 states (A, B, C).",
        "No package meets these at once: lever p is taken; Y does not lose under m; no loss under m for even one of "
        "2 states (A, B).",
        "No package does this: lever q is taken.",
    ]


def test_another_measure_of_power_can_be_asked(tmp_path: Path) -> None:
    from indivisible.apps.designing import run
    from indivisible.errors import MissingData, QuestionError

    record = load()
    assert run(record, "five-lands").to_dict()["power"] == "beckley_2018"
    with pytest.raises(QuestionError, match="no measure of power is called 'gdp'"):
        run(record, "five-lands", power="gdp")
    with pytest.raises(MissingData, match="rivalries"):
        run(record, "europe-1997", hostility="rivalries")


def test_where_the_limit_cuts_a_size_short_only_the_sizes_before_count_as_seen(five: Record) -> None:
    found = asked(five, [*TALKS, TALKS[0].replace("id: a", "id: d")], "limits: {evaluations: 6}\n")
    assert found.looked.complete_to == 1  # nothing, four single levers, and one pair
    assert "every lever was looked at by itself" in Design(five, found).sentence()


def test_a_state_that_nothing_can_help_bounds_the_worst_off(primer: Record) -> None:
    """Amberland and Birchland can only help each other; the other three stay where they are."""
    case = load_case("five-lands")
    found = design(primer, replace(case, levers=case.levers[:1], aims=replace(case.aims, prefer=("leximin",))))
    (bound,) = bounds(found)
    assert bound["at_most"] == pytest.approx(0.0, abs=1e-4)


def test_a_lever_that_undoes_what_is_not_there_adds_nothing_alone(five: Record) -> None:
    pledge = "do: pledge, from: AAA, to: BBB, kind: defence, date: 2011-01-01"
    undo = pledge.replace("pledge", "release").replace("2011", "2012")
    found = asked(five, [f"id: do, steps: [{{{pledge}}}]", f"id: undo, steps: [{{{undo}}}]"], "")
    assert [works(found.examiner, package) for package in (0b01, 0b10, 0b11)] == [0b01, 0, 0b11]
