"""All that the record says of one state on one day: roles, treaties, pledges, deployments, figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indivisible.architecture.architecture import Architecture, Pledge
from indivisible.architecture.members import roles_of
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.treaties import treaty
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import Estimate, Truth, day_of, iso


def state(record: Record, name: str, *, on: str) -> Table:
    """Memberships, treaties, pledges made to it and by it, deployments and figures of a state on one exact day.

    Pledges stand one row a kind, treaty and article, with the states on the other side.
    """
    key = record.resolve(name, "state")
    day = day_of(on)
    page = _Page(record)
    for organization, role, standing in roles_of(record, key, day, day):
        begin = standing.claims[0].begin if standing.claims else None
        addresses = tuple(claim.address for claim in standing.claims)
        why = "" if standing.why is None else f", {standing.why}"
        page.add("membership", organization, role + why, begin, addresses, standing.truth is Truth.YES)
    for text in sorted({claim.object for claim in record.claims(subject=key, field="act")}):
        answer = treaty(record, text, on=on, state=key).to_dict()
        if answer["status"] != "none":
            acts = tuple(claim.address for claim in record.claims(subject=key, field="act", object=text))
            page.add("treaty", text, answer["status"], answer["since"], acts, answer["status"] != "unknown")
    says = f"{record.name_of(key)} on {on}: "
    if day < record.known_to:
        _bound(as_of(record, day), key, page)
        says += f"{page.count('membership')} roles in organisations, {page.count('treaty')} treaties and texts, "
        says += f"{page.count('pledged to it')} articles that pledge something to it and "
        says += f"{page.count('pledged by it')} by which it pledges something, {page.count('deployment')} deployments, "
        says += f"{page.count('figure')} figures."
    else:
        says += f"the record is known only to {iso(record.known_to - 1)}; answers past that day are unknown."
    sources = tuple(sorted(page.sources))
    recalled = record.recalled_among(sources)
    return Table("state/1", {"state": key, "on": on}, says, tuple(page.rows), record.digest, sources, recalled=recalled)


class _Page:
    """The rows under way, and the sources they rest on."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.rows: list[dict[str, Any]] = []
        self.sources: set[str] = set()

    def add(
        self, section: str, what: str, detail: str | None, value: str | None, addresses: tuple[str, ...], certain: bool
    ) -> None:
        claims = [self.record.at(address) for address in addresses]
        self.sources.update(key for claim in claims for key in claim.sources)
        row = {"section": section, "what": what, "detail": detail, "value": value, "certain": certain}
        first = claims[0] if claims else None
        row |= {"confidence": first.confidence if first else None, "claim": first.address if first else None}
        self.rows.append(row)

    def count(self, section: str) -> int:
        return sum(row["section"] == section for row in self.rows)


def _bound(snapshot: Architecture, key: str, page: _Page) -> None:
    _pledged(((p, p.sender) for p in snapshot.pledges if p.receiver == key), "pledged to it", page)
    _pledged(((p, p.receiver) for p in snapshot.pledges if p.sender == key), "pledged by it", page)
    for deployment in snapshot.deployments:
        if key in (deployment.sender, deployment.host):
            where = f"{deployment.sender} in {deployment.host}"
            number = figure_text(deployment.personnel)
            page.add("deployment", where, deployment.kind, number, deployment.claims, deployment.certain)
    for (state_key, field), figure in sorted(snapshot.figures.items()):
        if state_key == key:
            value = figure_text(figure.estimate)
            page.add("figure", field, str(figure.year), value, figure.claims, figure.estimate.known)


def _pledged(pledges: Iterable[tuple[Pledge, str]], section: str, page: _Page) -> None:
    groups: dict[tuple[str, str, str, bool], list[tuple[str, Pledge]]] = {}
    for pledge, other in pledges:
        groups.setdefault((pledge.kind, pledge.treaty, pledge.article, pledge.certain), []).append((other, pledge))
    for (kind, text, article, certain), found in sorted(groups.items()):
        states = ", ".join(sorted(other for other, _ in found))
        page.add(section, f"{text} {article}".strip(), states, kind, found[0][1].claims, certain)


def figure_text(estimate: Estimate) -> str:
    """A figure as text: one number, an interval, or unknown with its bound."""
    if estimate.best is None:
        return f"unknown, at most {estimate.high:,.0f}"
    if estimate.low == estimate.high:
        return f"{estimate.best:,.0f}"
    return f"{estimate.low:,.0f} to {estimate.high:,.0f}, best {estimate.best:,.0f}"
