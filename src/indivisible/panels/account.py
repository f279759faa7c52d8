"""The account of a panel: for each column its source, version, years, rule, and what an empty cell means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indivisible.panels.blocks import Block, Maker, Plan
from indivisible.panels.columns import Column
from indivisible.panels.system import DATASET_OF, PAIR_RULE, SYSTEM_NAMES, SYSTEMS
from indivisible.readers.coverage import windows
from indivisible.readers.dataset import windows_text
from indivisible.readers.home import read_stored

Row = dict[str, Any]
RELEVANCE = {
    "contiguous-or-major": "pairs that are contiguous by land or by at most 400 miles of water, or with a major power",
    "land-or-major": "pairs that touch by land or river, or with a major power",
}


@dataclass(frozen=True, slots=True)
class ColumnAccount:
    """What one column of the table is."""

    column: str
    type: str
    dataset: str
    version: str
    coverage: str
    rule: str
    absent: str
    known: int

    def row(self) -> Row:
        """As a row of a table."""
        return {
            "column": self.column,
            "type": self.type,
            "dataset": self.dataset,
            "version": self.version,
            "coverage": self.coverage,
            "rule": self.rule,
            "absent": self.absent,
            "known": self.known,
        }

    def line(self, rows: int) -> str:
        """As a line of text."""
        source = f"{self.dataset} {self.version}".strip()
        years = f", {self.coverage}" if self.coverage else ""
        return (
            f"{self.column}: {source}{years}. {self.rule}. Absent: {self.absent}. Known in {self.known:,} of {rows:,}."
        )


@dataclass(frozen=True, slots=True)
class Account:
    """A panel in figures."""

    rows: int
    states: int
    first: int
    last: int
    known_to: int
    carried: int
    ambiguous: int
    columns: tuple[ColumnAccount, ...]
    notes: Counter[str]
    head: list[Row]


class Tally:
    """Counts a panel while its blocks go by."""

    def __init__(self, maker: Maker, head: int) -> None:
        self.maker, self.wanted = maker, head
        self.rows = 0
        self.codes: set[int] = set()
        self.known: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.types: dict[str, str] = {}
        self.columns: dict[str, Column] = {}
        self.head: list[Row] = []

    def add(self, block: Block) -> None:
        """Count one block."""
        frame = block.frame
        self.rows += frame.height
        code = SYSTEMS[self.maker.plan.system]
        for name in (code, f"{code}1", f"{code}2"):
            if name in frame.columns:
                self.codes.update(np.unique(frame[name].to_numpy()).tolist())
        for series in frame:
            self.known[series.name] += len(series) - series.null_count()
            self.types[series.name] = str(series.dtype)
        self.columns.update(block.columns)
        self.notes.update(block.notes)
        if len(self.head) < self.wanted:
            self.head += frame.head(self.wanted - len(self.head)).to_dicts()

    def done(self) -> Account:
        """The account of all blocks so far."""
        states, plan = self.maker.states, self.maker.plan
        return Account(
            rows=self.rows,
            states=len(self.codes),
            first=max(plan.first, states.first),
            last=states.last,
            known_to=states.known_to,
            carried=max(0, states.last - max(states.known_to, plan.first - 1)),
            ambiguous=states.ambiguous,
            columns=tuple(self._column(name) for name in self.types),
            notes=self.notes,
            head=self.head,
        )

    def _column(self, name: str) -> ColumnAccount:
        plan, column = self.maker.plan, self.columns.get(name)
        if column is None:
            dataset, rule, absent = DATASET_OF[plan.system], "a member on some day of the year", "never"
        else:
            dataset, rule, absent = column.dataset, column.rule, column.absent
        version, coverage = _version(dataset, plan.home)
        return ColumnAccount(name, self.types[name], dataset, version, coverage, rule, absent, self.known[name])


def _version(dataset: str, home: Path | None) -> tuple[str, str]:
    if dataset == "record":
        from indivisible.record.load import load

        return load().digest, ""
    stored = read_stored(dataset, home)
    return "" if stored is None else stored.version, windows_text(windows(dataset, home=home))


def account_of(maker: Maker, plan: Plan, rows: int, head: int) -> Account:
    """Make the panel once, block by block, and count it."""
    tally = Tally(maker, head)
    for block in maker.blocks(rows):
        tally.add(block)
    return tally.done()


def title(plan: Plan) -> str:
    """What the table is, in a line for a file that has room for one."""
    unit = f"{'directed' if plan.directed else 'undirected'} dyad-years" if plan.pairs else "state-years"
    return f"{unit[0].upper()}{unit[1:]}, {SYSTEM_NAMES[plan.system]} system, asked for {plan.first} to {plan.last}"


def described(plan: Plan, account: Account) -> Row:
    """What was asked for, as JSON values."""
    return {
        "unit": "dyad-years" if plan.pairs else "state-years",
        "directed": plan.directed if plan.pairs else None,
        "years_asked": [plan.first, plan.last],
        "system": plan.system,
        "system_known_to": account.known_to,
        "system_carried_forward": plan.carry,
        "years_carried": account.carried,
        "crosswalk": plan.crosswalk,
        "relevant": plan.relevant,
        "gaps": plan.gaps if "peace-years" in plan.joined else None,
        "powers": plan.powers if "peace-years" in plan.joined else None,
        "joined": list(plan.joined),
        "keys": list(plan.keys),
    }


def note_lines(plan: Plan, account: Account) -> Iterator[str]:
    """What a reader of the table has to know, one sentence each."""
    if plan.pairs:
        yield f"Pairs: {PAIR_RULE[plan.system]}."
    if account.carried:
        first = account.last - account.carried + 1
        yield f"System: {first} to {account.last} repeat the members of {account.known_to}, as asked for."
    if account.last < plan.last:
        yield f"System: known to {account.known_to}; the years to {plan.last} have no rows."
    if plan.crosswalk is not None:
        yield f"Crosswalk {plan.crosswalk}: {account.ambiguous} state-years of it have several codes; " + (
            "the equal code is taken, else the lowest."
        )
    if plan.relevant is not None:
        yield f"Relevance {plan.relevant}: {RELEVANCE[plan.relevant]}."
    for note, count in sorted(account.notes.items()):
        yield f"{note}: {count:,}."
