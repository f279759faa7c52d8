"""The shapes of answers, for the description of the API and for the page's own types."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An answer: the keys named, and more."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


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
    """Whose assertions count, and which contested states stand in the answer as `disputed` or `denied`."""

    state: str | None
    says: str
    statehood: dict[str, Literal["disputed", "denied"]]


class Answer(Shape):
    """What every answer has; those that speak of the record also say by whose viewpoint."""

    schema_: str = Field(alias="schema")
    viewpoint: View | None = None


class Rows(Answer):
    """A table under one sentence."""

    sentence: str | None = None
    rows: list[dict[str, Any]] = []


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


class StepFigure(Shape):
    """A figure that a step can set or limit."""

    name: str
    unit: str


class Steps(Answer):
    """The kinds of step."""

    schema_: Literal["steps/1"] = Field(alias="schema")
    figures: list[StepFigure]
    rules: list[str]
    pledge_kinds: list[str]
    kinds: list[StepKind]


class Mistake(Shape):
    """A mistake of a change in its place; step counts from 0, and so does inside, the effect or pledge of the step."""

    step: int | None
    inside: int | None
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
    data: dict[str, Any] | None


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


class History(Answer):
    """A model's history of the system of states."""


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


def attachment() -> dict[int | str, dict[str, Any]]:
    """The same for a file to take away."""
    return {200: {"description": "The file.", "content": {"application/yaml": {"schema": {"type": "string"}}}},
            **_mistakes()}  # fmt: skip


def stream(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """The same for lines of JSON: events progress, counts, model; at the end done or error."""
    lines = {"application/x-ndjson": {"schema": {"type": "string"}}}
    told = "Lines of JSON. `event` is progress, counts, model, done (`answer`) or error (error/1)."
    return {200: {"description": f"{told} The answer is: {(model.__doc__ or '').strip()}", "content": lines},
            **_mistakes()}  # fmt: skip
