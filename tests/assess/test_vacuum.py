"""Coverage and vacuum on a world of six lands: the matrix by hand, what would close most, what a change does."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from architecture.changes_world import make
from architecture.duties_world import LANDS, MATRIX_2010, row
from architecture.duties_world import record as make_record
from indivisible.architecture.duties import DOMAINS
from indivisible.architecture.hostility import Hostilities, Hostility
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.steps import apply
from indivisible.assess.vacuum import vacuum
from indivisible.assess.vacuum_answer import Vacuum
from indivisible.assess.vacuum_change import CoverageChange, coverage_change
from indivisible.assess.vacuum_levels import chosen_domains
from indivisible.assess.vacuum_pairs import chosen_pairs
from indivisible.errors import QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.report.json_text import to_json
from indivisible.values import day_of

DAY = "2010-06-01"
PAIRS = [(one, other) for n, one in enumerate(LANDS) for other in LANDS[n + 1 :]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return make_record(tmp_path_factory.mktemp("vacuum") / "facts")


def levels(found: Vacuum) -> dict[tuple[str, str], dict[str, str]]:
    told: dict[tuple[str, str], dict[str, str]] = {}
    for cell in found.cells:
        if cell.level != "none":
            told.setdefault((cell.one, cell.other), {})[cell.domain] = cell.level
    return told


def test_the_matrix_is_the_one_worked_out_by_hand(world: Record) -> None:
    found = vacuum(world, on=DAY)
    assert levels(found) == MATRIX_2010
    assert len(found.cells) == 15 * 6
    # by hand: 12 legal cells and 3 unknown ones in the matrix above, of 90; of the unknown ones one may be legal (the
    # club's economic rule), two only political (its rule on defence, its code): these two are open to a legal question
    whole = found.counts[-1]
    assert {k: whole[k] for k in ("legal", "political", "none", "unknown")} == {
        "legal": 12, "political": 0, "none": 75, "unknown": 3
    }  # fmt: skip
    assert (whole["closed"], whole["not_known"], whole["open"]) == (12, 1, 77)


def test_unknown_is_never_none_and_says_why(world: Record) -> None:
    found = vacuum(world, on=DAY, binding="any")
    unsure = {(c.one, c.other, c.domain): c for c in found.cells if c.level == "unknown"}
    assert set(unsure) == {("DDD", "EEE", domain) for domain in ("defence", "biological", "economic")}
    assert all(cell.closed is None and not cell.by and cell.perhaps for cell in unsure.values())
    told = {(row["a"], row["b"]): row["cells"] for row in found.to_dict()["matrix"]}
    assert told["DDD", "EEE"]["economic"]["why"] == "undated"
    texts = {one["text"]: one["unsure"] for one in found.to_dict()["texts"]}
    assert texts["CLUB"] == [{"state": "EEE", "why": "undated"}]


def test_what_is_sure_stands_beside_what_is_not(tmp_path: Path) -> None:
    """A political duty that is sure, and a legal one that is not: unknown, at least political."""
    more = [
        row("CODE", "political_duty", "economic", "consult", place="rule 3"),
        row("DDD", "act", "CODE", "adopted", "2000-01-01"),
        row("EEE", "act", "CODE", "adopted", "2000-01-01"),
    ]
    found = vacuum(make_record(tmp_path / "facts", more=more), on=DAY, domains=["economic"])
    (cell,) = [c for c in found.cells if (c.one, c.other) == ("DDD", "EEE")]
    assert (cell.level, cell.at_least, cell.closed) == ("unknown", "political", None)
    for binding in ("political", "any"):
        asked = vacuum(make_record(tmp_path / binding, more=more), on=DAY, binding=binding, domains=["economic"])
        assert [c.closed for c in asked.cells if (c.one, c.other) == ("DDD", "EEE")] == [True]


@pytest.mark.parametrize(
    ("binding", "closed"),
    [("legal", {"economic"}), ("political", {"defence", "biological"}), ("any", {"defence", "biological", "economic"})],
)
def test_the_binding_asked_for_decides_what_closes(world: Record, binding: str, closed: set[str]) -> None:
    """In 2011, when E is surely in the club: defence and biology politically, economy in law."""
    found = vacuum(world, on="2011-06-01", binding=binding, among=["DDD", "EEE"],
                   domains="defence,biological,economic")  # fmt: skip
    assert {cell.domain for cell in found.cells if cell.closed} == closed
    assert {cell.domain: cell.level for cell in found.cells} == {
        "defence": "political", "biological": "political", "economic": "legal"
    }  # fmt: skip


@pytest.mark.parametrize("on", ["2020-01-01", "2030-06-01"])
def test_past_the_coverage_everything_is_unknown(world: Record, on: str) -> None:
    found = vacuum(world, on=on)
    assert {(cell.level, cell.closed) for cell in found.cells} == {("unknown", None)}
    assert found.links is None
    assert found.counts[-1]["unknown"] == 90
    assert found.counts[-1]["open"] == found.counts[-1]["none"] == 0
    assert found.to_dict()["matrix"][0]["cells"]["defence"]["why"] == "past_coverage"
    assert "past what the record covers" in found.sentence()
    assert vacuum(world, on="2019-12-31").known


def test_universal_texts_close_only_when_asked_for(world: Record) -> None:
    without, with_ = (vacuum(world, on=DAY, with_universal=asked, domains="defence") for asked in (False, True))
    assert without.counts[0]["open"] == 15 - 4  # AB, AC, BC and AF are closed
    assert with_.counts[0]["open"] == 0
    assert without.left_out == ("COUNCIL", "WORLD")
    assert with_.left_out == ()


# which interconnection closes most


def ranking(found: Vacuum) -> list[tuple[str, int]]:
    assert found.links is not None
    return [(link.says, link.closes) for link in found.links.ranking]


def test_the_ranking_is_the_one_worked_out_by_hand(world: Record) -> None:
    """D and E would each owe A, B and C a duty in defence and terrorism: 6. F: the same but for A, with which it has
    one in defence already: 5. Whoever joins the club would share its economic duty with D alone, as E is not sure.
    """
    found = vacuum(world, on=DAY, top=20)
    joins_club = [(f"{land} joins CLUB", 1) for land in ("AAA", "BBB", "CCC", "FFF")]
    assert ranking(found) == [("DDD joins PACT", 6), ("EEE joins PACT", 6), ("FFF joins PACT", 5), *joins_club]
    assert found.links is not None
    assert found.links.tried == {"membership": 3 + 4, "observer": 3 + 3, "agreement": 1}  # F observes the club already
    assert found.links.closing == {"membership": 7, "observer": 0, "agreement": 0}
    assert any("observer seat closes nothing" in said for said in found.links.assumptions)


def test_an_agreement_binds_as_the_weaker_does(world: Record) -> None:
    """The club consults politically, the pact in law: an agreement would bind D and A, B, C politically only."""
    assert not [says for says, _ in ranking(vacuum(world, on=DAY, top=50)) if "agreement" in says]
    asked = vacuum(world, on=DAY, binding="any", domains="defence", top=50)
    assert ("agreement between CLUB and PACT", 3) in ranking(asked)
    link = next(one for one in asked.links.ranking if one.kind == "agreement")  # type: ignore[union-attr]
    assert link.pairs == (("AAA", "DDD"), ("BBB", "DDD"), ("CCC", "DDD"))


def test_a_link_names_the_claims_it_rests_on(world: Record) -> None:
    found = vacuum(world, on=DAY, top=1)
    assert found.links is not None
    claims = [world.at(address) for address in found.links.ranking[0].claims]
    assert {(c.subject, c.field) for c in claims if c.subject == "PACT"} == {("PACT", "legal_duty")}
    assert {c.subject for c in claims if c.field == "role" and c.object == "PACT" and c.value == "member"} == {
        "AAA", "BBB", "CCC"
    }  # fmt: skip


def test_a_seat_counts_where_a_treaty_takes_observers_as_parties(tmp_path: Path) -> None:
    more = [
        row("SEAT", "kind", value="treaty", begin="1990-01-01"), row("SEAT", "name", value="The seat"),
        row("SEAT", "binding", value="legal"), row("SEAT", "entered_into_force", begin="1990-01-01"),
        row("SEAT", "adopted", "", "signed", "1990-01-01"),
        row("SEAT", "parties_follow", "CLUB", "observer", "1990-01-01"),
        row("SEAT", "legal_duty", "biological", "consult", place="Art. 1"),
    ]  # fmt: skip
    found = vacuum(make_record(tmp_path / "facts", more=more), on=DAY, domains="biological")
    says = [says for says, _ in ranking(found)]
    assert "AAA observes CLUB" in says  # it would then owe F, an observer, consultation
    assert found.links is not None
    assert not any("observer seat closes nothing" in said for said in found.links.assumptions)


def guild(*more: str) -> list[str]:
    """A guild of D alone, with an economic duty in law."""
    return [
        row("GUILD", "kind", value="organization", begin="1945-01-01"), row("GUILD", "name", value="The guild"),
        row("GUILD", "full_role", value="member"),
        row("GUILD", "list_complete", "", "member", "1945-01-01", "2020-01-01"),
        row("DDD", "role", "GUILD", "member", "1990-01-01", layer="legal"),
        row("GUILD", "legal_duty", "economic", "settle", place="rule 1"), *more,
    ]  # fmt: skip


def test_what_is_not_known_to_be_open_is_not_counted_as_closed(tmp_path: Path) -> None:
    """Whether D and E have an economic duty by the club is not known: E in the guild closes nothing for sure."""
    found = vacuum(make_record(tmp_path / "facts", more=guild()), on=DAY, domains="economic", top=50)
    joins = {says for says, _ in ranking(found) if says.endswith("GUILD")}
    assert joins == {f"{land} joins GUILD" for land in ("AAA", "BBB", "CCC", "FFF")}


def test_a_membership_closes_nothing_where_the_duty_runs_one_way(tmp_path: Path) -> None:
    one_way = row("GUILD", "duty_direction", "*>DDD", "economic", place="rule 1")
    found = vacuum(make_record(tmp_path / "facts", more=guild(one_way)), on=DAY, domains="economic", top=50)
    assert not [says for says, _ in ranking(found) if says.endswith("GUILD")]


@pytest.mark.parametrize("binding", ["legal", "any"])
def test_a_membership_closes_what_an_accession_closes(world: Record, binding: str) -> None:
    """The ranking equals the slow way: make the accession, and compare the two architectures."""
    found = vacuum(world, on=DAY, binding=binding, top=50)
    assert found.links is not None
    before = as_of(world, day_of(DAY))
    for link in found.links.ranking:
        if link.kind == "membership":
            step = f"do: accede, state: {link.state}, organization: {link.organization}"
            change = coverage_change(world, before, apply(before, make(step), world), binding=binding)
            assert len(change.closed) == link.closes, link.says
            assert {(cell.one, cell.other) for cell in change.closed} == set(link.pairs)


# before and after a change


def changed(world: Record, *steps: str, **asked: Any) -> CoverageChange:
    before = as_of(world, day_of(DAY))
    return coverage_change(world, before, apply(before, make(*steps), world), **asked)


def cells(found: tuple[Any, ...]) -> list[str]:
    return [f"{cell.one[0]}{cell.other[0]} {cell.domain} {cell.before} {cell.after}" for cell in found]


def test_nothing_changes_nothing(world: Record) -> None:
    found = changed(world)
    assert (found.closed, found.opened, found.not_known, found.net) == ((), (), (), 0)


def test_a_withdrawal_opens_what_an_accession_closed(world: Record) -> None:
    found = changed(world, "do: withdraw, state: CCC, organization: PACT")
    assert cells(found.opened) == [
        f"{pair} {domain} legal none" for pair in ("AC", "BC") for domain in ("defence", "terrorism")
    ]
    assert found.closed == ()
    assert found.net == -4


def test_suspending_a_member_opens_what_is_met_in_meetings(world: Record) -> None:
    found = changed(world, "do: suspend, state: CCC, organization: PACT")
    assert cells(found.opened) == ["AC terrorism legal none", "BC terrorism legal none"]
    assert changed(world, "do: suspend, state: CCC, organization: PACT", layer="legal").opened == ()


def test_a_treaty_left_or_suspended_by_a_step_joins_no_more(world: Record) -> None:
    left = ["AD arms_control legal none", "DE arms_control legal none"]
    assert cells(changed(world, "do: denounce, state: DDD, treaty: LIMITS").opened) == left
    assert cells(changed(world, "do: suspend, state: DDD, treaty: LIMITS").opened) == left
    assert changed(world, "do: suspend, state: DDD, treaty: LIMITS", layer="legal").opened == ()


def test_the_last_ratification_brings_the_duty_into_force(world: Record) -> None:
    found = changed(world, "do: ratify, state: FFF, treaty: WAITING")
    assert cells(found.closed) == ["AF biological none legal"]
    assert found.closed[0].by == ("WAITING Art. 1 (limit)",)


def test_a_mutual_pledge_closes_and_a_one_way_pledge_does_not(world: Record) -> None:
    step = "do: pledge, from: BBB, to: DDD, kind: {}, mutual: {}"
    assert cells(changed(world, step.format("defence", "true")).closed) == ["BD defence none legal"]
    assert changed(world, step.format("defence", "false")).closed == ()
    assert changed(world, step.format("nonaggression", "true")).closed == ()


def test_a_founded_organisation_closes_by_what_its_members_promise(world: Record) -> None:
    step = "do: found, organization: RING, members: [AAA, DDD, FFF], pledges: [{kind: consultation, among: members}]"
    assert cells(changed(world, step).closed) == ["AD defence none legal", "DF defence none legal"]  # A-F had one


def test_an_observer_seat_changes_nothing(world: Record) -> None:
    assert changed(world, "do: observe, state: AAA, organization: CLUB", binding="any").net == 0


def test_a_cell_may_become_unknown(world: Record) -> None:
    step = "do: pledge, from: [DDD], to: [members of CLUB], kind: consultation, mutual: true"
    found = changed(world, step)
    assert cells(found.closed) == []
    assert cells(found.not_known) == ["DE defence unknown unknown"]


def test_a_cell_that_becomes_unknown_is_not_opened(world: Record) -> None:
    before = as_of(world, day_of("2011-06-01"))
    doubted = tuple(
        replace(m, certain=m.certain and (m.state, m.organization) != ("EEE", "CLUB")) for m in before.memberships
    )
    found = coverage_change(world, before, replace(before, memberships=doubted))
    assert (found.closed, found.opened) == ((), ())
    assert cells(found.not_known) == ["DE economic legal unknown"]


def test_days_that_differ_are_refused(world: Record) -> None:
    with pytest.raises(QuestionError, match="different days"):
        coverage_change(world, as_of(world, day_of(DAY)), as_of(world, day_of("2011-06-01")))


# pairs, pledges, questions


def test_pairs_that_matter_say_why(tmp_path: Path) -> None:
    world = make_record(tmp_path / "facts", more=[row("AAA", "land_border", "BBB", "yes")])
    before = as_of(world, day_of(DAY))
    feud = Hostility("CCC", "FFF", "WAR_1", True, ())
    doubt = Hostility("DDD", "EEE", "WAR_2", False, ())
    hostile = replace(before, hostilities=Hostilities(before.day, (feud, doubt)))
    found = chosen_pairs(world, hostile, LANDS, "matter", home=tmp_path)
    assert found.pairs == (("AAA", "BBB"), ("CCC", "FFF"), ("DDD", "EEE"))
    assert found.reasons["AAA", "BBB"] == ("land border",)
    assert found.reasons["CCC", "FFF"] == ("conflict WAR_1",)
    assert "perhaps" in found.reasons["DDD", "EEE"][0]
    assert any("not imported" in rule for rule in found.rules)
    assert chosen_pairs(world, hostile, LANDS, "matter", disputes=["none"], home=tmp_path).pairs == (("AAA", "BBB"),)
    unknown = chosen_pairs(world, before, LANDS, "matter", home=tmp_path)  # no list of conflicts in this world
    assert any("conflicts are not counted" in rule for rule in unknown.rules)
    assert len(chosen_pairs(world, before, LANDS, "all").pairs) == 15


def test_who_is_under_no_pledge(world: Record) -> None:
    found = {one.kind: one for one in vacuum(world, on=DAY).unpledged}
    assert found["defence"].states == ("AAA", "BBB", "CCC", "DDD", "EEE")  # A and B have each pledged it to F
    assert found["consultation"].states == ("BBB", "CCC", "DDD", "EEE")
    assert found["offence"].states == LANDS
    assert all(one.unsure == () for one in found.values())


def test_among_takes_states_and_members_and_says_who_is_unsure(world: Record) -> None:
    found = vacuum(world, on=DAY, among=["CLUB", "AAA"])
    assert found.states == ("AAA", "DDD", "EEE")
    assert found.unsure_members == ("EEE",)
    assert found.pairs.pairs == (("AAA", "DDD"), ("AAA", "EEE"), ("DDD", "EEE"))
    assert all(
        levels(found).get(pair, {}) == MATRIX_2010.get(pair, {}) for pair in PAIRS if set(pair) <= set(found.states)
    )


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"on": "2010"}, QuestionError),
        ({"binding": "moral"}, QuestionError),
        ({"layer": "moral"}, QuestionError),
        ({"pairs": "near"}, QuestionError),
        ({"domains": "love"}, QuestionError),
        ({"domains": []}, QuestionError),
        ({"among": "AAA"}, QuestionError),
        ({"among": "Atlantis"}, UnknownName),
        ({"top": -1}, QuestionError),
        ({"pairs": "matter", "disputes": "quarrels"}, QuestionError),
        ({"on": "1850-01-01"}, QuestionError),
    ],
)
def test_what_cannot_be_meant_is_refused(world: Record, asked: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        vacuum(world, **{"on": DAY, **asked})


def test_domains_are_named_as_the_record_or_in_full() -> None:
    assert chosen_domains("Arms Control,defence") == ("defence", "arms_control")
    assert chosen_domains(["incidents and notification"]) == ("incidents",)
    assert chosen_domains(None) == tuple(DOMAINS)


def test_the_answer_keeps_its_shape(world: Record) -> None:
    found = vacuum(world, on=DAY)
    told = json.loads(to_json(found.to_dict()))
    assert next(iter(told)) == "schema"
    assert told["schema"] == "vacuum/1"
    assert told["states"] == sorted(told["states"])
    assert [(pair["a"], pair["b"]) for pair in told["matrix"]] == PAIRS
    assert set(told["matrix"][0]["cells"]) == set(DOMAINS)
    numbers = {text["id"] for text in told["texts"]}
    for pair in told["matrix"]:
        for cell in pair["cells"].values():
            assert set(cell["by"]) | set(cell.get("perhaps", [])) | set(cell.get("idle", [])) <= numbers
            assert (cell["level"] == "unknown") == ("why" in cell)
    assert len(found.rows()) == len(found.cells)
    assert found.sources() == ("PRIMER",)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_relabelling_every_land_relabels_the_matrix(tmp_path: Path, seed: int) -> None:
    turned = list(LANDS)
    random.Random(seed).shuffle(turned)
    names = dict(zip(LANDS, turned, strict=True))

    def relabelled(claim: str) -> str:
        for n, land in enumerate(LANDS):
            claim = claim.replace(land, f"@{n}@")
        for n, land in enumerate(LANDS):
            claim = claim.replace(f"@{n}@", names[land])
        return claim

    found = vacuum(make_record(tmp_path / "facts", change=relabelled), on=DAY, top=50)
    expected = {tuple(sorted((names[a], names[b]))): said for (a, b), said in MATRIX_2010.items()}
    assert levels(found) == expected
    plain = vacuum(make_record(tmp_path / "plain"), on=DAY, top=50)
    assert sorted(count for _, count in ranking(found)) == sorted(count for _, count in ranking(plain))
    mirrored = {(names.get(link.state), link.organization, link.closes) for link in plain.links.ranking}  # type: ignore[union-attr]
    assert {(link.state, link.organization, link.closes) for link in found.links.ranking} == mirrored  # type: ignore[union-attr]
