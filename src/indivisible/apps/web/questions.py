"""The shapes of questions that the page sends, for the description of the API and the page's own types."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Asked(BaseModel):
    """A question: no key besides those named."""

    model_config = ConfigDict(extra="forbid")


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
    viewpoint: str = Field("", max_length=200, description="A state whose own assertions count; empty for none.")


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


class CaseFileGiven(Asked):
    """A file with holdings or facts of a case: its text, and its name, whose ending says what it is."""

    text: str
    name: str = Field("holdings.csv", min_length=1, max_length=200, examples=["holdings.csv", "case.yml"])


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
