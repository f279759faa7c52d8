"""Write the packages of a frontier as changes, and as runs that can be computed again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import yaml

from indivisible.architecture.change_file import Table
from indivisible.assess.comparison import BECKLEY
from indivisible.assess.verdict import DEFAULT_MATERIALITY
from indivisible.errors import FileError
from indivisible.explore.design_answer import Design
from indivisible.explore.design_case import beside
from indivisible.explore.lever import Lever, steps_in_order
from indivisible.record.overlay import overlays_of
from indivisible.values import iso


def checked_folder(folder: Path) -> None:
    """Make the folder, and see that it can be written to, before a long search. Raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        do = "name another folder with --save"
        raise FileError(f"cannot be written to: {problem.strerror}", where=str(folder), do=do) from None


def save_packages(answer: Design, folder: Path) -> tuple[Path, ...]:
    """One change file and one run record for every package of the frontier; raises FileError."""
    from indivisible.apps.assessing import ask, question_of, save_run
    from indivisible.report.files import write_text

    case, examiner = answer.found.case, answer.found.examiner
    checked_folder(folder)
    paths: list[Path] = []
    for number, package in enumerate(answer.found.frontier, 1):
        name = f"{case.name}-{number:03d}"
        text = change_text_of(
            name, case.title, examiner.worlds.taken(package), case.sources, description=_description(answer, number)
        )
        path = write_text(text, folder / f"{name}.yml")
        paths.append(path)
        if case.facts:
            continue  # a run is about the record, and this world is another
        question = question_of(
            str(path), text, str(path), on=iso(examiner.worlds.before.day),
            models=list(dict.fromkeys(model.name for _, model, _ in examiner.runs)), settings=dict(case.harm.settings),
            power=case.power, hostility=case.hostility, materiality=case.harm.materiality, draws=case.harm.draws,
            seed=case.harm.seed, after=beside(case, case.after) if case.after else None,
        ) | {"overlays": [one.to_dict() for one in overlays_of(answer.record)]}  # fmt: skip
        paths.append(save_run(ask(answer.record, question), folder / f"{name}.run.json"))
    return tuple(paths)


def _description(answer: Design, number: int) -> str:
    """Where a package is from, and how `assess` judges it as the search did."""
    case, examiner = answer.found.case, answer.found.examiner
    said = f"Package {number} of the search {case.name}."
    if case.facts:
        return said
    models = ",".join(dict.fromkeys(model.name for _, model, _ in examiner.runs))
    asked = [f"--on {iso(examiner.worlds.before.day)}", f"--models {models}"]
    asked += [f"--set {key}={value}" for key, value in case.harm.settings.items()]
    asked += [f"--{key} {value}" for key, value, usual in (
        ("after", case.after, ""), ("power", case.power, BECKLEY), ("hostility", case.hostility, "conflicts"),
        ("materiality", f"{case.harm.materiality:g}", f"{DEFAULT_MATERIALITY:g}"),
        ("draws", case.harm.draws, 0), ("seed", case.harm.seed, 0),
    ) if value != usual]  # fmt: skip
    return f"{said} As the search judged it: indivisible assess FILE {' '.join(asked)}"


def change_text_of(
    name: str, title: str, levers: tuple[Lever, ...], sources: tuple[str, ...], *, description: str = ""
) -> str:
    """A change file that takes these levers: their steps in the order in which they were judged."""
    written = {
        step.id: {"id": step.id, **_plain(table)}
        for lever in levers
        for step, table in zip(lever.steps, lever.tables, strict=True)
    }
    steps = [written[step.id] for step in steps_in_order(levers)]
    said = {"description": description} if description else {}
    data = {"schema": "change/1", "name": name, "title": title, **said, "sources": list(sources), "steps": steps}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


def _plain(value: Any) -> Any:
    if isinstance(value, Table):
        return {key: _plain(one) for key, one in value.values.items() if key != "id"}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
