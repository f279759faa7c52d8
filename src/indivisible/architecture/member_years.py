"""A table of state-years: who held a role in an organisation, year by year."""

from __future__ import annotations

from datetime import date

from indivisible.architecture.members import roll_of
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import Truth


def member_years(
    record: Record, organization: str, *, first: int, last: int, role: str = "full", layer: str = "legal"
) -> Table:
    """One row a state and year: the standing on 31 December, and whether it held throughout the year.

    States that held no role in the whole span are left out.
    """
    if last < first:
        raise QuestionError(f"the years end ({last}) before they begin ({first})", do="give --from before --to")
    key = record.resolve(organization, "organization")
    rows = []
    sources: set[str] = set()
    for year in range(first, last + 1):
        opening, closing = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        roll = roll_of(record, key, role, opening, closing, layer=layer)
        for state in sorted(roll.by_holder):
            whole = roll.over(state, opening, closing)
            if whole.truth is Truth.NO:
                continue
            end = roll.on(state, closing)
            sources.update(source for claim in end.claims for source in claim.sources)
            codes = [c for c in record.claims(subject=state, field="cow_code") if c.span.holds(closing) is Truth.YES]
            rows.append(
                {
                    "state": state,
                    "ccode": int(codes[0].value) if codes else None,
                    "year": year,
                    "on_31_december": end.truth.value,
                    "throughout_year": whole.truth.value,
                    "why": whole.why,
                }
            )
    says = f"{len(rows)} state-years of {key} from {first} to {last} (role {role}, layer {layer})."
    about = {"organization": key, "from": first, "to": last, "role": role, "layer": layer}
    recalled = record.recalled_among(sources)
    return Table("member-years/1", about, says, tuple(rows), record.digest, tuple(sorted(sources)), recalled=recalled)
