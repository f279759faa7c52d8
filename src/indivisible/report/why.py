"""Why an answer is as it is: the claims for and against, each with its source and its place in it."""

from __future__ import annotations

from indivisible.architecture.members import roll_of
from indivisible.architecture.standing import RULE, Standing
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import Truth, date_bounds

VERDICT = {Truth.YES: "held", Truth.NO: "did not hold", Truth.UNKNOWN: "may or may not have held"}


def why_members(
    record: Record, organization: str, state: str, *, on: str, role: str = "full", layer: str = "legal"
) -> Table:
    """The claims for and against a state's role in an organisation on a day, and the rule that chose among them."""
    key, holder = record.resolve(organization, "organization"), record.resolve(state, "state")
    first, last = date_bounds(on)
    roll = roll_of(record, key, role, first, last, layer=layer)
    standing = roll.over(holder, first, last)
    bearing = [*roll.by_holder.get(holder, ()), *roll.overlays.get(holder, ()), *roll.complete]
    rows = [_row(record, claim, standing, first, last) for claim in bearing]
    rows.sort(key=lambda row: (ORDER.index(str(row["part"])), str(row["from"])))
    roles = " or ".join(sorted(roll.roles))
    says = f"{record.name_of(holder)} {VERDICT[standing.truth]} the role {roles} in {key} on {on}"
    if standing.why:
        says += f" ({standing.why})"
    if standing.rivals:
        several = "" if len(standing.rivals) == 1 else "s"
        says += f"; {len(standing.rivals)} rival assertion{several} not accepted under the rule {RULE}"
    asked = {"what": "members", "organization": key, "state": holder, "on": on, "layer": layer}
    extra = {"truth": standing.truth.json, "why": standing.why, "rule": RULE}
    sources = tuple(sorted({source for claim in bearing for source in claim.sources}))
    recalled = record.recalled_among(key for claim in standing.claims for key in claim.sources)
    cards = ("part", "on_the_day")
    return Table("why/1", asked, says + ".", tuple(rows), record.digest, sources, extra, cards, recalled)


ORDER = ("decides", "rival", "complete list", "another time")


def _row(record: Record, claim: Claim, standing: Standing, first: int, last: int) -> dict[str, object]:
    if claim.field == "list_complete":
        part = "complete list"
    elif claim in standing.rivals:
        part = "rival"
    elif claim in standing.claims:
        part = "decides"
    else:
        part = "another time"
    return {
        "part": part,
        "on_the_day": claim.span.holds_throughout(first, last).value,
        "role": claim.value,
        "layer": claim.layer or None,
        "from": claim.begin or None,
        "to": claim.end or None,
        "speaker": claim.speaker or None,
        "confidence": claim.confidence,
        "source": "; ".join(f"{key} ({record.sources[key].kind})" for key in claim.sources if key in record.sources),
        "place": claim.place or None,
        "note": claim.note or None,
        "claim": claim.address,
    }
