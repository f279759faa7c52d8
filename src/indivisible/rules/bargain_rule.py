"""The rule under which a body decides among positions: its own on the day, or one that a case file writes down.

A member is for what it prefers and otherwise casts the vote that is most against, so a rule of weights and quotas over
those in favour is left; from it follow the vetoes, the core and what is uncovered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indivisible.errors import FileError, QuestionError
from indivisible.measures.voting_rules import Every, Quota, Rule, checked, count_of, veto_of
from indivisible.record.record import Record
from indivisible.rules.decide import tabled
from indivisible.rules.in_favour import in_favour, not_known
from indivisible.rules.positions_case import PositionsCase, number, whole
from indivisible.rules.procedure import council_of
from indivisible.values import iso

MAJORITY, UNANIMITY = "majority", "unanimity"
ALWAYS, NEVER = "it carries without any vote in favour", "it fails however the members vote"
RULE_KEYS = ("at_least", "weights", "quota", "veto")


@dataclass(frozen=True)
class VotingRule:
    """Who has a vote, in order, and what carries; in words, and by which article."""

    members: tuple[str, ...]
    rule: Rule
    says: str
    basis: str = ""
    confidence: str = "high"


def rule_of(record: Record, case: PositionsCase, actors: Sequence[str]) -> VotingRule | str:
    """The rule that a case is decided by, or in words why there is none."""
    if case.rule is not None:
        return _written(case, tuple(actors))
    if not case.body:
        return "the case names neither a body nor a rule"
    try:
        council = council_of(record, case.body)
    except QuestionError as problem:
        if case.procedure:
            raise
        return f"{problem.what}; write a rule: in the case"
    assert case.day is not None
    asked = {"body": case.body, "on": iso(case.day), "procedure": case.procedure, "facts": dict(case.facts)}
    meets = tabled(record, asked, where=case.where)
    chosen, meeting = meets.procedure, meets.meeting
    if why := not_known(meets.rule, chosen, meeting, ask="facts: {{{name}: ...}}"):
        return f"{council.KEY}, {chosen.name}: {why}"
    found = in_favour(meets.rule, meeting.voters, chosen.votes)
    if isinstance(found, bool):
        return f"{council.KEY}, {chosen.name}: {ALWAYS if found else NEVER}"
    return VotingRule(meeting.voters, found, f"{council.KEY}, {chosen.title}", chosen.basis, chosen.confidence)


def _written(case: PositionsCase, actors: tuple[str, ...]) -> VotingRule:
    where, several = f"{case.where}, rule", len(actors)
    given = case.rule
    if given == MAJORITY:
        return VotingRule(actors, count_of(several, several // 2 + 1), f"a majority, {several // 2 + 1} of {several}")
    if given == UNANIMITY:
        return VotingRule(actors, count_of(several, several), f"unanimity of {several}")
    if not isinstance(given, Mapping) or not given:
        raise FileError(
            f"{given!r} is no rule", where=where, do="write majority, unanimity, or {at_least: 9, veto: [A, B]}"
        )
    for key in given:
        if key not in RULE_KEYS:
            raise FileError(f"a rule has no {key!r}", where=where, do=f"known: {', '.join(RULE_KEYS)}")
    parts: list[Rule] = []
    says = []
    if given.get("at_least") is not None:
        needs = whole(given["at_least"], f"{where}, at_least", 1)
        parts.append(count_of(several, needs))
        says.append(f"at least {needs} of {several}")
    if given.get("weights") is not None or given.get("quota") is not None:
        weights, quota = _weights(given, actors, where)
        parts.append(Quota(weights, quota))
        says.append(f"weights of {quota} of {sum(weights)}")
    vetoes = given.get("veto") or []
    for name in vetoes if isinstance(vetoes, list) else [vetoes]:
        if name not in actors:
            raise FileError(f"{name!r} is no actor of the case", where=f"{where}, veto", do="name one of the actors")
        parts.append(veto_of(several, actors.index(name)))
    if vetoes:
        says.append(f"a veto of {', '.join(vetoes if isinstance(vetoes, list) else [vetoes])}")
    found = Every(tuple(parts))
    try:
        checked(found)
    except QuestionError as problem:
        raise FileError(problem.what, where=where, do="lower it") from None
    return VotingRule(actors, found, " and ".join(says))


def _weights(given: Mapping[str, object], actors: tuple[str, ...], where: str) -> tuple[tuple[int, ...], int]:
    weights = given.get("weights")
    if not isinstance(weights, Mapping) or given.get("quota") is None:
        raise FileError("weights and quota go together", where=where, do="write weights: {A: 3, B: 2}, quota: 4")
    if set(weights) != set(actors):
        odd = sorted({str(one) for one in weights} ^ set(actors))
        raise FileError(f"weights and actors differ by {', '.join(odd)}", where=f"{where}, weights", do="give one each")
    for one in weights.values():
        if number(one, f"{where}, weights") != int(one):
            raise FileError(f"{one!r} is no whole number", where=f"{where}, weights", do="multiply all by ten")
    return tuple(int(weights[actor]) for actor in actors), whole(given["quota"], f"{where}, quota", 1)
