"""Who has to consent to which step, under the body's own rule, and whether they would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.architecture.change import read_change
from indivisible.assess.consent import body_consents, state_consents, vote_by
from indivisible.assess.consent_answer import Consents, consents
from indivisible.assess.verdict import VERDICTS
from indivisible.record.record import Record
from indivisible.values import Truth, day_of

DAY = "2023-04-03"


def of(record: Record, folder: Path, steps: str, **chosen: Any) -> Consents:
    path = folder / "change.yml"
    path.write_text(f"schema: change/1\nname: made-up\ntitle: Made up\nsteps:\n{steps}", encoding="utf-8")
    return consents(record, read_change(path), on=DAY, models=["deterrence"], **chosen)


def test_every_verdict_has_a_vote() -> None:
    votes = ("no", "abstain", "yes")
    assert [vote_by(verdict, votes) for verdict in VERDICTS] == ["yes", "no", "yes", None, "yes"]
    assert [state_consents(verdict) for verdict in VERDICTS] == [
        Truth.YES, Truth.NO, Truth.YES, Truth.UNKNOWN, Truth.YES,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="maybe"):
        vote_by("maybe", votes)


def test_one_ally_that_loses_stops_an_invitation(record: Record) -> None:
    day = day_of(DAY)
    nobody = dict.fromkeys(record.entities("state"), "unchanged")
    assert body_consents(record, "NATO", "accede", day, nobody).truth is Truth.YES
    one = body_consents(record, "NATO", "accede", day, nobody | {"TUR": "loses"})
    assert (one.truth, one.against) == (Truth.NO, ("TUR",))
    unsure = body_consents(record, "NATO", "accede", day, nobody | {"TUR": "unknown"})
    assert (unsure.truth, unsure.open) == (Truth.UNKNOWN, ("TUR",))
    outsider = body_consents(record, "NATO", "accede", day, nobody | {"RUS": "loses"})
    assert outsider.truth is Truth.YES, "no member, no vote"


def test_those_about_whom_it_is_decided_have_no_vote(record: Record) -> None:
    said = dict.fromkeys(record.entities("state"), "unchanged") | {"ARM": "loses"}
    found = body_consents(record, "CSTO", "suspend", day_of(DAY), said, concerned=["ARM"])
    assert (found.truth, found.against) == (Truth.YES, ())
    found = body_consents(record, "CSTO", "suspend", day_of(DAY), said | {"BLR": "loses"}, concerned=["ARM"])
    assert (found.truth, found.against) == (Truth.NO, ("BLR",))


def test_a_body_whose_rules_are_not_known_leaves_it_open(record: Record) -> None:
    found = body_consents(record, "GUAM", "accede", day_of(DAY), {})
    assert found.truth is Truth.UNKNOWN
    assert "not known" in found.why


def test_an_accession_asks_the_members_and_an_exit_nobody(record: Record, tmp_path: Path) -> None:
    steps = "  - {id: in, do: accede, state: SWE, organization: NATO}\n"
    steps += "  - {id: out, do: withdraw, state: ARM, organization: CSTO}\n"
    into, out = of(record, tmp_path, steps).steps
    assert (into.body, into.takers, len(into.asked)) == ("NATO", ("SWE",), 30)
    assert into.consent.procedure == "invitation"
    assert into.wanted is Truth.YES
    assert (out.body, out.takers, len(out.asked)) == ("CSTO", ("ARM",), 5)
    assert out.consent.truth is Truth.YES
    assert "no decision" in out.consent.why


def test_everybody_who_is_to_be_bound_agrees_for_himself(record: Record, tmp_path: Path) -> None:
    steps = "  - {id: found, do: found, organization: LEAGUE, members: [FRA, DEU], pledges: [{kind: defence}]}\n"
    steps += "  - {id: pledge, do: pledge, from: IND, to: BRA, kind: defence, mutual: true}\n"
    steps += "  - {id: set, do: set, state: FRA, figure: armed_forces, value: 1000}\n"
    founding, pledge, act = of(record, tmp_path, steps).steps
    assert founding.asked == ("DEU", "FRA")
    assert pledge.asked == ("BRA", "IND")
    assert pledge.consent.truth is Truth.YES
    assert act.asked == ()
    assert "act of the taker" in act.consent.why


def test_each_step_stands_alone(record: Record, tmp_path: Path) -> None:
    first = "  - {id: fin, do: accede, state: FIN, organization: NATO}\n"
    second = "  - {id: swe, do: accede, state: SWE, organization: NATO}\n"
    (alone,) = of(record, tmp_path, second).steps
    _, beside = of(record, tmp_path, first + second).steps
    assert alone.to_dict() == beside.to_dict()


def test_by_command_as_in_python(record: Record) -> None:
    result = CliRunner().invoke(main, ["consent", "nordic-accession", "--models", "deterrence,distance", "--json"])
    assert result.exit_code == 0, result.output
    said = Desk(record).councils.consent("nordic-accession", models=["deterrence", "distance"]).to_dict()
    assert [one["consents"] for one in said["steps"]] == [True] * 4
    assert '"schema": "consent/1"' in result.output
    assert said["steps"][0]["must_consent"] == sorted(said["steps"][0]["must_consent"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["consent", "nordic-acession"], "nordic-accession"),
        (["consent", "nordic-accession", "--models", "deterence"], "deterrence"),
        (["consent", "nordic-accession", "--materiality", "5"], "5 per cent is 0.05"),
    ],
)
def test_likely_mistakes(words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert said in result.output


def test_what_is_not_said_is_told_as_the_reason(record: Record) -> None:
    found = body_consents(record, "CSTO", "observe", day_of(DAY), dict.fromkeys(record.entities("state"), "gains"))
    assert (found.truth, found.open) == (Truth.UNKNOWN, ())
    assert found.why == "it is not said whether it has asked for it in writing"


def test_a_step_in_a_body_that_the_change_founds_is_open(record: Record, tmp_path: Path) -> None:
    steps = "  - {id: new, do: found, organization: X, members: [FIN, NOR], rule: consensus, date: 2023-04-04,\n"
    steps += "     pledges: [{kind: defence, among: members}]}\n"
    steps += "  - {id: join, do: accede, state: SWE, organization: X, date: 2023-05-01}\n"
    told = of(record, tmp_path, steps)
    new, join = told.steps
    assert new.consent.truth is Truth.YES
    assert (join.consent.truth, join.wanted) == (Truth.UNKNOWN, Truth.UNKNOWN)
    assert "another step of the change founds X" in told.sentence()


def test_who_may_have_a_vote_is_counted_both_ways_as_in_decisions(record: Record) -> None:
    """Whether Saudi Arabia is a member of BRICS is not known."""
    content, day = dict.fromkeys(record.entities("state"), "unchanged"), day_of("2024-03-01")
    assert body_consents(record, "BRICS", "accede", day, content).truth is Truth.YES
    assert body_consents(record, "BRICS", "accede", day, content | {"SAU": "loses"}).truth is Truth.UNKNOWN
    assert body_consents(record, "BRICS", "accede", day, content | {"IND": "loses"}).truth is Truth.NO
    past = body_consents(record, "BRICS", "accede", day_of("2030-03-01"), content)
    assert (past.truth, "the record ends on" in past.why) == (Truth.UNKNOWN, True)
