"""Assess a change: every state's gain or loss, as each rival model sees it, with reasons, limits and disagreements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from indivisible import __version__
from indivisible.architecture.change import Change
from indivisible.assess.assessment import Assessment, Judgement
from indivisible.assess.comparison import BECKLEY, POWER_FIGURES, Comparison, compare
from indivisible.assess.judge import judge, kinds_read
from indivisible.assess.summary import summary
from indivisible.assess.variants import variants
from indivisible.assess.verdict import DEFAULT_MATERIALITY
from indivisible.errors import QuestionError, UnknownName
from indivisible.models import MODELS
from indivisible.models.base import Model, Settings, Value, settle
from indivisible.record.record import Record
from indivisible.values import Truth, iso

Cinc = Mapping[str, Mapping[str, float]]


def assess(
    record: Record,
    change: Change,
    *,
    on: str | None = None,
    models: Sequence[str] | None = None,
    among: Sequence[str] | str | None = None,
    settings: Mapping[str, Value] | None = None,
    power: str = BECKLEY,
    cinc: Cinc | None = None,
    data: Mapping[str, str] | None = None,
    materiality: float = DEFAULT_MATERIALITY,
) -> Assessment:
    """What a change does to every state, by each model.

    `on`: the day of the baseline (default the day before the first step). `models`: names (default all). `among`:
    states or organisations to report on (all states still act). `settings`: constants by `model.parameter`, values as
    numbers or as text. `power`: beckley_2018, or the name of an index in `cinc`; `data` names imported datasets.
    Raises UnknownName, QuestionError, ChangeError, MissingData.
    """
    chosen = chosen_models(models)
    settled = chosen_settings(chosen, settings or {})
    if not 0.0 <= materiality <= 1.0:
        raise QuestionError(f"materiality {materiality!r} is not a share between 0 and 1", do="0.01 is one per cent")
    comparison = compare(record, change, on=on, power=power, cinc=cinc)
    reported = states_among(comparison, among)
    names = {state: record.name_of(state) for state in comparison.before.states}
    judgements = tuple(
        judge(model, settled[model.name], comparison, names=names, among=reported, materiality=materiality)
        for model in chosen
    )
    powers = [BECKLEY, *(cinc or {"cinc": {}})]
    tried = tuple(
        variant
        for model, judged in zip(chosen, judgements, strict=True)
        for variant in variants(
            model, settled[model.name], comparison, powers, cinc=cinc, among=reported, judged=judged
        )
    )
    sources = sources_of(comparison, chosen)
    recalled = tuple(key for key in sources if record.recalled((key,)))
    day = iso(comparison.before.day)
    return Assessment(
        change=change.name,
        title=change.title,
        description=change.description,
        on=day,
        record=record.digest,
        version=__version__,
        power=power,
        models=judgements,
        variants=tried,
        actors=comparison.actors,
        summary=summary(comparison, judgements, tried, names=names, on=day, recalled=recalled, sources=sources),
        not_expressed=change.not_expressed,
        change_sources=change.sources,
        source_keys=sources,
        recalled=recalled,
        names=names,
        among=reported,
        data=data or {},
    )


def chosen_models(names: Sequence[str] | None) -> tuple[Model, ...]:
    """The models named, in the order of the list of models; all where none is named."""
    known = {model.name: model for model in MODELS}
    for name in names or ():
        if name not in known:
            raise UnknownName(name, "model", get_close_matches(name, known, n=3) or sorted(known))
    return tuple(model for model in MODELS if not names or model.name in names)


def chosen_settings(models: Collection[Model], settings: Mapping[str, Value]) -> dict[str, Settings]:
    """Every model's constants, with those named as `model.parameter` in place of their defaults."""
    wanted: dict[str, dict[str, Value]] = {model.name: {} for model in models}
    for key, value in settings.items():
        model, dot, parameter = key.partition(".")
        if not dot:
            raise QuestionError(f"{key!r} does not name a constant", do="write model.parameter=value")
        if model not in wanted:
            raise UnknownName(model, "model", get_close_matches(model, wanted, n=3) or sorted(wanted))
        wanted[model][parameter] = value
    return {model.name: settle(model.name, model.parameters, wanted[model.name]) for model in models}


def states_among(comparison: Comparison, among: Sequence[str] | str | None) -> tuple[str, ...] | None:
    """The states to report on: those named, and the full members (unsure ones included) of organisations named."""
    if among is None:
        return None
    record, found = comparison.record, set()
    for name in among.split(",") if isinstance(among, str) else among:
        kind, key = _state_or_organization(record, name.strip())
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
    """Keys of the sources of every pledge and figure that the models read, alphabetical."""
    kinds = frozenset[str]().union(*(kinds_read(model) for model in models))
    addresses: set[str] = set()
    for architecture in (comparison.before, comparison.after):
        for pledge in architecture.pledges:
            if pledge.kind in kinds:
                addresses.update(pledge.claims)
    for (_, field), figure in comparison.before.figures.items():
        if field in POWER_FIGURES.get(comparison.power, ()):
            addresses.update(figure.claims)
    record = comparison.record
    return tuple(
        sorted(
            {key for address in addresses if not address.startswith("changes/") for key in record.at(address).sources}
        )
    )


__all__ = ["Assessment", "Judgement", "assess"]
