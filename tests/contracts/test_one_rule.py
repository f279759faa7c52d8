"""One rule: whoever alone turns a decision holds the veto that power, the core and consent see, in every body."""

from __future__ import annotations

from functools import cache

import pytest

from indivisible.assess.consent import body_consents
from indivisible.errors import FileError, QuestionError
from indivisible.measures.spatial import vetoes
from indivisible.record.record import Record
from indivisible.rules.bargain_rule import VotingRule, rule_of
from indivisible.rules.councils import COUNCILS
from indivisible.rules.decide import decide, tabled
from indivisible.rules.positions_case import read_positions
from indivisible.rules.power_of import power_of
from indivisible.rules.procedure import Council
from indivisible.values import Truth, day_of

DAYS = ("1950-03-01", "1992-07-08", "2012-12-19", "2024-03-01")
ASKED = [(council, name) for council in COUNCILS for name in dict.fromkeys(one.name for one in council.PROCEDURES)]


@cache
def who_can_stop(record: Record, body: str, procedure: str, day: str) -> frozenset[str] | None:
    """Members whose vote against alone defeats what all others are for; None where that cannot be asked."""
    asked = {"body": body, "on": day, "procedure": procedure}
    try:
        found = tabled(record, asked)
    except (QuestionError, FileError):
        return None
    for_it = decide(record, asked | {"others": found.procedure.votes[-1]})
    if for_it.outcome != "adopted" or found.meeting.unsure:
        return None
    assert for_it.flips is not None
    return frozenset(name for (name,) in for_it.flips.sets()) if for_it.flips.size == 1 else frozenset()


@pytest.mark.parametrize(("council", "name"), ASKED, ids=[f"{council.KEY} {name}" for council, name in ASKED])
def test_decision_power_and_core_agree_on_who_can_stop_it(record: Record, council: Council, name: str) -> None:
    for day in DAYS:
        stop = who_can_stop(record, council.KEY, name, day)
        if stop is None:
            continue
        power = power_of(record, council.KEY, on=day, procedure=name)
        case = {"body": council.KEY, "on": day, "procedure": name, "dimensions": ["a"],
                "actors": [{"actor": power.members[0], "position": 1}]}  # fmt: skip
        rule = rule_of(record, read_positions(case), ())
        if power.exact is None:  # the rule turns on what the case does not say: neither is told
            assert power.unknown
            assert isinstance(rule, str)
            continue
        sure = {who for who, one in zip(power.members, power.exact.prevent, strict=True) if one == 1}
        assert isinstance(rule, VotingRule)
        assert rule.members == power.members
        assert {rule.members[k] for k in vetoes(rule.rule)} == sure == set(stop), (day, council.KEY, name)


@pytest.mark.parametrize("council", [one for one in COUNCILS if one.STEPS.get("accede")], ids=lambda one: one.KEY)
def test_consent_is_refused_by_those_who_can_stop_it(record: Record, council: Council) -> None:
    day = DAYS[-1]
    stop = who_can_stop(record, council.KEY, council.STEPS["accede"], day)
    if stop is None:
        return
    content = dict.fromkeys(record.entities("state"), "unchanged")
    members = tabled(record, {"body": council.KEY, "on": day, "procedure": council.STEPS["accede"]}).meeting.voters
    for state in (members[0], members[-1], *sorted(stop)[:3]):
        truth = body_consents(record, council.KEY, "accede", day_of(day), content | {state: "loses"}).truth
        assert truth is (Truth.NO if state in stop else Truth.YES), (council.KEY, state)
