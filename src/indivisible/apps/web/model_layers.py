"""What a model says of every state, as a layer of the map: its reading of a day, or what a change does by it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from indivisible.apps.web.standings import Legend, Shade
from indivisible.architecture.architecture import Architecture
from indivisible.errors import QuestionError
from indivisible.models.base import Reading
from indivisible.record.record import Record
from indivisible.values import day_of, iso

STEPS = 5
VERDICTS: Legend = (
    ("gains", "gain"), ("loses", "lose"), ("unchanged", "unchanged"), ("unknown", "not known"),
    ("not_seen", "not seen by this model"),
)  # fmt: skip
Made = tuple[str, Legend, Architecture, dict[str, Shade]]
NOBODY = "schema: change/1\nname: nothing\ntitle: Nothing\nsteps: []\n"


def reading_shades(record: Record, model: str, *, on: str) -> Made:
    """How secure each state is on a day by one model, `model/output` where it has several."""
    from indivisible.apps.importing import imported
    from indivisible.architecture.change import change_of
    from indivisible.architecture.change_file import parse_table
    from indivisible.assess.assess import chosen_models, chosen_settings, fitted
    from indivisible.assess.because import filled
    from indivisible.assess.comparison import compare

    name, settings = _output(model)
    day = day_of(on)
    outside, power = imported(record, day, power="beckley_2018", hostility="conflicts", models=[name])
    nothing = change_of(parse_table(NOBODY, "nothing"))
    comparison = compare(record, nothing, on=iso(day), power=power, outside=outside)
    runs, _ = fitted(chosen_settings(chosen_models([name]), settings), comparison, asked=True)
    chosen, values = runs[0]
    reading = chosen.read(comparison.arrays_before, values)
    names = {state: record.name_of(state) for state in reading.states}
    bounds = _bounds(reading)
    shades = {}
    for place, state in enumerate(reading.states):
        because = reading.because(place)
        told = f" {_sentence(filled(because.told, names))}" if because is not None and because.told else ""
        low, best, high = (float(values[place]) for values in (reading.low, reading.best, reading.high))
        first, last = (_step(value, bounds) for value in (low, high))
        ends = {"low": low, "high": high}
        if bool(reading.unopposed[place]):
            shades[state] = Shade("unopposed", f"{names[state]}: nobody could attack it, says {model}.{told}")
        elif first is None or first != last:
            between = f": between {low:.3g} and {high:.3g}" if math.isfinite(low) and math.isfinite(high) else ""
            shades[state] = Shade("unknown", f"{names[state]}: not known to {model}{between}.{told}", None, ends)
        elif math.isnan(best):
            shades[state] = Shade(first, f"{names[state]}: from {low:.3g} to {high:.3g} by {model}.{told}", None, ends)
        else:
            shades[state] = Shade(first, f"{names[state]}: {best:.3g} by {model}.{told}", best, ends)
    title = f"Reading of {model} ({chosen.scale.replace('_', ' ')}; higher is safer)"
    return title, _legend(bounds), comparison.before, shades


def _bounds(reading: Reading) -> list[float]:
    """Ends of equal steps from the lowest score that is known to the highest; none where no score is."""
    known = np.concatenate([side[np.isfinite(side)] for side in (reading.low, reading.best, reading.high)])
    if not len(known):
        return []
    low, high = float(known.min()), float(known.max())
    return [low] if low == high else [low + (high - low) * step / STEPS for step in range(STEPS + 1)]


def _step(value: float, bounds: list[float]) -> str | None:
    """The number of the step in which a score lies, from 1, the least safe."""
    if not math.isfinite(value) or not bounds:
        return None
    return str(max(1, min(int(np.searchsorted(bounds, value, side="right")), len(bounds) - 1)))


def _legend(bounds: list[float]) -> Legend:
    one = tuple((str(n), f"{low:.3g} to {high:.3g}") for n, (low, high) in enumerate(pairwise(bounds), 1))
    same = (("1", f"{bounds[0]:.3g}"),) if len(bounds) == 1 else ()
    return (*one, *same, ("unopposed", "nobody could attack it"), ("unknown", "not known, or not within one step"))


def _sentence(told: str) -> str:
    return f"{told[:1].upper()}{told[1:]}."


def change_shades(record: Record, change: str, model: str, *, on: str) -> Made:
    """Who gains and who loses by a shipped change, says one model, `model/output` where it has several."""
    from indivisible.apps.assessing import run
    from indivisible.architecture.snapshot import as_of
    from indivisible.assess.verdict import UNKNOWN

    name, settings = _output(model)
    found = run(record, change, on=on or None, models=[name], settings=settings).assessment
    judged = found.models[0]
    shades = {}
    for one in judged.states:
        known = one.change == one.change and one.verdict != UNKNOWN
        shades[one.state] = Shade(one.verdict, f"{found.names[one.state]}: {one.because}",
                                  one.change if known else None, {"low": one.low, "high": one.high})  # fmt: skip
    title = f"{found.title}: gains and losses by {judged.label}"
    return title, VERDICTS, as_of(record, day_of(found.on)), shades


def _output(model: str) -> tuple[str, dict[str, str]]:
    """The model and the one of its readings side by side; the first where none is named."""
    from indivisible.assess.assess import chosen_models

    name, _, output = model.partition("/")
    chosen = chosen_models([name])[0]
    beside = [parameter for parameter in chosen.parameters.values() if parameter.side_by_side]
    if output and not beside:
        raise QuestionError(f"{name} has one reading only", where="layer", do=f"write {name}")
    if not beside:
        return name, {}
    value = output or beside[0].choices[0]
    return name, {f"{name}.{beside[0].name}": value}
