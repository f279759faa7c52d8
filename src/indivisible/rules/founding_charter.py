"""A body that a change file founds: its members and its rule, as the founding step writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indivisible.architecture.change import Change, Step, load_change
from indivisible.architecture.draft import MEMBERS_OF
from indivisible.architecture.members import members as members_of
from indivisible.architecture.steps import in_order
from indivisible.errors import QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.rules.ballot import ABSENT, ABSTAIN, NO, NOT_PARTICIPATING, YES, Rule, at_least, nobody
from indivisible.rules.facts import Fact, Facts
from indivisible.rules.procedure import Meeting, Procedure, procedure
from indivisible.values import Truth, iso

VOTES = (NO, ABSENT, ABSTAIN, NOT_PARTICIPATING, YES)
QUOTA = re.compile(r"(\d+)\s+of\s+(\d+)")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
KNOWN = "consensus, unanimity, majority, two_thirds, a quota such as `4 of 5`, or a part such as `60 %`"


@dataclass(frozen=True)
class Charter:
    """A founded body, of the shape of every council, with the states that the change makes its members."""

    KEY: str
    NAME: str
    ORGANIZATION: str
    PROCEDURES: tuple[Procedure, ...]
    MEMBERS: tuple[str, ...]
    UNSURE: tuple[str, ...] = ()
    LAYER: str = "participation"
    FACTS: Mapping[str, Fact] = field(default_factory=dict)
    STEPS: Mapping[str, str] = field(default_factory=lambda: {"accede": "decision"})

    def meeting(self, record: Record, day: int, facts: Facts) -> Meeting:
        """The body on a day, with those members."""
        return Meeting(record, self.ORGANIZATION, day, self.MEMBERS, facts, self.UNSURE)


def charter(record: Record, change: str, body: str, day: int, *, folder: Path | None = None) -> Charter:
    """The council of a body that a change founds, on a day; `folder` is where a file is looked for first.

    Raises QuestionError where the change founds no such body, not yet, or by a rule that is not known; FileError.
    """
    beside = folder / change if folder is not None else Path(change)
    found = load_change(str(beside) if change.endswith((".yml", ".yaml")) and beside.exists() else change)
    steps = [step for step in in_order(found) if step.organization == body and _by(step, day)]
    founding = next((step for step in steps if step.do == "found"), None)
    if founding is None:
        raise _not_founded(found, body, day)
    members: dict[str, Truth] = {}
    for step in steps:
        _take(record, step, members, day)
    if Truth.YES not in members.values():
        raise QuestionError(f"{body} has no members on {iso(day)}", where=founding.where)
    return Charter(
        body, body, body, (_procedure(founding),),
        tuple(sorted(state for state, truth in members.items() if truth is Truth.YES)),
        tuple(sorted(state for state, truth in members.items() if truth is Truth.UNKNOWN)),
    )  # fmt: skip


def _by(step: Step, day: int) -> bool:
    return step.first_day is None or step.first_day <= day


def _not_founded(change: Change, body: str, day: int) -> QuestionError:
    bodies = [step for step in change.steps if step.do == "found"]
    named = [step for step in bodies if step.organization == body]
    if named:
        return QuestionError(
            f"{change.name} founds {body} only on {named[0].date}",
            where=named[0].where,
            do=f"ask for that day or a later one, not {iso(day)}",
        )
    known = ", ".join(step.organization for step in bodies)
    do = f"it founds {known}" if known else "name a change with a step `do: found`"
    return QuestionError(f"{change.name} founds no body called {body!r}", where=change.where, do=do)


def _take(record: Record, step: Step, members: dict[str, Truth], day: int) -> None:
    """What a step does to the list of those who vote."""
    if step.do in ("found", "accede") and step.role in ("", "member"):
        for state, truth in _states(record, step.members or step.states, step, day):
            members[state] = members.get(state, Truth.NO) | truth
    elif step.do in ("withdraw", "suspend"):
        for state, _ in _states(record, step.states, step, day):
            members.pop(state, None)
    elif step.do == "dissolve":
        members.clear()


def _states(record: Record, names: Iterable[str], step: Step, day: int) -> Iterable[tuple[str, Truth]]:
    for name in names:
        try:
            if name.lower().startswith(MEMBERS_OF):
                group = members_of(record, name[len(MEMBERS_OF) :].strip(), on=iso(day))
                yield from ((state, Truth.YES) for state in group.members)
                yield from ((state, Truth.UNKNOWN) for state, _ in group.unsure)
            else:
                yield record.resolve(name, "state"), Truth.YES
        except UnknownName as problem:
            raise QuestionError(problem.what, where=step.where, do=problem.do) from None


def _procedure(step: Step) -> Procedure:
    build = _builder(step)
    wrap = procedure("decision", "decisions", basis=f"charter of {step.organization}: {step.rule}", votes=VOTES)
    return wrap(build)


def _builder(step: Step) -> Callable[[Meeting], Rule]:
    """The rule that the step names, as a function of a meeting. Raises QuestionError for one that is not known."""
    rule, article = step.rule.strip().casefold().replace("-", "_"), f"charter of {step.organization}"
    for name, build in (("consensus", _consensus), ("unanimity", _unanimity)):
        if rule == name:
            return build(article)
    if (quota := _quota(rule, step)) is not None:
        return _at_least(quota, article)
    raise QuestionError(
        f"{step.organization} decides by {step.rule!r}, which is no rule that is known"
        if step.rule
        else f"the step that founds {step.organization} gives no rule",
        where=step.where,
        do=f"write rule: {KNOWN}",
    )


def _consensus(article: str) -> Callable[[Meeting], Rule]:
    def build(meeting: Meeting) -> Rule:
        """Consensus: no member objects."""
        return nobody(meeting.voters, "no member objects", article)

    return build


def _unanimity(article: str) -> Callable[[Meeting], Rule]:
    def build(meeting: Meeting) -> Rule:
        """Unanimity: all members vote for."""
        number = len(meeting.voters)
        return at_least(number, meeting.voters, f"all {number} members for", article)

    return build


def _at_least(quota: Callable[[int], int], article: str) -> Callable[[Meeting], Rule]:
    def build(meeting: Meeting) -> Rule:
        """A number of the members votes for."""
        number = len(meeting.voters)
        needs = quota(number)
        return at_least(needs, meeting.voters, f"at least {needs} of {number} members for", article)

    return build


def _quota(rule: str, step: Step) -> Callable[[int], int] | None:
    """How many votes a rule asks of so many members; None where it is no such rule."""
    if rule in ("majority", "simple_majority"):
        return lambda number: number // 2 + 1
    if rule in ("two_thirds", "two thirds", "2/3"):
        return lambda number: -(-2 * number // 3)
    if match := PERCENT.fullmatch(rule):
        whole, _, decimals = match.group(1).partition(".")
        numerator, denominator = int(whole + decimals), 100 * 10 ** len(decimals)
        if not 0 < numerator <= denominator:
            raise QuestionError(f"{step.rule} is no part of the members", where=step.where, do="write rule: 60 %")
        return lambda number: -(-numerator * number // denominator)
    if match := QUOTA.fullmatch(rule):
        needs, of = int(match.group(1)), int(match.group(2))
        if needs == 0:
            raise QuestionError(f"{step.rule} is carried by nobody", where=step.where, do="ask for one vote or more")
        if needs > of:
            raise QuestionError(f"{step.rule} cannot be reached", where=step.where, do="lower the quota")

        def exactly(number: int) -> int:
            if number != of:
                raise QuestionError(
                    f"the rule {step.rule!r} is made for {of} members, and {step.organization} has {number}",
                    where=step.where,
                    do="write a part such as 60 %, which holds for any number",
                )
            return needs

        return exactly
    return None
