"""What every rival theory of security has to offer: a score for each state, its reasons, and what it cannot see.

A model is a module with the names that `Model` lists. It reads arrays and nothing else, knows no state by name, and
says beforehand which kinds of step it could show as a gain or a loss. Higher always means safer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.errors import QuestionError

Value = float | str | bool | None

STEP_KINDS = (
    "accede", "cap", "denounce", "deploy", "dissolve", "enact", "found", "observe", "pledge", "ratify", "release",
    "remove", "set", "suspend", "withdraw",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """A constant of a model: its default, the range from which draws are taken, and who says so.

    A number has `low` and `high` (the documented range) and may lie between `least` and `most`; `optional` ones may
    be None, written `none`. A choice has `choices`; where they stand `side_by_side`, each gives a reading of its own
    unless one is chosen. A switch is yes or no.
    """

    name: str
    default: Value
    meaning: str
    source: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    least: float = 0.0
    most: float = math.inf
    least_allowed: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()
    side_by_side: bool = False

    def taken(self, chosen: Value) -> Value:
        """The chosen value in the parameter's own type. Raises QuestionError with what is possible."""
        if self.choices:
            if chosen in self.choices:
                return chosen
            raise self._refused(chosen, " or ".join(self.choices))
        if isinstance(self.default, bool):
            return self._switch(chosen)
        return self._number(chosen)

    def _switch(self, chosen: Value) -> bool:
        words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
        answer = words.get(str(chosen).lower())
        if answer is None:
            raise self._refused(chosen, "yes or no")
        return answer

    def _number(self, chosen: Value) -> float | None:
        if self.optional and (chosen is None or str(chosen).lower() == "none"):
            return None
        possible = f"{'at least' if self.least_allowed else 'above'} {self.least:g}"
        possible += f", at most {self.most:g}" if math.isfinite(self.most) else ""
        possible += ", or none" if self.optional else ""
        try:
            number = float(str(chosen))
        except ValueError:
            raise self._refused(chosen, f"a number {possible}") from None
        inside = number >= self.least if self.least_allowed else number > self.least
        if not (inside and number <= self.most and math.isfinite(number)):
            raise self._refused(chosen, f"a number {possible}")
        return number

    def _refused(self, chosen: Value, possible: str) -> QuestionError:
        return QuestionError(f"{self.name} cannot be {chosen!r}", do=f"choose {possible}")


class Fit(Protocol):
    """What a model has learnt from imported data: coefficients with their errors, and how well they foretold."""

    datasets: Mapping[str, str]  # which datasets, at which version

    def to_dict(self) -> dict[str, Any]:
        """All of it for JSON; None for what is not known."""

    def sentence(self) -> str:
        """What was fitted to what, and how well it foretells, for print beside every result."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The parameters of one model with the values chosen for this run, every one of them written out.

    `fit` is what the model has learnt from data, for models that need some.
    """

    model: str
    values: Mapping[str, Value]
    fit: Fit | None = None

    def number(self, name: str) -> float:
        """The value of a parameter that is a number."""
        value = self.values[name]
        assert isinstance(value, float)
        return float(value)

    def optional_number(self, name: str) -> float | None:
        """The value of a parameter that is a number or none."""
        return None if self.values[name] is None else self.number(name)

    def choice(self, name: str) -> str:
        """The value of a parameter that is one of several words."""
        value = self.values[name]
        assert isinstance(value, str)
        return value

    def switch(self, name: str) -> bool:
        """The value of a parameter that is yes or no."""
        value = self.values[name]
        assert isinstance(value, bool)
        return value


def settle(model: str, parameters: Mapping[str, Parameter], chosen: Mapping[str, Value] | None = None) -> Settings:
    """All parameters of a model, the chosen ones (numbers, or text such as `yes`) in place of their defaults.

    Raises QuestionError for a name the model does not have (with near names) and for an impossible value.
    """
    values = {name: parameter.default for name, parameter in parameters.items()}
    for name, value in (chosen or {}).items():
        if name not in parameters:
            near = ", ".join(get_close_matches(name, parameters, n=3, cutoff=0.4) or parameters)
            raise QuestionError(f"{model} has no parameter {name!r}", do=f"near names: {near}")
        values[name] = parameters[name].taken(value)
    return Settings(model, values)


@dataclass(frozen=True, slots=True)
class Part:
    """One term of a score: `value` (a state's power, or a constant) times `weight` (what of it counts here).

    In a score that is a ratio `kind` is `constant`, `for` (it makes the state safer) or `against`; in one that is a
    sum every part is a `term`. `tie` is the pledge (from, towards) that brings the part in, if one does; where the two
    are tied by hostility instead, `hostile`.
    """

    label: str
    state: str
    value: float
    weight: float
    kind: str
    tie: tuple[str, str] | None = None
    hostile: bool = False


@dataclass(frozen=True, slots=True)
class Because:
    """What decided a score: the two sides and their sums, or what is `told` of it in words.

    `leader` is empty where the model knows none. `certain` is False where an unknown figure or pledge could decide
    otherwise; then the case shown is the one that gives the lowest score. `told` is a phrase without a full stop in
    which keys of states stand in braces; where it is given, the sides need not be. `undetermined`: the model gives no
    number here, whatever else were known.
    """

    leader: str
    against: tuple[str, ...]
    defenders: tuple[str, ...]
    against_sum: float
    defenders_sum: float
    certain: bool
    told: str = ""
    undetermined: bool = False

    @property
    def margin(self) -> float:
        """Defenders' sum over the others' sum, before any constant of the model."""
        return math.inf if self.against_sum == 0 else self.defenders_sum / self.against_sum


@dataclass(frozen=True)
class Reading:
    """How secure each state is, says one model: lowest, best (NaN where not known) and highest score.

    An `unopposed` state (nobody could attack it, or nobody else has any weight) has no number: all three are NaN.
    `because(i)` says what decided, None if unopposed; `parts(i)` recombines (`recombined`) to the best score, or to
    the lowest where the best is not known. `unit` is what materiality is a share of, on scales that are not
    logarithms. `note` says what holds for all states at once, such as that there is no equilibrium; keys of states
    stand in braces.
    """

    model: str
    settings: Settings
    states: tuple[str, ...]
    low: Floats
    best: Floats
    high: Floats
    unopposed: Bools
    because: Callable[[int], Because | None]
    parts: Callable[[int], tuple[Part, ...]]
    unit: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether a model can show a gain or a loss of the states that take a step, and of third states."""

    actor_gains: bool
    actor_loses: bool
    third_gains: bool
    third_loses: bool


BLIND = Sight(False, False, False, False)
ALL = Sight(True, True, True, True)


def sight_of(step_kind: str, table: Mapping[str, Sight]) -> Sight:
    """What a model's own table says of a kind of step. Raises QuestionError for a kind that does not exist."""
    if step_kind not in table:
        near = get_close_matches(step_kind, table, n=3, cutoff=0.4) or sorted(table)
        raise QuestionError(f"no kind of step is called {step_kind!r}", do=f"near names: {', '.join(near)}")
    return table[step_kind]


class Model(Protocol):
    """A rival theory of what makes a state secure."""

    name: str
    scale: str  # log_ratio, share, probability or ordinal
    reads: frozenset[str]  # names of arrays, kinds of pledge as `pledges.defence`
    needs: tuple[str, ...]  # imported datasets without which it does not run
    parameters: Mapping[str, Parameter]
    varied: Mapping[str, tuple[Value, ...]]  # constants on which even the sign of an effect can turn, values to try

    def assumes(self, settings: Settings) -> str:
        """What every score takes for granted by these constants, in a phrase; empty if nothing beyond them."""

    def can_show(self, step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
        """What the model could show of a step of that kind; `touches` narrows it to arrays that really changed."""

    def read(self, arrays: Arrays, settings: Settings) -> Reading:
        """How secure each state is."""

    def change_bounds(self, before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
        """Lowest and highest change of every score over all values of what is not known, the same before and after.

        Minus or plus infinity where a state ceases to be unopposed, or becomes so.
        """

    def touched(self, before: Arrays, after: Arrays, settings: Settings) -> Bools:
        """For which states anything that the model reads for them changed; where nothing did, it has not seen it."""


class FittedModel(Model, Protocol):
    """A model that learns from imported data before it reads; its `needs` are not empty."""

    def fit(self, settings: Settings, *, day: int) -> Fit:
        """What the data known by that day teach. Raises MissingData, saying what to import."""


def recombined(parts: Sequence[Part]) -> float:
    """The score that parts make: log of the constants, plus log of what is for, minus log of what is against.

    Infinite where nothing is against (an unopposed state). Where the parts are terms, their sum.
    """
    if parts and all(part.kind == "term" for part in parts):
        return math.fsum(part.value * part.weight for part in parts)
    sums = {"for": 0.0, "against": 0.0}
    constant = 0.0
    for part in parts:
        if part.kind == "constant":
            constant += math.log(part.value * part.weight)
        else:
            sums[part.kind] += part.value * part.weight
    if sums["against"] == 0.0:
        return math.inf
    with np.errstate(divide="ignore"):
        return constant + float(np.log(sums["for"]) - np.log(sums["against"]))
