"""Put an assessment together: the change, the imported data it may use, and the form in which it is shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indivisible.assess.verdict import DEFAULT_MATERIALITY
from indivisible.errors import MissingData
from indivisible.record.overlay import overlays_of
from indivisible.record.record import Record
from indivisible.record.table import Table

Progress = Callable[[str, int, int], None]

if TYPE_CHECKING:
    from indivisible.assess.assess import Judged
    from indivisible.assess.consent_answer import Consents
    from indivisible.assess.run_record import Run, Verified
    from indivisible.report.assessment_text import AssessmentAnswer, WhyAnswer


def run(record: Record, name: str, *, progress: Progress | None = None, **chosen: Any) -> AssessmentAnswer:
    """The assessment of a change that ships or of a change file, with imported measures of power, if any.

    `chosen` are the keywords of `ask`.
    """
    from indivisible.architecture.change import change_text

    text, where = change_text(name)
    question = question_of(name, text, where, **chosen) | {"overlays": [one.to_dict() for one in overlays_of(record)]}
    return ask(record, question, workers=chosen.get("workers", 1), progress=progress)


def question_of(
    name: str,
    text: str,
    where: str,
    *,
    on: str | None = None,
    models: Sequence[str] | str | None = None,
    among: Sequence[str] | str | None = None,
    settings: Mapping[str, Any] | None = None,
    power: str = "beckley_2018",
    hostility: str = "conflicts",
    draws: int = 0,
    seed: int = 0,
    attribute: bool = False,
    materiality: float = DEFAULT_MATERIALITY,
    workers: int = 1,
    after: str | None = None,
) -> dict[str, Any]:
    """All that an assessment is asked, the change as text among it; the number of workers changes no answer.

    `after` is a change that is taken for granted before: one that ships, or a file.
    """
    granted = {} if after is None else {"after": _as_text(after)}
    return granted | {
        "change": name, "where": where, "text": text, "on": on,
        "models": names_between_commas(models),
        "among": among if among is None or isinstance(among, str) else list(among),
        "settings": dict(settings or {}), "power": power, "hostility": hostility,
        "draws": draws, "seed": seed, "attribute": attribute, "materiality": materiality,
    }  # fmt: skip


def _as_text(change: str) -> dict[str, str]:
    """A change with its text and where that stands."""
    from indivisible.architecture.change import change_text

    text, where = change_text(change)
    return {"change": change, "where": where, "text": text}


def names_between_commas(names: Sequence[str] | str | None) -> list[str] | None:
    """Names as a list, also where they are given as one text."""
    if isinstance(names, str):
        names = [name.strip() for name in names.split(",") if name.strip()]
    return None if names is None else list(names)


def ask(
    record: Record, question: Mapping[str, Any], *, workers: int = 1, progress: Progress | None = None,
    judged: Judged | None = None,
) -> AssessmentAnswer:  # fmt: skip
    """The answer to a question in the form of `question_of`, whether new or saved; `judged` as `assess` has it."""
    from indivisible.apps.importing import imported
    from indivisible.architecture.change import change_of
    from indivisible.architecture.change_file import parse_table
    from indivisible.architecture.steps import baseline_day
    from indivisible.assess.assess import assess
    from indivisible.assess.robustness import Depth
    from indivisible.report.assessment_text import AssessmentAnswer

    change = change_of(parse_table(question["text"], question["where"]))
    granted = question.get("after")
    start = None if granted is None else change_of(parse_table(granted["text"], granted["where"]))
    day = baseline_day(change, record, on=question["on"])
    models, power, hostility = question["models"], question["power"], question["hostility"]
    outside, power = imported(record, day, power=power, hostility=hostility, models=models)
    found = assess(
        record, change, on=question["on"], models=models, among=question["among"], settings=question["settings"],
        power=power, hostility=hostility, outside=outside, start=start, progress=progress,
        materiality=question["materiality"], judged=judged,
        depth=Depth(question["draws"], question["seed"], question["attribute"], workers),
    )  # fmt: skip
    return AssessmentAnswer(found, record, question)


def why(
    record: Record,
    name: str,
    state: str,
    *,
    on: str | None = None,
    models: Sequence[str] | str | None = None,
    settings: Mapping[str, str] | None = None,
    power: str = "beckley_2018",
    hostility: str = "conflicts",
    materiality: float = DEFAULT_MATERIALITY,
) -> WhyAnswer:
    """From a state's score to the pledges and figures it was made from, and to their sources."""
    from indivisible.apps.importing import imported
    from indivisible.architecture.change import load_change
    from indivisible.architecture.steps import baseline_day
    from indivisible.assess.why import why_assess
    from indivisible.report.assessment_text import WhyAnswer

    change = load_change(name)
    models = names_between_commas(models)
    day = baseline_day(change, record, on=on)
    outside, power = imported(record, day, power=power, hostility=hostility, models=models)
    found = why_assess(
        record, change, state, on=on, models=models, settings=settings, power=power, hostility=hostility,
        outside=outside, materiality=materiality,
    )  # fmt: skip
    return WhyAnswer(found)


def consent(
    record: Record,
    name: str,
    *,
    on: str | None = None,
    models: Sequence[str] | str | None = None,
    power: str = "beckley_2018",
    hostility: str = "conflicts",
    **chosen: Any,
) -> Consents:
    """Who has to consent to each step of a change; `chosen`: settings, materiality."""
    from indivisible.apps.importing import imported
    from indivisible.architecture.change import load_change
    from indivisible.architecture.steps import baseline_day
    from indivisible.assess.consent_answer import consents

    change = load_change(name)
    models = names_between_commas(models)
    day = baseline_day(change, record, on=on)
    outside, power = imported(record, day, power=power, hostility=hostility, models=models)
    return consents(record, change, on=on, models=models, power=power, hostility=hostility, outside=outside, **chosen)


def save_run(answer: AssessmentAnswer, path: str | os.PathLike[str]) -> Path:
    """Save a question with its answer; atomic. Raises FileError."""
    from indivisible.assess.run_record import run_of
    from indivisible.report.files import write_text
    from indivisible.report.json_text import to_json

    return write_text(to_json(run_of(answer.question, answer.to_dict()).to_dict()), path)


def read_run(path: str | os.PathLike[str]) -> Run:
    """A saved run. Raises FileError."""
    from indivisible.assess.run_record import parse_run
    from indivisible.report.files import read_text

    return parse_run(read_text(path), str(path))


def verify(
    record: Record, path: str | os.PathLike[str], *, workers: int = 1, progress: Progress | None = None
) -> Verified:
    """Ask a saved question again and compare the answers.

    Raises MissingData where the run rests on an overlay and none is given.
    """
    from indivisible.assess.run_record import run_of, verified
    from indivisible.record.overlay import needed

    saved, given = read_run(path), overlays_of(record)
    if saved.overlays and not given:
        raise MissingData(
            f"{path} rests on claims that do not ship: {needed(saved.overlays, given)}",
            do="give that folder with --overlay (in Python: load(overlays=[...]))",
        )
    question = {**saved.question, "overlays": [one.to_dict() for one in given]}
    again = ask(record, question, workers=workers, progress=progress)
    return verified(str(path), saved, run_of(question, again.to_dict()))


def compare(first: str | os.PathLike[str], second: str | os.PathLike[str]) -> Table:
    """Two saved runs side by side."""
    from indivisible.assess.run_record import compared

    return compared(read_run(first), read_run(second), (str(first), str(second)))


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
