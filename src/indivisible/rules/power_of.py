"""Who has how much power in a body, under exactly this rule on that day: every index, exact wherever it can be.

A member has power as far as its own vote decides. The rule is the one by which the body decides (`rules.procedure`),
so that power and decisions cannot disagree; or any rule that somebody writes (`rules.power_rule`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from indivisible.errors import FileError, QuestionError
from indivisible.measures.voting_abstention import AbstentionPower, ThreeWay, abstention_power, two_way
from indivisible.measures.voting_counts import can_count
from indivisible.measures.voting_large import LargePower, can_integrate, large_power
from indivisible.measures.voting_power import CoalitionPower, Power, can_look, coalition_power, power
from indivisible.measures.voting_rules import Quota, kinds_of
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.ballot import ABSTAIN, NO, YES, conditions_of
from indivisible.rules.decide import tabled
from indivisible.rules.in_favour import not_known, three_way
from indivisible.rules.power_rule import written_rule
from indivisible.values import iso

INDICES = ("banzhaf", "normalised", "shapley_shubik", "prevent", "initiate", "johnston", "deegan_packel", "holler")
Values = Sequence[Fraction | float]


@dataclass(frozen=True)
class VotingPower:
    """Power of every member. `exact` or `large` is None where the other is given; both are where `unknown` says why."""

    about: Mapping[str, Any]
    title: str
    members: tuple[str, ...]
    conditions: tuple[str, ...]
    record: Record
    exact: Power | None = None
    single: CoalitionPower | None = None
    large: LargePower | None = None
    three: AbstentionPower | None = None
    unknown: str = ""
    notes: tuple[str, ...] = ()
    source_keys: tuple[str, ...] = ()

    @property
    def indices(self) -> dict[str, Values]:
        """Every index that is known, by name: one number a member, exact ones as fractions."""
        found: dict[str, Values | None] = {}
        if self.exact is not None:
            one = self.exact
            found = {"banzhaf": one.banzhaf, "normalised": one.normalised, "shapley_shubik": one.shapley_shubik,
                     "prevent": one.prevent, "initiate": one.initiate}  # fmt: skip
        if self.single is not None:
            found |= {"johnston": self.single.johnston, "deegan_packel": self.single.deegan_packel,
                      "holler": self.single.holler}  # fmt: skip
        if self.large is not None:
            shapley = self.large.shapley_shubik
            found = {"banzhaf": self.large.banzhaf.tolist(), "normalised": self.large.normalised.tolist(),
                     "shapley_shubik": None if shapley is None else shapley.tolist()}  # fmt: skip
        return {name: values for name, values in found.items() if values is not None}

    @property
    def error(self) -> float | None:
        """0 where the numbers are exact; else a bound on the absolute error of Banzhaf and Shapley-Shubik."""
        if self.exact is not None:
            return 0.0
        return None if self.large is None else self.large.error

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape power/1: every index as an exact fraction (text) and as a number."""
        indices, exact = self.indices, self.exact
        return {
            "schema": "power/1",
            **self.about,
            "conditions": list(self.conditions),
            "method": "exact" if exact is not None else "floating point" if self.large is not None else None,
            "error": self.error,
            "coalitions": None if exact is None else {
                "all": 2 ** len(self.members), "carrying": exact.counts.total,
                "minimal": None if self.single is None else self.single.minimal,
            },
            "act": None if exact is None else number(exact.act),
            "members": [
                {
                    "member": name,
                    "swings": None if exact is None else exact.swings[k],
                    **{index: number(indices[index][k]) if index in indices else None for index in INDICES},
                }
                for k, name in enumerate(self.members)
            ],
            "abstention": None if self.three is None else self._with_abstention(self.three),
            "unknown": self.unknown or None,
            "notes": list(self.notes),
            **said_of_recalled(self.record.recalled_among(self.source_keys)),
            "record": self.record.digest,
        }  # fmt: skip

    def _with_abstention(self, three: AbstentionPower) -> dict[str, Any]:
        return {
            "ballots": 3 ** len(self.members),
            "carrying": three.carrying,
            "act": number(three.act),
            "members": [
                {
                    "member": name,
                    "no_to_yes": three.swings[k],
                    "no_to_abstain": three.no_to_abstain[k],
                    "abstain_to_yes": three.abstain_to_yes[k],
                    "banzhaf": number(three.banzhaf[k]),
                    "shapley_shubik": number(three.roll_call[k]),
                }
                for k, name in enumerate(self.members)
            ],
        }

    def sentence(self) -> str:
        """How many coalitions carry, who has most and least power, who can stop all, and what is not known."""
        said = [self.title + "."]
        if self.unknown:
            said.append(f"No number is given: {self.unknown}.")
        if self.exact is not None:
            total, act = 2 ** len(self.members), self.exact.act
            carry = "carries" if self.exact.counts.total == 1 else "carry"
            said.append(f"{many(self.exact.counts.total)} of {many(total)} coalitions {carry} ({share(act)}).")
        if self.indices:
            said += [self._shares(), *self._corners()]
        if self.large is not None:
            said.append(f"In floating point; no number is off by more than {self.large.error:.1g}.")
        said += [f"{note}." for note in self.notes]
        return with_recalled(" ".join(said), self.record.recalled_among(self.source_keys))

    def _shares(self) -> str:
        values = self.indices["shapley_shubik"]
        alike: dict[Fraction | float, list[str]] = {}
        for name, value in zip(self.members, values, strict=True):
            alike.setdefault(value, []).append(name)
        most, least = max(alike), min(alike)
        if most == least:
            return f"By Shapley-Shubik all have the same, {share(most)}."
        upper, lower = alike[most], alike[least]
        others = "the others" if len(alike) == 2 and len(lower) > 6 else listed(lower)
        return (
            f"By Shapley-Shubik {listed(upper)} {_has(upper)} most, {share(most)}{_each(upper)}; "
            f"{others} {_has(lower)} least, {share(least)}{_each(lower)}."
        )

    def _corners(self) -> list[str]:
        if self.exact is None or len(self.members) == 1:
            return []
        stop = [name for name, one in zip(self.members, self.exact.prevent, strict=True) if one == 1]
        never = [name for name, eta in zip(self.members, self.exact.swings, strict=True) if eta == 0]
        alone = [name for name, one in zip(self.members, self.exact.shapley_shubik, strict=True) if one == 1]
        if alone:
            return [f"{alone[0]} decides alone."]
        said = []
        if stop:
            said.append(
                f"Can stop anything alone: {'every member' if len(stop) == len(self.members) else listed(stop)}."
            )
        if never:
            said.append(f"Never decisive: {listed(never)}.")
        return said

    def rows(self) -> list[dict[str, Any]]:
        """One row a member: every index as a number, and as an exact fraction in the columns that end in `_exact`."""
        found = []
        for k, name in enumerate(self.members):
            row: dict[str, Any] = {"member": name}
            values = {index: values[k] for index, values in self.indices.items()}
            if self.three is not None:
                three = self.three
                values |= {"three_votes_banzhaf": three.banzhaf[k], "three_votes_shapley_shubik": three.roll_call[k]}
            row |= {"swings": None if self.exact is None else self.exact.swings[k]}
            row |= {index: float(value) for index, value in values.items()}
            row |= {f"{index}_exact": str(value) for index, value in values.items() if isinstance(value, Fraction)}
            found.append(row)
        return found

    def kinds(self) -> list[list[int]]:
        """Members who have the same power by every index, together; by number, in the order of the members."""
        columns = [*self.indices.values()] + ([] if self.three is None else [self.three.banzhaf, self.three.roll_call])
        groups: dict[tuple[Any, ...], list[int]] = {}
        for k in range(len(self.members)):
            groups.setdefault(tuple(values[k] for values in columns), []).append(k)
        return list(groups.values())

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of who were members, and of the weights of their votes."""
        return self.source_keys


def number(value: Fraction | float) -> dict[str, Any]:
    """A number for JSON: exact as text where it is, and as a number."""
    return {"exact": str(value) if isinstance(value, Fraction) else None, "value": float(value)}


def share(value: Fraction | float) -> str:
    """A fraction in words: exact where that is short, and as a decimal."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value)
    short = isinstance(value, Fraction) and len(str(value)) <= 11
    return f"{value} = {float(value):.4g}" if short else f"{float(value):.4g}"


def many(count: int) -> str:
    """A whole number in words: exact where it is short."""
    return f"{count:,}" if count < 10**12 else f"{count:.4g}"


def _has(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _each(names: Sequence[str]) -> str:
    return "" if len(names) == 1 else " each"


def listed(names: Sequence[str], *, most: int = 6) -> str:
    """Names in words; only how many where they are more."""
    if len(names) > most:
        return f"{len(names)} members"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def power_of(
    record: Record, body: str, *, on: str, procedure: str = "", facts: Mapping[str, object] | None = None,
    abstention: bool = False,
) -> VotingPower:  # fmt: skip
    """Power in a body on a day, under its first procedure or the one that is named.

    Raises QuestionError: an unknown body or procedure, a day on which it does not hold, an abstention it does not know.
    """
    try:
        found = tabled(record, {"body": body, "on": on, "procedure": procedure, "facts": dict(facts or {})})
    except (FileError, QuestionError) as problem:  # a case is what `tabled` reads: here facts are given one by one
        do = re.sub(r"(?:facts: )?\{(\w+): ([^}]*)\}", r"--fact \1=\2", problem.do)
        do = do.replace("procedure: ", "--procedure ")
        where = re.sub(r"^case(, field )?", "", problem.where)
        raise type(problem)(problem.what, where=where, do=do) if problem.where.startswith("case") else problem from None
    body_key, chosen, meeting = found.council.KEY, found.procedure, found.meeting
    if abstention and ABSTAIN not in chosen.votes:
        raise QuestionError(
            f"{body_key}, {chosen.name}: this procedure knows no abstention", do=f"it knows {', '.join(chosen.votes)}"
        )
    notes = []
    if chosen.votes[-1] != YES or chosen.votes[0] != NO:
        notes.append(f"For a yes stands {chosen.votes[-1]}, for a no {chosen.votes[0]}".replace("_", " "))
    if chosen.confidence != "high":
        notes.append("The wording of this rule is held with medium confidence")
    weights = {key for one in conditions_of(found.rule) for key in one.sources}
    matter = f"{chosen.title} ({chosen.basis})"
    frame = VotingPower(
        about={"body": body_key, "on": iso(meeting.day), "procedure": chosen.name, "rule": matter,
               "confidence": chosen.confidence},
        title=f"{body_key}, {iso(meeting.day)}, {matter}, {len(meeting.voters)} members",
        members=meeting.voters,
        conditions=tuple(f"{one.says} ({one.article})" for one in conditions_of(found.rule)),
        record=record,
        notes=tuple(notes),
        source_keys=(*meeting.sources, *sorted(weights - set(meeting.sources))),
    )  # fmt: skip
    if why := not_known(found.rule, chosen, meeting, ask="--fact {name}=..."):
        return replace(frame, unknown=why)
    return measured(frame, three_way(found.rule, meeting.voters, chosen.votes), abstention=abstention)


def power_of_rule(record: Record, rule: str | Path | Mapping[str, object], *, abstention: bool = False) -> VotingPower:
    """Power under a rule that somebody writes: `[51; 50,49,1]`, a YAML file, or the same as plain data."""
    given = written_rule(rule)
    count = len(given.players)
    title = f"{given.title}, {count} player{'s' * (count > 1)}"
    frame = VotingPower({"rule": given.title}, title, given.players, given.says, record)
    return measured(frame, given.rule, abstention=abstention)


def measured(frame: VotingPower, rule: ThreeWay, *, abstention: bool) -> VotingPower:
    """The same with numbers, exact where the rule is small enough."""
    plain = two_way(rule)
    if isinstance(plain, bool):
        outcome = "passes" if plain else "fails"
        raise QuestionError(
            f"{frame.title}: a proposal {outcome} however the members vote, so that nobody has power",
            do=f"look at the conditions: {'; '.join(frame.conditions)}",
        )
    three = abstention_power(rule) if abstention else None
    if can_count(plain):
        single = coalition_power(plain) if can_look(kinds_of(plain)) else None
        notes = () if single is not None else (TOO_MANY,)
        return replace(frame, exact=power(plain), single=single, three=three, notes=frame.notes + notes)
    if isinstance(plain, Quota) and can_integrate(plain):
        return replace(frame, large=large_power(plain), three=three)
    raise QuestionError(
        f"{frame.title}: too many different members under several conditions to count",
        do="round the weights, so that more members weigh the same",
    )


TOO_MANY = "Johnston, Deegan-Packel and Holler look at every coalition by itself, and here are too many"
