"""Votes as members cast them, and the conditions on them that carry or defeat a proposal.

Every condition is a sum of whole points, one for each member's vote, that has to reach a number. Counts, weights,
vetoes, "nobody objects" and "two thirds of those present and voting" are all of this form; joined by `every` and
`some` they make the rule of any body. Steps, outcomes under unknown votes, flips and voting power follow from the one
rule, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indivisible.values import Truth

YES, NO, ABSTAIN, ABSENT, NOT_PARTICIPATING = "yes", "no", "abstain", "absent", "not_participating"
SILENT, BREAKS_SILENCE, DECLARES_NO_INTEREST = "silent", "breaks_silence", "declares_no_interest"
ABSTAIN_WITH_DECLARATION = "abstain_with_declaration"
VOTES = (
    YES, NO, ABSTAIN, ABSENT, NOT_PARTICIPATING, SILENT, BREAKS_SILENCE, DECLARES_NO_INTEREST, ABSTAIN_WITH_DECLARATION,
)  # fmt: skip
ADOPTED, REJECTED, NO_DECISION = "adopted", "rejected", "no_decision"
SHORTFALL, VETO, OBJECTION, MINORITY, QUORUM = "shortfall", "veto", "objection", "blocking minority", "quorum"
CONDITION = "condition"  # something in the case is not as the text asks

Ballot = Mapping[str, str | None]  # a member's vote; None is not known
Points = Mapping[str, Mapping[str, int]]  # member -> vote -> points; a vote that is not named gives none


@dataclass(frozen=True)
class Condition:
    """Passed where the points of all votes sum to `needs` or more.

    `says` is the condition in words, `found` how its sum is told: a count with a unit ("votes"), "against" for a
    condition that names those who defeat it, "share" for a part of those present and voting, or "fact" for what the
    case says and no vote can alter. `defeated_by` is the word for what failed, `otherwise` the outcome where it does.
    Points that are not known (`unknown` names whose) leave the condition open. `whole` is the sum that would be
    100 %, where the part is to be told; `sources` are those of the weights.
    """

    says: str
    article: str
    points: Points
    needs: int
    defeated_by: str = SHORTFALL
    otherwise: str = REJECTED
    found: str = "votes"
    unknown: frozenset[str] = frozenset()
    whole: int = 0
    sources: tuple[str, ...] = ()
    told: str = ""  # what the case says, where the condition turns on that and not on votes

    def points_of(self, member: str, vote: str) -> int:
        """What a vote of a member adds."""
        return self.points.get(member, {}).get(vote, 0)

    def total(self, ballot: Mapping[str, str]) -> int:
        """The sum over a ballot."""
        return sum(self.points_of(member, vote) for member, vote in ballot.items())

    def passed(self, ballot: Mapping[str, str]) -> Truth:
        """Whether it is passed; unknown where that hangs on points that are not known."""
        if self.unknown:
            return Truth.UNKNOWN
        return Truth.YES if self.total(ballot) >= self.needs else Truth.NO


@dataclass(frozen=True)
class Every:
    """Carried where every part is; the first part that is not carried says what defeated it."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True)
class Some:
    """Carried where at least one part is; where none is, the last part says what defeated it."""

    parts: tuple[Rule, ...]


Rule = Condition | Every | Some


def every(*parts: Rule) -> Every:
    """All of these."""
    return Every(parts)


def some(*parts: Rule) -> Some:
    """At least one of these."""
    return Some(parts)


def at_least(
    needs: int, of: Iterable[str], says: str, article: str, *, votes: Sequence[str] = (YES,),
    weights: Mapping[str, int | None] | None = None, unit: str = "votes", defeated_by: str = SHORTFALL,
    otherwise: str = REJECTED, whole: int = 0, sources: tuple[str, ...] = (),
) -> Condition:  # fmt: skip
    """At least so many of these members (or of their weights) cast one of these votes.

    A weight of None is not known: the condition is then open.
    """
    members = tuple(of)
    known = {member: 1 if weights is None else weights[member] for member in members}
    return Condition(
        says,
        article,
        {member: dict.fromkeys(votes, weight) for member, weight in known.items() if weight is not None},
        needs,
        defeated_by,
        otherwise,
        unit,
        frozenset(member for member, weight in known.items() if weight is None),
        whole,
        sources,
    )


def nobody(
    of: Iterable[str], says: str, article: str, *, votes: Sequence[str] = (NO,), defeated_by: str = OBJECTION,
    otherwise: str = REJECTED,
) -> Condition:  # fmt: skip
    """None of these members casts one of these votes."""
    points = {member: dict.fromkeys(votes, -1) for member in of}
    return Condition(says, article, points, 0, defeated_by, otherwise, "against")


def fewer_than(
    limit: int, of: Iterable[str], says: str, article: str, *, votes: Sequence[str],
    weights: Mapping[str, int | None] | None = None, unit: str = "votes", defeated_by: str = MINORITY,
    otherwise: str = REJECTED, whole: int = 0, sources: tuple[str, ...] = (),
) -> Condition:  # fmt: skip
    """Fewer than so many of these members (or of their weights) cast one of these votes."""
    members = tuple(of)
    known = {member: 1 if weights is None else weights[member] for member in members}
    return Condition(
        says,
        article,
        {member: dict.fromkeys(votes, -weight) for member, weight in known.items() if weight is not None},
        1 - limit,
        defeated_by,
        otherwise,
        unit,
        frozenset(member for member, weight in known.items() if weight is None),
        whole,
        sources,
    )


def given(
    says: str, article: str, truth: Truth, *, defeated_by: str = CONDITION, otherwise: str = REJECTED, told: str = ""
) -> Condition:
    """What the case says, and no vote can alter; open where the case does not say it. `told` is that in words."""
    unknown = frozenset({"the case"}) if truth is Truth.UNKNOWN else frozenset[str]()
    return Condition(says, article, {}, int(truth is Truth.NO), defeated_by, otherwise, "fact", unknown, told=told)


def share(
    above: int, below: int, of: Iterable[str], says: str, article: str, *, more_than: bool = False,
    defeated_by: str = SHORTFALL, otherwise: str = REJECTED,
) -> Condition:  # fmt: skip
    """At least `above`/`below` of those who vote yes or no (`more_than`: more than that); somebody has to vote yes.

    Two thirds is share(2, 3): a yes adds 1 point, a no takes 2, and the sum is at least 0. With no vote at all the sum
    is 0 too, which carries nothing: that one case is a condition of its own, see `present_and_voting`.
    """
    points = {member: {YES: below - above, NO: -above} for member in of}
    return Condition(says, article, points, int(more_than), defeated_by, otherwise, "share")


def present_and_voting(
    above: int, below: int, of: Sequence[str], says: str, article: str, *, more_than: bool = False
) -> Every:
    """At least one vote for, and at least (or more than) `above`/`below` of the votes for and against."""
    return every(
        share(above, below, of, says, article, more_than=more_than),
        at_least(1, of, "at least one vote for", article),
    )


def conditions_of(rule: Rule) -> Iterable[Condition]:
    """The conditions that a rule is made of, in the order in which they are put."""
    if isinstance(rule, Condition):
        yield rule
        return
    for part in rule.parts:
        yield from conditions_of(part)


def carried(rule: Rule, passed: Mapping[int, Truth]) -> Truth:
    """Whether a rule is carried, by whether each of its conditions (by `id`) is passed."""
    if isinstance(rule, Condition):
        return passed[id(rule)]
    truths = [carried(part, passed) for part in rule.parts]
    if isinstance(rule, Every):
        return _all(truths)
    return ~_all([~truth for truth in truths])


def defeat(rule: Rule, passed: Mapping[int, Truth]) -> Condition | None:
    """The condition that defeated a proposal; None where the rule is carried, or may be."""
    if carried(rule, passed) is not Truth.NO:
        return None
    if isinstance(rule, Condition):
        return rule
    if isinstance(rule, Every):
        return next(found for part in rule.parts if (found := defeat(part, passed)) is not None)
    return defeat(rule.parts[-1], passed)


@dataclass(frozen=True)
class Count:
    """A ballot under a rule: each condition's sum, whether it is passed, and the outcome."""

    rule: Rule
    ballot: Mapping[str, str]
    passed: Mapping[int, Truth] = field(default_factory=dict)

    @property
    def outcome(self) -> str | None:
        """adopted, or what the condition that defeated it says; None where it is not known."""
        truth = carried(self.rule, self.passed)
        if truth is Truth.YES:
            return ADOPTED
        if truth is Truth.UNKNOWN:
            return None
        found = self.defeat
        assert found is not None
        return found.otherwise

    @property
    def defeat(self) -> Condition | None:
        """The condition that defeated it."""
        return defeat(self.rule, self.passed)


def count(rule: Rule, ballot: Mapping[str, str]) -> Count:
    """Count a ballot in which every vote is known."""
    return Count(rule, ballot, {id(one): one.passed(ballot) for one in conditions_of(rule)})


def _all(truths: Iterable[Truth]) -> Truth:
    found = Truth.YES
    for truth in truths:
        found = found & truth
    return found
