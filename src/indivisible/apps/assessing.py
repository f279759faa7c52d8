"""Put an assessment together: the change, the imported data it may use, and the form in which it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from indivisible.errors import MissingData
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import Truth

if TYPE_CHECKING:
    from indivisible.architecture.change import Change
    from indivisible.report.assessment_text import AssessmentAnswer, WhyAnswer

Cinc = dict[str, dict[str, float]]


def run(
    record: Record,
    name: str,
    *,
    on: str | None = None,
    models: Sequence[str] | None = None,
    among: Sequence[str] | str | None = None,
    settings: Mapping[str, str] | None = None,
    power: str = "beckley_2018",
) -> AssessmentAnswer:
    """The assessment of a change that ships or of a change file, with imported measures of power, if any."""
    from indivisible.architecture.change import load_change
    from indivisible.assess.assess import assess
    from indivisible.report.assessment_text import AssessmentAnswer

    change = load_change(name)
    cinc, data, power = _cinc(record, change, on, power)
    found = assess(
        record, change, on=on, models=models, among=among, settings=settings, power=power, cinc=cinc or None, data=data
    )
    return AssessmentAnswer(found, record)


def why(
    record: Record,
    name: str,
    state: str,
    *,
    on: str | None = None,
    models: Sequence[str] | None = None,
    settings: Mapping[str, str] | None = None,
    power: str = "beckley_2018",
) -> WhyAnswer:
    """From a state's score to the pledges and figures it was made from, and to their sources."""
    from indivisible.architecture.change import load_change
    from indivisible.assess.why import why_assess
    from indivisible.report.assessment_text import WhyAnswer

    change = load_change(name)
    cinc, _, power = _cinc(record, change, on, power)
    found = why_assess(record, change, state, on=on, models=models, settings=settings, power=power, cinc=cinc or None)
    return WhyAnswer(found)


def _cinc(record: Record, change: Change, on: str | None, power: str) -> tuple[Cinc, dict[str, str], str]:
    """CINC of the last year that had ended on the baseline day, by state, if the data set is imported and covers it.

    Raises MissingData where it is asked for (`power` begins with cinc) and not there.
    """
    from indivisible.architecture.steps import baseline_day

    day = baseline_day(change, record, on=on)
    year = date.fromordinal(day + 1).year - 1
    from indivisible.readers.home import read_stored

    if not power.startswith("cinc") and read_stored("nmc", None) is None:
        return {}, {}, power  # asked first, because opening a table costs half a second
    from indivisible.readers.nmc.power import cinc_of_year

    try:
        published = cinc_of_year(year)
    except MissingData:
        if power.startswith("cinc"):
            raise
        return {}, {}, power
    if published.covered is not Truth.YES:
        if power.startswith("cinc"):
            raise MissingData(
                f"the imported National Material Capabilities do not cover {year}", do="choose an earlier day with --on"
            )
        return {}, {}, power
    by_state: dict[str, float] = {}
    for claim in record.claims(field="cow_code"):
        share = published.values.get(int(claim.value))
        if share is not None and claim.span.holds(day) is Truth.YES:
            by_state[claim.subject] = share
    name = f"cinc_{year}"
    return {name: by_state}, {"nmc": published.version}, name if power.startswith("cinc") else power


def list_changes(record: Record, grep: str) -> Table:
    """The changes that ship."""
    from indivisible.architecture.change import SHIPPED, load_change

    rows = []
    for name in sorted(SHIPPED):
        change = load_change(name)
        if grep.casefold() in f"{name} {change.title}".casefold():
            days = [step.date for step in change.steps if step.date]
            rows.append({"change": name, "title": change.title, "steps": len(change.steps),
                         "from": min(days, default=None), "to": max(days, default=None)})  # fmt: skip
    says = f"{len(rows)} changes ship with the program; your own are YAML files."
    return Table("list/1", {"list": "changes", "grep": grep or None}, says, tuple(rows), record.digest)


def list_models(record: Record, grep: str) -> Table:
    """The rival models and their constants."""
    from indivisible.models import MODELS

    rows = [
        {
            "model": model.name,
            "scale": model.scale,
            "constant": f"{model.name}.{parameter.name}",
            "default": _said(parameter.default),
            "range": _range(parameter),
            "meaning": parameter.meaning,
            "source": parameter.source,
        }
        for model in MODELS
        for parameter in model.parameters.values()
        if grep.casefold() in f"{model.name} {parameter.name} {parameter.meaning}".casefold()
    ]
    count = len({row["model"] for row in rows})
    says = f"{count} rival models with {len(rows)} constants; each can be set with --set model.constant=value."
    return Table("list/1", {"list": "models", "grep": grep or None}, says, tuple(rows), record.digest)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _range(parameter: Any) -> str:
    if parameter.choices:
        return " or ".join(parameter.choices)
    if isinstance(parameter.default, bool):
        return "yes or no"
    if parameter.low is None or parameter.high is None:
        return "any"
    return f"{parameter.low:g} to {parameter.high:g} {parameter.unit}".strip()


def describe_models() -> str:
    """The models as a page of the reference."""
    from indivisible.models import MODELS

    lines = ["# Models\n", "Rival published theories; higher is safer; nothing is averaged across them.\n"]
    for model in MODELS:
        lines += [f"## {model.name}\n", f"Scale: {model.scale}. Reads: {', '.join(sorted(model.reads))}. "
                  f"[How it works, who holds it, who disputes it](../explanation/{model.name}.md).\n",
                  "| constant | default | range | meaning | source |", "| --- | --- | --- | --- | --- |"]  # fmt: skip
        for parameter in model.parameters.values():
            cells = (f"`{model.name}.{parameter.name}`", _said(parameter.default), _range(parameter),
                     parameter.meaning, parameter.source)  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def describe_changes() -> str:
    """The shipped changes as a page of the reference."""
    from indivisible.architecture.change import SHIPPED, load_change

    lines = ["# Changes that ship\n"]
    for name in sorted(SHIPPED):
        change = load_change(name)
        lines += [f"## {name}\n", f"{change.title}. {change.description}\n"]
        lines += [f"- {step.date or 'undated'}: {step.do} ({step.basis or 'no basis stated'})" for step in change.steps]
        lines += ["\nSources:\n", *(f"- {source}" for source in change.sources), ""]
    return "\n".join(lines)
