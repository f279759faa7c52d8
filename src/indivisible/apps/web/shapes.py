"""The shapes of questions and answers, for the description of the API and for the page's own types."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An answer: the keys named, and more."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class Asked(BaseModel):
    """A question: no key besides those named."""

    model_config = ConfigDict(extra="forbid")


class Error(Shape):
    """What went wrong, where, and what to do."""

    schema_: Literal["error/1"] = Field(alias="schema")
    error: str
    where: str
    do: str
    kind: str
    near: list[str]
    reason: str | None


class View(Shape):
    """Whose assertions count."""

    state: str | None
    says: str


class Answer(Shape):
    """What every answer has."""

    schema_: str = Field(alias="schema")


class Rows(Answer):
    """A table under one sentence."""

    sentence: str | None = None
    rows: list[dict[str, Any]] = []


class Saying(Shape):
    """What one speaker says of a matter in dispute."""

    speaker: str
    says: str
    claim: str


class Dispute(Shape):
    """A matter on which the record holds more than one voice."""

    matter: Literal["statehood", "border", "membership", "act", "consent"]
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


class Members(Answer):
    """Who held a role in an organisation."""

    schema_: Literal["members/1"] = Field(alias="schema")
    organization: str
    on: str
    members: list[str]
    unsure: list[dict[str, str]]
    complete: bool
    sentence: str


class Treaty(Answer):
    """The status of a treaty."""

    schema_: Literal["treaty/1"] = Field(alias="schema")
    treaty: str
    on: str
    sentence: str


class Claim(Answer):
    """One claim with its sources."""

    schema_: Literal["claim/1"] = Field(alias="schema")
    address: str
    subject: str
    field: str
    object: str | None
    value: str | None
    sources: list[dict[str, Any]]


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


class AreasOverTime(Answer):
    """Whose each area was."""

    schema_: Literal["areas/1"] = Field(alias="schema")
    from_: str = Field(alias="from")
    to: str
    sentence: str
    areas: list[AreaSpans]


class About(Answer):
    """What is being served."""

    schema_: Literal["about/1"] = Field(alias="schema")
    version: str
    record: str
    known_to: str
    last_day: str
    sentence: str
    limits: dict[str, float]


class ShippedChange(Shape):
    """A change that ships."""

    name: str
    title: str
    description: str
    sources: list[str]
    not_expressed: list[str]
    from_: str | None = Field(alias="from")
    to: str | None
    steps: list[dict[str, Any]]
    text: str


class Changes(Answer):
    """The changes that ship."""

    schema_: Literal["changes/1"] = Field(alias="schema")
    sentence: str
    changes: list[ShippedChange]


class StepKind(Shape):
    """A kind of step with its fields; of each group in one_of exactly one field is given."""

    do: str
    needs: list[str]
    may: list[str]
    one_of: list[list[str]]


class Steps(Answer):
    """The kinds of step."""

    schema_: Literal["steps/1"] = Field(alias="schema")
    pledge_kinds: list[str]
    kinds: list[StepKind]


class Mistake(Shape):
    """A mistake of a change in its place; step counts from 0."""

    step: int | None
    field: str | None
    line: int | None
    error: str
    where: str
    do: str
    kind: str
    near: list[str]
    reason: str | None


class Checked(Answer):
    """Whether a change can be read and applied."""

    schema_: Literal["change_check/1"] = Field(alias="schema")
    change: str
    ok: bool
    sentence: str
    errors: list[Mistake]
    text: str


class Parameter(Shape):
    """A constant of a model."""

    key: str
    name: str
    kind: Literal["number", "choice", "switch"]
    default: float | str | bool | None
    unit: str | None
    low: float | None
    high: float | None
    least: float | None
    least_allowed: bool
    most: float | None
    optional: bool
    choices: list[str]
    side_by_side: bool
    meaning: str
    source: str


class ModelShape(Shape):
    """A rival model."""

    model: str
    scale: str
    reads: list[str]
    needs: list[str]
    by_default: bool
    outputs: list[str]
    about: str
    parameters: list[Parameter]


class Models(Answer):
    """The rival models."""

    schema_: Literal["models/1"] = Field(alias="schema")
    sentence: str
    models: list[ModelShape]


class Counts(Shape):
    """How many states gain, lose, and so on."""

    gains: int
    loses: int
    unchanged: int
    unknown: int
    not_seen: int


class Judgement(Shape):
    """One model's view of a change."""

    model: str
    output: str | None
    parameters: dict[str, Any]
    scale: str
    materiality: float
    counts: Counts
    nobody_loses: bool | None
    states: list[dict[str, Any]]


class Assessment(Answer):
    """Every state's gain or loss from one change, as each model sees it."""

    schema_: Literal["assess/1"] = Field(alias="schema")
    change: str
    title: str
    on: str
    record: str
    version: str
    models: list[Judgement]
    summary: list[Any]


class Why(Answer):
    """From a score to its claims."""

    state: str


class Rules(Answer):
    """The texts that can be checked."""

    schema_: Literal["treaty_rules/1"] = Field(alias="schema")
    sentence: str
    treaties: list[dict[str, Any]]


class Comply(Answer):
    """Every article's finding for one case."""

    schema_: Literal["comply/1"] = Field(alias="schema")
    treaty: str
    on: str
    findings: list[dict[str, Any]]


class Decide(Answer):
    """What a body decides."""

    schema_: Literal["decide/1"] = Field(alias="schema")
    body: str
    on: str
    outcome: str | None
    steps: list[dict[str, Any]]
    possible: list[str]


class Bodies(Answer):
    """The bodies whose rules are known."""

    schema_: Literal["bodies/1"] = Field(alias="schema")
    on: str | None
    sentence: str
    bodies: list[dict[str, Any]]


class Bargain(Answer):
    """Where bargaining ends."""

    schema_: Literal["bargain/1"] = Field(alias="schema")


class History(Answer):
    """A model's history of the system of states."""


class Designs(Answer):
    """The cases of design that ship."""

    schema_: Literal["designs/1"] = Field(alias="schema")
    designs: list[dict[str, Any]]


class Design(Answer):
    """Packages that leave nobody worse off."""

    schema_: Literal["design/1"] = Field(alias="schema")


class ChangeGiven(Asked):
    """A change: the name of one that ships, the text of a change file, or the same as JSON; one of the three."""

    change: str = Field("", max_length=200, examples=["nordic-accession"])
    text: str = ""
    data: dict[str, Any] | None = None
    on: str = Field("", max_length=40, description="The day of the baseline.")


class AssessGiven(ChangeGiven):
    """A question about a change, with every constant."""

    models: list[str] | None = Field(None, examples=[["deterrence"]])
    among: list[str] | None = None
    settings: dict[str, float | str | bool | None] = {}
    power: str = "beckley_2018"
    hostility: str = "conflicts"
    materiality: float = 0.01
    draws: int = 0
    seed: int = 0
    attribute: bool = False


class ComplyGiven(Asked):
    """A case: the text, the day, the state, holdings as CSV, and facts."""

    treaty: str = Field(min_length=1, examples=["CFE_1990"])
    on: str = Field(examples=["1999-07-01"])
    state: str = ""
    holdings: str | None = None
    facts: dict[str, Any] = {}
    hypothetical: bool = False
    reading: str = ""
    article: str = ""


class PowerGiven(Asked):
    """A body on a day, or a rule of one's own."""

    body: str = ""
    on: str = ""
    procedure: str = ""
    facts: dict[str, Any] = {}
    rule: str | dict[str, Any] | None = None
    abstention: bool = False
    by_kind: bool = False


class DesignGiven(Asked):
    """A case of design: the name of one that ships, its text, or the same as JSON; one of the three."""

    case: str = Field("", max_length=200, examples=["five-lands"])
    text: str = ""
    data: dict[str, Any] | None = None


MISTAKES = {
    400: "The question cannot be understood.", 401: "The token is missing or wrong.", 403: "Not from here.",
    404: "A name that the record does not know, with near names.", 409: "The change contradicts the record or itself.",
    413: "More than is allowed.", 422: "A file or text cannot be read.", 424: "Data that have to be imported first.",
    500: "A fault of the program itself.", 503: "Too many questions at once.", 504: "It took too long.",
}  # fmt: skip


def _mistakes() -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Error, "description": told} for status, told in MISTAKES.items()}


def answer(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """What an address may answer, for the description."""
    return {200: {"model": model, "description": (model.__doc__ or "").strip()}, **_mistakes()}


def stream(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """The same for lines of JSON: events progress, counts, model; at the end done or error."""
    lines = {"application/x-ndjson": {"schema": {"type": "string"}}}
    told = "Lines of JSON. `event` is progress, counts, model, done (`answer`) or error (error/1)."
    return {200: {"description": f"{told} The answer is: {(model.__doc__ or '').strip()}", "content": lines},
            **_mistakes()}  # fmt: skip
