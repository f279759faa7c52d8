"""Changes as the page builds them: which ship, what each kind of step needs, and what is wrong at which field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml

from indivisible.apps.assessing import question_of
from indivisible.apps.web.change_mistakes import placed
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.shipped import shipped_change
from indivisible.architecture.acts import FIGURES
from indivisible.architecture.change import KINDS, PLEDGE_KINDS, SCHEMA, SHIPPED, Change, change_of, change_text
from indivisible.architecture.change_file import Table, parse_table
from indivisible.errors import FileError, IndivisibleError, QuestionError
from indivisible.record.record import Record
from indivisible.values import day_of, iso

if TYPE_CHECKING:
    from indivisible.apps.web.questions import AssessGiven, ChangeGiven

CALLED = "change.yml"
_ALSO = {"remove": ("host",)}
UNITS = {"armed_forces": "persons", "gdp_current_usd": "US dollars of the year", "nuclear_warheads": "warheads",
         "military_expenditure_usd": "US dollars of the year", "population": "persons"}  # fmt: skip
FOUNDING_RULES = ("consensus", "unanimity", "majority", "two_thirds", "60 %")


def shipped(record: Record) -> dict[str, Any]:
    """The JSON shape changes/1."""
    listed = []
    for name in SHIPPED:
        text, where = change_text(name)
        table = parse_table(text, where)
        change = change_of(table)
        days = [step.date for step in change.steps if step.date]
        listed.append({
            "name": name, "title": change.title, "description": change.description, "sources": list(change.sources),
            "not_expressed": list(change.not_expressed), "from": min(days, default=None), "to": max(days, default=None),
            "steps": [_as_data(step) for step in table.tables("steps")], "text": text,
        })  # fmt: skip
    says = f"{len(listed)} changes ship with the program; your own are YAML files."
    return {"schema": "changes/1", "sentence": says, "changes": listed, "record": record.digest}


def _as_data(value: Any) -> Any:
    """What stands in a change file as plain data, dates as they are written."""
    if isinstance(value, Table):
        return {key: _as_data(one) for key, one in value.values.items()}
    return [_as_data(one) for one in value] if isinstance(value, tuple) else value


def steps_known(record: Record) -> dict[str, Any]:
    """The JSON shape steps/1: the kinds of step with their fields."""
    return {
        "schema": "steps/1", "pledge_kinds": list(PLEDGE_KINDS), "rules": list(FOUNDING_RULES),
        "figures": [{"name": name, "unit": UNITS[name]} for name in FIGURES],
        "kinds": [
            {"do": do, "needs": list(kind.needs), "may": [*kind.may, *_ALSO.get(do, ()), "date", "basis"],
             "one_of": [list(group) for group in kind.one_of]}
            for do, kind in sorted(KINDS.items())
        ],
        "record": record.digest,
    }  # fmt: skip


def change_given(given: ChangeGiven, limits: Limits) -> tuple[str, str, str]:
    """The text of a change, what it is called in errors, and its name. Raises QuestionError, UnknownName, TooLarge."""
    ways = [word for word, there in (("change", given.change), ("text", given.text), ("data", given.data)) if there]
    if len(ways) != 1:
        said = f"both {' and '.join(ways)}" if ways else "none"
        raise QuestionError(f"give one of change, text and data, not {said}", where="change",
                            do="change names one that ships, text is a change file, data the same as JSON")  # fmt: skip
    if given.change:
        return (*change_text(shipped_change(given.change)), given.change)
    text = given.text or data_as_text(given.data or {})
    limits.check("bytes of a change", len(text.encode()), limits.upload)
    found = re.search(r"^name:\s*['\"]?([\w-]+)", text, re.MULTILINE)
    return text, CALLED, found[1] if found else "change"


def data_as_text(data: Mapping[str, Any]) -> str:
    """A change given as JSON as the YAML file that says the same."""
    filled = {"schema": SCHEMA, "name": "change", "title": "A change", **data}
    return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=100)


def change_file(text: str) -> bytes:
    """The text of a change that can be read. Raises FileError."""
    change_of(parse_table(text, CALLED))
    return text.encode()


def limited_change(text: str, where: str, limits: Limits) -> Change:
    """The change of a text within the limits. Raises FileError, TooLarge."""
    change = change_of(parse_table(text, where))
    steps = [*change.steps, *(effect for step in change.steps for effect in step.effects)]
    limits.check("steps", steps, limits.steps)
    for step in steps:
        for names in (step.states, step.members, step.senders, step.receivers, step.hosts):
            limits.check("states in one step", names, limits.states)
    return change


def assess_question(record: Record, given: AssessGiven, limits: Limits) -> dict[str, Any]:
    """The question as the command line asks it, within the limits. Raises what the change has wrong."""
    text, where, name = change_given(given, limits)
    limited_change(text, where, limits)
    limits.check("draws", given.draws, limits.draws)
    if given.draws < 0:
        raise QuestionError(f"{given.draws} draws cannot be made", where="draws", do="0 or more")
    limits.check("states", given.among or (), limits.states)
    if given.on and day_of(given.on) >= record.known_to:
        raise QuestionError(f"{given.on} is past the day to which the record is known", where="on",
                            do=f"a day up to {iso(record.known_to - 1)}")  # fmt: skip
    question = question_of(
        name, text, where, on=given.on or None, models=given.models, among=given.among, settings=given.settings,
        power=given.power, hostility=given.hostility, draws=given.draws, seed=given.seed,
        attribute=given.attribute, materiality=given.materiality,
    )  # fmt: skip
    from indivisible.record.overlay import overlays_of

    return question | {"overlays": [one.to_dict() for one in overlays_of(record)]}


def checked_change(record: Record, given: ChangeGiven, limits: Limits) -> dict[str, Any]:
    """The JSON shape change_check/1: whether the change can be read and applied, and every mistake in its place."""
    text, where, name = change_given(given, limits)
    table, problems = _problems(record, text, where, given.on or None, limits)
    if not problems:
        says = "The change can be read and applied."
    else:
        says = f"{len(problems)} mistake{'s' if len(problems) > 1 else ''}: {problems[0]['error']}"
    return {"schema": "change_check/1", "change": name, "ok": not problems, "sentence": says, "errors": problems,
            "text": text, "data": None if table is None else _as_data(table), "record": record.digest}  # fmt: skip


def _problems(
    record: Record, text: str, where: str, on: str | None, limits: Limits
) -> tuple[Table | None, list[dict[str, Any]]]:
    """The change as a table, None where it is none, and what is wrong with it."""
    from indivisible.architecture.snapshot import as_of
    from indivisible.architecture.steps import apply, baseline_day

    table: Table | None = None
    steps: tuple[Table, ...] = ()
    try:
        table = parse_table(text, where)
        steps = table.tables("steps")
        found = [one for step in steps if (one := _step_problem(step, steps)) is not None]
        if found:
            return table, found
        change = limited_change(text, where, limits)
        day = baseline_day(change, record, on=on)
        if day >= record.known_to:
            return table, [_past_baseline(record, on) if on else _past(record, change, steps)]
        apply(as_of(record, day), change, record)
    except IndivisibleError as problem:
        return table, [placed(problem, steps) | ({"field": "on"} if on and "is not a date" in problem.what else {})]
    return table, []


def _step_problem(step: Table, steps: tuple[Table, ...]) -> dict[str, Any] | None:
    from indivisible.architecture.change import step_of

    try:
        step_of(step)
    except FileError as problem:
        return placed(problem, steps)
    return None


def _past_baseline(record: Record, on: str) -> dict[str, Any]:
    """The mistake of a baseline that lies past what the record covers."""
    what = f"{on} is past what the record covers"
    problem = QuestionError(what, where="on", do=f"use a day up to {iso(record.known_to - 1)}, or leave it empty")
    return placed(problem, ()) | {"field": "on"}


def _past(record: Record, change: Change, steps: tuple[Table, ...]) -> dict[str, Any]:
    """The mistake of a change whose first step lies past what the record covers."""
    number = next(n for n, step in enumerate(change.steps) if step.first_day == change.first_day)
    what = f"{change.steps[number].date} is past what the record covers"
    do = f"use a day up to {iso(record.known_to)}, or set the day of the baseline, up to {iso(record.known_to - 1)}"
    problem = FileError(what, where=steps[number].where("date"), do=do)
    return placed(problem, steps)
