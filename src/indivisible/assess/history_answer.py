"""Year by year what a model says of the system of states: the rows, what is not known and why, and the limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indivisible.assess.assessment import plain_numbers
from indivisible.assess.history_measures import YearMeasure
from indivisible.assess.words import listed
from indivisible.models.base import Value
from indivisible.panels.measured import spans_text

SCHEMA = "history/1"
SLOW = "it takes long for every year in this model: name it with --measure, or ask `indivisible spillover` for one day"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """The years in which a measure is not known, for one reason; `output` is which reading of the model, of several."""

    measure: str
    output: str
    why: str
    years: tuple[int, ...]

    @property
    def name(self) -> str:
        """The measure, and in which reading of the model."""
        return f"{self.measure} ({self.output})" if self.output else self.measure


@dataclass(frozen=True)
class History:
    """A model over years; one row a year. `last` is the last year asked for, `done` the last reckoned.

    Where the model has several readings side by side, the columns of each end in its name.
    """

    model: str
    outputs: tuple[str, ...]
    parameters: tuple[Mapping[str, Value], ...]
    first: int
    last: int
    done: int
    measures: tuple[YearMeasure, ...]
    body: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    carried: tuple[int, ...]
    choices: Mapping[str, Value]
    data: Mapping[str, str]
    record: str
    version: str

    @property
    def interrupted(self) -> bool:
        """Whether it was stopped before the last year."""
        return self.done < self.last

    @property
    def exit_code(self) -> int:
        """1 where it was interrupted: what there is, is whole, but there is not all of it."""
        return int(self.interrupted)

    def to_dict(self) -> Row:
        """The JSON shape history/1."""
        plain: Row = plain_numbers({
            "schema": SCHEMA,
            "model": self.model,
            "outputs": [one or None for one in self.outputs],
            "parameters": [dict(one) for one in self.parameters],
            "years": [self.first, self.last],
            "done": self.done,
            "interrupted": self.interrupted,
            "power": "cinc",
            "choices": dict(self.choices),
            "data": dict(self.data),
            "record": self.record,
            "version": self.version,
            "measures": [
                {"measure": one.name, "columns": list(self.columns(one)), "of_model": one.of_model, "says": one.says,
                 "cannot_say": one.cannot}
                for one in self.measures
            ],
            "not_known": [
                {"measure": gap.measure, "output": gap.output or None, "years": list(gap.years), "why": gap.why}
                for gap in self.gaps
            ],
            "states_carried_forward": list(self.carried),
            "rows": list(self.body),
        })  # fmt: skip
        return plain

    def columns(self, measure: YearMeasure) -> tuple[str, ...]:
        """The columns of a measure, once for each reading of the model where it is the model's."""
        outputs: Sequence[str] = self.outputs if measure.of_model else ("",)
        return tuple(column_of(name, output) for output in outputs for name in measure.columns)

    def sentence(self) -> str:
        """What was reckoned, over which years, from what."""
        span = f"{self.first} to {self.done}" if self.done > self.first else str(self.first)
        told = f"{self.model}, {span}: {', '.join(one.name for one in self.measures)}, year by year from imported data"
        if self.interrupted:
            told += f"; interrupted, so the years {self.done + 1} to {self.last} are missing"
        return f"{told}."

    def says(self) -> Iterator[str]:
        """The first and last known value of every measure, what it is and cannot say; then what is not known."""
        for one in self.measures:
            yield f"{one.name}: {'; '.join(self._ends(one)) or 'not known in any year'}"
            yield f"  It is {one.says}. It cannot say {one.cannot}."
        yield from self.missing()
        if self.carried:
            yield f"The list of states ends before {self.carried[0]}; {spans_text(self.carried)} repeat its last one."

    def missing(self) -> Iterator[str]:
        """What is not known and why, measures with the same years and reason in one sentence."""
        groups: dict[tuple[tuple[int, ...], str], list[str]] = {}
        for gap in self.gaps:
            groups.setdefault((gap.years, gap.why), []).append(gap.name)
        for (years, why), names in groups.items():
            said = "left out" if why == SLOW else "not known"
            yield f"{listed(names)}: {said} {spans_text(years)} ({why})."

    def _ends(self, measure: YearMeasure) -> Iterator[str]:
        columns = self.columns(measure)
        for column in columns[:: len(measure.columns)] if len(self.outputs) > 1 else columns:
            known = [(row["year"], row[column]) for row in self.body if row.get(column) is not None]
            if known and isinstance(known[0][1], (int, float)) and not column.startswith("people_not_known"):
                name = column.replace("_", " ")
                (first, then), (last, now) = known[0], known[-1]
                yield f"{name} {then:.3g} in {first}" + (f", {now:.3g} in {last}" if last > first else "")

    def rows(self) -> list[Row]:
        """One row a year."""
        return list(self.body)

    def sources(self) -> tuple[str, ...]:
        """Names of the datasets that were read."""
        return tuple(sorted(self.data))

    def cite(self) -> str:
        """BibTeX of the datasets."""
        from indivisible.readers.reference import bibtex

        return bibtex(self.sources())


def column_of(name: str, output: str) -> str:
    """The column of a measure in one reading of the model."""
    return f"{name}_{output.replace(' ', '_')}" if output else name
