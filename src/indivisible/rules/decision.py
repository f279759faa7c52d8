"""What a body decided, or would decide: every condition with what was found, what defeated it, who could turn it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.ballot import ADOPTED, NO_DECISION, REJECTED, Ballot, Condition, Rule, conditions_of
from indivisible.rules.decision_case import DecisionCase
from indivisible.rules.flips import MOST_LISTED, UNKNOWN, Flips, Group
from indivisible.rules.procedure import Meeting, Procedure
from indivisible.values import Truth, iso

INSTEAD = {
    "yes": "voted yes", "no": "voted no", "silent": "kept silent", "breaks_silence": "broke silence",
    "absent": "stayed away", "abstain": "abstained",
}  # fmt: skip
MOST_NAMED, MOST_SETS = 12, 6  # members who could turn it alone, and sets of several, that a sentence names
SAYS = {ADOPTED: "adopted", REJECTED: "not adopted", NO_DECISION: "no decision"}


@dataclass(frozen=True)
class Step:
    """One condition: in words, its article, what the votes came to, and whether it is passed."""

    rule: str
    article: str
    found: str
    passed: Truth


@dataclass(frozen=True)
class Decision:
    """The outcome of one case. `outcome` is None where unknown votes leave several possible."""

    case: DecisionCase
    body: str
    procedure: Procedure
    meeting: Meeting
    rule: Rule
    ballot: Ballot
    named: bool
    steps: tuple[Step, ...]
    outcome: str | None
    defeats: tuple[Condition, ...]
    possible: tuple[str, ...]
    flips: Flips | None
    notes: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        """The record that names the members."""
        return self.meeting.record

    @property
    def defeated_by(self) -> str | None:
        """The word for what defeated it: veto, shortfall, objection and so on."""
        return self.defeats[0].defeated_by if self.defeats else None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape decide/1."""
        return {
            "schema": "decide/1",
            "body": self.body,
            "on": iso(self.meeting.day),
            "title": self.case.title or None,
            "rule": f"{self.procedure.title} ({self.procedure.basis})",
            "procedure": self.procedure.name,
            "confidence": self.procedure.confidence,
            "outcome": self.outcome,
            "steps": [
                {"rule": one.rule, "article": one.article, "found": one.found, "passed": one.passed.json}
                for one in self.steps
            ],
            "defeated_by": self.defeated_by,
            "failed": [one.says for one in self.defeats],
            "flips": self._flip_sets(),
            "flips_of": self._flip_groups(),
            "flips_proven": None if self.flips is None else self.flips.proven,
            "flips_complete": None if self.flips is None else self._all_listed(self.flips),
            "possible": list(self.possible),
            "votes": self._votes(),
            "counts": self.counts(),
            "members": list(self.meeting.voters),
            "unsure": list(self.meeting.unsure),
            "follows": self._follows() or None,
            "notes": list(self.notes),
            "case_sources": list(self.case.sources),
            **said_of_recalled(self.record.recalled_among(self.sources())),
            "record": self.record.digest,
        }

    def counts(self) -> Mapping[str, int]:
        """How many cast each vote that anybody cast; `unknown` for those whose vote is not known."""
        found: dict[str, int] = {}
        for vote in self.ballot.values():
            name = vote or "unknown"
            found[name] = found.get(name, 0) + 1
        return dict(sorted(found.items()))

    def sentence(self) -> str:
        """The outcome, the rule that made it, and who could turn it."""
        title = f"{self.case.title}: " if self.case.title else ""
        said = [f"{title}{self.body}, {iso(self.meeting.day)}, {self.procedure.title} ({self.procedure.basis})."]
        if self.outcome is None:
            *first, last = (SAYS[one] for one in self.possible)
            ways = f"{', '.join(first)} or {last}"
            said.append(f"Open: {ways}. Not known: {self._open_said()}.")
        elif self.outcome == ADOPTED:
            said.append("Adopted.")
        else:
            said.append(f"{SAYS[self.outcome].capitalize()} ({self.defeated_by}). It fails on {self._failed_said()}.")
        said += [self._follows()] if self._follows() else []
        said += [self.flips_said()] if self.flips_said() else []
        said += [f"Note: {note}." for note in self.notes]
        if self.procedure.confidence != "high":
            said.append("The wording of this rule is held with medium confidence.")
        return with_recalled(" ".join(said), self.record.recalled_among(self.sources()))

    def _failed_said(self) -> str:
        """The conditions that failed, with what the votes came to."""
        failed = {id(one) for one in self.defeats}
        each = zip(conditions_of(self.rule), self.steps, strict=True)
        told = (f'"{one.says}" ({step.found}; {one.article})' for one, step in each if id(one) in failed)
        return ", and on ".join(told)

    def _open_said(self) -> str:
        """The votes and the facts on which an open outcome hangs."""
        members = [member for member, vote in self.ballot.items() if vote is None]
        votes = (
            f"the vote of {', '.join(sorted(members))}" if len(members) <= 6 and self.named else f"{len(members)} votes"
        )
        facts = [f"whether {one.says}" for one in conditions_of(self.rule) if one.unknown]
        unsure = [f"whether {one} has a vote" for one in self.meeting.unsure]
        return "; ".join([votes] * bool(members) + facts + unsure)

    def flips_said(self) -> str:
        """Who could turn it, in words."""
        if self.flips is None:
            return ""
        if self.flips.size is None:
            return self._nobody_said() if self.flips.proven else "Who could turn it was not found in time."
        many = self.flips.size > MOST_NAMED or self.flips.total > (MOST_NAMED if self.flips.size == 1 else MOST_SETS)
        if len(self.flips.groups) == 1 and (not self.named or many):
            (groups,) = self.flips.groups
            whom = " and ".join(_any(one, named=self.named) for one in groups)
            return f"It would turn if {whom} {INSTEAD[groups[0].instead]} instead."
        if not self.named or many:
            if self.flips.size == 1:
                return f"Any one of {self.flips.total:,} members could turn it."
            least = "at least " if not self.flips.complete else ""
            return f"It takes {self.flips.size} members to turn it ({least}{self.flips.total:,} such sets)."
        return self._few_said(self.flips)

    def _few_said(self, found: Flips) -> str:
        """The smallest sets by name, where they are few."""
        open_votes = sorted(
            {one for groups in found.groups for group in groups if group.vote == UNKNOWN for one in group.of}
        )
        also = f" (not known: the vote of {', '.join(open_votes)})" if open_votes else ""
        if found.size == 1:
            return f"Could turn it alone: {' or '.join(name for (name,) in found.sets())}{also}."
        if len(found.groups) == 1 and len(found.groups[0]) == 1 and found.total > 1:
            group = found.groups[0][0]
            return f"Could turn it together: any {group.any} of {', '.join(group.of)}{also}."
        together = "; or ".join(f"{', '.join(names[:-1])} and {names[-1]}" for names in found.sets())
        return f"Could turn it together: {together}{also}."

    def _nobody_said(self) -> str:
        change = "defeat" if self.outcome == ADOPTED else "carry"
        if any(one.unknown for one in conditions_of(self.rule)):
            return f"No other votes would surely {change} it while what the case leaves open is not known."
        return f"No other votes would {change} it."

    def rows(self) -> list[dict[str, Any]]:
        """One row a condition, then one a vote that was cast."""
        found: list[dict[str, Any]] = [
            {"what": one.rule, "article": one.article, "found": one.found, "passed": one.passed.value}
            for one in self.steps
        ]
        by_vote: dict[str, list[str]] = {}
        for member, vote in sorted(self.ballot.items()):
            by_vote.setdefault(vote or "unknown", []).append(member)
        for vote, names in sorted(by_vote.items()):
            told = ", ".join(names) if self.named else ""
            found.append(
                {
                    "what": f"vote: {vote.replace('_', ' ')}",
                    "article": None,
                    "found": f"{len(names)}  {told}".strip(),
                    "passed": None,
                }
            )
        return found

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of who were members, and of the weights of their votes."""
        weights = {key for one in conditions_of(self.rule) for key in one.sources}
        return (*self.meeting.sources, *sorted(weights - set(self.meeting.sources)))

    def _follows(self) -> str:
        return "" if self.outcome is None else self.procedure.follows(self.defeated_by)

    def _votes(self) -> dict[str, str] | None:
        return {name: vote or "unknown" for name, vote in sorted(self.ballot.items())} if self.named else None

    def _flip_sets(self) -> list[list[str]] | None:
        if self.flips is None:
            return None
        return self.flips.sets() if self.named else []

    def _all_listed(self, found: Flips) -> bool:
        """Whether `flips` lists every smallest set; `flips_of` tells more of them, by groups."""
        return found.proven and found.complete and self.named and found.total <= MOST_LISTED

    def _flip_groups(self) -> list[list[dict[str, Any]]] | None:
        if self.flips is None:
            return None
        return [
            [
                {"any": one.any, "of": list(one.of) if self.named else len(one.of), "vote": one.vote,
                 "instead": one.instead}
                for one in groups
            ]
            for groups in self.flips.groups
        ]  # fmt: skip


def _any(group: Group, *, named: bool) -> str:
    told = {
        "yes": "who vote yes", "no": "who vote no", "abstain": "who abstain", "absent": "who are absent",
        "silent": "who keep silent", "breaks_silence": "who break silence",
        "declares_no_interest": "who declare no interest", "not_participating": "who do not participate",
        "abstain_with_declaration": "who abstain with a declaration", "unknown": "whose vote is not known",
    }[group.vote]  # fmt: skip
    if len(group.of) == 1:
        return group.of[0] if named else f"the one member counted under {group.vote.replace('_', ' ')}"
    if group.any == len(group.of):
        return f"all {len(group.of)} {told}"
    return f"any {'one' if group.any == 1 else group.any} of the {len(group.of)} {told}"
