"""Each kind of step on a world of five lands: what it does, when it fails, and that nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from changes_world import DAY, LANDS, architecture, record

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.change import Change, change_of
from indivisible.architecture.change_file import parse_table
from indivisible.architecture.steps import apply, baseline_day
from indivisible.errors import ChangeError, QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.values import Estimate, day_of


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return record(tmp_path_factory.mktemp("world") / "facts")


@pytest.fixture(scope="module")
def before(world: Record) -> Architecture:
    return architecture(world)


def change(*steps: str) -> Change:
    lines = "".join(f"  - {{id: s{n}, {step}}}\n" for n, step in enumerate(steps, 1))
    return change_of(parse_table(f"schema: change/1\nname: x\ntitle: X\nsteps:\n{lines or '  []'}", "x.yml"))


def pairs(arch: Architecture, kind: str = "defence") -> set[tuple[str, str]]:
    return {(p.sender, p.receiver) for p in arch.pledges if p.kind == kind}


def refused(before: Architecture, world: Record, *steps: str) -> str:
    with pytest.raises(ChangeError) as raised:
        apply(before, change(*steps), world)
    assert "x.yml, line" in raised.value.where
    return raised.value.reason


def test_no_step_changes_nothing(before: Architecture, world: Record):
    assert apply(before, change(), world) == before


def test_accede_brings_the_pledges_of_the_treaty(before: Architecture, world: Record):
    after = apply(before, change("do: accede, state: Dland, organization: The Pact"), world)
    assert pairs(after) - pairs(before) == {(a, b) for a in ["AAA", "BBB", "CCC"] for b in ("DDD",)} | {
        ("DDD", b) for b in ("AAA", "BBB", "CCC")
    }
    assert pairs(after, "consultation") >= {("DDD", "AAA"), ("AAA", "DDD")}
    new = [p for p in after.pledges if "DDD" in (p.sender, p.receiver)]
    assert {p.article for p in new} == {"Art. 5", "Art. 4"}
    assert all(p.certain and p.claims[-1] == "changes/x#s1" and p.claims[0].startswith("world.csv:") for p in new)
    assert [m.role for m in after.memberships if (m.state, m.organization) == ("DDD", "PACT")] == ["member"]
    assert after.figures == before.figures
    assert before == architecture(world)


def test_accede_fails_where_it_is_so_already(before: Architecture, world: Record):
    assert refused(before, world, "do: accede, state: AAA, organization: PACT") == "already_so"
    assert refused(before, world, "do: accede, states: [DDD, AAA], organization: PACT") == "already_so"


def test_what_is_full_membership_is_asked_of_the_baseline_not_of_the_day_after(tmp_path: Path):
    """A guild whose full members are apprentices up to, not including, 2 June 2010, and masters from then on."""
    row = "GUILD,{},,{},{},{},,,PRIMER,list,high,"
    roles = (("apprentice", "1950-01-01", "2010-06-02"), ("master", "2010-06-02", ""))
    guild = [row.format("kind", "organization", "1950-01-01", "")]
    guild += [row.format("full_role", *role) for role in roles]
    world = record(tmp_path / "facts", more=guild)
    day = architecture(world)
    joined = apply(day, change("do: accede, state: AAA, organization: GUILD"), world)
    assert [m.role for m in joined.memberships if m.organization == "GUILD"] == ["apprentice"]
    later = apply(replace(day, day=DAY + 1), change("do: accede, state: AAA, organization: GUILD"), world)
    assert [m.role for m in later.memberships if m.organization == "GUILD"] == ["master"]


def test_an_unsure_member_may_accede(before: Architecture, world: Record):
    after = apply(before, change("do: accede, state: EEE, organization: CLUB"), world)
    assert [m.certain for m in after.memberships if m.state == "EEE"] == [True]


def test_withdraw_takes_its_pledges_along_in_both_directions(before: Architecture, world: Record):
    after = apply(before, change("do: withdraw, state: CCC, organization: PACT"), world)
    assert pairs(after) == {("AAA", "BBB"), ("BBB", "AAA")}
    assert not [m for m in after.memberships if (m.state, m.organization) == ("CCC", "PACT")]
    assert refused(before, world, "do: withdraw, state: DDD, organization: PACT") == "not_so"


def test_there_and_back_is_where_it_began(before: Architecture, world: Record):
    after = apply(
        before,
        change(
            "do: accede, state: EEE, organization: PACT, date: 2010-06-02",
            "do: withdraw, state: EEE, organization: PACT, date: 2010-06-03",
        ),
        world,
    )
    assert pairs(after) == pairs(before)
    assert set(after.memberships) == set(before.memberships)


def test_suspend_is_an_overlay_and_leaves_the_member(before: Architecture, world: Record):
    after = apply(before, change("do: suspend, state: CCC, organization: PACT"), world)
    assert after.pledges == before.pledges
    assert [(m.role, m.layer) for m in after.memberships if m.state == "CCC"] == [
        ("member", "legal"),
        ("suspended", "participation"),
    ]
    assert refused(before, world, "do: suspend, state: EEE, organization: PACT") == "not_so"
    twice = ("do: suspend, state: CCC, organization: PACT",) * 2
    assert refused(before, world, *twice) == "already_so"


def test_suspending_a_treaty_stops_its_pledges(before: Architecture, world: Record):
    after = apply(before, change("do: suspend, state: CCC, treaty: PACT_TREATY"), world)
    assert pairs(after) == {("AAA", "BBB"), ("BBB", "AAA")}
    assert refused(before, world, "do: suspend, state: EEE, treaty: PACT_TREATY") == "not_so"
    once = "do: suspend, state: CCC, treaty: PACT_TREATY"
    assert refused(before, world, once, once) == "already_so"


def test_a_treaty_that_was_left_can_be_left_no_more_but_joined_again(before: Architecture, world: Record):
    once = "do: denounce, state: DDD, treaty: ACCORD"
    assert refused(before, world, once, once) == "not_so"
    back = change(f"{once}, date: 2010-06-02", "do: ratify, state: DDD, treaty: ACCORD, date: 2010-06-03")
    assert apply(before, back, world) == before


def test_an_organisation_may_observe_and_touches_no_pledge(before: Architecture, world: Record):
    after = apply(before, change("do: observe, body: CLUB, organization: PACT"), world)
    assert after.pledges == before.pledges
    assert after.memberships[-1].state == "CLUB"
    assert refused(before, world, "do: observe, state: AAA, organization: PACT") == "already_so"


def test_found_binds_its_members_and_doubts_the_doubtful(before: Architecture, world: Record):
    text = (
        "do: found, organization: RING, members: [AAA, members of CLUB], "
        "pledges: [{kind: nonaggression, among: members}]"
    )
    after = apply(before, change(text), world)
    new = {(p.sender, p.receiver): p.certain for p in after.pledges if p.treaty == "RING"}
    assert new[("AAA", "DDD")] is True
    assert new[("EEE", "AAA")] is False
    assert len(new) == 6
    joined = apply(before, change(text, "do: accede, state: BBB, organization: RING"), world)
    assert ("BBB", "RING") in {(m.state, m.organization) for m in joined.memberships}
    assert refused(before, world, "do: found, organization: CLUB, members: [AAA]") == "already_so"


def test_dissolve_ends_the_treaties_that_follow(before: Architecture, world: Record):
    after = apply(before, change("do: dissolve, organization: PACT"), world)
    assert after.pledges == ()
    assert refused(before, world, "do: dissolve, organization: UNION") == "not_so"


def test_ratify_waits_for_the_last_ratification(before: Architecture, world: Record):
    one = apply(before, change("do: ratify, state: EEE, treaty: ACCORD"), world)
    assert one.pledges == before.pledges
    both = change("do: ratify, state: EEE, treaty: ACCORD", "do: ratify, state: AAA, treaty: ACCORD")
    two = apply(before, both, world)
    bound = ("AAA", "DDD", "EEE")
    assert pairs(two, "nonaggression") == {(a, b) for a in bound for b in bound if a != b}
    assert refused(before, world, "do: ratify, state: DDD, treaty: ACCORD") == "already_so"


def test_denounce(before: Architecture, world: Record):
    after = apply(before, change("do: denounce, states: [AAA, BBB], treaty: PACT_TREATY"), world)
    assert after.pledges == ()
    assert refused(before, world, "do: denounce, state: EEE, treaty: PACT_TREATY") == "not_so"


def test_enact_takes_its_effects_and_names_the_text(before: Architecture, world: Record):
    text = "do: enact, treaty: DRAFT, effects: [{do: remove, state: AAA, host: [BBB]}, {do: pledge, from: AAA, to: DDD, kind: consultation, mutual: true, basis: Art. 2}]"  # noqa: E501
    after = apply(before, change(text), world)
    assert after.deployments == ()
    new = [p for p in after.pledges if p.treaty == "DRAFT"]
    assert {(p.sender, p.receiver, p.article) for p in new} == {("AAA", "DDD", "Art. 2"), ("DDD", "AAA", "Art. 2")}


def test_pledge_and_release(before: Architecture, world: Record):
    after = apply(before, change("do: pledge, from: AAA, to: [DDD, EEE], kind: defence"), world)
    assert pairs(after) - pairs(before) == {("AAA", "DDD"), ("AAA", "EEE")}
    assert refused(before, world, "do: pledge, from: AAA, to: BBB, kind: defence, mutual: true") == "already_so"
    less = apply(before, change("do: release, from: AAA, to: BBB, kind: defence"), world)
    assert pairs(before) - pairs(less) == {("AAA", "BBB")}
    assert refused(before, world, "do: release, from: AAA, to: EEE, kind: defence") == "not_so"


def test_deploy_remove_and_cap_forces(before: Architecture, world: Record):
    after = apply(before, change("do: deploy, state: CCC, host: DDD, personnel: 50, kind: base"), world)
    assert [(d.key, d.personnel.best) for d in after.deployments] == [("DEP_BASE", 200), ("x#s1", 50)]
    assert apply(before, change("do: remove, deployment: DEP_BASE"), world).deployments == ()
    assert refused(before, world, "do: remove, state: CCC") == "not_so"
    capped = apply(before, change("do: cap, state: AAA, host: BBB, at_most: 150"), world)
    assert capped.deployments[0].personnel == Estimate(100, 150, 150)
    assert apply(before, change("do: cap, state: AAA, host: BBB, at_most: 0"), world).deployments == ()
    both = change("do: cap, state: AAA, host: BBB, at_most: 150", "do: deploy, state: AAA, host: BBB, personnel: 200")
    assert [d.personnel.best for d in apply(before, both, world).deployments] == [150, 150]
    assert apply(before, both, world).caps == {("AAA", "BBB"): 150}  # arrays hold the sum of the two to it


def test_cap_and_set_figures(before: Architecture, world: Record):
    after = apply(before, change("do: cap, state: AAA, figure: population, at_most: 10"), world)
    assert after.figures["AAA", "population"].estimate == Estimate(10, 10, 10)
    assert after.figures["BBB", "population"] == before.figures["BBB", "population"]
    loose = apply(before, change("do: cap, state: AAA, figure: population, at_most: 9000000"), world)
    assert loose.figures == before.figures
    unknown = apply(before, change("do: cap, state: AAA, figure: armed_forces, at_most: 7"), world)
    assert unknown.figures["AAA", "armed_forces"].estimate == Estimate(0, None, 7)
    limit = "do: cap, state: AAA, figure: population, at_most:"
    twice = (f"{limit} 10", f"{limit} 12")
    assert refused(before, world, *twice) == "already_so"
    new = apply(before, change("do: set, state: AAA, figure: population, value: 5..7"), world)
    assert new.figures["AAA", "population"].estimate == Estimate(5, 6, 7)
    assert refused(before, world, "do: set, state: AAA, figure: population, value: 1000000") == "already_so"
    with pytest.raises(QuestionError, match="population"):
        apply(before, change("do: set, state: AAA, figure: populations, value: 5"), world)


def test_steps_that_contradict_each_other(before: Architecture, world: Record):
    assert (
        refused(
            before,
            world,
            "do: set, state: AAA, figure: population, value: 5",
            "do: set, state: AAA, figure: population, value: 6",
        )
        == "contradiction"
    )
    assert (
        refused(
            before,
            world,
            "do: accede, state: DDD, organization: PACT, date: 2010-06-02",
            "do: withdraw, state: DDD, organization: The Pact, date: 2010-06-02",
        )
        == "contradiction"
    )
    assert (
        refused(
            before,
            world,
            "do: release, from: AAA, to: BBB, kind: defence",
            "do: pledge, from: AAA, to: BBB, kind: defence",
        )
        == "contradiction"
    )


def test_steps_are_taken_in_order_of_date(before: Architecture, world: Record):
    later_first = change(
        "do: withdraw, state: EEE, organization: PACT, date: 2010-06-03",
        "do: accede, state: EEE, organization: PACT, date: 2010-06-02",
    )
    assert pairs(apply(before, later_first, world)) == pairs(before)


def test_in_a_subset_a_step_without_its_precondition_does_nothing(before: Architecture, world: Record):
    both = change(
        "do: accede, state: EEE, organization: PACT, date: 2010-06-02",
        "do: withdraw, state: EEE, organization: PACT, date: 2010-06-03",
    )
    assert apply(before, both, world, only={"s2"}) == before
    assert apply(before, both, world, only=set()) == before
    assert ("EEE", "AAA") in pairs(apply(before, both, world, only={"s1"}))
    with pytest.raises(QuestionError, match="no step 's9'"):
        apply(before, both, world, only={"s9"})


@pytest.mark.parametrize(
    ("step", "near"),
    [
        ("do: accede, state: Alandd, organization: PACT", "Aland"),
        ("do: accede, state: DDD, organization: PACTT", "PACT"),
        ("do: ratify, state: DDD, treaty: ACORD", "ACCORD"),
        ("do: remove, deployment: DEP_BASES", "DEP_BASE"),
    ],
)
def test_an_unknown_name_fails_with_near_names(before: Architecture, world: Record, step: str, near: str):
    with pytest.raises(UnknownName, match=near):
        apply(before, change(step), world)


def test_the_baseline_is_the_day_before_the_first_step(world: Record):
    dated = change(
        "do: accede, state: DDD, organization: PACT, date: 2010-06-09",
        "do: accede, state: EEE, organization: PACT, date: 2010-06-02",
    )
    assert baseline_day(dated, world) == DAY
    assert baseline_day(dated, world, on="2011-01-01") == day_of("2011-01-01")
    assert baseline_day(change(), world) == world.known_to - 1
    with pytest.raises(QuestionError):
        baseline_day(dated, world, on="2011")


def test_relabelling_the_lands_relabels_the_result(before: Architecture, world: Record):
    """Two lands that stand alike get alike results: D and E change places and so do their pledges."""
    one = pairs(apply(before, change("do: accede, state: DDD, organization: PACT"), world))
    other = pairs(apply(before, change("do: accede, state: EEE, organization: PACT"), world))
    swap = dict(zip(LANDS, (*LANDS[:3], "EEE", "DDD"), strict=True))
    assert {(swap[a], swap[b]) for a, b in one} == other
