"""All that the record says of one state on one day: roles, treaties, pledges, deployments, figures."""

from __future__ import annotations

from typing import Any

from indivisible.architecture.members import roles_of
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.treaties import treaty
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import Estimate, Truth, day_of, iso


def state(record: Record, name: str, *, on: str) -> Table:
    """Memberships, treaties, pledges made to it and by it, deployments and figures of a state on one exact day."""
    key = record.resolve(name, "state")
    day = day_of(on)
    rows: list[dict[str, Any]] = []
    sources: set[str] = set()

    def add(
        section: str, what: str, detail: str | None, value: str | None, addresses: tuple[str, ...], sure: bool
    ) -> None:
        first = record.at(addresses[0]) if addresses else None
        sources.update(key for address in addresses for key in record.at(address).sources)
        rows.append(
            {
                "section": section,
                "what": what,
                "detail": detail,
                "value": value,
                "certain": sure,
                "confidence": first.confidence if first else None,
                "claim": addresses[0] if addresses else None,
            }
        )

    for organization, role, standing in roles_of(record, key, day, day):
        begin = standing.claims[0].begin if standing.claims else None
        addresses = tuple(claim.address for claim in standing.claims)
        why = "" if standing.why is None else f", {standing.why}"
        add("membership", organization, role + why, begin, addresses, standing.truth is Truth.YES)
    for text in _treaties(record, key):
        answer = treaty(record, text, on=on, state=key).to_dict()
        if answer["status"] != "none":
            since = answer["since"]
            add("treaty", text, answer["status"], since, _acts(record, key, text), answer["status"] != "unknown")
    if day < record.known_to:
        _bound(record, key, day, add)
    says = f"The record has {len(rows)} entries for {record.name_of(key)} on {on}."
    if day >= record.known_to:
        says += f" It is known only to {iso(record.known_to - 1)}: answers past that are unknown."
    return Table("state/1", {"state": key, "on": on}, says, tuple(rows), record.digest, tuple(sorted(sources)))


def _bound(record: Record, key: str, day: int, add: Any) -> None:
    snapshot = as_of(record, day)
    for pledge in sorted(snapshot.pledges, key=lambda p: (p.kind, p.sender, p.receiver, p.treaty)):
        if pledge.receiver == key:
            add(
                "pledged to it",
                pledge.sender,
                f"{pledge.treaty} {pledge.article}",
                pledge.kind,
                pledge.claims,
                pledge.certain,
            )
    for pledge in sorted(snapshot.pledges, key=lambda p: (p.kind, p.receiver, p.sender, p.treaty)):
        if pledge.sender == key:
            add(
                "pledged by it",
                pledge.receiver,
                f"{pledge.treaty} {pledge.article}",
                pledge.kind,
                pledge.claims,
                pledge.certain,
            )
    for deployment in snapshot.deployments:
        if key in (deployment.sender, deployment.host):
            other = f"{deployment.sender} in {deployment.host}"
            add(
                "deployment",
                other,
                deployment.kind,
                _figure(deployment.personnel),
                deployment.claims,
                deployment.certain,
            )
    for (state_key, field), figure in sorted(snapshot.figures.items()):
        if state_key == key:
            add("figure", field, str(figure.year), _figure(figure.estimate), figure.claims, figure.estimate.known)


def _figure(estimate: Estimate) -> str:
    if estimate.best is None:
        return f"unknown, at most {estimate.high:g}"
    if estimate.low == estimate.high:
        return f"{estimate.best:,.0f}"
    return f"{estimate.low:,.0f} to {estimate.high:,.0f}"


def _treaties(record: Record, key: str) -> list[str]:
    return sorted({claim.object for claim in record.claims(subject=key, field="act")})


def _acts(record: Record, key: str, text: str) -> tuple[str, ...]:
    return tuple(claim.address for claim in record.claims(subject=key, field="act", object=text))
