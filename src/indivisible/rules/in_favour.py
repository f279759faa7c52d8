"""A body's rule as what those in favour carry: the one reading for voting power, the core, and who holds a veto.

The conditions stay those by which the body decides (`rules.ballot`). Here they are told over three votes: the one most
for, an abstention where the procedure knows it, and the one most against, which all others then cast.
"""

from __future__ import annotations

from collections.abc import Sequence

from indivisible.measures.voting_abstention import EveryOf, Points, SomeOf, ThreeWay, two_way
from indivisible.measures.voting_rules import Rule as Plain
from indivisible.rules.ballot import ABSTAIN, Condition, Every, Rule, conditions_of
from indivisible.rules.facts import TRUTH
from indivisible.rules.procedure import Meeting, Procedure
from indivisible.values import iso

FACT = "fact"  # how a condition that no vote can alter is told
MOST_NAMED = 12


def three_way(rule: Rule, voters: Sequence[str], votes: Sequence[str]) -> ThreeWay:
    """Points for the vote most for, an abstention, and the vote most against; `votes` go from against to for."""
    if isinstance(rule, Condition):
        middle = ABSTAIN if ABSTAIN in votes else votes[0]
        yes, abstain, no = (
            tuple(rule.points_of(member, vote) for member in voters) for vote in (votes[-1], middle, votes[0])
        )
        return Points(yes, abstain, no, rule.needs)
    parts = tuple(three_way(part, voters, votes) for part in rule.parts)
    return EveryOf(parts) if isinstance(rule, Every) else SomeOf(parts)


def in_favour(rule: Rule, voters: Sequence[str], votes: Sequence[str]) -> Plain | bool:
    """Weights and quotas over those in favour; True or False where it passes, or fails, whoever they are."""
    return two_way(three_way(rule, voters, votes))


def not_known(rule: Rule, chosen: Procedure, meeting: Meeting, *, ask: str = "") -> str:
    """Why the rule cannot be told, in words; empty where it can. `ask` is how a fact can be given, with {name}."""
    if meeting.unsure and meeting.day >= meeting.record.known_to:
        return f"the record ends on {iso(meeting.record.known_to - 1)}, and does not know who had a vote after it"
    if meeting.unsure:
        return f"the record does not know whether {_few(meeting.unsure)} had a vote on {iso(meeting.day)}"
    for one in conditions_of(rule):
        if one.unknown and one.found == FACT:
            facts = meeting.facts
            open_ = [name for name in chosen.asks if facts.known[name].kind == TRUTH and name not in facts.values]
            names = " or ".join(ask.format(name=name) for name in open_ or chosen.asks)
            return f"it is not said whether {one.says}{f' ({names})' if ask else ''}"
        if one.unknown:
            return f"the record does not know what counts for {_few(sorted(one.unknown))} ({one.says})"
    return ""


def _few(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMED:
        return f"{len(names)} states"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
