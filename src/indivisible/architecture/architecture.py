"""Who is bound to whom, by what and with what, on one day: the claims accepted for that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indivisible.architecture.hostility import Hostilities
from indivisible.values import Estimate


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's role in an organisation; `certain` is False where the day lies inside an inexact date."""

    state: str
    organization: str
    role: str
    layer: str
    certain: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pledge:
    """What `sender` has promised `receiver`, in ATOP's terms, and the article that says so."""

    sender: str
    receiver: str
    kind: str
    treaty: str
    article: str
    certain: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deployment:
    """Forces of `sender` on the territory of `host`; personnel is an interval."""

    key: str
    sender: str
    host: str
    kind: str
    personnel: Estimate
    certain: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A state's figure from the latest snapshot not after the day; `year` says which."""

    state: str
    field: str
    estimate: Estimate
    year: int | None
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Architecture:
    """One day of the record, frozen. States are alphabetical; borders hold both directions of a pair.

    `hostilities` are None where the record's list of conflicts does not reach back far enough.
    """

    day: int
    record: str
    states: tuple[str, ...]
    memberships: tuple[Membership, ...]
    pledges: tuple[Pledge, ...]
    deployments: tuple[Deployment, ...]
    figures: Mapping[tuple[str, str], Figure]
    capitals: Mapping[str, tuple[float, float]]
    borders: frozenset[tuple[str, str]]
    hostilities: Hostilities | None = None
    caps: Mapping[tuple[str, str], float] = field(default_factory=dict)
    acts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What the steps of a change did to a state's part in a treaty (ratify, denounce, suspend), by treaty and state."""
