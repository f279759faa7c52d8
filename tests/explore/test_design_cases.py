"""The cases of design that ship: each loads, its levers can be taken, its answer is proven, with findings pinned."""

from __future__ import annotations

import re
from dataclasses import replace
from math import log
from pathlib import Path

import pytest

from indivisible.apps.designing import run
from indivisible.errors import FileError
from indivisible.explore.design import design, examiner_of
from indivisible.explore.design_answer import Design
from indivisible.explore.design_case import SHIPPED, DesignCase, case_of, facts_of, load_case
from indivisible.record.load import load
from indivisible.record.record import Record

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "src" / "indivisible" / "explore" / "cases"
ADVICE = re.compile(r"\b(should|ought to|must|recommend\w*|advis\w*|better to|need to|needs to)\b", re.IGNORECASE)
ASKED: dict[str, Design] = {}


@pytest.fixture(scope="module")
def record() -> Record:
    return load()


@pytest.fixture(scope="module")
def world(record: Record) -> dict[str, Record]:
    """The record from which each case starts."""
    return {
        name: record if (folder := facts_of(load_case(name))) is None else load(facts=folder)
        for name in SHIPPED
    }  # fmt: skip


def asked(record: Record, name: str) -> Design:
    """The answer to a case that ships, searched once."""
    if name not in ASKED:
        ASKED[name] = run(record, name)
    return ASKED[name]


def otherwise(record: Record, name: str, **harm: object) -> Design:
    """The answer to a case with harm understood otherwise."""
    case = load_case(name)
    case = replace(case, harm=replace(case.harm, **harm), aims=replace(case.aims, prefer=("fewest_levers",)))  # type: ignore[arg-type]
    return Design(record, design(record, case))


def frontier(answer: Design) -> list[list[str]]:
    return [package["levers"] for package in answer.to_dict()["frontier"]]


def harmless(answer: Design) -> set[frozenset[str]]:
    worlds = answer.found.examiner.worlds
    return {frozenset(lever.id for lever in worlds.taken(package)) for package in answer.found.harmless}


def package_of(answer: Design, *levers: str) -> int:
    ids = [lever.id for lever in answer.found.case.levers]
    return sum(1 << ids.index(lever) for lever in levers)


def losers(answer: Design, model: str, *levers: str) -> set[str]:
    """Who loses by a package."""
    examiner = answer.found.examiner
    verdicts = examiner.judge(package_of(answer, *levers))[model].verdicts
    return {state for state, verdict in zip(examiner.states, verdicts, strict=True) if verdict == "loses"}


def texts_of(case: DesignCase) -> str:
    return " ".join([case.title, case.description, *(f"{one.title} {one.basis}" for one in case.levers)])


# what holds for every case


def test_every_file_ships_and_every_case_has_its_file() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} == set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_case_says_where_it_is_from(name: str) -> None:
    case = load_case(name)
    assert case.name == name
    assert case.title
    assert case.description
    assert case.sources
    assert case.on, "a start that moves with the record would change the answer"
    for lever in case.levers:
        assert lever.title != lever.id
        assert lever.basis or name == "five-lands", "what a lever rests on, or that it is supposed"


@pytest.mark.parametrize("name", SHIPPED)
def test_each_lever_can_be_taken_with_its_prerequisites(world: dict[str, Record], name: str) -> None:
    case = load_case(name)
    examiner = examiner_of(world[name], replace(case, harm=replace(case.harm, models=("deterrence",), settings={})))
    place = {lever.id: k for k, lever in enumerate(case.levers)}
    for lever in case.levers:
        needed = [lever.id]
        for one in needed:
            needed += [other for other in case.levers[place[one]].requires if other not in needed]
        package = sum(1 << place[one] for one in needed)
        assert not examiner.worlds.impossible(package), lever.id


@pytest.mark.parametrize("name", SHIPPED)
def test_a_case_and_its_answer_give_no_advice(record: Record, name: str) -> None:
    assert not ADVICE.search(texts_of(load_case(name)))
    said = asked(record, name).sentence()
    closing = "This is what the models find, not what states should do"
    assert said.count(closing) == 1
    assert not re.search(r"\b(should|ought|recommend)", said.replace(closing, ""))


@pytest.mark.parametrize("name", SHIPPED)
def test_an_answer_is_proven(record: Record, name: str) -> None:
    packages = asked(record, name).to_dict()["packages"]
    assert packages["proven"]
    assert packages["complete_up_to_levers"] <= len(load_case(name).levers)


def test_the_pages_give_no_advice() -> None:
    for page in ("explanation/design.md", "explanation/design-five-lands.md", "how-to/design.md"):
        assert not re.search(r"\b(should|ought to|recommend)", (ROOT / "docs" / page).read_text()), page


# five lands, from the paper


def test_five_lands_is_as_worked_out_on_paper(record: Record) -> None:
    """docs/explanation/design-five-lands.md; the numbers are typed from there."""
    answer = asked(record, "five-lands")
    pledges = [
        {"amb-bir"}, {"amb-ced"}, {"bir-ced"},
        {"amb-ced", "bir-ced", "dov-elm"},
        {"amb-bir", "amb-ced", "bir-ced", "dov-elm"},
        {"amb-bir", "bir-ced", "ced-elm", "dov-elm"},
        {"amb-ced", "bir-ced", "ced-elm", "dov-elm"},
        {"amb-bir", "amb-ced", "bir-ced", "ced-elm", "dov-elm"},
    ]  # fmt: skip
    expected = {frozenset(one) for one in pledges} | {frozenset({*one, "talks"}) for one in pledges}
    assert harmless(answer) == expected | {frozenset({"talks"})}
    assert len(harmless(answer)) == 17
    assert frontier(answer) == [["amb-bir"], ["amb-ced"], ["bir-ced"], ["amb-ced", "bir-ced", "dov-elm"]]
    gains = [package["models"][0]["counts"]["gains"] for package in answer.to_dict()["frontier"]]
    assert gains == [2, 2, 2, 5]


QUOTIENTS = {  # above and below the line after a package, for Amberland, Birchland, Cedarland, Dovetland, Elmland
    ("amb-bir",): ((13, 36), (13, 36), (16, 36), (25, 36), (36, 25)),
    ("ced-elm",): ((4, 52), (9, 52), (52, 25), (25, 52), (52, 25)),
    ("dov-elm",): ((4, 61), (9, 61), (16, 61), (61, 16), (61, 16)),
    ("amb-bir", "ced-elm"): ((13, 52), (13, 52), (52, 25), (25, 52), (52, 25)),
    ("amb-ced", "bir-ced", "dov-elm"): ((20, 61), (25, 61), (29, 61), (61, 29), (61, 29)),
    ("amb-bir", "amb-ced", "bir-ced", "ced-elm", "dov-elm"): ((29, 61), (29, 61), (65, 25), (61, 29), (77, 13)),
}  # fmt: skip
START = ((4, 36), (9, 36), (16, 36), (25, 36), (36, 25))


@pytest.mark.parametrize("levers", QUOTIENTS, ids=" ".join)
def test_five_lands_changes_are_those_quotients(record: Record, levers: tuple[str, ...]) -> None:
    answer = asked(record, "five-lands")
    found = answer.found.examiner.judge(package_of(answer, *levers))["deterrence"]
    expected = [log(a / b) - log(c / d) for (a, b), (c, d) in zip(QUOTIENTS[levers], START, strict=True)]
    assert found.change.tolist() == pytest.approx(expected, abs=1e-12)


# what the others find, and why


def test_nordic_no_undertaking_reaches_what_deterrence_counts(record: Record) -> None:
    """Any third state faces a coalition with two more members; stationing, talks and ceilings are not read there."""
    answer = asked(record, "nordic-accession")
    assert frontier(answer) == []
    blocking = answer.to_dict()["blocking"]
    assert len(blocking) == 117
    assert all({"swe"} == {one["who"] for one in demands if one["demand"] == "taken"} for demands in blocking)
    alone = losers(answer, "deterrence", "fin", "swe")
    assert len(alone) == 117
    assert "RUS" in alone
    everything = [lever.id for lever in answer.found.case.levers]
    assert losers(answer, "deterrence", *everything) == alone
    assert not losers(answer, "deterrence", "fin"), "Finland's output moves each by less than one percent"
    assert not losers(answer, "distance", "fin", "swe"), "power from home: accession cannot take from third states"


def test_nordic_turns_on_how_small_a_loss_counts_and_on_reach(record: Record) -> None:
    """The largest loss by deterrence is 1.5 percent; from a reach of about 0.12 distance shows losses too."""
    assert frontier(otherwise(record, "nordic-accession", models=("deterrence",), materiality=0.02)) == [["fin", "swe"]]
    reach = otherwise(record, "nordic-accession", models=("distance",), settings={"distance.reach": 0.3})
    assert frontier(reach) == []
    assert len(losers(reach, "distance", "fin", "swe")) == 25


@pytest.mark.parametrize("model", ["landscape", "allocation"])
def test_nordic_is_harmless_where_nobody_is_hostile_to_the_two(record: Record, model: str) -> None:
    """No conflict of the record has Finland or Sweden on a side, so no camp and no adversary changes."""
    case = load_case("nordic-accession")
    few = tuple(lever for lever in case.levers if lever.id in ("fin", "swe"))
    case = replace(case, levers=few, harm=replace(case.harm, models=(model,)))
    assert frontier(Design(record, design(record, case))) == [["fin", "swe"]]


def test_europe_1997_what_the_undertaking_rules_out_is_what_harms(record: Record) -> None:
    """With distance.forward 1 garrisons let power start next to third states; the Act's undertakings harm nobody."""
    answer = asked(record, "europe-1997")
    found = harmless(answer)
    assert len(found) == 8
    assert all({"cze", "hun", "pol"} <= one and "garrisons" not in one for one in found)
    assert frontier(answer) == [["cze", "hun", "pol"]]
    with_troops = losers(answer, "distance", "cze", "hun", "pol", "garrisons")
    assert len(with_troops) == 19
    assert {"BLR", "LTU", "RUS", "UKR"} <= with_troops


def test_cis_csto_links_of_words_harm_nobody_and_defence_with_the_sco_does(record: Record) -> None:
    """The CSTO's consent to the seat needs a request in writing that the record does not know of (Charter, Art. 21)."""
    answer = asked(record, "cis-csto")
    found = harmless(answer)
    assert len(found) == 2**5 - 1
    assert not any("seat" in one or "csto-sco-defence" in one for one in found)
    assert losers(answer, "deterrence", "csto-sco-defence") == {"USA"}
    assert not any(losers(answer, label, "seat") for label in answer.found.examiner.judge(package_of(answer, "seat")))
    assert ["cis-sco-consult", "cis-sco-peace", "csto-cis-defence"] in frontier(answer)


def test_eurasia_all_but_defence_among_the_sco_harms_nobody(record: Record) -> None:
    """What consults closes cells, and the models that could show a loss do not read it; the OSCE's closes most."""
    answer = asked(record, "eurasian-architecture")
    found = harmless(answer)
    assert len(found) == 2**5 - 1
    assert not any("sco-defence" in one for one in found)
    assert frontier(answer)[-1] == ["brics", "osce", "sco-brics", "sco-asean", "csto-cis-defence"]
    assert len(losers(answer, "deterrence", "sco-defence")) == 32
    open_cells = {
        tuple(package["levers"]): -worth["worth"][0]
        for package in answer.to_dict()["frontier"]
        for worth in package["worth"]
        if worth["wish"] == "least_vacuum"
    }
    assert open_cells["csto-cis-defence",] - open_cells["osce",] == 524
    assert open_cells["csto-cis-defence",] - min(open_cells.values()) == 606


def test_drafts_2021_all_but_one_article_harms_nobody_that_a_model_sees(record: Record) -> None:
    """Numbers of troops are known as intervals only, so what their going does is not known to within one percent."""
    answer = asked(record, "drafts-2021")
    found = harmless(answer)
    assert max(found, key=len) == {"usa-4", "nato-1", "nato-2", "nato-7"}
    assert not any("nato-4" in one for one in found)
    assert len(found) == 2**4 - 1
    judged = answer.found.examiner.judge(package_of(answer, "nato-4"))["distance"]
    states = answer.found.examiner.states
    unknown = {state for state, verdict in zip(states, judged.verdicts, strict=True) if verdict == "unknown"}
    assert {"EST", "LTU", "LVA", "RUS", "UKR"} <= unknown
    assert not losers(answer, "distance", "nato-4")


def test_drafts_2021_at_half_a_percent_the_baltic_states_lose(record: Record) -> None:
    finer = otherwise(
        record, "drafts-2021", models=("distance",), settings={"distance.forward": 1.0}, materiality=0.005
    )
    assert losers(finer, "distance", "nato-4") == {"EST", "LTU", "LVA"}


# the mistakes of the how-to


MINE = (ROOT / "docs" / "how-to" / "design.md").read_text().split("```yaml\n")[1].split("```")[0]


def test_mistakes_are_told_as_the_how_to_says(record: Record) -> None:
    with pytest.raises(FileError, match="lever pact names 'chee', which is no other lever"):
        case_of(MINE.replace("excludes: [aut, che]", "excludes: [aut, chee]"), "my-case.yaml")
    misspelt = case_of(MINE.replace("gain: [AUT]", "gain: [Austriia]"), "my-case.yaml")
    with pytest.raises(FileError, match="no state or organization is called 'Austriia'"):
        examiner_of(record, misspelt)
    member = case_of(MINE.replace("state: AUT, organization", "state: DEU, organization"), "my-case.yaml")
    assert "DEU is a member of NATO on 2021-06-01" in examiner_of(record, member).worlds.impossible(1)
