"""Assess a change: every state's gain or loss, as each rival model sees it, with reasons, limits and disagreements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import product
from typing import cast

from indivisible import __version__
from indivisible.architecture.change import Change
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.assess.assessment import Assessment, Judgement, NotRun, Variant
from indivisible.assess.comparison import BECKLEY, Comparison, compare
from indivisible.assess.judge import figures_read, hostility_claims, judge, kinds_read
from indivisible.assess.robustness import PLAIN, Depth, Progress, Runs, deepened
from indivisible.assess.summary import summary
from indivisible.assess.variants import variants
from indivisible.assess.verdict import DEFAULT_MATERIALITY, checked_materiality
from indivisible.errors import MissingData, QuestionError, UnknownName
from indivisible.models import MODELS
from indivisible.models.base import FittedModel, Model, Settings, Value, settle
from indivisible.record.record import Record
from indivisible.values import Truth, iso

Judged = Callable[[Judgement, int, int], None]


def assess(
    record: Record,
    change: Change,
    *,
    on: str | None = None,
    models: Sequence[str] | None = None,
    among: Sequence[str] | str | None = None,
    settings: Mapping[str, Value] | None = None,
    power: str = BECKLEY,
    hostility: str = "conflicts",
    outside: Outside = NOTHING,
    start: Change | None = None,
    materiality: float = DEFAULT_MATERIALITY,
    depth: Depth = PLAIN,
    progress: Progress | None = None,
    judged: Judged | None = None,
) -> Assessment:
    """What a change does to every state, by each model.

    `on`: the day of the baseline (default the day before the first step). `models`: names, or `all` (default: those
    that need no imported data). `among`: states or organisations to report on (all states still act). `settings`:
    constants by `model.parameter`, values as numbers or as text. `power`: beckley_2018, or the name of an index in
    `outside`; `hostility`: where hostility comes from, for models that read it. `start`: a change that is taken for
    granted before this one. `materiality`: the share above which effects count, 0 to 1. `depth`: how many draws, and
    whether gains and losses are shared out; `progress` is told how far that is; `judged` is given each model's view
    as soon as it is there, before it is deepened, with its number and how many come. Raises UnknownName, QuestionError,
    ChangeError, MissingData.
    """
    materiality = checked_materiality(materiality)
    named = chosen_models(models)
    wanted = chosen_settings(named, settings or {})
    comparison = compare(record, change, on=on, power=power, hostility=hostility, outside=outside, start=start)
    runs, not_run = fitted(wanted, comparison, asked=bool(models) and list(models or ()) != [ALL])
    not_run += _left_out(models)
    reported = states_among(comparison, among)
    names = {state: record.name_of(state) for state in comparison.before.states}
    judgements = tuple(_judgements(runs, comparison, names, reported, materiality, judged))
    kept = kept_constants(settings or {})
    judgements = deepened(judgements, runs, comparison, depth, kept=kept, reported=reported, progress=progress)
    tried = tuple(_tried(runs, judgements, comparison, reported))
    sources = sources_of(comparison, [model for model, _ in runs])
    recalled = tuple(key for key in sources if record.recalled((key,)))
    day = iso(comparison.before.day)
    told = summary(comparison, judgements, tried, not_run, names=names, on=day, recalled=recalled, sources=sources)
    if start is not None:
        told = (told[0], f"Taken for granted before it: {start.title} ({start.name}).", *told[1:])
    return Assessment(
        change=change.name,
        title=change.title,
        description=change.description,
        on=day,
        record=record.digest,
        version=__version__,
        power=power,
        hostility=comparison.arrays_before.hostility_name,
        models=judgements,
        variants=tried,
        actors=comparison.actors,
        summary=told,
        not_expressed=change.not_expressed,
        change_sources=change.sources,
        source_keys=sources,
        recalled=recalled,
        names=names,
        not_run=not_run,
        among=reported,
        data=outside.versions,
        seed=depth.seed if depth.draws or depth.attribution else None,
        start="" if start is None else start.name,
    )


def _judgements(
    runs: Runs,
    comparison: Comparison,
    names: Mapping[str, str],
    reported: tuple[str, ...] | None,
    materiality: float,
    told: Judged | None,
) -> Iterator[Judgement]:
    """Each model's view in turn, told as soon as it is there."""
    for number, (model, settings) in enumerate(runs, 1):
        one = judge(model, settings, comparison, names=names, among=reported, materiality=materiality)
        if told is not None:
            told(one, number, len(runs))
        yield one


def _tried(
    runs: Runs, judgements: Sequence[Judgement], comparison: Comparison, reported: tuple[str, ...] | None
) -> Iterator[Variant]:
    """The small tables of constants, one row for each measure of power and combination; absent measures show too.

    A model that does not read power has one row for each combination.
    """
    powers = [BECKLEY, *(comparison.outside.powers or {"cinc": {}})]
    for (model, chosen), judged in zip(runs, judgements, strict=True):
        measures = powers if "power" in model.reads else [comparison.power]
        yield from variants(model, chosen, comparison, measures, among=reported, judged=judged)


def _left_out(models: Sequence[str] | None) -> tuple[NotRun, ...]:
    """The models that wait to be asked for, because they have to be fitted to imported data first."""
    return tuple(
        NotRun(model.name, f"it is fitted to imported data ({', '.join(model.needs)})", "name it with --models, or all")
        for model in MODELS
        if model.needs and not models
    )


ALL = "all"


def chosen_models(names: Sequence[str] | None) -> tuple[Model, ...]:
    """The models named, in the order of the list of models; `all` names every one.

    Where none is named, those that need no imported data: their answer is the same on every machine, and at once.
    """
    known = {model.name: model for model in MODELS}
    if not names:
        return tuple(model for model in MODELS if not model.needs)
    if list(names) == [ALL]:
        return MODELS
    for name in names:
        if name not in known:
            raise UnknownName(name, "model", get_close_matches(name, known, n=3) or sorted(known))
    return tuple(model for model in MODELS if model.name in names)


def chosen_settings(models: Collection[Model], settings: Mapping[str, Value]) -> tuple[tuple[Model, Settings], ...]:
    """Every model with its constants, those named as `model.parameter` in place of their defaults.

    A model with readings that stand side by side comes once for each of them, unless one is chosen.
    """
    wanted: dict[str, dict[str, Value]] = {model.name: {} for model in models}
    for key, value in settings.items():
        model, dot, parameter = key.partition(".")
        if not dot:
            raise QuestionError(f"{key!r} does not name a constant", do="write model.parameter=value")
        if model not in wanted:
            raise UnknownName(model, "model", get_close_matches(model, wanted, n=3) or sorted(wanted))
        wanted[model][parameter] = value
    found: list[tuple[Model, Settings]] = []
    for one in models:
        chosen = wanted[one.name]
        beside = [p for p in one.parameters.values() if p.side_by_side and p.name not in chosen]
        for values in product(*(p.choices for p in beside)):
            every = {**chosen, **{p.name: value for p, value in zip(beside, values, strict=True)}}
            found.append((one, settle(one.name, one.parameters, every)))
    return tuple(found)


def kept_constants(settings: Mapping[str, Value]) -> dict[str, frozenset[str]]:
    """The constants that were set, by model: they are not drawn."""
    found: dict[str, frozenset[str]] = {}
    for key in settings:
        model, _, parameter = key.partition(".")
        found[model] = found.get(model, frozenset()) | {parameter}
    return found


def fitted(
    wanted: Sequence[tuple[Model, Settings]], comparison: Comparison, *, asked: bool
) -> tuple[tuple[tuple[Model, Settings], ...], tuple[NotRun, ...]]:
    """The models that can read this day, fitted where they have to be, and those that cannot, with the reason.

    Raises MissingData instead where the models were asked for by name.
    """
    runs: list[tuple[Model, Settings]] = []
    missing: dict[str, NotRun] = {}
    for model, settings in wanted:
        try:
            if "hostility" in model.reads and comparison.arrays_before.hostility is None:
                raise MissingData(
                    f"the record's conflicts do not reach back far enough before {iso(comparison.before.day)}",
                    do="choose --hostility rivalries or disputes (imported), none, or a later day with --on",
                )
            fit = cast(FittedModel, model).fit(settings, day=comparison.before.day) if model.needs else None
        except MissingData as problem:
            if asked:
                raise
            missing[model.name] = NotRun(model.name, problem.what, problem.do)
            continue
        runs.append((model, replace(settings, fit=fit)))
    return tuple(runs), tuple(missing.values())


def states_among(comparison: Comparison, among: Sequence[str] | str | None) -> tuple[str, ...] | None:
    """The states to report on: those named, and the full members (unsure ones included) of organisations named."""
    if among is None:
        return None
    record, found = comparison.record, set[str]()
    for name in among.split(",") if isinstance(among, str) else among:
        kind, key = _state_or_organization(record, name.strip())
        if kind == "state" and key not in comparison.before.states:
            raise QuestionError(
                f"{record.name_of(key)} is not a state on {iso(comparison.before.day)}", do="name others with --among"
            )
        if kind == "state":
            found.add(key)
        else:
            found |= _members(comparison, key)
    present = tuple(sorted(found & set(comparison.before.states)))
    if not present:
        raise QuestionError("none of the states named existed on that day", do="name others with --among")
    return present


def _state_or_organization(record: Record, name: str) -> tuple[str, str]:
    try:
        return "state", record.resolve(name, "state")
    except UnknownName as problem:
        try:
            return "organization", record.resolve(name, "organization")
        except UnknownName as other:
            raise UnknownName(name, "state or organization", [*problem.near, *other.near]) from None


def _members(comparison: Comparison, organization: str) -> set[str]:
    from indivisible.architecture.draft import Draft

    draft = Draft.of(comparison.before, comparison.record, comparison.change.name)
    return {state for state, truth in draft.members(organization).items() if truth is not Truth.NO}


def sources_of(comparison: Comparison, models: Collection[Model]) -> tuple[str, ...]:
    """Keys of the sources of every pledge, hostility and figure that the models read, alphabetical."""
    kinds = frozenset[str]().union(*(kinds_read(model) for model in models))
    addresses: set[str] = set()
    for architecture in (comparison.before, comparison.after):
        for pledge in architecture.pledges:
            if pledge.kind in kinds:
                addresses.update(pledge.claims)
    figures = {field for model in models for field in figures_read(model, comparison)}
    for (_, field), figure in comparison.before.figures.items():
        if field in figures:
            addresses.update(figure.claims)
    for model in models:
        for claims in hostility_claims(model, comparison, comparison.before).values():
            addresses.update(claims)
    record = comparison.record
    return tuple(
        sorted(
            {key for address in addresses if not address.startswith("changes/") for key in record.at(address).sources}
        )
    )


__all__ = ["Assessment", "Judgement", "assess"]
