"""The shapes of what is drawn: days, layers of the map, networks and squares; for the description of the API."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from indivisible.apps.web.shapes import Answer, Shape, View


class Saying(Shape):
    """What one speaker says of a matter in dispute."""

    speaker: str
    says: str
    claim: str


class Dispute(Shape):
    """A matter on which the record holds more than one voice."""

    name: str
    matter: Literal["statehood", "territory", "border", "membership", "act", "consent"]
    subject: str
    object: str | None
    note: str | None
    shown: str
    sayings: list[Saying]
    claim: str


class StateOfDay(Shape):
    """A state of the day with its capital's place (latitude, longitude) and the areas drawn for it (ISO numeric)."""

    key: str
    name: str
    capital: str | None
    place: list[float] | None
    areas: list[str]
    statehood: Literal["disputed", "denied"] | None
    statehood_note: str | None
    seated: bool  # a member of the United Nations


class OrganizationOfDay(Shape):
    """An organisation of the day with who holds which role."""

    key: str
    name: str
    members: list[str]
    unsure: list[str]
    other: dict[str, list[str]]


class PledgeGroup(Shape):
    """Pledges of one article; pairs are places in the list of states."""

    treaty: str
    kind: str
    article: str
    certain: bool
    mutual: list[list[int]]
    oneway: list[list[int]]


class Day(Answer):
    """Who was bound to whom on one day."""

    schema_: Literal["day/1"] = Field(alias="schema")
    on: str
    viewpoint: View
    sentence: str
    states: list[StateOfDay]
    others: list[StateOfDay]
    organizations: list[OrganizationOfDay]
    pledges: list[PledgeGroup]
    treaties: dict[str, str]
    borders: list[list[int]]
    deployments: list[dict[str, Any]]
    disputes: list[Dispute]
    known_to: str
    record: str


class TurningDay(Shape):
    """A day on which something begins or ends."""

    day: str
    begins: int
    ends: int


class Days(Answer):
    """The turning days."""

    schema_: Literal["days/1"] = Field(alias="schema")
    from_: str = Field(alias="from")
    to: str
    about: str | None
    sentence: str
    days: list[TurningDay]


class Node(Shape):
    """A dot of the network; x and y lie between -1 and 1."""

    key: str
    name: str
    kind: Literal["state", "organization"]
    x: float
    y: float
    ties: int


class Edge(Shape):
    """A line of the network."""

    from_: str = Field(alias="from")
    to: str
    kind: str
    mutual: bool
    certain: bool
    treaties: list[str]


class Network(Answer):
    """Who is tied to whom."""

    schema_: Literal["network/1"] = Field(alias="schema")
    on: str
    viewpoint: View
    kinds: list[str]
    organizations: list[str]
    sentence: str
    nodes: list[Node]
    edges: list[Edge]


class Named(Shape):
    """A key with its name."""

    key: str
    name: str


class Matrix(Answer):
    """Who pledges to whom; a cell is `[row, column, [places in treaties], certain]`."""

    schema_: Literal["matrix/1"] = Field(alias="schema")
    on: str
    viewpoint: View
    kind: str
    sentence: str
    states: list[Named]
    treaties: list[Named]
    cells: list[list[Any]]
    order: list[int]


class LegendLine(Shape):
    """A class of a layer."""

    class_: str = Field(alias="class")
    label: str
    states: int


class ShadedState(Shape):
    """How one state is shown."""

    state: str
    name: str
    class_: str = Field(alias="class")
    value: float | None
    sentence: str
    statehood: Literal["disputed", "denied"] | None


class Layer(Answer):
    """A layer of the map."""

    schema_: Literal["layer/1"] = Field(alias="schema")
    layer: str
    on: str
    viewpoint: View
    title: str
    sentence: str
    legend: list[LegendLine]
    states: list[ShadedState]


class ClassSpan(Shape):
    """A class from one day up to, not including, another; null where it goes on."""

    from_: str = Field(alias="from")
    to: str | None
    class_: str = Field(alias="class")
    sentence: str


class StateSpans(Shape):
    """The life of one state in a layer."""

    state: str
    name: str
    spans: list[ClassSpan]


class LegendWord(Shape):
    """A class of a layer in words."""

    class_: str = Field(alias="class")
    label: str


class Spans(Answer):
    """The whole life of a layer."""

    schema_: Literal["spans/1"] = Field(alias="schema")
    layer: str
    title: str
    from_: str = Field(alias="from")
    to: str
    viewpoint: View
    sentence: str
    legend: list[LegendWord]
    states: list[StateSpans]


class OwnerSpan(Shape):
    """Whose an area was over some days."""

    from_: str = Field(alias="from")
    to: str | None
    states: list[str]


class AreaSpans(Shape):
    """An area of a map of today, by ISO numeric code."""

    area: str
    spans: list[OwnerSpan]


class DisputeSpan(Shape):
    """How an area is shown over some days: `disputed`, or what is said of it, and of which state it is part."""

    from_: str = Field(alias="from")
    to: str | None
    disputed: bool
    shown: str
    of: str | None
    sentence: str


class DisputedArea(Shape):
    """An area that more than one state calls its own, or that calls itself a state."""

    key: str
    name: str
    also: list[str]
    spans: list[DisputeSpan]


class AreasOverTime(Answer):
    """Whose each area was, and which were in dispute."""

    schema_: Literal["areas/1"] = Field(alias="schema")
    from_: str = Field(alias="from")
    to: str
    sentence: str
    viewpoint: View
    areas: list[AreaSpans]
    disputed: list[DisputedArea]
