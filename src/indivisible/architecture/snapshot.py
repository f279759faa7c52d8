"""The architecture of one day: what the record's claims, accepted by a named rule, say was so."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

from indivisible.architecture.architecture import Architecture, Deployment, Figure, Membership, Pledge
from indivisible.architecture.hostility import hostilities
from indivisible.architecture.pledges import pledges_of
from indivisible.architecture.standing import Roll, full_roles, is_listing
from indivisible.architecture.treaties import parties_on
from indivisible.errors import QuestionError, RecordError
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Estimate, Truth, iso

FIGURES = ("population", "gdp_current_usd", "nuclear_warheads", "military_expenditure_usd", "armed_forces")
BOUNDS = {"population": "population_upper_bound", "gdp_current_usd": "gdp_current_usd_upper_bound"}
COMPLETE_SERIES = {"nuclear_warheads": "NUCLEAR_WARHEADS_FAS"}
"""Series whose publisher lists every holder, so that its silence means none (a `list_complete` claim says so)."""


def as_of(record: Record, day: int, *, also: Iterable[str] = ()) -> Architecture:
    """Who was bound to whom, by what and with what, on `day`, among the states of the day and those named in `also`.

    Figures are those of the latest snapshot year that had ended by the day; nothing is interpolated. Where a state has
    none in that year, its figure is an interval from 0 to a declared bound, with the latest older figure as its best
    point (contracts, section 2). Memberships are on both layers: overlays stand beside the legal membership, with
    layer `participation`. Raises QuestionError for a day past what the record covers.
    """
    if day >= record.known_to:
        raise QuestionError(
            f"{iso(day)} is past what the record covers", do=f"use a day up to {iso(record.known_to - 1)}"
        )
    states = tuple(sorted({*states_on(record, day), *also}))
    memberships = tuple(_memberships(record, day, states))
    return Architecture(
        day=day,
        record=record.digest,
        states=states,
        memberships=memberships,
        pledges=tuple(_pledges(record, day, states, memberships)),
        deployments=tuple(_deployments(record, day)),
        figures=_figures(record, day, states),
        capitals=_capitals(record, day, states),
        borders=_borders(record, day, states),
        hostilities=hostilities(record, day),
    )


def states_on(record: Record, day: int) -> tuple[str, ...]:
    """States of the day: members of the COW or the Gleditsch-Ward system, or of the United Nations."""
    found = {claim.subject for claim in _held(record, day, field="cow_system")}
    found |= {claim.subject for claim in _held(record, day, field="gw_system") if claim.value == "member"}
    found |= {claim.subject for claim in _held(record, day, field="role", object="UN") if claim.value == "member"}
    existing = {claim.subject for claim in _held(record, day, field="kind", value="state")}
    return tuple(sorted(found & existing))


def _held(record: Record, day: int, *, field: str, object: str | None = None, value: str | None = None) -> list[Claim]:
    """Claims of a field that hold or may hold on the day."""
    rows = record.rows(field=field, object=object, value=value)
    holding = record.holding_rows(rows, day)
    return [record.claim(row) for row in rows[holding != 0].tolist()]


def _memberships(record: Record, day: int, states: tuple[str, ...]) -> Iterable[Membership]:
    present = set(states)
    rolls: dict[tuple[str, str], Roll] = {}
    found: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in _held(record, day, field="role"):
        if claim.subject in present:
            found.setdefault((claim.object, claim.subject, claim.value, claim.layer), []).append(claim)
    for (organization, state, role, layer), claims in sorted(found.items()):
        certain = any(claim.span.holds(day) is Truth.YES for claim in claims)
        if role == "none":
            continue
        if layer != "participation":
            key = (organization, role)
            if key not in rolls:
                rolls[key] = Roll(record, organization, roles=(role,), layer="legal")
            if all(is_listing(record, claim) for claim in claims) or len(claims) > 1 or not certain:
                standing = rolls[key].on(state, day)
                if standing.truth is Truth.NO:
                    continue
                certain = standing.truth is Truth.YES
        yield Membership(state, organization, role, layer or "legal", certain, tuple(c.address for c in claims))


def holders(memberships: Iterable[Membership], organization: str, roles: Iterable[str]) -> dict[str, Truth]:
    """States that hold one of the roles in the organisation, on the legal layer: yes, or unknown."""
    wanted = set(roles)
    found: dict[str, Truth] = {}
    for membership in memberships:
        if membership.organization == organization and membership.role in wanted and membership.layer == "legal":
            truth = Truth.YES if membership.certain else Truth.UNKNOWN
            found[membership.state] = found.get(membership.state, Truth.NO) | truth
    return found


def treaty_parties(
    record: Record, treaty: str, day: int, states: tuple[str, ...], memberships: Iterable[Membership]
) -> dict[str, Truth]:
    """Parties bound on the day: by the roll of the organisation that the treaty follows, or by the acts."""
    ever = record.claims(subject=treaty, field="parties_follow")
    follows = [claim for claim in ever if claim.span.holds(day) is not Truth.NO]
    if not ever:
        return {state: truth for state, truth in parties_on(record, treaty, day).items() if state in set(states)}
    memberships = tuple(memberships)
    found: dict[str, Truth] = {}
    for claim in follows:
        roles = full_roles(record, claim.object, day, day) if claim.value == "full" else (claim.value,)
        found.update(holders(memberships, claim.object, roles))
    return found


def _pledges(
    record: Record, day: int, states: tuple[str, ...], memberships: tuple[Membership, ...]
) -> Iterable[Pledge]:
    treaties = sorted({claim.subject for claim in _held(record, day, field="pledge")})
    for treaty in treaties:
        parties = treaty_parties(record, treaty, day, states, memberships)
        if parties:
            yield from pledges_of(record, treaty, parties, day)


def _deployments(record: Record, day: int) -> Iterable[Deployment]:
    for claim in sorted(_held(record, day, field="sender"), key=lambda c: c.subject):
        hosts = [c for c in record.claims(subject=claim.subject, field="host") if c.span.holds(day) is not Truth.NO]
        if not hosts:
            continue  # the territory was the sender's own that day: not yet a deployment abroad
        if len({host.object for host in hosts}) > 1:
            raise RecordError(f"{claim.subject} has several hosts on one day", where=claim.address)
        kinds = record.claims(subject=claim.subject, field="deployment_kind")
        numbers = [
            c for c in record.claims(subject=claim.subject, field="personnel") if c.span.holds(day) is not Truth.NO
        ]
        personnel = estimate(numbers[-1].value) if numbers else Estimate(0.0, None, math.inf)
        yield Deployment(
            key=claim.subject,
            sender=claim.object,
            host=hosts[0].object,
            kind=kinds[-1].value if kinds else "",
            personnel=personnel,
            certain=claim.span.holds(day) is Truth.YES,
            claims=tuple(c.address for c in (claim, hosts[0], *numbers[-1:])),
        )


def estimate(text: str) -> Estimate:
    """A figure as the record writes it: `1500`, or `1200..1500` for an interval (best is then its middle)."""
    low_text, dots, high_text = text.partition("..")
    low = float(low_text)
    if not dots:
        return Estimate(low, low, low)
    high = float(high_text)
    if high < low:
        raise RecordError(f"the interval {text!r} ends below its beginning", do="write low..high")
    return Estimate(low, (low + high) / 2, high)


def _figures(record: Record, day: int, states: tuple[str, ...]) -> Mapping[tuple[str, str], Figure]:
    last_year = date.fromordinal(day + 1).year - 1  # the last year that had ended by the close of the day
    found: dict[tuple[str, str], Figure] = {}
    for field in FIGURES:
        latest = _latest(record, field, last_year)
        snapshot = max((year for year, _ in latest.values()), default=None)
        bounds = _latest(record, BOUNDS[field], last_year) if field in BOUNDS else {}
        complete = _series_is_complete(record, field, day)
        for state in states:
            figure = _figure(state, field, latest.get(state), bounds.get(state), snapshot, complete)
            if figure is not None:
                found[state, field] = figure
    return found


def _latest(record: Record, field: str, last_year: int) -> dict[str, tuple[int, Claim]]:
    """For every state its latest figure of a year not after `last_year`, with that year."""
    found: dict[str, tuple[int, Claim]] = {}
    for row in record.rows(field=field).tolist():
        year = int(record.columns.text("from", row)[:4])
        state = record.columns.text("subject", row)
        if year <= last_year and (state not in found or year >= found[state][0]):
            found[state] = (year, record.claim(row))
    return found


def _figure(
    state: str,
    field: str,
    latest: tuple[int, Claim] | None,
    bound: tuple[int, Claim] | None,
    snapshot: int | None,
    complete: tuple[str, ...],
) -> Figure | None:
    if latest is not None and latest[0] == snapshot:
        year, claim = latest
        return Figure(state, field, estimate(claim.value), year, (claim.address,))
    if complete and snapshot is not None:
        return Figure(state, field, Estimate(0.0, 0.0, 0.0), snapshot, complete)
    best = None if latest is None else estimate(latest[1].value).best
    high = math.inf if bound is None else max(float(bound[1].value), best or 0.0)
    found = [one for one in (latest, bound) if one is not None]
    if not found:
        return None
    return Figure(state, field, Estimate(0.0, best, high), found[0][0], tuple(claim.address for _, claim in found))


def _series_is_complete(record: Record, field: str, day: int) -> tuple[str, ...]:
    series = COMPLETE_SERIES.get(field)
    if series is None:
        return ()
    claims = record.claims(subject=series, field="list_complete", value=field)
    return tuple(claim.address for claim in claims if claim.span.holds(day) is Truth.YES)


def _capitals(record: Record, day: int, states: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    latitude = {c.subject: float(c.value) for c in _held(record, day, field="capital_latitude")}
    longitude = {c.subject: float(c.value) for c in _held(record, day, field="capital_longitude")}
    return {state: (latitude[state], longitude[state]) for state in states if state in latitude and state in longitude}


def _borders(record: Record, day: int, states: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    present = set(states)
    pairs = {
        (claim.subject, claim.object)
        for claim in _held(record, day, field="land_border")
        if claim.subject in present and claim.object in present
    }
    return frozenset(pairs | {(second, first) for first, second in pairs})
