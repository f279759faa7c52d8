"""The stability of a network on the terminal: the verdict, then who is exposed, by which pledge, and which is idle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from indivisible.assess.stability_report import Row, Stability
from indivisible.assess.words import counted, value_text
from indivisible.record.cite import bibtex
from indivisible.record.record import Record
from indivisible.report.files import html_table
from indivisible.report.terminal import print_table
from indivisible.values import Truth

MOST_STATES = 40  # each with a line of its own; more are told by who leads against them
MOST_PLEDGES = 20  # groups of missing ones; more are counted
MOST_NEEDED = 3  # pledges of a state that are told by name
MOST_NAMED = 8  # members of a coalition that are told by name


class StabilityAnswer:
    """The stability of a network in the shape of every answer, with its own way to the terminal."""

    def __init__(self, found: Stability, record: Record) -> None:
        self.found = found
        self._record = record

    def __getattr__(self, name: str) -> Any:
        return getattr(self.found, name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape stability/1."""
        return self.found.to_dict()

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        return self.found.sentence()

    def rows(self) -> list[Row]:
        """One row for each attack, each exposed state of a missing pledge, each end of a pledge."""
        return self.found.rows()

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return self.found.sources()

    def cite(self) -> str:
        """BibTeX of the record's sources, and of the imported data that were used."""
        from indivisible.readers.reference import bibtex as of_data

        cited = bibtex(self._record, self.found.sources())
        return "\n\n".join([cited, of_data(self.found.data).rstrip()]) if self.found.data else cited

    def to_html(self) -> str:
        """One page: of the attacks on a state only the strongest; all of them are for other formats."""
        return html_table(_Strongest(self))

    def show(self) -> None:
        """Print it."""
        for part in (self.head(), self.attacks(), self.missing(), self.pledges()):
            for line in part:
                if isinstance(line, str):
                    print(line)
                else:
                    print_table(line)
        print(f"\nRecord {self.found.record}. Every attack and pledge: --json, or --out stability.csv")

    def head(self) -> Iterator[str]:
        """The verdict and what it takes for granted."""
        yield self.sentence()
        constants = ", ".join(f"{name} {value_text(value)}" for name, value in sorted(self.found.parameters.items()))
        yield f"Power measured by {self.found.power}; {constants}."
        yield f"Taken for granted: {self.found.assumes}."
        trade = self.found.trade
        if trade is not None:
            yield (
                f"Trade of {trade.year} ({trade.to_dict()['dataset']} {trade.version}): a pledge is worth to a state "
                f"the share of its recorded trade that it has with the other, less {trade.cost:g}."
            )
            yield f"Taken for granted: {trade.to_dict()['assumes']}."

    def attacks(self) -> Iterator[str | list[Row]]:
        """S1."""
        deciding = self.found.deciding()
        safe = self.found.vulnerable(Truth.NO)
        perhaps = len(self.found.vulnerable(Truth.UNKNOWN))
        line = f"{len(self.found.vulnerable(Truth.YES))} {self._who()} vulnerable, {len(safe)} safe whoever leads"
        yield f"\nS1, nobody can be attacked: {_said(self.found.found.s1)}."
        yield line + (f", {perhaps} not known." if perhaps else ".")
        leaders = Counter(one.state for one in self.found.attacks())
        states = self.found.found.states
        if deciding and len(deciding) <= MOST_STATES:
            yield [
                {
                    "vulnerable": state,
                    "": "" if one.feasible is Truth.YES else "perhaps",
                    "strongest attack led by": states[one.leader],
                    "with": _told([states[k] for k in one.members if k != one.leader]),
                    "attack / defence": one.attack[1] / one.defence[0] if one.defence[0] else None,
                    "others that could lead one": leaders[one.state] - 1,
                }
                for state, one in sorted(deciding.items())
            ]
        elif deciding:
            by: dict[str, list[str]] = {}
            for state, one in sorted(deciding.items()):
                by.setdefault(states[one.leader], []).append(state + ("" if one.feasible is Truth.YES else "?"))
            yield [
                {"strongest attack led by": leader, "on": len(found), "states": found}
                for leader, found in sorted(by.items(), key=lambda pair: (-len(pair[1]), pair[0]))
            ]
        if safe and deciding:
            yield f"Safe: {', '.join(safe)}."

    def missing(self) -> Iterator[str | list[Row]]:
        """S2."""
        counts, rows = self.found.counts(), self.found.missing
        yield f"\nS2, no missing pledge would be exploited: {_said(self.found.found.s2)}."
        usable = counts["exploitable"]
        whom = "somebody" if self.found.among is None else "a state reported on"
        line = f"{usable['yes']} of {counts['missing_pledges']} missing pledges would let their two ends attack {whom}"
        line += f" together ({usable['unknown']} more perhaps)" if usable["unknown"] else " together"
        exposing = counts["exposing"]
        line += f"; {exposing['yes'] or 'none'} would expose one that nobody can attack now"
        yield line + (f" ({exposing['unknown']} more perhaps)." if exposing["unknown"] else ".")
        wanted = [row["pledge"] for row in rows if row.get("wanted") is True]
        if self.found.trade is not None:
            yield f"{len(wanted)} would be worth their cost in trade to both ends: {_few(wanted) or 'none'}."
        groups = _by_exposed(rows)
        if groups:
            yield groups[:MOST_PLEDGES]
            if len(groups) > MOST_PLEDGES:
                yield f"{counted(len(groups) - MOST_PLEDGES, 'more group')} of such pledges: --json or --out."

    def pledges(self) -> Iterator[str | list[Row]]:
        """S3."""
        rows = self.found.pledges
        yield f"\nS3, no pledge is idle: {_said(self.found.found.s3)}."
        if not rows:
            return
        idle = [row for row in rows if row["idle"] is True]
        open_ = sum(row["idle"] is None for row in rows)
        line = f"{len(idle)} of {len(rows)} ends are idle: the state would not be vulnerable without that pledge"
        line += ", nor loses trade worth its cost" if self.found.trade is not None else ""
        yield line + (f"; of {open_} that is not known." if open_ else ".")
        held, unused = Counter(row["state"] for row in rows), Counter(row["state"] for row in idle)
        every = [state for state in sorted(held) if unused[state] == held[state]]
        if every:
            yield f"All pledges idle ({counted(len(every), 'state')}): {', '.join(every)}."
        needed: dict[str, list[str]] = {}
        for state in sorted(held):
            if 0 < unused[state] < held[state]:
                kept = [_other(row) for row in rows if row["state"] == state and row["idle"] is not True]
                named = ", ".join(kept) if len(kept) <= MOST_NEEDED else f"{len(kept)} others"
                needed.setdefault(named, []).append(state)
        if needed:
            yield [
                {"all idle but the pledge with": named, "for": len(states), "states": states}
                for named, states in sorted(needed.items(), key=lambda pair: (-len(pair[1]), pair[0]))
            ]
        bare = sorted(set(held) - set(unused))
        if bare:
            why = "" if self.found.trade is not None else ", because vulnerable without any one of them"
            yield f"No pledge idle{why} ({counted(len(bare), 'state')}): {_few(bare)}."

    def _who(self) -> str:
        return (
            "states are"
            if self.found.among is None
            else f"of {counted(len(self.found.reported), 'state')} reported on are"
        )


class _Strongest:
    """The same answer without the attacks that a stronger one on the same state outdoes."""

    def __init__(self, answer: StabilityAnswer) -> None:
        self.to_dict, self.sentence, self.sources = answer.to_dict, answer.sentence, answer.sources
        self._rows = answer.rows

    def rows(self) -> list[Row]:
        return [
            {name: value for name, value in row.items() if name != "deciding"}
            for row in self._rows()
            if row["deciding"] is not False
        ]


def _by_exposed(rows: list[Row]) -> list[Row]:
    """Missing pledges that would expose the same states, together; those that expose most first."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for row in rows:
        if row["exposes"] or row["may_expose"]:
            groups.setdefault((tuple(row["exposes"]), tuple(row["may_expose"])), []).append(row["pledge"])
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[0][0]), -len(pair[1]), pair[1][0]))
    return [
        {
            "pledges": len(pledges),
            "missing pledge": pledges,
            "exposes": list(sure) or None,
            "perhaps": list(maybe) or None,
        }
        for (sure, maybe), pledges in ranked
    ]


def _other(row: Row) -> str:
    return next(state for state in str(row["pledge"]).split("-") if state != row["state"])


def _told(states: list[str]) -> list[str] | str:
    return states if len(states) <= MOST_NAMED else f"{len(states)} others"


def _few(states: list[str]) -> str:
    rest = len(states) - MOST_STATES
    return ", ".join(states[:MOST_STATES]) + (f" and {rest} more" if rest > 0 else "")


def _said(answer: Truth) -> str:
    return {Truth.YES: "holds", Truth.NO: "does not hold", Truth.UNKNOWN: "not known"}[answer]
