"""The working copy on which the steps of a change are tried out, with the look-ups that steps share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from indivisible.architecture.architecture import Architecture, Deployment, Figure, Membership, Pledge
from indivisible.architecture.change import Step
from indivisible.architecture.snapshot import holders
from indivisible.architecture.standing import full_roles
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import tie
from indivisible.errors import ChangeError, UnknownName
from indivisible.record.record import Record
from indivisible.values import Estimate, Truth, iso

MEMBERS_OF = "members of "


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
    left: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The kind of step by which a state left or suspended a treaty, by treaty and state."""

    @classmethod
    def of(cls, before: Architecture, record: Record, change: str) -> Draft:
        """A working copy of an architecture."""
        draft = cls(
            before, record, change, before.memberships, before.pledges, before.deployments, before.figures, before.caps
        )
        draft.left = {key: do for key, do in before.acts.items() if do != "ratify"}
        for treaty, state in before.acts.keys() - draft.left.keys():
            draft.ratified = {**draft.ratified, treaty: draft.ratified.get(treaty, frozenset()) | {state}}
        return draft

    def finished(self) -> Architecture:
        """The changed architecture, frozen; the very same parts where nothing was touched."""
        return replace(
            self.before,
            memberships=self.memberships,
            pledges=self.pledges,
            deployments=self.deployments,
            figures=self.figures,
            caps=self.caps,
            acts=self.acts,
        )

    @property
    def acts(self) -> dict[tuple[str, str], str]:
        """What the steps so far did to a state's part in a treaty; joining again what it had left is nothing."""
        joined = ((treaty, state) for treaty, states in self.ratified.items() for state in sorted(states))
        texts = {treaty: treaty_text(self.record, treaty) for treaty in self.ratified}
        fresh = {(t, s): "ratify" for t, s in joined if tie(texts[t], s, self.day).ratified is not Truth.YES}
        return {**fresh, **self.left}

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

    # organisations

    def full_roles(self, organization: str) -> tuple[str, ...]:
        """The roles that are full membership on the day; `member` where the record declares none."""
        return full_roles(self.record, organization, self.day, self.day) or ("member",)

    def holders(self, organization: str, roles: Iterable[str]) -> dict[str, Truth]:
        """States that hold one of the roles on the legal layer: yes, or unknown."""
        return holders(self.memberships, organization, roles)

    def members(self, organization: str) -> dict[str, Truth]:
        """Full members on the legal layer: yes, or unknown."""
        return self.holders(organization, self.full_roles(organization))

    def drop_pledges(self, which: Callable[[Pledge], bool]) -> int:
        """Take out the pledges for which `which` says so; how many there were."""
        kept = tuple(p for p in self.pledges if not which(p))
        dropped = len(self.pledges) - len(kept)
        if dropped:
            self.pledges = kept
        return dropped


def capped(estimate: Estimate, most: float) -> Estimate:
    """An estimate held down to at most `most`."""
    best = None if estimate.best is None else min(estimate.best, most)
    return Estimate(min(estimate.low, most), best, min(estimate.high, most))
