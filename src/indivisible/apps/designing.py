"""Put a question of design together: the case, the imported data it may use, who does the work, and what is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indivisible.assess.verdict import checked_materiality
from indivisible.record.record import Record

if TYPE_CHECKING:
    from indivisible.explore.design_answer import Design
    from indivisible.explore.design_case import DesignCase
    from indivisible.models.base import Value

Progress = Callable[[str, int, int], None]


def run(
    record: Record,
    name: str,
    *,
    workers: int = 1,
    engine: str = "processes",
    checkpoint: str | None = None,
    save: str | None = None,
    models: Sequence[str] | str | None = None,
    settings: Mapping[str, Value] | None = None,
    materiality: float | None = None,
    power: str | None = None,
    hostility: str | None = None,
    progress: Progress | None = None,
) -> Design:
    """Search a case that ships or a case file; the number of workers and the engine change no answer.

    `models`, `materiality`, `power` and `hostility` stand in place of those of the case, `settings` besides its own; a
    constant of the case for a model that is not asked is left out.
    """
    from indivisible.apps.assessing import names_between_commas
    from indivisible.apps.importing import imported
    from indivisible.explore.design import day_of_case, design
    from indivisible.explore.design_answer import Design
    from indivisible.explore.design_case import facts_of, load_case
    from indivisible.explore.executor import executor
    from indivisible.record.load import load

    case = _asked(load_case(name), names_between_commas(models), settings or {}, materiality)
    case = replace(case, power=power or case.power, hostility=hostility or case.hostility)
    if save is not None:
        from indivisible.apps.design_saving import checked_folder

        checked_folder(Path(save))
    if (folder := facts_of(case)) is not None:
        record = load(facts=folder)
    day = day_of_case(record, case)
    outside, named = imported(
        record, day, power=case.power, hostility=case.hostility, models=list(case.harm.models) or None
    )
    found = design(
        record, replace(case, power=named), outside=outside, executor=executor(engine, workers),
        checkpoint=None if checkpoint is None else Path(checkpoint), progress=progress,
    )  # fmt: skip
    answer = Design(record, found)
    if save is not None:
        from indivisible.apps.design_saving import save_packages

        save_packages(answer, Path(save))
    return answer


def _asked(
    case: DesignCase, models: list[str] | None, settings: Mapping[str, Value], materiality: float | None
) -> DesignCase:
    """The case with what was asked in place of its own."""
    own = case.harm
    kept = {key: value for key, value in own.settings.items() if _is_of(key, models)}
    harm = replace(
        own,
        models=tuple(models or own.models),
        settings={**kept, **settings},
        materiality=own.materiality if materiality is None else checked_materiality(materiality),
    )
    return replace(case, harm=harm)


def _is_of(setting: str, models: Sequence[str] | None) -> bool:
    """Whether a constant is of one of these models; of any where none is named."""
    return not models or list(models) == ["all"] or setting.partition(".")[0] in models
