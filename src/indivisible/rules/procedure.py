"""How a body decides: its procedures, dated, each a rule over the votes of those who are members on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

from indivisible.architecture.members import members as members_of
from indivisible.errors import QuestionError
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.rules.ballot import ABSENT, ABSTAIN, NO, NOT_PARTICIPATING, YES, Condition, Rule, conditions_of
from indivisible.rules.facts import Fact, Facts
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, day_of, iso

VOTING = (NO, ABSTAIN, ABSENT, NOT_PARTICIPATING, YES)  # from most against to most for


@dataclass(frozen=True)
class Meeting:
    """A body on a day: who has a vote there, and what is known of the matter.

    `voters` are the members, alphabetical; `unsure` those of whom the record does not know whether they were.
    """

    record: Record
    body: str
    day: int
    voters: tuple[str, ...]
    facts: Facts
    unsure: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def holders(self, role: str, *, of: str = "") -> tuple[str, ...]:
        """The voters that hold a role in this body, or in another."""
        found = members_of(self.record, of or self.body, on=iso(self.day), role=role)
        return tuple(state for state in self.voters if state in found.members)

    def counted(self) -> dict[str, Claim | None]:
        """The claim on how many people each voter has: of the latest year of the record before the day."""
        year = int(iso(self.day)[:4])
        found: dict[str, Claim | None] = {}
        for state in self.voters:
            claims = [one for one in self.record.claims(subject=state, field="population") if _year(one) < year]
            found[state] = max(claims, key=_year, default=None)
        return found

    def population(self) -> dict[str, int | None]:
        """People of each voter, from the latest year of the record before the day; None where it has none."""
        return {state: None if one is None else round(float(one.value)) for state, one in self.counted().items()}

    def without(self, names: Iterable[str] | None) -> tuple[str, ...]:
        """The voters without some."""
        left_out = set(names or ())
        return tuple(state for state in self.voters if state not in left_out)


def _year(claim: Claim) -> int:
    return int(iso(claim.span.from_earliest)[:4])


Build = Callable[[Meeting], Rule]
Notes = Callable[[Meeting], Iterable[str]]


def _no_notes(meeting: Meeting) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Procedure:
    """One way in which a body decides one kind of matter, from a day up to, not including, another.

    `votes` are the votes it knows, from most against to most for: no condition gives fewer points to a later one.
    `asks` names the facts it turns on; `then` says what follows from adoption, `otherwise` from defeat (a sentence, or
    one for each word of what may defeat it). `notes` says what a reader has to know beside the rule: a practice, or
    what the case leaves open.
    """

    name: str
    title: str
    basis: str
    build: Build
    votes: tuple[str, ...]
    asks: tuple[str, ...] = ()
    since: int = NEVER_BEGUN
    until: int = NEVER_ENDED
    confidence: str = "high"
    then: str = ""
    otherwise: str | Mapping[str, str] = ""
    without: str = ""  # the fact that names members who have no vote on the matter
    notes: Notes = _no_notes

    @property
    def gist(self) -> str:
        """The rule in our own words, as it stands beside the code."""
        return " ".join((self.build.__doc__ or "").split())

    def follows(self, defeated_by: str | None) -> str:
        """What follows from adoption (None), or from defeat by this."""
        if defeated_by is None:
            return self.then
        return self.otherwise if isinstance(self.otherwise, str) else self.otherwise.get(defeated_by, "")

    def rule(self, meeting: Meeting) -> Rule:
        """The rule on the votes of one meeting."""
        return self.build(meeting)


def procedure(
    name: str,
    title: str,
    *,
    basis: str,
    votes: tuple[str, ...] = VOTING,
    asks: Iterable[str] = (),
    since: str = "",
    until: str = "",
    confidence: str = "high",
    then: str = "",
    otherwise: str | Mapping[str, str] = "",
    without: str = "",
    notes: Notes = _no_notes,
) -> Callable[[Build], Procedure]:
    """Make a function that builds a rule a procedure. Its docstring is the rule in our own words."""
    if confidence not in ("high", "medium"):
        raise ValueError(confidence)
    first = day_of(since) if since else NEVER_BEGUN
    last = day_of(until) if until else NEVER_ENDED
    facts = (*asks, without) if without and without not in asks else tuple(asks)

    def wrap(build: Build) -> Procedure:
        return Procedure(
            name, title, basis, build, votes, facts, first, last, confidence, then, otherwise, without, notes
        )

    return wrap


class Council(Protocol):
    """A body as a module: its key, the organisation whose members vote in it, and its procedures.

    The first procedure is the one that is meant where none is named. `LAYER` is `legal`, or `participation` where
    members whose rights are suspended have no vote. `STEPS` names the procedure that takes a step of a change (accede,
    observe, suspend; an empty name: no decision of the body is needed, as in most exits); a step that is not named is
    one for which the rules are not known.
    """

    @property
    def KEY(self) -> str: ...
    @property
    def NAME(self) -> str: ...
    @property
    def ORGANIZATION(self) -> str: ...  # key in the record
    @property
    def LAYER(self) -> str: ...
    @property
    def FACTS(self) -> Mapping[str, Fact]: ...
    @property
    def PROCEDURES(self) -> tuple[Procedure, ...]: ...
    @property
    def STEPS(self) -> Mapping[str, str]: ...  # {"accede": "admission", "withdraw": ""}


def council_of(record: Record, name: str) -> Council:
    """A body by its key, its name, or any name of its organisation. Raises QuestionError with near names."""
    from indivisible.rules.councils import COUNCILS

    for council in COUNCILS:
        if name.casefold() in (council.KEY.casefold(), council.NAME.casefold()):
            return council
    try:
        key = record.resolve(name, "organization")
    except QuestionError:
        key = ""
    for council in COUNCILS:
        if key == council.ORGANIZATION:
            return council
    known = [council.KEY for council in COUNCILS]
    if key:
        raise QuestionError(f"the rules by which {key} decides are not known", do=f"known: {', '.join(known)}")
    raise QuestionError(f"no rules of a body called {name!r} are known", do=_near(name, known))


def organization_of(record: Record, body: str) -> str:
    """The key of the organisation, also by the name of its council. Raises UnknownName."""
    try:
        return record.resolve(body, "organization")
    except QuestionError as problem:
        try:
            return council_of(record, body).ORGANIZATION
        except QuestionError:
            raise problem from None


def procedure_of(council: Council, name: str, day: int) -> Procedure:
    """The procedure of that name which holds on a day; without a name the body's first one of that day.

    Raises QuestionError for a name that the body never had, and for a day on which it does not hold.
    """
    named = [one for one in council.PROCEDURES if not name or one.name == name]
    if not named:
        known = sorted({one.name for one in council.PROCEDURES})
        raise QuestionError(f"{council.KEY} has no procedure {name!r}", do=_near(name, known))
    for one in named:
        if one.since <= day < one.until:
            return one
    spans = ", ".join(f"{one.name} from {_said(one.since)} to {_said(one.until)}" for one in named)
    raise QuestionError(f"{council.KEY} has no such procedure on {iso(day)}", do=f"known: {spans}")


def meeting_of(record: Record, council: Council, day: int, facts: Facts, *, without: Iterable[str] = ()) -> Meeting:
    """The body on a day, with its members from the record. Raises QuestionError on a day without members."""
    roll = members_of(record, council.ORGANIZATION, on=iso(day), layer=council.LAYER)
    left_out = set(without)
    voters = tuple(state for state in roll.members if state not in left_out)
    unsure = tuple(state for state, _ in roll.unsure if state not in left_out)
    if not voters and not unsure:
        raise QuestionError(
            f"the record knows no member of {council.KEY} on {iso(day)}",
            do=f"indivisible members {council.ORGANIZATION} --on {iso(day)}",
        )
    return Meeting(record, council.ORGANIZATION, day, voters, facts, unsure, roll.sources())


def unreachable(rule: Rule, votes: tuple[str, ...]) -> Condition | None:
    """A condition that the votes of all together cannot pass: a rule with an impossible quota."""
    for one in conditions_of(rule):
        most = sum(max((of.get(vote, 0) for vote in votes), default=0) for of in one.points.values())
        if one.found != "fact" and not one.unknown and most < one.needs:
            return one
    return None


def _near(name: str, known: list[str]) -> str:
    near = get_close_matches(name.casefold(), [one.casefold() for one in known], n=3, cutoff=0.5)
    told = [one for one in known if one.casefold() in near] or known
    return f"{'near names' if near else 'known'}: {', '.join(told)}"


def _said(day: int) -> str:
    if day == NEVER_BEGUN:
        return "the beginning"
    return "now" if day == NEVER_ENDED else iso(day)
