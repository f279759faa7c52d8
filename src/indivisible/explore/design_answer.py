"""The answer to a question of design: the frontier with its reasons, or what forbids every package, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indivisible import __version__
from indivisible.assess.verdict import UNKNOWN
from indivisible.assess.words import listed
from indivisible.explore.bounds import bounds, some
from indivisible.explore.demand import blocking_said, ordered
from indivisible.explore.design import Found, Miss
from indivisible.explore.design_case import LEXIMIN, MOST_GAIN, MOST_LEVERS, MOST_STEPS
from indivisible.explore.design_package import (
    HARMLESS,
    counted,
    harmless,
    ids,
    miss_of,
    package_of,
    parting,
    sample,
    sights,
    unseen,
)  # fmt: skip
from indivisible.explore.search import IMPOSSIBLE
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import iso

SHOWN = 20  # packages that are printed; JSON has all
NAMED = 8
IN_A_CELL = 3


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

    @cached_property
    def nearest(self) -> list[dict[str, Any]]:
        """The nearest misses for JSON."""
        return [miss_of(self.found, miss) for miss in self.found.nearest]

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
            "power": found.case.power,
            "hostility": found.case.hostility,
            "data": dict(sorted(examiner.worlds.outside.versions.items())),
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
            "harmless": harmless(found),
            "harmless_listed_at_most": HARMLESS,
            "frontier": self.packages,
            "blocking": [[one.to_dict() for one in ordered(demands)] for demands in found.blocking],
            "blocking_sentences": self.blocking_said(),
            "blocking_all": found.all_blocking if nothing and found.proven else None,
            "blocking_minimal": found.minimal if nothing and found.proven else None,
            "nearest": self.nearest,
            "unseen_levers": unseen(found),
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
        yield from self._not_shown()
        if idle := unseen(found):
            name = f"s {sample(idle, NAMED)}, each taken alone, change" if len(idle) > 1 else f" {idle[0]} changes"
            yield f"lever{name} nothing that these models read"
        yield from self._unsure()
        if found.cut_short:
            yield f"the smallest sets of demands were not all sought: {found.cut_short}"
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

    def _not_shown(self) -> Iterator[str]:
        """Which models see a package and could not have shown that a state that takes no step of it loses."""
        found = self.found
        counts: dict[str, int] = {}
        for package in found.frontier:
            blind = found.examiner.blind(package)
            for label, sight in sights(found, package).items():
                if not sight.third_loses and label not in blind:
                    counts[label] = counts.get(label, 0) + 1
        together: dict[int, list[str]] = {}
        for label, number in counts.items():
            together.setdefault(number, []).append(label)
        for number, labels in sorted(together.items()):
            of = "it" if len(found.frontier) == 1 else f"{number:,} of these {len(found.frontier):,} packages"
            yield f"{listed(labels)} could not have shown a loss of states that take no step in {of}"

    def _unsure(self) -> Iterator[str]:
        """In how many packages a verdict is not known, and is no loss in any case."""
        found = self.found
        rows = found.examiner.rows.tolist()
        number = sum(
            any(one.verdicts[i] == UNKNOWN for one in found.examiner.judge(package).values() for i in rows)
            for package in found.frontier
        )
        if number:
            of = "this package" if len(found.frontier) == 1 else f"{number:,} of these {len(found.frontier):,} packages"
            yield f"in {of} some verdicts are not known, and are no loss in any case"

    def sentence(self) -> str:
        """What the models find, and how far that is proven."""
        found, packages = self.found, counted(self.found)
        models = listed(found.examiner.labels)
        on = iso(found.examiner.worlds.before.day)
        said = [f"{found.case.title}, {on}, by {models}; power measured by {found.case.power}."]
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
        return f"{beaten}{f', and the table has the first {SHOWN}' if count > SHOWN else ''}."

    def _how_far(self, packages: Mapping[str, Any]) -> str:
        """How far the answer is proven, and what bounds what was not looked at."""
        outcome = self.found.looked.outcome
        if self.found.proven and outcome is not None:
            return f"Proven for every set of {self._within()}, by an integer programme of the demands linear in levers."
        if self.found.proven:
            return f"Proven: every set of {self._within()} was looked at or ruled out."
        most = packages["complete_up_to_levers"]
        done = f"all packages of at most {most} levers were looked at"
        if most < 2:
            done = "every lever was looked at by itself" if most == 1 else "not even every single lever was looked at"
        near = packages["of_these_by_local_search"]
        local = f", and {near:,} more by local search" if near else ""
        bound = "; ".join(one["says"] for one in bounds(self.found) if self._tells(one))
        limits = f" In any case {bound}." if bound else ""
        return f"Not proven: {packages['why_not_proven']}; {done}{local}.{limits}"

    def _tells(self, bound: Mapping[str, Any]) -> bool:
        """Whether a bound says more than goes without saying; that there is none is said."""
        if bound["wish"] == MOST_GAIN:
            return bool(bound["at_most"] < len(self.found.examiner.watched))
        if bound["wish"] in (MOST_LEVERS, MOST_STEPS):
            return False
        return bound["wish"] == LEXIMIN or (bound["at_least"] or 0) > 1

    def _within(self) -> str:
        """The sets that were to be looked at, with the limits of the case."""
        limits = self.found.case.limits
        levers = limits.levers if (limits.levers or 0) < len(self.found.case.levers) else None
        said = "levers" if levers is None else f"at most {some(levers, 'lever')}"
        if limits.steps is not None:
            said += f"{' with' if levers is None else ' and'} at most {some(limits.steps, 'step')}"
        return said

    def rows(self) -> list[dict[str, Any]]:
        """One row a package of the frontier and model that sees it; where there is none, one row a nearest miss."""
        found = self.found
        if found.frontier:
            return [row for n, package in enumerate(found.frontier[:SHOWN], 1) for row in self._rows(n, package)]
        return [self._miss(n, miss) for n, miss in enumerate(found.nearest, 1)]

    def _miss(self, n: int, miss: Miss) -> dict[str, Any]:
        """A nearest miss with what would compensate its losers."""
        lost = self.nearest[n - 1]["losses"]
        short = max((one["defenders_would_have_to_bring"] or 1.0 for one in lost), default=1.0)
        mends = sorted({lever for one in lost for lever in one["levers_that_make_good"]})
        return {
            "nearest miss": n,
            "levers": ", ".join(ids(self.found, miss.package)) or "none",
            "fails": len(miss.failed),
            "such as": "; ".join(one.says(self.names) for one in ordered(miss.failed)[:2]),
            "losers' own sides short by up to": f"{short - 1.0:.1%}" if short > 1.0 else None,
            "levers that would make a loss good": sample(mends, IN_A_CELL) or None,
        }

    def _rows(self, n: int, package: int) -> Iterator[dict[str, Any]]:
        one = self.packages[n - 1]
        named = {"package": n, "levers": ", ".join(one["levers"]) or "none"}
        asked = ", ".join(sorted({consent["who"] for consent in one["consents"]})) or None
        parted = sample([self.names[state] for state in parting(self.found, package)], IN_A_CELL) or None
        seeing = [by for by in one["models"] if by["model"] not in one["blind"]]
        for by in seeing:
            yield {**named, "model": by["model"], **by["counts"], "consent": asked, "models part on": parted}
        if not seeing:
            yield {**named, "model": "none sees it", "consent": asked}

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the start rests on, as far as the models read it."""
        from indivisible.assess.assess import sources_of

        worlds = self.found.examiner.worlds
        return sources_of(worlds.comparison(0), [model for _, model, _ in self.found.examiner.runs])


def _why(problem: str) -> str:
    """Why a lever cannot be taken, without the code of the reason and the name of the step."""
    return problem.partition(": ")[2].removeprefix("step ").partition(": ")[2] or problem
