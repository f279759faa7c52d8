"""Who has to consent to a step, and whether they would, if they went by what a model says of their own security.

A state that loses votes against; one that gains, or for which nothing changes or is seen, does not stand in the way;
of one whose verdict is not known the vote is not known. That is a convention, not a forecast. The rules of the body
then decide (rules.councils). With the newcomer gaining and no member losing a move is individually stable; where only
those left behind must not lose it is contractually so (Bogomolnaia and Jackson 2002, Games and Economic Behavior 38).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN, UNCHANGED, UNKNOWN
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.rules.ballot import ADOPTED, Ballot
from indivisible.rules.decide import MOST_UNSURE
from indivisible.rules.facts import Facts
from indivisible.rules.in_favour import not_known
from indivisible.rules.outcomes import possible
from indivisible.rules.procedure import Council, Meeting, Procedure, council_of, meeting_of, procedure_of
from indivisible.values import Truth

Verdicts = Mapping[str, str]


@dataclass(frozen=True)
class Consent:
    """Whether a body consents: its procedure, who votes, and how; empty `procedure` where it need not decide.

    `why` is the matter, or on what beside votes the answer hangs where it is not known.
    """

    body: str
    procedure: str
    basis: str
    truth: Truth
    against: tuple[str, ...]
    open: tuple[str, ...]
    why: str


def vote_by(verdict: str, votes: tuple[str, ...]) -> str | None:
    """The vote of one who goes by a verdict; `votes` are ordered from most against to most for."""
    if verdict == LOSES:
        return votes[0]
    if verdict in (GAINS, UNCHANGED, NOT_SEEN):
        return votes[-1]
    if verdict == UNKNOWN:
        return None
    raise ValueError(verdict)


def state_consents(verdict: str) -> Truth:
    """Whether a state that goes by a verdict consents."""
    if verdict == LOSES:
        return Truth.NO
    if verdict in (GAINS, UNCHANGED, NOT_SEEN):
        return Truth.YES
    if verdict == UNKNOWN:
        return Truth.UNKNOWN
    raise ValueError(verdict)


def procedure_for(record: Record, body: str, kind: str, day: int) -> tuple[Council, Procedure | None] | None:
    """The body and the procedure by which it takes a kind of step; None where its rules are not known.

    No procedure where no decision of the body is needed.
    """
    try:
        council = council_of(record, body)
    except QuestionError:
        return None
    name = council.STEPS.get(kind)
    if name is None:
        return None
    return council, procedure_of(council, name, day) if name else None


def body_consents(
    record: Record, body: str, kind: str, day: int, verdicts: Verdicts, *, concerned: Collection[str] = ()
) -> Consent:
    """Whether a body would take a step of that kind, its members going by the verdicts on their own security.

    `concerned` are those about whom it decides; they have no vote where the procedure says so.
    """
    found = procedure_for(record, body, kind, day)
    if found is None:
        return Consent(body, "", "", Truth.UNKNOWN, (), (), f"by what rule {body} takes this step is not known")
    council, chosen = found
    if chosen is None:
        return Consent(body, "", "", Truth.YES, (), (), f"no decision of {body} is needed")
    left_out = tuple(sorted(concerned)) if chosen.without else ()
    facts = Facts(council.FACTS, {chosen.without: left_out} if chosen.without else {})
    meeting = meeting_of(record, council, day, facts, without=left_out)
    ballot: Ballot = {
        voter: vote_by(verdicts.get(voter, UNKNOWN), chosen.votes) for voter in (*meeting.voters, *meeting.unsure)
    }
    rule = chosen.rule(meeting)
    outcomes = _outcomes(chosen, meeting, ballot)
    against = tuple(voter for voter, vote in sorted(ballot.items()) if vote == chosen.votes[0])
    open_ = tuple(voter for voter, vote in sorted(ballot.items()) if vote is None)
    if outcomes == {ADOPTED}:
        truth = Truth.YES
    elif outcomes and ADOPTED not in outcomes:
        truth = Truth.NO
    else:
        truth = Truth.UNKNOWN
    hangs_on = not_known(rule, chosen, meeting) if truth is Truth.UNKNOWN else ""
    return Consent(body, chosen.name, chosen.basis, truth, against, open_, hangs_on or chosen.title)


def _outcomes(chosen: Procedure, meeting: Meeting, ballot: Ballot) -> set[str]:
    """What may come out, with and without each state of which it is not known whether it votes; empty if too many."""
    if len(meeting.unsure) > (MOST_UNSURE if meeting.voters else 0):
        return set()
    found: set[str] = set()
    for size in range(len(meeting.unsure) + 1):
        for some in combinations(meeting.unsure, size):
            one = replace(meeting, voters=tuple(sorted({*meeting.voters, *some})))
            found.update(possible(chosen.rule(one), {voter: ballot[voter] for voter in one.voters}, chosen.votes))
    return found
