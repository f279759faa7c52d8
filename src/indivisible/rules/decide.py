"""Would it pass? A case put to the procedure of its body, with members and suspensions from the record of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import inf
from pathlib import Path

from indivisible.architecture.members import members as members_of
from indivisible.errors import FileError, QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.rules.ballot import ADOPTED, Ballot, Condition, Count, Rule, conditions_of, count, defeat
from indivisible.rules.decision import Decision, Step
from indivisible.rules.decision_case import DecisionCase, read_case
from indivisible.rules.facts import NAME, NAMES, Facts, read_facts
from indivisible.rules.flips import Flips, flips
from indivisible.rules.founding_charter import Charter, charter
from indivisible.rules.outcomes import ORDER, possible
from indivisible.rules.procedure import Council, Meeting, Procedure, council_of, meeting_of, procedure_of, unreachable
from indivisible.values import Truth, iso

MOST_UNSURE = 6
MOST_NAMED = 6
FACT_SAID = {Truth.YES: "the case says so", Truth.NO: "the case says not", Truth.UNKNOWN: "not given"}


@dataclass(frozen=True)
class Tabled:
    """A case before votes are counted: the body, its procedure, who meets, and the rule on their votes."""

    case: DecisionCase
    council: Council
    procedure: Procedure
    meeting: Meeting
    rule: Rule


def decide(record: Record, case: str | Path | Mapping[str, object]) -> Decision:
    """What the body decides. `case` is a YAML file or the same as plain data (docs/how-to/decide.md).

    Raises FileError and QuestionError: a vote by one who is no member on that day, two votes by one, a vote that the
    procedure does not know, a rule that all votes together cannot carry.
    """
    one = tabled(record, case)
    ballot = _ballot(record, one.council, one.procedure, one.meeting, one.rule, one.case)
    return _decision(one.council, one.procedure, one.meeting, one.rule, ballot, one.case)


def tabled(record: Record, case: str | Path | Mapping[str, object], *, where: str = "case") -> Tabled:
    """The rule by which a case is decided, and who votes; raises as `decide` does. `where` names plain data."""
    given = read_case(case, where=where)
    council = _council(record, given)
    chosen = procedure_of(council, given.procedure, given.day)
    facts = _facts(record, council, chosen, given)
    meeting = _meeting(record, council, chosen, facts, given)
    everybody = replace(meeting, voters=tuple(sorted({*meeting.voters, *meeting.unsure})))
    if (never := unreachable(chosen.rule(everybody), chosen.votes)) is not None:
        own = isinstance(council, Charter)
        raise QuestionError(
            f"{council.KEY}: {never.says}, which all {len(everybody.voters)} votes together do not reach",
            where=given.where, do="lower the quota" if own else "name all who voted: members: [...]",
        )  # fmt: skip
    return Tabled(given, council, chosen, meeting, chosen.rule(meeting))


def _decision(
    council: Council, chosen: Procedure, meeting: Meeting, rule: Rule, ballot: Ballot, given: DecisionCase
) -> Decision:
    ways = list(_with_unsure(chosen, meeting, rule, ballot, given))
    found = {outcome for one_rule, one in ways for outcome in possible(one_rule, one, chosen.votes)}
    outcomes = tuple(one for one in ORDER if one in found)
    outcome = outcomes[0] if len(outcomes) == 1 else None
    steps = tuple(_step(one, ballot, chosen.votes) for one in conditions_of(rule))
    defeats: tuple[Condition, ...] = ()
    turn: Flips | None = None
    if outcome is not None:
        ends = ways if len(ways) == 1 else (ways[0], ways[-1])  # without those who may have a vote, and with them
        turn = max((_turned(*way, outcome, chosen.votes) for way in ends), key=_how_hard)
        if outcome != ADOPTED:
            defeats = _defeats(rule, steps, count(rule, _filled(ballot, chosen.votes[0])))
    return Decision(
        given, council.KEY, chosen, meeting, rule, ballot, not given.counts, steps, outcome, defeats, outcomes, turn,
        _notes(council, chosen, meeting, rule, given),
    )  # fmt: skip


def _turned(rule: Rule, ballot: Ballot, outcome: str, votes: tuple[str, ...]) -> Flips:
    """Who could turn it, votes that are not known being those that make it hardest."""
    against_turning = _filled(ballot, votes[-1] if outcome == ADOPTED else votes[0])
    return flips(
        rule, against_turning, outcome, votes, open_votes={who for who, vote in ballot.items() if vote is None}
    )


def _how_hard(one: Flips) -> float:
    """How many it takes; with and without those who may have had a vote, the harder of the two is told."""
    return inf if one.size is None else one.size


def _defeats(rule: Rule, steps: tuple[Step, ...], counted: Count) -> tuple[Condition, ...]:
    """The condition that defeated it, then all others that surely failed."""
    failed = [one for one, step in zip(conditions_of(rule), steps, strict=True) if step.passed is Truth.NO]
    first = defeat(rule, {id(one): ~Truth.NO if one not in failed else Truth.NO for one in conditions_of(rule)})
    first = first or counted.defeat
    assert first is not None
    return (first, *(one for one in failed if one is not first))


def _council(record: Record, given: DecisionCase) -> Council:
    if given.change:
        if given.members is not None:
            raise FileError(
                "both a change that founds the body and a list of members", where=given.where, do="give one of them"
            )
        folder = Path(given.where).parent if given.where.endswith((".yml", ".yaml")) else None
        return charter(record, given.change, given.body, given.day, folder=folder)
    return council_of(record, given.body)


def _facts(record: Record, council: Council, chosen: Procedure, given: DecisionCase) -> Facts:
    """The facts of the case, names of states as keys. Raises FileError for one that the procedure does not ask for."""
    where = f"{given.where}, field facts"
    read = read_facts(given.facts, council.FACTS, where=where)
    for name in given.facts:
        if name not in chosen.asks:
            asked = ", ".join(chosen.asks) or "no fact"
            raise FileError(f"{chosen.name} does not turn on {name!r}", where=where, do=f"it asks for {asked}")
    values = dict(read.values)
    for name, value in read.values.items():
        kind = council.FACTS[name].kind
        if kind == NAME:
            values[name] = _state(record, str(value), where)
        elif kind == NAMES and isinstance(value, tuple):
            values[name] = tuple(sorted({_state(record, str(one), where) for one in value}))
    return replace(read, values=values)


def _meeting(record: Record, council: Council, chosen: Procedure, facts: Facts, given: DecisionCase) -> Meeting:
    left_out: Iterable[str] = ()
    if isinstance(council, Charter):
        return council.meeting(record, given.day, facts)
    if chosen.without:
        names = facts.names(chosen.without)
        if not names:
            raise QuestionError(
                f"{chosen.name} is a decision without the members concerned, and the case names none",
                where=given.where, do=f"add facts: {{{chosen.without}: [...]}}",
            )  # fmt: skip
        left_out = names
    if given.members is None:
        meeting = meeting_of(record, council, given.day, facts, without=left_out)
        concernable = _concernable(record, council, given.day, facts) if left_out else set()
        strangers = sorted(set(left_out) - concernable)
        if strangers:
            raise _no_member(record, council, strangers[0], given, field="facts")
        return meeting
    named: dict[str, str] = {}
    for name in given.members:
        state = _state(record, name, f"{given.where}, field members")
        if state in named:
            raise FileError(
                f"{named[state]!r} and {name!r} are both {state}",
                where=f"{given.where}, field members", do="keep one of them",
            )  # fmt: skip
        named[state] = name
    voters = tuple(sorted(set(named) - set(left_out)))
    return Meeting(record, council.ORGANIZATION, given.day, voters, facts)


def _concernable(record: Record, council: Council, day: int, facts: Facts) -> set[str]:
    """Members of the day, and of the day before: a decision may end the membership of the one concerned at once."""
    on_the_day = meeting_of(record, council, day, facts)
    before = members_of(record, council.ORGANIZATION, on=iso(day - 1), layer=council.LAYER)
    return {*on_the_day.voters, *on_the_day.unsure, *before.members}


def _ballot(
    record: Record, council: Council, chosen: Procedure, meeting: Meeting, rule: Rule, given: DecisionCase
) -> Ballot:
    for vote in {*given.votes.values(), *given.counts, given.others} - {""}:
        if vote not in chosen.votes:
            raise QuestionError(
                f"{council.KEY}, {chosen.name}: {vote!r} is no vote under this procedure",
                where=given.where, do=f"it knows {', '.join(chosen.votes)}",
            )  # fmt: skip
    if given.counts:
        return _counted(council, meeting, rule, given)
    ballot: dict[str, str | None] = dict.fromkeys(meeting.voters, given.others or None)
    written: dict[str, str] = {}
    for name, vote in given.votes.items():
        state = _state(record, name, f"{given.where}, field votes")
        if state in written:
            raise FileError(
                f"two votes by one member: {written[state]!r} and {name!r} are both {state}",
                where=f"{given.where}, field votes", do="keep one of them",
            )  # fmt: skip
        written[state] = name
        if state not in ballot and state not in meeting.unsure:
            raise _no_member(record, council, state, given, chosen=chosen)
        ballot[state] = vote or None
    return ballot


def _counted(council: Council, meeting: Meeting, rule: Rule, given: DecisionCase) -> Ballot:
    """Totals only: members stand in for one another, which is right only where all weigh the same."""
    for one in conditions_of(rule):
        if len({tuple(sorted(one.points.get(member, {}).items())) for member in meeting.voters}) > 1:
            raise QuestionError(
                f"in {council.KEY} it matters who votes how, and the case gives totals only",
                where=f"{given.where}, field counts", do="give votes by name",
            )  # fmt: skip
    total = sum(given.counts.values())
    if total > len(meeting.voters):
        raise QuestionError(
            f"{total} votes by {len(meeting.voters)} members", where=f"{given.where}, field counts", do="check them"
        )
    cast: list[str | None] = list(chain.from_iterable([vote] * n for vote, n in sorted(given.counts.items())))
    cast += [None] * (len(meeting.voters) - total)
    return dict(zip(meeting.voters, cast, strict=True))


def _with_unsure(
    chosen: Procedure, meeting: Meeting, rule: Rule, ballot: Ballot, given: DecisionCase
) -> Iterable[tuple[Rule, Ballot]]:
    """The rule and ballot with and without each state of whom the record does not know whether it was a member."""
    if len(meeting.unsure) > (MOST_UNSURE if meeting.voters else 0):  # nobody at all decides nothing
        ends = meeting.record.known_to
        raise QuestionError(
            f"the record does not know of {len(meeting.unsure)} states whether they were members of {meeting.body} on "
            f"{iso(meeting.day)}{f'; it ends on {iso(ends - 1)}' if meeting.day >= ends else ''}",
            where=given.where, do="name the members in the case: members: [...]",
        )  # fmt: skip
    if not meeting.unsure:
        yield rule, ballot
        return
    for size in range(len(meeting.unsure) + 1):
        for some in combinations(meeting.unsure, size):
            voters = tuple(sorted({*meeting.voters, *some}))
            one = replace(meeting, voters=voters)
            yield chosen.rule(one), {voter: ballot.get(voter, given.others or None) for voter in voters}


def _step(one: Condition, ballot: Ballot, votes: tuple[str, ...]) -> Step:
    worst, best = _filled(ballot, votes[0]), _filled(ballot, votes[-1])
    passed = one.passed(worst)
    if one.passed(best) is not passed:
        passed = Truth.UNKNOWN
    return Step(one.says, one.article, _found(one, ballot, worst, best), passed)


def _found(one: Condition, ballot: Ballot, worst: Mapping[str, str], best: Mapping[str, str]) -> str:
    """What the votes came to, in words."""
    if one.found == "against":
        named = sorted(member for member, vote in ballot.items() if vote and one.points_of(member, vote) < 0)
        open_ = sorted(
            m for m, vote in ballot.items() if vote is None and min(one.points.get(m, {}).values(), default=0) < 0
        )
        told = ", ".join(named) or "nobody"
        unknown = ", ".join(open_) if len(open_) <= MOST_NAMED else f"{len(open_)} others"
        return f"{told}; not known of {unknown}" if open_ else told
    if one.found == "fact":
        return one.told or FACT_SAID[one.passed({})]
    if one.found == "share":
        counting = [vote for member, vote in ballot.items() if member in one.points]
        yes, no, open_votes = (counting.count(cast) for cast in ("yes", "no", None))
        part = f"{yes} of {yes + no} votes for or against"
        part += f" ({100 * yes / (yes + no):.1f} %)" if yes + no else ""
        return f"{part}; {open_votes} not known" if open_votes else part
    low, high = sorted(abs(one.total(each)) for each in (worst, best))
    number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    part = f" ({' to '.join(_percent(each, one.whole) for each in sorted({low, high}))} %)" if one.whole else ""
    unknown = f", not known of {', '.join(sorted(one.unknown))}" if one.unknown else ""
    return f"{number} {one.found}{part}{unknown}{_all_but(one, ballot)}"


def _all_but(one: Condition, ballot: Ballot) -> str:
    """Who is missing, where all are needed and few are not there."""
    missing = sorted(
        member for member in one.points if (vote := ballot.get(member)) and not one.points_of(member, vote)
    )
    needs_all = one.needs == len(one.points) > len(missing)
    return f", all but {', '.join(missing)}" if needs_all and 0 < len(missing) <= MOST_NAMED else ""


def _percent(part: int, whole: int) -> str:
    """A part in percent, cut and not rounded after two places: what falls short of a threshold never looks like it."""
    return f"{10_000 * part // whole / 100:.2f}"


def _filled(ballot: Ballot, vote: str) -> dict[str, str]:
    return {member: cast or vote for member, cast in ballot.items()}


def _state(record: Record, name: str, where: str) -> str:
    try:
        return record.resolve(name, "state")
    except UnknownName as problem:
        raise QuestionError(problem.what, where=where, do=problem.do) from None


def _no_member(
    record: Record,
    council: Council,
    state: str,
    given: DecisionCase,
    *,
    chosen: Procedure | None = None,
    field: str = "votes",
) -> QuestionError:
    why = f"{record.name_of(state)} ({state}) has no vote in {council.KEY} on {iso(given.day)}"
    if chosen is not None and chosen.without:
        why += f" under {chosen.name}"
    if isinstance(council, Charter):
        do = f"its members that day: {', '.join(council.MEMBERS)}"
    elif state in members_of(record, council.ORGANIZATION, on=iso(given.day)).members and council.LAYER != "legal":
        why += ": its participation is suspended"
        do = "a decision of the day that suspends it is one of the day before: ask for that"
    else:
        do = f"indivisible members {council.ORGANIZATION} --on {iso(given.day)}"
    return QuestionError(why, where=f"{given.where}, field {field}", do=do)


def _notes(council: Council, chosen: Procedure, meeting: Meeting, rule: Rule, given: DecisionCase) -> tuple[str, ...]:
    found = list(chosen.notes(meeting))
    if given.members is not None:
        found.append("the members are those that the case names, not those of the record")
    elif isinstance(council, Charter):
        found.append(f"the members are those that the change {given.change} gives it")
    weightless = [state for state in meeting.voters if not any(one.points.get(state) for one in conditions_of(rule))]
    paused = [state for state in _paused(meeting) if state not in weightless] if council.LAYER == "legal" else []
    if paused and given.members is None:
        found.append(f"participation of {', '.join(paused)} is suspended or frozen that day; legally the vote is kept")
    if weightless:
        found.append(f"under this rule the vote of {', '.join(weightless)} does not count on the matter")
    if meeting.unsure:
        found.append(f"whether {', '.join(meeting.unsure)} had a vote that day is not known; both ways are counted")
    return tuple(found)


def _paused(meeting: Meeting) -> list[str]:
    """Voters who are left out where participation, not law, is asked for."""
    active = members_of(meeting.record, meeting.body, on=iso(meeting.day), layer="participation")
    return [state for state in meeting.voters if state not in {*active.members, *(one for one, _ in active.unsure)}]
