"""Design: the packages of levers that leave nobody worse off and that no other beats, or what forbids them all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from indivisible import __version__
from indivisible.architecture.architecture import Architecture
from indivisible.architecture.change import Change, Step, change_text, load_change
from indivisible.architecture.draft import MEMBERS_OF
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.steps import apply
from indivisible.assess.assess import chosen_models, chosen_settings, fitted, states_among
from indivisible.assess.comparison import Comparison
from indivisible.assess.judge import output_of
from indivisible.assess.vacuum import states_among as cells_among
from indivisible.errors import FileError, QuestionError, UnknownName
from indivisible.explore.certificate import Blocked, blocked, failed_at_all, ruled_out
from indivisible.explore.consents import organization_of
from indivisible.explore.demand import NO_LOSS, ROBUST, TAKEN, Demand
from indivisible.explore.design_case import DEFAULT_MODELS, EVERYONE, LEAST_VACUUM, DesignCase, beside
from indivisible.explore.examiner import Examiner, Judged
from indivisible.explore.executor import Crew, Executor, Here
from indivisible.explore.frontier import Worth
from indivisible.explore.full import harmless
from indivisible.explore.lever import Lever
from indivisible.explore.search import IMPOSSIBLE, Clock, Looked, Progress, search
from indivisible.explore.worlds import Worlds
from indivisible.explore.worth import Worths
from indivisible.record.record import Record
from indivisible.values import day_of, iso

NEAREST = 5
UNPROVEN = 1_024  # packages judged in full where not all were looked at, so that nothing would be proven by more
WITH_DRAWS = 32  # packages judged for a proof where each is drawn many times


@dataclass(frozen=True)
class Miss:
    """A package that fails few demands: which, and by how much each loser would have to be made good."""

    package: int
    failed: tuple[Demand, ...]


@dataclass(frozen=True)
class Found:
    """What a search found; packages are numbers, bit k for lever k.

    `harmless` are those known to meet every demand (`harmless_all`: there are no others), `frontier` those that no
    other beats. Where there is none, `blocking` are sets of demands that cannot be met together; `all_blocking` says
    whether those are all the smallest ones, `minimal` whether each is known to be smallest. `left_out` packages are
    beaten and were not judged in full; `waiting` were not come to. `stopped` says why it was stopped before an answer
    was proven, `cut_short` why before the smallest sets were.
    """

    case: DesignCase
    examiner: Examiner
    looked: Looked
    worths: dict[int, tuple[Worth, ...]] = field(default_factory=dict)
    frontier: tuple[int, ...] = ()
    blocking: tuple[tuple[Demand, ...], ...] = ()
    all_blocking: bool = True
    minimal: bool = True
    nearest: tuple[Miss, ...] = ()
    judged_in_full: int = 0
    left_out: int = 0
    waiting: int = 0
    stopped: str = ""
    cut_short: str = ""

    @property
    def harmless(self) -> tuple[int, ...]:
        """The packages known to meet every demand."""
        return tuple(self.worths)

    @property
    def proven(self) -> bool:
        """Whether the answer is about every package within the limits."""
        return self.looked.proven and not self.waiting and not self.stopped


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
    worths = Worths(examiner, case.aims.prefer)
    clock = Clock(case.limits.seconds)
    with (executor or Here()).crew(worths) as crew:
        looked = search(
            worths, crew, limits=case.limits, clock=clock,
            digest=digest_of(record, case, outside), checkpoint=checkpoint, progress=progress,
        )  # fmt: skip
        return found_of(case, worths, looked, crew, clock, progress=progress)


def digest_of(record: Record, case: DesignCase, outside: Outside) -> str:
    """What a checkpoint has to agree with: the version, the record, the imported data, and all that a case asks."""
    plain = (replace(lever, where="", tables=(), steps=tuple(map(_bare, lever.steps))) for lever in case.levers)
    told = [
        __version__,
        record.digest,
        case.text,
        *map(repr, (case.harm, case.aims, case.limits, case.must, case.on, case.power, case.hostility, *plain)),
        start_text(case),
        *map(str, sorted(outside.versions.items())),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _bare(step: Step) -> Step:
    """A step without the place where it stands."""
    return replace(step, where="", effects=tuple(map(_bare, step.effects)))


def start_text(case: DesignCase) -> str:
    """The text of the change that a case takes for granted; empty where it takes none."""
    return change_text(beside(case, case.after))[0] if case.after else ""


def day_of_case(record: Record, case: DesignCase) -> int:
    """The day of the start; the last one of the record where none is given. Raises FileError past it."""
    day = record.known_to - 1 if not case.on else day_of(case.on)
    if day >= record.known_to:
        do = f"it is known up to {iso(record.known_to - 1)}"
        raise FileError(f"{iso(day)} lies past what the record knows", where=f"{case.where}, field start.on", do=do)
    return day


def examiner_of(record: Record, case: DesignCase, *, outside: Outside = NOTHING) -> Examiner:
    """The start of a case and its demands, ready to look at packages."""
    before = as_of(record, day_of_case(record, case))
    if case.after:
        before = apply(before, _granted(case), record)
    worlds = Worlds(record, before, case.levers, case.power, case.hostility, outside)
    start = worlds.comparison(0)
    worlds.levers = tuple(_with_keys(lever, start) for lever in worlds.levers)
    models = chosen_models(case.harm.models or DEFAULT_MODELS)
    runs, _ = fitted(chosen_settings(models, case.harm.settings), start, asked=True)
    labelled = tuple((_label(model.name, output_of(model, settings)), model, settings) for model, settings in runs)
    aims = case.aims
    return Examiner(
        worlds, labelled, _states(case, start, case.harm.states, "harm.states") or start.before.states,
        case.must, _states(case, start, aims.gain, "aims.gain"),
        _states(case, start, aims.covered, "aims.covered"), case.harm, _among(record, before, case), aims.closed,
    )  # fmt: skip


def _granted(case: DesignCase) -> Change:
    """The change that is taken for granted. Raises FileError."""
    try:
        return load_change(beside(case, case.after))
    except UnknownName as problem:
        raise FileError(problem.what, where=f"{case.where}, field start.after", do=problem.do) from None


def _states(case: DesignCase, start: Comparison, names: tuple[str, ...], field: str) -> tuple[str, ...]:
    """The states named; `members of` an organisation is the same as the organisation here."""
    if names == (EVERYONE,):
        return start.before.states
    plain = [name[len(MEMBERS_OF) :] if name.lower().startswith(MEMBERS_OF) else name for name in names]
    try:
        return (states_among(start, plain) or ()) if plain else ()
    except QuestionError as problem:
        raise FileError(problem.what, where=f"{case.where}, field {field}", do=problem.do) from None


def _with_keys(lever: Lever, start: Comparison) -> Lever:
    """A lever with the states and bodies whose consent it needs by their keys. Raises FileError naming the lever."""
    if not (lever.consent_states or lever.consent_bodies):
        return lever
    try:
        states = states_among(start, list(lever.consent_states)) if lever.consent_states else ()
        for body in lever.consent_bodies:
            organization_of(start.record, body)
    except QuestionError as problem:
        raise FileError(f"lever {lever.id}, consent: {problem.what}", where=lever.where, do=problem.do) from None
    return replace(lever, consent_states=states or ())


def _among(record: Record, before: Architecture, case: DesignCase) -> tuple[str, ...]:
    """The states among whom open cells are counted; all where none is named. Raises FileError."""
    if LEAST_VACUUM not in case.aims.prefer and not case.aims.closed:
        return ()
    named = [name[len(MEMBERS_OF) :] if name.lower().startswith(MEMBERS_OF) else name for name in case.aims.vacuum]
    try:
        return cells_among(record, before, named or None)[0]
    except QuestionError as problem:
        raise FileError(problem.what, where=f"{case.where}, field aims.vacuum", do=problem.do) from None


def found_of(
    case: DesignCase, worths: Worths, looked: Looked, crew: Crew, clock: Clock, *, progress: Progress | None = None
) -> Found:
    """Judge in full what was not seen to fail, and say what no other beats, or what cannot be met."""
    examiner, limits = worths.examiner, case.limits
    failures = {package: failed for package, failed in looked.failures.items() if failed != IMPOSSIBLE}
    passing = [package for package, failed in failures.items() if not failed]
    most = None if looked.proven else max(UNPROVEN, limits.in_full)
    found = harmless(crew, passing, all_up_to=limits.in_full, clock=clock, most=most, progress=progress)
    judged = len(found.failed) + len(found.worths)
    stopped = clock.why if clock.over else ""
    if found.worths or found.waiting:
        for package in found.frontier:
            examiner.worlds.confirmed(package)
        return Found(
            case, examiner, looked, dict(sorted(found.worths.items())), found.frontier, judged_in_full=judged,
            left_out=found.left_out, waiting=found.waiting, stopped=stopped,
        )  # fmt: skip
    failures.update(found.failed)
    over_draws = examiner.numbered(ROBUST)  # whoever fails without draws was not drawn
    exact = {one for one, failed in found.failed.items() if not (over_draws and failed & ~over_draws)}
    most = limits.in_full if not case.harm.draws else min(limits.in_full, WITH_DRAWS)
    tell = None if progress is None else lambda done: progress("packages judged for the proof", done, 2 * most)
    sets = Blocked((), False, False)
    try:
        if looked.outcome is not None and looked.outcome.conflicts:
            sets = ruled_out(crew, looked.outcome, examiner)
        elif not clock.over:
            sets = blocked(crew, failures, exact, most=most, told=tell)
    except KeyboardInterrupt:
        clock.interrupted = True
    nearest = _nearest(crew, examiner, failures)
    return Found(
        case, examiner, looked, blocking=tuple(examiner.failed(one) for one in sets.sets), all_blocking=sets.whole,
        minimal=sets.minimal, nearest=nearest, judged_in_full=len(exact | set(found.failed)),
        cut_short=clock.why if clock.over else "",
    )  # fmt: skip


def _nearest(crew: Crew, examiner: Examiner, failures: dict[int, int]) -> tuple[Miss, ...]:
    """The packages that fail the fewest demands, judged in full; those without a lever that is wanted come last."""
    wanted = examiner.numbered(TAKEN)
    taken = (one for one in failures if one)
    order = sorted(
        taken, key=lambda one: (bool(failures[one] & wanted), failures[one].bit_count(), one.bit_count(), one)
    )
    found = [
        Miss(package, examiner.failed(failures[package] | failed))
        for package, failed in crew.map(failed_at_all, order[: 4 * NEAREST])
    ]
    found.sort(key=lambda miss: (_without(miss), len(miss.failed), miss.package.bit_count(), miss.package))
    return tuple(found[:NEAREST])


def _without(miss: Miss) -> bool:
    """Whether a lever that is wanted is missing."""
    return any(demand.kind == TAKEN for demand in miss.failed)


def losses(examiner: Examiner, miss: Miss) -> dict[Demand, Judged]:
    """For every loss among what a package fails, the judgement that has it."""
    judged = examiner.judge(miss.package)
    return {demand: judged[demand.model] for demand in miss.failed if demand.kind == NO_LOSS}


def _label(model: str, output: str) -> str:
    return f"{model} ({output})" if output else model
