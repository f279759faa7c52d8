"""The working copy on which the steps of a change are tried out, with the look-ups that steps share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from indivisible.architecture.architecture import Architecture, Deployment, Figure, Membership, Pledge
from indivisible.architecture.change import Step
from indivisible.architecture.pledges import pledges_to_come
from indivisible.architecture.standing import full_roles
from indivisible.errors import ChangeError, QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.values import Estimate, Span, Truth, iso

FIGURES = ("armed_forces", "gdp_current_usd", "military_expenditure_usd", "nuclear_warheads", "population")
MEMBERS_OF = "members of "
_RATIFYING = ("ratified", "acceded", "approved", "accepted", "succeeded", "deposited", "rejoined")
_ENDING = ("withdrawn", "lapsed", "expired", "terminated", "denounced", "withdrawn_ratification")


@dataclass
class Draft:
    """An architecture being changed. Every step leaves it whole: a step that fails is thrown away with its copy."""

    before: Architecture
    record: Record
    change: str
    memberships: tuple[Membership, ...]
    pledges: tuple[Pledge, ...]
    deployments: tuple[Deployment, ...]
    figures: Mapping[tuple[str, str], Figure]
    caps: Mapping[tuple[str, str], float]
    founded: frozenset[str] = frozenset()
    ratified: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, before: Architecture, record: Record, change: str) -> Draft:
        """A working copy of an architecture."""
        return cls(
            before, record, change, before.memberships, before.pledges, before.deployments, before.figures, before.caps
        )

    def finished(self) -> Architecture:
        """The changed architecture, frozen; the very same parts where nothing was touched."""
        return replace(
            self.before,
            memberships=self.memberships,
            pledges=self.pledges,
            deployments=self.deployments,
            figures=self.figures,
            caps=self.caps,
        )

    @property
    def day(self) -> int:
        """The day of the baseline, on which every precondition is judged."""
        return self.before.day

    def refuse(self, step: Step, reason: str, what: str) -> ChangeError:
        """The error of a step whose precondition is absent: `already_so` or `not_so`."""
        day = iso(self.day)
        do = "choose another day with --on, or take the step out" if reason in ("already_so", "not_so") else ""
        return ChangeError(f"step {step.id}: {what} on {day}", reason=reason, where=step.where, do=do)

    def address(self, step: Step) -> str:
        """The place in the change file that something new rests on, in the way that claims have addresses."""
        return f"changes/{self.change}#{step.id}"

    # names

    def state(self, name: str, step: Step) -> str:
        """The key of a state that exists on the day."""
        key = self.record.resolve(name, "state")
        if key not in self.before.states:
            raise self.refuse(step, "not_so", f"{key} is not a state")
        return key

    def group(self, names: Iterable[str], step: Step) -> dict[str, Truth]:
        """The states named, in order of name; `members of X` gives those unsure as unknown."""
        found: dict[str, Truth] = {}
        for name in names:
            if name.lower().startswith(MEMBERS_OF):
                for state, truth in self.members(self.organization(name[len(MEMBERS_OF) :])).items():
                    found[state] = found.get(state, Truth.NO) | truth
            else:
                found[self.state(name, step)] = Truth.YES
        return dict(sorted(found.items()))

    def organization(self, name: str) -> str:
        """The key of an organisation of the record, or of one founded by an earlier step."""
        return name if name in self.founded else self.record.resolve(name, "organization")

    def text(self, name: str) -> str:
        """The key of a treaty or of a proposed text."""
        try:
            return self.record.resolve(name, "treaty")
        except UnknownName as problem:
            try:
                return self.record.resolve(name, "text")
            except UnknownName:
                raise problem from None

    def figure(self, name: str, step: Step) -> str:
        """The field of a figure that changes can set or limit."""
        if name not in FIGURES:
            near = get_close_matches(name, FIGURES, n=2) or FIGURES
            raise QuestionError(f"no figure is called {name!r}", where=step.where, do=f"near: {', '.join(near)}")
        return name

    # organisations

    def full_roles(self, organization: str) -> tuple[str, ...]:
        """The roles that are full membership on the day; `member` where the record declares none."""
        return full_roles(self.record, organization, self.day, self.day) or ("member",)

    def holders(self, organization: str, roles: Iterable[str]) -> dict[str, Truth]:
        """States that hold one of the roles on the legal layer: yes, or unknown."""
        wanted = set(roles)
        found: dict[str, Truth] = {}
        for m in self.memberships:
            if m.organization == organization and m.role in wanted and m.layer == "legal":
                found[m.state] = found.get(m.state, Truth.NO) | (Truth.YES if m.certain else Truth.UNKNOWN)
        return found

    def members(self, organization: str) -> dict[str, Truth]:
        """Full members on the legal layer: yes, or unknown."""
        return self.holders(organization, self.full_roles(organization))

    def treaties_of(self, organization: str) -> dict[str, tuple[str, ...]]:
        """Treaties whose parties are the holders of roles in the organisation, with those roles.

        A founding treaty whose parties the record lists by their acts has no roles: its parties are those it binds.
        """
        found: dict[str, tuple[str, ...]] = {}
        for claim in self.record.claims(field="parties_follow", object=organization):
            if claim.span.holds(self.day) is not Truth.NO:
                roles = self.full_roles(organization) if claim.value == "full" else (claim.value,)
                found[claim.subject] = found.get(claim.subject, ()) + roles
        for claim in self.record.claims(subject=organization, field="founding_treaty"):
            if claim.span.holds(self.day) is not Truth.NO:
                found.setdefault(claim.object, ())
        return found

    # treaties

    def bound_by(self, treaty: str) -> set[str]:
        """States that a pledge of the treaty binds or protects."""
        return {state for p in self.pledges if p.treaty == treaty for state in (p.sender, p.receiver)}

    def ratifiers(self, treaty: str) -> dict[str, Truth]:
        """States with a ratification not ended on the day, by the record and by the steps so far."""
        found: dict[str, Truth] = {}
        for claim in self.record.claims(object=treaty, field="act"):
            if claim.subject in self.before.states and claim.value in _RATIFYING:
                found[claim.subject] = found.get(claim.subject, Truth.NO) | begun(claim.span, self.day)
        for claim in self.record.claims(object=treaty, field="act"):
            if claim.subject in found and claim.value in _ENDING:
                found[claim.subject] = found[claim.subject] & ~begun(claim.span, self.day)
        found.update(dict.fromkeys(self.ratified.get(treaty, ()), Truth.YES))
        return {state: truth for state, truth in found.items() if truth is not Truth.NO}

    def signatories(self, treaty: str) -> set[str]:
        """States that signed on or before the day, or whose signature brings the treaty to life in this change."""
        claims = self.record.claims(object=treaty, field="act", value="signed")
        return {claim.subject for claim in claims}

    def in_force(self, treaty: str) -> Truth:
        """Whether the treaty as a whole is in force on the day, by the record."""
        entered = self.record.claims(subject=treaty, field="entered_into_force")
        truth = Truth.NO
        for claim in entered:
            truth = truth | begun(claim.span, self.day)
        for claim in self.record.claims(subject=treaty, field="ended"):
            truth = truth & ~begun(claim.span, self.day)
        return truth

    def add_pledges(self, treaty: str, parties: Mapping[str, Truth], fresh: Iterable[str], step: Step) -> None:
        """The treaty's pledges by and to the `fresh` parties, certain or not, beside those that already stand."""
        new = set(fresh)
        mark = (self.address(step),)
        standing = {(p.sender, p.receiver, p.kind, p.treaty, p.certain) for p in self.pledges}
        added = [
            replace(p, claims=p.claims + mark)
            for p in pledges_to_come(self.record, treaty, parties, self.day)
            if (p.sender in new or p.receiver in new)
            and (p.sender, p.receiver, p.kind, p.treaty, p.certain) not in standing
        ]
        sure = {(p.sender, p.receiver, p.kind, p.treaty) for p in added if p.certain}
        self.drop_pledges(lambda p: not p.certain and (p.sender, p.receiver, p.kind, p.treaty) in sure)
        self.pledges += tuple(added)

    def drop_pledges(self, which: Callable[[Pledge], bool]) -> int:
        """Take out the pledges for which `which` says so; how many there were."""
        kept = tuple(p for p in self.pledges if not which(p))
        dropped = len(self.pledges) - len(kept)
        if dropped:
            self.pledges = kept
        return dropped


def begun(span: Span, day: int) -> Truth:
    """Whether an event had happened on or before the day."""
    if span.from_latest <= day:
        return Truth.YES
    return Truth.NO if span.from_earliest > day else Truth.UNKNOWN


def capped(estimate: Estimate, most: float) -> Estimate:
    """An estimate held down to at most `most`."""
    best = None if estimate.best is None else min(estimate.best, most)
    return Estimate(min(estimate.low, most), best, min(estimate.high, most))
