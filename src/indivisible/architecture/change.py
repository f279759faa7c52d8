"""A change of the security architecture, named and dated: who accedes, withdraws, pledges, deploys, limits.

A `Change` is data read from a YAML file (schema change/1). What each kind of step does stands in steps.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from indivisible.architecture.change_file import Table, parse_table, read_table, read_text
from indivisible.errors import FileError, QuestionError, UnknownName
from indivisible.values import Estimate, date_bounds

SCHEMA: Final = "change/1"
PLEDGE_KINDS: Final = ("consultation", "defence", "neutrality", "nonaggression", "offence")
SHIPPED: Final = (
    "adapted-cfe-in-force",
    "belarus-russia-2024",
    "cis-observer-in-csto",
    "csto-1999-lapse",
    "csto-uzbekistan-2012",
    "drafts-2021",
    "eurasian-architecture",
    "nato-1999",
    "nato-2004",
    "nordic-accession",
    "nothing",
    "russia-dprk-2024",
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A kind of pledge that a founded organisation brings: among all its members, or among those listed."""

    kind: str
    among: tuple[str, ...]  # empty: all members


@dataclass(frozen=True, slots=True)
class Step:
    """One act. Names stand as the file has them; which fields a kind of step uses is written in `KINDS`.

    Wherever states are listed, `members of NATO` stands for the full members of that organisation on the day.
    """

    id: str
    do: str
    where: str
    date: str = ""
    basis: str = ""
    states: tuple[str, ...] = ()
    body: str = ""
    organization: str = ""
    treaty: str = ""
    role: str = ""
    members: tuple[str, ...] = ()
    pledges: tuple[Promise, ...] = ()
    rule: str = ""
    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    kind: str = ""
    mutual: bool = False
    deployment: str = ""
    hosts: tuple[str, ...] = ()
    amount: Estimate | None = None
    figure: str = ""
    effects: tuple[Step, ...] = ()

    @property
    def first_day(self) -> int | None:
        """First possible day of the step's date; None if it is undated."""
        return date_bounds(self.date)[0] if self.date else None


@dataclass(frozen=True, slots=True)
class Change:
    """A named set of steps with its description and sources; `not_expressed` lists what no step can say."""

    name: str
    title: str
    description: str
    sources: tuple[str, ...]
    steps: tuple[Step, ...]
    not_expressed: tuple[str, ...] = ()
    where: str = ""

    @property
    def first_day(self) -> int | None:
        """First possible day of the earliest dated step; None if no step is dated."""
        days = [day for step in self.steps if (day := step.first_day) is not None]
        return min(days) if days else None

    @property
    def ids(self) -> tuple[str, ...]:
        """The steps' ids, in the order of the file."""
        return tuple(step.id for step in self.steps)


@dataclass(frozen=True, slots=True)
class Kind:
    """Which keys a kind of step needs and may have; of each group in `one_of` exactly one must be there."""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()


_WHO = ("state", "states")
_COMMON = ("id", "do", "date", "basis")
KINDS: Final[Mapping[str, Kind]] = {
    "accede": Kind(("organization",), ("role",), (_WHO,)),
    "withdraw": Kind(("organization",), (), (_WHO,)),
    "suspend": Kind((), (), (_WHO, ("organization", "treaty"))),
    "observe": Kind(("organization",), (), ((*_WHO, "body"),)),
    "found": Kind(("organization", "members"), ("pledges", "rule")),
    "dissolve": Kind(("organization",)),
    "ratify": Kind(("treaty",), (), (_WHO,)),
    "denounce": Kind(("treaty",), (), (_WHO,)),
    "enact": Kind(("treaty",), ("effects",)),
    "pledge": Kind(("from", "to", "kind"), ("mutual",)),
    "release": Kind(("from", "to", "kind"), ("mutual", "treaty")),
    "deploy": Kind(("host", "personnel"), ("kind", "deployment"), (_WHO,)),
    "remove": Kind((), (), (("deployment", *_WHO),)),
    "cap": Kind(("at_most",), (), (_WHO, ("figure", "host"))),
    "set": Kind(("figure", "value"), (), (_WHO,)),
}
_MAY_ALSO = {"remove": ("host",)}


def load_change(name: str, *, folder: Path | None = None) -> Change:
    """The change called `name`: one that ships, or the path of a file (ending in .yml or .yaml).

    Raises UnknownName with near names, FileError for a file that cannot be read as a change.
    """
    return change_of(parse_table(*change_text(name, folder=folder)))


def change_text(name: str, *, folder: Path | None = None) -> tuple[str, str]:
    """The text of the change called `name`, shipped or a file, and what the file is called. Raises as load_change."""
    if name.endswith((".yml", ".yaml")):
        return read_text(Path(name), name), name
    if name not in SHIPPED:
        raise UnknownName(name, "change", get_close_matches(name, SHIPPED, n=3, cutoff=0.5))
    called = f"changes/{name}.yml"
    return read_text((folder or Path(__file__).parent / "changes") / f"{name}.yml", called), called


def read_change(path: Path, *, called: str = "") -> Change:
    """The change a file describes. Raises FileError naming file, line and field."""
    return change_of(read_table(path, called=called))


def change_of(table: Table) -> Change:
    """The change that a Table describes; raises FileError."""
    table.refuse_unknown(("schema", "name", "title", "description", "sources", "not_expressed", "steps"))
    if table.text("schema", required=True) != SCHEMA:
        raise FileError(f"schema must be {SCHEMA}", where=table.where("schema"))
    if "steps" not in table.values:
        raise FileError("the key 'steps' is missing", where=table.where(), do="write 'steps: []' for no step")
    steps = tuple(_step(one, "") for one in table.tables("steps"))
    _refuse_same_ids(steps, table)
    return Change(
        name=table.text("name", required=True),
        title=table.text("title", required=True),
        description=table.text("description"),
        sources=table.texts("sources"),
        steps=steps,
        not_expressed=table.texts("not_expressed"),
        where=table.file,
    )


def step_of(table: Table) -> Step:
    """One step that a Table describes, with its id; raises FileError."""
    return _step(table, "")


def _refuse_same_ids(steps: tuple[Step, ...], table: Table) -> None:
    seen: dict[str, str] = {}
    for step in steps:
        if step.id in seen:
            raise FileError(f"two steps are called {step.id!r}", where=step.where, do=f"the other: {seen[step.id]}")
        seen[step.id] = step.where


def _step(table: Table, inherited_id: str) -> Step:
    do = table.text("do", required=True)
    if do not in KINDS:
        near = get_close_matches(do, KINDS, n=1) or sorted(KINDS)
        raise FileError(f"no kind of step is called {do!r}", where=table.where("do"), do=f"near: {', '.join(near)}")
    if inherited_id and (do == "enact" or "id" in table.values or "date" in table.values):
        raise FileError("an effect has no id, no date and no effects of its own", where=table.where())
    _check_keys(table, do)
    _check_date(table)
    identity = inherited_id or table.text("id", required=True)
    return Step(
        id=identity,
        do=do,
        where=table.where(),
        date=table.text("date"),
        basis=table.text("basis"),
        states=table.texts("state") + table.texts("states"),
        body=table.text("body"),
        organization=table.text("organization"),
        treaty=table.text("treaty"),
        role=table.text("role"),
        members=table.texts("members"),
        pledges=tuple(_promise(one) for one in table.tables("pledges")),
        rule=table.text("rule"),
        senders=table.texts("from"),
        receivers=table.texts("to"),
        kind=_pledge_kind(table) if do in ("pledge", "release") else table.text("kind"),
        mutual=table.flag("mutual"),
        deployment=table.text("deployment"),
        hosts=table.texts("host"),
        amount=_amount(table, {"deploy": "personnel", "cap": "at_most", "set": "value"}.get(do)),
        figure=table.text("figure"),
        effects=tuple(_step(one, f"{identity}.{n}") for n, one in enumerate(table.tables("effects"), 1)),
    )


def _check_keys(table: Table, do: str) -> None:
    kind = KINDS[do]
    table.refuse_unknown((*_COMMON, *kind.needs, *kind.may, *_MAY_ALSO.get(do, ()), *sum(kind.one_of, ())))
    for key in kind.needs:
        if table.values.get(key) in (None, ()):
            raise FileError(f"{do} needs the key {key!r}", where=table.where(key))
    for group in kind.one_of:
        there = [key for key in group if table.values.get(key) not in (None, ())]
        if len(there) != 1:
            said = f"has both {' and '.join(there)}" if there else "has none"
            raise FileError(f"{do} needs exactly one of {', '.join(group)} and {said}", where=table.where())


def _check_date(table: Table) -> None:
    text = table.text("date")
    if text:
        try:
            date_bounds(text)
        except QuestionError as problem:
            raise FileError(problem.what, where=table.where("date"), do=problem.do) from None


def _pledge_kind(table: Table) -> str:
    kind = table.text("kind", required=True)
    if kind not in PLEDGE_KINDS:
        raise FileError(f"no pledge is of kind {kind!r}", where=table.where("kind"), do=", ".join(PLEDGE_KINDS))
    return kind


def _promise(table: Table) -> Promise:
    table.refuse_unknown(("kind", "among"))
    among = table.texts("among") or ("members",)
    return Promise(_pledge_kind(table), () if among == ("members",) else among)


def _amount(table: Table, key: str | None) -> Estimate | None:
    """A number that is not negative, or an interval `low..high` (best is its middle); at_most is one number."""
    if key is None:
        return None
    value = table.values.get(key)
    ends = value.split("..") if isinstance(value, str) else [value]
    try:
        numbers = [float(str(end)) for end in ends if not isinstance(end, bool)]
    except ValueError:
        numbers = []
    most = 1 if key == "at_most" else 2
    if not 1 <= len(numbers) == len(ends) <= most or not all(math.isfinite(x) and x >= 0 for x in numbers):
        raise FileError(f"{key} must be a number from 0 up, not {value!r}", where=table.where(key))
    if numbers[0] > numbers[-1]:
        raise FileError(f"{key}: {numbers[0]:g} is more than {numbers[-1]:g}", where=table.where(key))
    return Estimate(numbers[0], (numbers[0] + numbers[-1]) / 2, numbers[-1])
