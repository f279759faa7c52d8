"""A table of state-years: the status of a treaty for every state that has a tie to it, year by year."""

from __future__ import annotations

from datetime import date

from indivisible.architecture.treaties import party_key, treaty
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import Truth


def treaty_years(record: Record, name: str, *, first: int, last: int, state: str | None = None) -> Table:
    """One row a state and year: the status on 31 December on both layers; states without a tie are left out."""
    if last < first:
        raise QuestionError(f"the years end ({last}) before they begin ({first})", do="give --from before --to")
    key = record.resolve(name, "treaty")
    states = [party_key(record, state)] if state else _tied(record, key)
    rows = []
    sources: set[str] = set()
    for year in range(first, last + 1):
        closing = date(year, 12, 31)
        for one in states:
            answer = treaty(record, key, on=closing.isoformat(), state=one)
            said = answer.to_dict()
            if said["status"] == "none" and state is None:
                continue
            sources.update(answer.sources())
            codes = record.claims(subject=one, field="cow_code")
            code = [c.value for c in codes if c.span.holds(closing.toordinal()) is Truth.YES]
            rows.append(
                {
                    "state": one,
                    "ccode": int(code[0]) if code else None,
                    "year": year,
                    "status": said["status"],
                    "legal": said["legal"],
                    "participation": said["participation"],
                    "since": said["since"],
                }
            )
    says = f"{len(rows)} state-years of {key} from {first} to {last}, as of 31 December."
    about = {"treaty": key, "from": first, "to": last, "state": states[0] if state else None}
    recalled = record.recalled_among(sources)
    return Table("treaty-years/1", about, says, tuple(rows), record.digest, tuple(sorted(sources)), recalled=recalled)


def _tied(record: Record, treaty_key: str) -> list[str]:
    states = set(record.entities("state"))
    return sorted({claim.subject for claim in record.claims(field="act", object=treaty_key)} & states)
