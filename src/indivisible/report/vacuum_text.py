"""Coverage and vacuum on the terminal: by domain, few pairs in full, who is under no pledge, what would close most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from indivisible.architecture.duties import DOMAINS
from indivisible.assess.vacuum_answer import Vacuum
from indivisible.record.record import Record
from indivisible.report.terminal import print_table

MOST_PAIRS = 3  # told cell by cell
MOST_STATES = 8  # with the most open cells
MOST_NAMES = 12  # in one line


class VacuumAnswer:
    """A coverage table in the shape of every answer, with its own way to the terminal and to a page."""

    def __init__(self, vacuum: Vacuum, record: Record) -> None:
        self.vacuum = vacuum
        self._record = record

    def __getattr__(self, name: str) -> Any:
        return getattr(self.vacuum, name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape vacuum/1."""
        return self.vacuum.to_dict()

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        return self.vacuum.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """One row a pair and domain."""
        return self.vacuum.rows()

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return self.vacuum.sources()

    def to_html(self) -> str:
        """One self-contained page."""
        from indivisible.report.vacuum_html import page

        return page(self.vacuum, self._record.sources)

    def show(self) -> None:
        """Print it."""
        show_vacuum(self.vacuum)


def show_vacuum(vacuum: Vacuum) -> None:
    """Print a coverage table: the counts, few pairs in full, the states with most open cells, pledges, links."""
    print(vacuum.sentence())
    print_table(domain_rows(vacuum))
    if len(vacuum.pairs.pairs) <= MOST_PAIRS and vacuum.known:
        _show_cells(vacuum)
    elif vacuum.known:
        _show_states(vacuum)
    for line in pledge_lines(vacuum) if "defence" in vacuum.domains else ():
        print(line)
    _show_links(vacuum)
    print()
    for line in notes(vacuum):
        print(line)


def domain_rows(vacuum: Vacuum) -> list[dict[str, Any]]:
    """The counts of every domain, and of all where there are several, in words."""
    several = len(vacuum.domains) > 1
    return [
        {
            "domain": DOMAINS.get(row["domain"], "all domains"),
            "legal": row["legal"],
            "political only": row["political"],
            "none": row["none"],
            "unknown": row["unknown"],
            "open": row["open"],
            "not known": row["not_known"],
        }
        for row in vacuum.counts
        if several or row["domain"] != "all"
    ]


def _show_cells(vacuum: Vacuum) -> None:
    said = [f"{one.duty.says}, {one.duty.binding}" for one in vacuum.owed]
    for one, other in vacuum.pairs.pairs:
        print(f"\n{_named(vacuum, one)} and {_named(vacuum, other)}{_because(vacuum, one, other)}")
        rows = []
        for cell in vacuum.cells:
            if (cell.one, cell.other) == (one, other):
                doubt = cell.level == "unknown" and cell.at_least != "none"
                level = f"unknown, at least {cell.at_least}" if doubt else cell.level
                texts = {"by": cell.by, "perhaps": cell.perhaps, "not in effect": cell.idle}
                told = {name: "; ".join(said[n] for n in numbers) or None for name, numbers in texts.items()}
                rows.append({"domain": DOMAINS[cell.domain], "duty": level, **told})
        print_table(rows)


def _named(vacuum: Vacuum, state: str) -> str:
    return f"{vacuum.names.get(state, state)} ({state})"


def _because(vacuum: Vacuum, one: str, other: str) -> str:
    why = vacuum.pairs.reasons.get((one, other), ())
    return f" ({'; '.join(why)})" if why else ""


def _show_states(vacuum: Vacuum) -> None:
    most = [row for row in vacuum.by_state if row["open"]][:MOST_STATES]
    if most:
        print("\nStates with the most open cells")
        print_table([{"state": row["state"], "name": row["name"], "pairs": row["pairs"], "open": row["open"],
                      "not known": row["not_known"]} for row in most])  # fmt: skip


def pledge_lines(vacuum: Vacuum) -> Iterator[str]:
    """For each kind of pledge, to whom nobody has made it."""
    for one in vacuum.unpledged:
        doubt = f"; not known of {named(one.unsure)}" if one.unsure else ""
        if not one.states:
            yield f"{one.kind.capitalize()} has been pledged to every one of them{doubt}."
        elif len(one.states) == len(vacuum.states):
            yield f"Nobody has pledged {one.kind} to any of them."
        else:
            yield f"Nobody has pledged {one.kind} to {named(one.states)}{doubt}."


def named(words: Sequence[str]) -> str:
    """A list of words, cut short with how many more there are."""
    if len(words) <= MOST_NAMES:
        return ", ".join(words)
    return f"{', '.join(words[:MOST_NAMES])} and {len(words) - MOST_NAMES} more"


def _show_links(vacuum: Vacuum) -> None:
    links = vacuum.links
    if links is None:
        return
    tried = ", ".join(f"{count:,} {_PLURAL[kind]}" for kind, count in links.tried.items())
    if not links.ranking:
        if any(links.tried.values()) and not any(links.closing.values()):
            print(f"\nNo single interconnection closes anything ({tried} tried)")
        return
    print(f"\nSingle interconnections that would close most ({tried} tried)")
    rows = [
        {
            "": number,
            "interconnection": link.says,
            "closes": link.closes,
            "in": ", ".join(f"{DOMAINS[domain]} {count}" for domain, count in link.by_domain.items()),
        }
        for number, link in enumerate(links.ranking, 1)
    ]
    print_table(rows)
    for line in best_lines(vacuum):
        print(line)


def best_lines(vacuum: Vacuum) -> Iterator[str]:
    """For each kind of interconnection the one that would close most, or that none closes anything."""
    for kind, link in (vacuum.links.best if vacuum.links is not None else {}).items():
        if link is not None:
            yield f"The {_ONE[kind]} that would close most: {link.says} ({link.closes:,})."
        elif vacuum.links is not None and vacuum.links.tried[kind]:
            yield f"No {_ONE[kind]} would close anything."


_ONE = {"membership": "membership", "observer": "observer seat", "agreement": "agreement of two organisations"}
_PLURAL = {"membership": "memberships", "observer": "observer seats", "agreement": "agreements of two organisations"}


def notes(vacuum: Vacuum) -> Iterator[str]:
    """What the table counts and what it takes for granted, a sentence a line."""
    yield f"Pairs: {'; '.join(vacuum.pairs.rules)}."
    yield (
        "None means that no text in this record gives both sides a duty, not that there is none; "
        "unknown is never counted as none."
    )
    if vacuum.layer == "participation":
        yield (
            "A text that a side has suspended closes nothing, nor does a duty to consult or notify with a member that "
            "the meetings leave out; --layer legal counts both."
        )
    else:
        yield "By law alone: what a side has suspended, and meetings it is left out of, still count."
    if vacuum.left_out:
        yield f"Left out as universal (--with-universal counts them): {', '.join(vacuum.left_out)}."
    if vacuum.not_complete:
        treaties = ", ".join(vacuum.not_complete)
        yield f"Treaties that count, of which the record may not know every party: {treaties}."
    if vacuum.unsure_members:
        yield f"Whether these are members is not known: {', '.join(vacuum.unsure_members)}."
    for said in vacuum.links.assumptions if vacuum.links is not None else ():
        yield f"{said[0].upper()}{said[1:]}."
