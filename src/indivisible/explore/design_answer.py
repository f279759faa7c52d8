"""The answer to a question of design: the frontier with its reasons, or what forbids every package, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indivisible import __version__
from indivisible.assess.words import listed
from indivisible.explore.bounds import bounds
from indivisible.explore.demand import blocking_said, ordered
from indivisible.explore.design import Found
from indivisible.explore.design_package import counted, ids, miss_of, package_of, parting, sample
from indivisible.explore.search import IMPOSSIBLE
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import iso

SHOWN = 20  # packages that are printed; JSON has all
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
        known = bodies & set(self.record.entities("organization"))
        return {one: self.record.name_of(one) for one in (*self.found.examiner.states, *sorted(known))}

    @cached_property
    def packages(self) -> list[dict[str, Any]]:
        """The packages of the frontier for JSON."""
        return [package_of(self.found, n, package) for n, package in enumerate(self.found.frontier, 1)]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape design/1."""
        found, examiner = self.found, self.found.examiner
        nothing = not found.worths
        return {
            "schema": "design/1",
            "case": found.case.name,
            "title": found.case.title,
            "on": iso(examiner.worlds.before.day),
            "after": found.case.after or None,
            "models": [{"model": label, "parameters": dict(settings.values)} for label, _, settings in examiner.runs],
            "materiality": found.case.harm.materiality,
            "draws": {"draws": found.case.harm.draws, "seed": found.case.harm.seed, "may_lose_in": found.case.harm.most}
            if found.case.harm.draws
            else None,
            "watched": list(examiner.watched),
            "levers": [{"id": lever.id, "title": lever.title} for lever in found.case.levers],
            "contradictory": [ids(found, 1 << a | 1 << b) for a, b in examiner.worlds.against],
            "packages": counted(found),
            "meet_every_demand": len(found.worths),
            "meet_every_demand_are_all": found.proven and not found.left_out,
            "frontier": self.packages,
            "blocking": [[one.to_dict() for one in ordered(demands)] for demands in found.blocking],
            "blocking_sentences": self.blocking_said(),
            "blocking_all": found.all_blocking if nothing and found.proven else None,
            "blocking_minimal": found.minimal if nothing and found.proven else None,
            "nearest": [miss_of(found, miss) for miss in found.nearest],
            "bounds": [] if found.proven else bounds(found),
            "notes": list(self.notes()),
            "case_sources": list(found.case.sources),
            "version": __version__,
            **said_of_recalled(self.record.recalled_among(self.sources())),
            "record": self.record.digest,
        }

    def blocking_said(self) -> list[str]:
        """Each blocking set in one sentence; sets that differ in one losing state alone share theirs."""
        whose = "No package" if self.found.looked.proven else "None of the packages looked at"
        return blocking_said(self.found.blocking, self.names, whose=whose)

    def notes(self) -> list[str]:
        """What has to be known to read the answer."""
        return list(self._notes())

    def _notes(self) -> Iterator[str]:
        found, worlds = self.found, self.found.examiner.worlds
        if not found.worths and found.looked.failures.get(0) == 1 and found.examiner.demands[0].kind == "something":
            yield "to do nothing meets every demand"
        if found.case.facts:
            yield "this world is not the record's: packages are saved as changes, without runs to verify"
        yield from self._blind()
        if found.left_out:
            yield f"{found.left_out:,} more packages were not judged in full: others beat them at all they can be worth"
        for a, b in worlds.against[:NAMED]:
            one, other = worlds.levers[a].id, worlds.levers[b].id
            yield f"levers {one} and {other} contradict each other: no package takes both"
        if len(worlds.against) > NAMED:
            yield f"{len(worlds.against) - NAMED} more pairs of levers contradict each other"
        alone = [k for k, lever in enumerate(found.case.levers)
                 if found.looked.failures.get(1 << k) == IMPOSSIBLE and not lever.requires]  # fmt: skip
        for k in alone[:NAMED]:
            yield f"lever {found.case.levers[k].id} cannot be taken alone: {_why(worlds.impossible(1 << k))}"
        if len(alone) > NAMED:
            yield f"{len(alone) - NAMED} more levers cannot be taken alone"
        if not found.worths and found.blocking and not found.all_blocking:
            yield "there may be more sets of demands that no package meets"
        if not found.worths and found.blocking and not found.minimal:
            yield "a set of demands named here may hold more than it has to"

    def _blind(self) -> Iterator[str]:
        """Which models see nothing of how many packages, in one note where it is as many."""
        found = self.found
        counts: dict[int, list[str]] = {}
        for label in found.examiner.labels:
            number = sum(label in found.examiner.blind(package) for package in found.frontier)
            counts.setdefault(number, []).append(label)
        for number, labels in sorted(counts.items()):
            if number:
                sees = "sees" if len(labels) == 1 else "see"
                of = "it" if len(found.frontier) == 1 else f"{number:,} of these {len(found.frontier):,} packages"
                yield f"{listed(labels)} {sees} nothing of {of}: that nobody loses says nothing there"

    def sentence(self) -> str:
        """What the models find, and how far that is proven."""
        found, packages = self.found, counted(self.found)
        models = listed(found.examiner.labels)
        said = [f"{found.case.title}, {iso(found.examiner.worlds.before.day)}, by {models}."]
        looked = packages["looked_at"]
        if found.frontier:
            known = len(found.worths)
            least = "at least " if found.left_out or found.waiting else ""
            meet = "meets" if known == 1 else "meet"
            told = f"{least}{known:,} of {looked:,} packages {meet} every demand; {self._best()}"
            said.append(told[0].upper() + told[1:])
        elif found.waiting:
            said.append(f"{found.waiting:,} of {looked:,} packages were not seen to fail and not yet judged in full.")
        elif looked:
            said.append(f"None of {looked:,} packages meets every demand.")
            sentences = self.blocking_said()
            said += sentences[:3]
            if len(sentences) > 3:
                said.append(f"{len(sentences) - 3:,} more such sentences are in the JSON.")
        else:
            said.append("No package was looked at.")
        said.append(self._how_far(packages))
        said += [f"Note: {note}." for note in self.notes()]
        said.append("This is what the models find, not what states should do.")
        return with_recalled(" ".join(said), self.record.recalled_among(self.sources()))

    def _best(self) -> str:
        count = len(self.found.frontier)
        beaten = "one is beaten by no other" if count == 1 else f"{count:,} are beaten by no other"
        return f"{beaten}."

    def _how_far(self, packages: Mapping[str, Any]) -> str:
        """How far the answer is proven, and what bounds what was not looked at."""
        outcome = self.found.looked.outcome
        if self.found.proven and outcome is not None:
            return "Proven for every set of levers, by an integer programme of the demands that are linear in them."
        if self.found.proven:
            return "Proven: every set of levers was looked at or ruled out."
        most = packages["complete_up_to_levers"]
        done = f"all packages of at most {most} levers were looked at"
        if most < 2:
            done = "every lever was looked at by itself" if most == 1 else "not even every single lever was looked at"
        near = packages["of_these_by_local_search"]
        local = f", and {near:,} more by local search" if near else ""
        bound = "; ".join(
            one["says"] for one in bounds(self.found) if (one["at_least"] or 0) > 1 or one["at_most"] is not None
        )
        limits = f" In any case {bound}." if bound else ""
        return f"Not proven: {packages['why_not_proven']}; {done}{local}.{limits}"

    def rows(self) -> list[dict[str, Any]]:
        """One row a package of the frontier and model; where there is none, one row a nearest miss."""
        found = self.found
        if found.frontier:
            return [row for n, package in enumerate(found.frontier[:SHOWN], 1) for row in self._rows(n, package)]
        return [
            {
                "nearest miss": n,
                "levers": ", ".join(ids(found, miss.package)) or "none",
                "fails": len(miss.failed),
                "such as": "; ".join(one.says(self.names) for one in ordered(miss.failed)[:3]),
            }
            for n, miss in enumerate(found.nearest, 1)
        ]

    def _rows(self, n: int, package: int) -> Iterator[dict[str, Any]]:
        one = self.packages[n - 1]
        parted = sample([self.names[state] for state in parting(self.found, package)], NAMED)
        for by in one["models"]:
            asked = [consent for consent in one["consents"] if consent["model"] == by["model"]]
            row = {"package": n, "levers": ", ".join(one["levers"]) or "none", "model": by["model"], **by["counts"]}
            if asked:
                row["consent"] = ", ".join(sorted({consent["who"] for consent in asked}))
            yield {**row, "models part on": parted}

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the start rests on, as far as the models read it."""
        from indivisible.assess.assess import sources_of

        worlds = self.found.examiner.worlds
        return sources_of(worlds.comparison(0), [model for _, model, _ in self.found.examiner.runs])


def _why(problem: str) -> str:
    """Why a lever cannot be taken, without the code of the reason and the name of the step."""
    return problem.partition(": ")[2].removeprefix("step ").partition(": ")[2] or problem
