"""Design: the packages of levers that leave nobody worse off and that no other beats, or what forbids them all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indivisible.architecture.change import load_change
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.steps import apply
from indivisible.assess.assess import chosen_models, chosen_settings, fitted, states_among
from indivisible.assess.judge import output_of
from indivisible.assess.verdict import GAINS
from indivisible.errors import QuestionError
from indivisible.explore.blocking import blocking_sets
from indivisible.explore.demand import NO_LOSS, Demand
from indivisible.explore.design_case import FEWEST_LEVERS, LEAST_VACUUM, LEXIMIN, MOST_GAIN, DesignCase
from indivisible.explore.examiner import Examiner, Judged
from indivisible.explore.executor import Executor, Here
from indivisible.explore.frontier import Worth, not_beaten
from indivisible.explore.search import IMPOSSIBLE, Looked, Progress, search
from indivisible.explore.worlds import Worlds
from indivisible.record.record import Record
from indivisible.values import day_of, iso

NEAREST = 5
DEFAULT_MODELS = ("deterrence", "distance")


@dataclass(frozen=True)
class Miss:
    """A package that fails few demands: which, and by how much each loser would have to be made good."""

    package: int
    failed: tuple[Demand, ...]


@dataclass(frozen=True)
class Found:
    """What a search found; packages are numbers, bit k for lever k.

    `harmless` are all that meet every demand, `frontier` those among them that no other beats. Where there is none,
    `blocking` are the smallest sets of demands that cannot be met together; `all_blocking` says whether those are all,
    `minimal` whether each is known to be smallest.
    """

    case: DesignCase
    examiner: Examiner
    looked: Looked
    harmless: tuple[int, ...]
    frontier: tuple[int, ...]
    worths: dict[int, tuple[Worth, ...]]
    blocking: tuple[tuple[Demand, ...], ...] = ()
    all_blocking: bool = True
    minimal: bool = True
    nearest: tuple[Miss, ...] = ()
    judged_in_full: int = 0
    notes: tuple[str, ...] = field(default_factory=tuple)


def design(
    record: Record,
    case: DesignCase,
    *,
    outside: Outside = NOTHING,
    executor: Executor | None = None,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
) -> Found:
    """Search a case. Raises UnknownName, QuestionError, ChangeError, MissingData, FileError."""
    examiner = examiner_of(record, case, outside=outside)
    looked = search(
        examiner, executor or Here(), levers=case.limits.levers, evaluations=case.limits.evaluations,
        seconds=case.limits.seconds, digest=digest_of(record, case), checkpoint=checkpoint, progress=progress,
    )  # fmt: skip
    return found_of(case, examiner, looked, progress=progress)


def digest_of(record: Record, case: DesignCase) -> str:
    """What a checkpoint has to agree with: the record and the text of the case."""
    return hashlib.sha256(f"{record.digest}\n{case.text}".encode()).hexdigest()


def day_of_case(record: Record, case: DesignCase) -> int:
    """The day of the start; the last one of the record where none is given. Raises QuestionError past it."""
    day = record.known_to - 1 if not case.on else day_of(case.on)
    if day >= record.known_to:
        raise QuestionError(f"{iso(day)} lies past the day to which the record is known", where=case.where)
    return day


def examiner_of(record: Record, case: DesignCase, *, outside: Outside = NOTHING) -> Examiner:
    """The start of a case and its demands, ready to look at packages."""
    before = as_of(record, day_of_case(record, case))
    if case.after:
        before = apply(before, load_change(case.after), record)
    worlds = Worlds(record, before, case.levers, case.power, case.hostility, outside)
    start = worlds.comparison(0)
    models = chosen_models(case.harm.models or DEFAULT_MODELS)
    runs, _ = fitted(chosen_settings(models, case.harm.settings), start, asked=True)
    labelled = tuple((_label(model.name, output_of(model, settings)), model, settings) for model, settings in runs)
    reported = states_among(start, list(case.harm.states)) if case.harm.states else None
    return Examiner(
        worlds,
        labelled,
        tuple(sorted(reported or start.before.states)),
        case.must,
        states_among(start, list(case.aims.gain)) or () if case.aims.gain else (),
        states_among(start, list(case.aims.covered)) or () if case.aims.covered else (),
        case.harm.materiality,
    )


def found_of(case: DesignCase, examiner: Examiner, looked: Looked, *, progress: Progress | None = None) -> Found:
    """Judge in full what was not seen to fail, and say what no other beats, or what cannot be met."""
    failures = {package: failed for package, failed in looked.failures.items() if failed != IMPOSSIBLE}
    passing = [package for package, failed in failures.items() if not failed and package]
    for n, package in enumerate(passing, 1):
        failures[package] |= examiner.fails(package)
        if progress is not None:
            progress("packages judged in full", n, len(passing))
    harmless = tuple(package for package in passing if not failures[package])
    worths = {package: worth(case, examiner, package) for package in harmless}
    if harmless:
        return Found(case, examiner, looked, harmless, not_beaten(worths), worths, judged_in_full=len(examiner.judged))
    failures.pop(0, None) if not failures.get(0) else None
    blocked, whole, minimal = _blocking(examiner, failures)
    return Found(
        case, examiner, looked, (), (), {},
        tuple(examiner.failed(one) for one in blocked), whole, minimal,
        _nearest(examiner, failures), len(examiner.judged),
    )  # fmt: skip


def worth(case: DesignCase, examiner: Examiner, package: int) -> tuple[Worth, ...]:
    """What a package is worth in each respect that the case names; higher is better."""
    found: list[Worth] = []
    for wish in case.aims.prefer:
        if wish == FEWEST_LEVERS:
            found.append((-float(package.bit_count()),))
        elif wish == MOST_GAIN:
            found += [(float(number),) for number in examiner.count(package, GAINS).values()]
        elif wish == LEXIMIN:
            found += list(examiner.ranked(package).values())
        elif wish == LEAST_VACUUM:
            raise NotImplementedError(wish)
        else:
            raise ValueError(wish)
    return tuple(found)


def _blocking(examiner: Examiner, failures: dict[int, int]) -> tuple[tuple[int, ...], bool, bool]:
    """Minimal sets of demands that every package fails one of; each shown smallest by packages judged in full.

    What a package surely fails is a part of what it fails, so a set that hits all of the former blocks. That it is
    smallest needs, for each of its demands, a package that fails none of the others: such packages are judged in full,
    and what they turn out to fail besides is taken into account.
    """
    exact: set[int] = set()
    while True:
        found, whole = blocking_sets(failures.values())
        if not _refined(examiner, failures, exact, found):
            return found, whole, True


def _refined(examiner: Examiner, failures: dict[int, int], exact: set[int], found: Sequence[int]) -> bool:
    """Judge packages in full until each set is shown smallest; True as soon as one fails more than was seen."""
    order = sorted(failures, key=lambda package: (failures[package].bit_count(), package))
    shown: set[int] = set()
    for one in found:
        rest = one
        while rest:
            demand = rest & -rest
            rest ^= demand
            others = one & ~demand
            if others in shown:
                continue
            for package in order:
                if failures[package] & others:
                    continue
                if package not in exact:
                    exact.add(package)
                    full = failures[package] | examiner.fails(package)
                    if full != failures[package]:
                        failures[package] = full
                        return True
                shown.add(others)
                break
    return False


def _nearest(examiner: Examiner, failures: dict[int, int]) -> tuple[Miss, ...]:
    """The packages that fail the fewest demands, judged in full."""
    order = sorted((one for one in failures if one), key=lambda package: (failures[package].bit_count(), package))
    found = []
    for package in order[: 4 * NEAREST]:
        found.append(Miss(package, examiner.failed(failures[package] | examiner.fails(package))))
    found.sort(key=lambda miss: (len(miss.failed), miss.package.bit_count(), miss.package))
    return tuple(found[:NEAREST])


def losses(examiner: Examiner, miss: Miss) -> dict[Demand, Judged]:
    """For every loss among what a package fails, the judgement that has it."""
    judged = examiner.judge(miss.package)
    return {demand: judged[demand.model] for demand in miss.failed if demand.kind == NO_LOSS}


def _label(model: str, output: str) -> str:
    return f"{model} ({output})" if output else model
