"""A table of state-years or of pairs of states and years, with its own account of where every column comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indivisible.panels.account import Account, account_of, described, note_lines
from indivisible.panels.blocks import FIRST_YEAR, Maker, Plan, maker_of
from indivisible.panels.joins import join, ordered
from indivisible.panels.keys import check_keys
from indivisible.panels.needed import need
from indivisible.panels.system import DATASET_OF, SYSTEM_NAMES

if TYPE_CHECKING:
    import polars as pl

BLOCK_ROWS = 500_000
FIRST_ROWS = 10
Row = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """A panel that is made when it is asked for: `with_` adds columns, `frame` makes it, `write` streams it."""

    plan: Plan

    def with_(self, *names: str) -> Panel:
        """The panel with more columns, by the names of `panels.joins.JOINS`; QuestionError for an unknown one."""
        joined = ordered((*self.plan.joined, *names), pairs=self.plan.pairs)
        return Panel(replace(self.plan, joined=joined))

    def keyed(self, *keys: str) -> Panel:
        """The panel with other keys of the states beside the codes: `iso3c`, `state` (our own)."""
        check_keys(keys)
        return Panel(replace(self.plan, keys=tuple(dict.fromkeys((*self.plan.keys, *keys)))))

    def frame(self) -> pl.DataFrame:
        """The whole table in memory, sorted by year and codes. Raises MissingData for a source not imported."""
        (block,) = self._maker().blocks(None)
        return block.frame

    def frames(self, rows: int = BLOCK_ROWS) -> Iterator[pl.DataFrame]:
        """The table in blocks of whole years, about `rows` rows each: for what does not fit into memory."""
        for block in self._maker().blocks(rows):
            yield block.frame

    def write(self, path: str | PathLike[str]) -> Path:
        """Write the table, block by block, to a .parquet, .csv or .dta file; the older file stays until it is whole.

        A Parquet file carries the account of the table in its metadata. Raises FileError for another ending.
        """
        from indivisible.panels.files import write_panel

        account = write_panel(self._maker(), Path(path), self._to_dict, FIRST_ROWS)
        self.__dict__["account"] = account  # counted while writing: not to be made a second time
        return Path(path)

    @cached_property
    def account(self) -> Account:
        """Rows, states, and for each column source, version, years, rule and number of known values."""
        return account_of(self._maker(), self.plan, BLOCK_ROWS, FIRST_ROWS)

    def to_dict(self) -> Row:
        """`{"schema": "panel/1", ...}`: what the table is, counts, the account, and its first rows only."""
        return self._to_dict(self.account)

    def rows(self) -> list[Row]:
        """The account, a row a column."""
        return [column.row() for column in self.account.columns]

    def describe(self) -> str:
        """The account as text, for people."""
        account = self.account
        lines = [self.sentence(), ""]
        lines += [f"  {line}" for line in note_lines(self.plan, account)]
        lines += ["", *(column.line(account.rows) for column in account.columns)]
        return "\n".join(lines) + "\n"

    def sentence(self) -> str:
        """How many rows of what, and what is not in it."""
        return _sentence(self.plan, self.account)

    def sources(self) -> tuple[str, ...]:
        """The datasets that the columns were read from."""
        used = {DATASET_OF[self.plan.system], *(d for name in self.plan.joined for d in join(name).datasets)}
        if self.plan.crosswalk is not None:
            used.add("gw_system")
        if self.plan.relevant is not None:
            used |= {"cow_contiguity_years", "cow_majors"}
        return tuple(sorted(used))

    def cite(self) -> str:
        """BibTeX of exactly what was used; what is not imported cannot have been used."""
        from indivisible.readers.reference import bibtex

        entries = bibtex(self.sources())
        if not self.plan.keys:
            return entries
        from indivisible.record.cite import bibtex as of_record
        from indivisible.record.load import load

        return f"{entries}\n{of_record(load(), self._key_sources())}\n"

    def _key_sources(self) -> Iterable[str]:
        from indivisible.panels.keys import FIELD
        from indivisible.record.load import load

        fields = [FIELD[self.plan.system], *(["iso3"] if "iso3c" in self.plan.keys else [])]
        return {source for name in fields for claim in load().claims(field=name) for source in claim.sources}

    def _to_dict(self, account: Account) -> Row:
        return {
            "schema": "panel/1",
            "sentence": _sentence(self.plan, account),
            "description": described(self.plan, account),
            "rows": account.rows,
            "states": account.states,
            "years": [account.first, account.last],
            "notes": list(note_lines(self.plan, account)),
            "counts": dict(sorted(account.notes.items())),
            "columns": [column.row() for column in account.columns],
            "first_rows": account.head,
        }

    def _maker(self) -> Maker:
        need(self.sources(), home=self.plan.home)
        return maker_of(self.plan)


def _sentence(plan: Plan, account: Account) -> str:
    unit = f"{'directed' if plan.directed else 'undirected'} dyad-years" if plan.pairs else "state-years"
    known = f"the system is known from {FIRST_YEAR} to {account.known_to}"
    if not account.rows:
        return f"No {unit} of the {SYSTEM_NAMES[plan.system]} system from {plan.first} to {plan.last}: {known}."
    span = f"{account.first} to {account.last}" if account.first < account.last else str(account.first)
    says = f"{account.rows:,} {unit} of the {SYSTEM_NAMES[plan.system]} system, {span}"
    if account.carried:
        years = "year repeats" if account.carried == 1 else "years repeat"
        says += f"; its last {account.carried} {years} the system of {account.known_to}"
    if account.last < plan.last:
        says += f"; the system is known to {account.known_to} only"
        says += " (to repeat it: --carry-system, in Python carry_system=True)"
    return says + "."
