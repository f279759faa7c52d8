"""The answer to a question of design: the frontier with its reasons, or what forbids every package, in plain words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indivisible import __version__
from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN, UNCHANGED, UNKNOWN, VERDICTS
from indivisible.explore.demand import CONSENT, GAIN, KINDS, NO_LOSS, Demand
from indivisible.explore.design import Found, Miss, losses
from indivisible.explore.search import IMPOSSIBLE
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import iso

SHOWN = 20  # packages and blocking sets that are printed; JSON has all
NAMED = 8


@dataclass(frozen=True)
class Design:
    """What a search found, ready to be printed."""

    record: Record
    found: Found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the states, and of the bodies whose consent is asked."""
        bodies = {body for lever in self.found.case.levers for body in lever.consent_bodies}
        states = self.found.examiner.states
        return {one: self.record.name_of(one) for one in (*states, *sorted(bodies & set(self._organizations())))}

    def _organizations(self) -> tuple[str, ...]:
        return self.record.entities("organization")

    def ids(self, package: int) -> list[str]:
        """The levers of a package."""
        return [lever.id for lever in self.found.examiner.worlds.taken(package)]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape design/1."""
        found, examiner = self.found, self.found.examiner
        return {
            "schema": "design/1",
            "case": found.case.name,
            "title": found.case.title,
            "on": iso(examiner.worlds.before.day),
            "after": found.case.after or None,
            "models": [{"model": label, "parameters": dict(settings.values)} for label, _, settings in examiner.runs],
            "materiality": examiner.materiality,
            "watched": list(examiner.watched),
            "levers": [{"id": lever.id, "title": lever.title} for lever in found.case.levers],
            "packages": self._packages(),
            "harmless": len(found.harmless),
            "frontier": [self._package(package) for package in found.frontier],
            "blocking": [[_demand(one) for one in self._ordered(demands)] for demands in found.blocking],
            "blocking_sentences": self.blocking_said(),
            "blocking_all": found.all_blocking,
            "blocking_minimal": found.minimal,
            "nearest": [self._miss(miss) for miss in found.nearest],
            "notes": list(self.notes()),
            "case_sources": list(found.case.sources),
            "version": __version__,
            **said_of_recalled(self.record.recalled_among(self.sources())),
            "record": self.record.digest,
        }

    def _packages(self) -> dict[str, Any]:
        looked = self.found.looked
        impossible = sum(failed == IMPOSSIBLE for failed in looked.failures.values())
        return {
            "sets_of_levers": looked.in_all,
            "looked_at": len(looked.failures),
            "ruled_out": looked.in_all - len(looked.failures) if looked.proven else None,
            "impossible": impossible,
            "judged_in_full": self.found.judged_in_full,
            "proven": looked.proven,
            "complete_up_to_levers": looked.complete_to,
            "why_not_proven": looked.why_not or None,
        }

    def _package(self, package: int) -> dict[str, Any]:
        examiner = self.found.examiner
        judged = examiner.judge(package)
        return {
            "levers": self.ids(package),
            "worth": [list(one) for one in self.found.worths[package]],
            "models": [
                {
                    "model": label,
                    "counts": {v: sum(one.verdicts[i] == v for i in examiner.rows.tolist()) for v in VERDICTS},
                    "gains": self._with(one.verdicts, GAINS),
                }
                for label, one in judged.items()
            ],
            "blind": list(examiner.blind(package)),
            "models_part": self._parting(package),
        }

    def _with(self, verdicts: Sequence[str], verdict: str) -> list[str]:
        examiner = self.found.examiner
        return [examiner.states[i] for i in examiner.rows.tolist() if verdicts[i] == verdict]

    def _parting(self, package: int) -> list[str]:
        """The watched states of which models that see the package say different things."""
        examiner = self.found.examiner
        judged = [one.verdicts for one in examiner.judge(package).values()]
        found = []
        for i in examiner.rows.tolist():
            said = {one[i] for one in judged} - {NOT_SEEN, UNKNOWN}
            if len(said) > 1:
                found.append(examiner.states[i])
        return found

    def _miss(self, miss: Miss) -> dict[str, Any]:
        examiner = self.found.examiner
        judged = losses(examiner, miss)
        return {
            "levers": self.ids(miss.package),
            "failed": [_demand(one) for one in self._ordered(miss.failed)],
            "losses": [
                {
                    "state": demand.who,
                    "model": demand.model,
                    "verdict": one.verdicts[examiner.row[demand.who]],
                    "change": [float(one.low[examiner.row[demand.who]]), float(one.high[examiner.row[demand.who]])],
                    "defenders_would_have_to_bring": self._needed(demand, float(one.low[examiner.row[demand.who]])),
                    "levers_that_help": self._helping(demand),
                }
                for demand, one in judged.items()
            ],
        }

    def _needed(self, demand: Demand, low: float) -> float | None:
        """By what factor its defenders would have to be stronger to make a loss good, on a scale of log ratios."""
        scale = next(model.scale for label, model, _ in self.found.examiner.runs if label == demand.model)
        return math.exp(-low) if scale == "log_ratio" and math.isfinite(low) and low < 0.0 else None

    def _helping(self, demand: Demand) -> list[str]:
        """Levers that, taken alone, make the loser gain under the same model."""
        examiner = self.found.examiner
        found = []
        for k, lever in enumerate(examiner.worlds.levers):
            failed = self.found.looked.failures.get(1 << k, IMPOSSIBLE)
            if failed == IMPOSSIBLE:
                continue
            change = float(examiner.screens[demand.model].change(1 << k)[examiner.row[demand.who]])
            if change > examiner.screens[demand.model].bound:
                found.append(lever.id)
        return found

    def _ordered(self, demands: Sequence[Demand]) -> list[Demand]:
        return sorted(demands, key=lambda one: (KINDS.index(one.kind), one.who, one.model, one.lever))

    def blocking_said(self) -> list[str]:
        """Each blocking set in one sentence; sets that differ in one state alone share theirs."""
        alike: dict[tuple[tuple[Demand, ...], str], list[str]] = {}
        for demands in self.found.blocking:
            losing = [one for one in demands if one.kind == NO_LOSS]
            if len(losing) == 1:
                rest = tuple(self._ordered([one for one in demands if one.kind != NO_LOSS]))
                alike.setdefault((rest, losing[0].model), []).append(losing[0].who)
            else:
                alike.setdefault((tuple(self._ordered(demands)), ""), [])
        said = []
        for (rest, model), states in alike.items():
            clauses = [one.says(self.names) for one in rest]
            if len(states) == 1:
                clauses.append(Demand(NO_LOSS, states[0], model).says(self.names))
            elif states:
                clauses.append(f"any one of {len(states)} states does not lose under {model} ({self._listed(states)})")
            said.append(_sentence(clauses))
        return said

    def _listed(self, states: Sequence[str]) -> str:
        named = sorted(self.names[state] for state in states)
        more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
        return f"{', '.join(named[:NAMED])}{more}"

    def notes(self) -> list[str]:
        """What has to be known to read the answer."""
        found = self.found
        said = list(found.notes)
        for package in found.frontier[:1]:
            for label in found.examiner.blind(package):
                said.append(f"{label} sees nothing of the first package: that nobody loses says nothing there")
        for k, lever in enumerate(found.case.levers):
            if found.looked.failures.get(1 << k) == IMPOSSIBLE and not lever.requires:
                said.append(f"lever {lever.id} cannot be taken alone: {found.examiner.worlds.impossible(1 << k)}")
        return said

    def sentence(self) -> str:
        """What the models find, and how far that is proven."""
        found, packages = self.found, self._packages()
        models = " and ".join(label for label, _, _ in found.examiner.runs)
        said = [f"{found.case.title}, {iso(found.examiner.worlds.before.day)}, by {models}."]
        if found.frontier:
            said.append(
                f"{len(found.harmless):,} of {packages['looked_at']:,} packages meet every demand; "
                f"{len(found.frontier):,} of these are beaten by no other."
            )
        else:
            said.append(f"None of {packages['looked_at']:,} packages meets every demand.")
            said += self.blocking_said()[:3]
        if packages["proven"]:
            said.append("Every set of levers was looked at or ruled out.")
        else:
            most = packages["complete_up_to_levers"]
            said.append(f"Not proven: {packages['why_not_proven']}; all packages of at most {most} levers were seen.")
        said += [f"Note: {note}." for note in self.notes()]
        said.append("This is what the models find, not what states should do.")
        return with_recalled(" ".join(said), self.record.recalled_among(self.sources()))

    def rows(self) -> list[dict[str, Any]]:
        """One row a package of the frontier and model; where there is none, one row a nearest miss."""
        if self.found.frontier:
            return [
                {"package": n, "levers": ", ".join(one["levers"]), "model": by["model"], **by["counts"]}
                for n, one in enumerate(map(self._package, self.found.frontier[:SHOWN]), 1)
                for by in one["models"]
            ]
        return [
            {
                "nearest miss": n,
                "levers": ", ".join(self.ids(miss.package)) or "none",
                "fails": len(miss.failed),
                "such as": "; ".join(one.says(self.names) for one in self._ordered(miss.failed)[:3]),
            }
            for n, miss in enumerate(self.found.nearest, 1)
        ]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the start rests on, as far as the models read it."""
        from indivisible.assess.assess import sources_of

        worlds = self.found.examiner.worlds
        start = worlds.start or worlds.comparison(0)
        return sources_of(start, [model for _, model, _ in self.found.examiner.runs])


def _sentence(clauses: Sequence[str]) -> str:
    if len(clauses) == 1:
        return f"No package meets this alone: {clauses[0]}."
    return f"No package meets these at once: {'; '.join(clauses)}."


def _demand(one: Demand) -> dict[str, str | None]:
    return {"demand": one.kind, "who": one.who, "model": one.model or None, "lever": one.lever or None}


__all__ = ["CONSENT", "GAIN", "LOSES", "UNCHANGED", "Design"]
