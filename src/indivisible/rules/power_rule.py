"""A voting rule as somebody writes it: `[51; 50,49,1]`, or a file with weights, counts, vetoes, every and some."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from indivisible.errors import FileError, QuestionError
from indivisible.measures.voting_abstention import EveryOf, Points, SomeOf, ThreeWay
from indivisible.rules.case_file import read_map

SCHEMA = "rule/1"
FIELDS = ("schema", "title", "players", "needs")
BEGIN = "`needs:` and below it weights, count, consent, veto, every or some"
PARTS = ("weights", "quota", "count", "of", "consent", "veto", "every", "some")
DEEPEST = 20


@dataclass(frozen=True)
class WrittenRule:
    """Players in the order in which they are written, the rule over them, and each condition in words."""

    title: str
    players: tuple[str, ...]
    rule: ThreeWay
    says: tuple[str, ...]


def written_rule(given: str | Path | Mapping[str, object]) -> WrittenRule:
    """Read `[quota; weight, ...]`, a YAML file, or the same as plain data.

    Raises QuestionError and FileError: a weight below 0, a quota that all together do not reach, a name that is no
    player, a word that is no part of a rule.
    """
    if isinstance(given, Mapping):
        return _of_map(given, "rule")
    text = str(given).strip()
    if isinstance(given, str) and (text.startswith("[") or ";" in text):
        return _of_text(text)
    if isinstance(given, str) and not text.endswith((".yaml", ".yml")) and not Path(text).exists():
        raise QuestionError(f"{text!r} is no rule", do="write --rule '[51; 50,49,1]' or name a YAML file")
    return _of_map(read_map(text, begin=BEGIN), text)


def _of_text(text: str) -> WrittenRule:
    inside = re.fullmatch(r"\[?([^\[\];]*);([^\[\];]*)\]?", text)
    if inside is None:
        raise QuestionError(f"{text!r} is no rule", do="write [quota; weight, weight, ...], such as [51; 50,49,1]")
    words = [word for word in re.split(r"[,\s]+", inside.group(2).strip()) if word]
    if not words:
        raise QuestionError(f"{text!r} gives no weight", do="write [51; 50,49,1]")
    quota, *weights = (_number(word, "--rule") for word in (inside.group(1), *words))
    players = tuple(f"player {k}" for k in range(1, len(weights) + 1))
    return WrittenRule(text, players, _weighed(weights, quota, "--rule"), (_said(weights, quota),))


def _of_map(data: Mapping[str, object], where: str) -> WrittenRule:
    for key in data:
        if key not in FIELDS:
            raise FileError(f"no field is called {key!r}", where=where, do=_near(str(key), FIELDS))
    if data.get("schema", SCHEMA) != SCHEMA:
        raise FileError(f"schema is {data['schema']!r}", where=where, do=f"write schema: {SCHEMA}")
    if data.get("needs") is None:
        raise FileError("it does not say what a proposal needs", where=where, do=f"add {BEGIN}")
    names = data.get("players")
    players = _mentioned(data["needs"]) if names is None else _names(names, f"{where}, players")
    if len(set(players)) < len(players):
        twice = next(name for name in players if players.count(name) > 1)
        raise FileError(f"player {twice!r} stands twice", where=f"{where}, players", do="keep one of them")
    if not players:
        raise FileError("it names no players", where=where, do="add players: [A, B, C]")
    says: list[str] = []
    rule = _part(data["needs"], players, f"{where}, needs", says, depth=0)
    return WrittenRule(str(data.get("title") or where), players, rule, tuple(says))


def _part(data: object, players: tuple[str, ...], where: str, says: list[str], *, depth: int) -> ThreeWay:
    """One part of the tree; every condition is added to `says` in words."""
    if not isinstance(data, Mapping) or not data:
        raise FileError("a part of a rule is a map", where=where, do=f"begin with {BEGIN}")
    for key in data:
        if key not in PARTS:
            raise FileError(f"{key!r} is no part of a rule", where=where, do=_near(str(key), PARTS))
    if depth > DEEPEST:
        raise FileError(f"parts within parts, more than {DEEPEST} deep", where=where, do="write it flatter")
    heads = [key for key in ("weights", "count", "consent", "veto", "every", "some") if key in data]
    if len(heads) != 1 or ("quota" in data) != (heads == ["weights"]) or ("of" in data and heads != ["count"]):
        raise FileError(
            f"one part with {' and '.join(map(str, data))}", where=where,
            do="write weights with quota, or count (with of), or one of consent, veto, every, some",
        )  # fmt: skip
    (head,) = heads
    value = data[head]
    if head in ("every", "some"):
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise FileError(f"{head} is not a list of parts", where=where, do=f"write {head}: and a dash for each part")
        parts = tuple(
            _part(one, players, f"{where}, {head} {n}", says, depth=depth + 1) for n, one in enumerate(value, start=1)
        )
        return EveryOf(parts) if head == "every" else SomeOf(parts)
    if head == "weights":
        return _weights_part(value, data["quota"], players, where, says)
    if head == "count":
        return _count_part(value, data.get("of"), players, where, says)
    named = _known(_names(value, f"{where}, {head}"), players, f"{where}, {head}")
    says.append(f"{head} of {', '.join(named)}" if head == "consent" else f"no vote against by {', '.join(named)}")
    own, none = tuple(int(player in named) for player in players), (0,) * len(players)
    if head == "consent":
        return Points(own, none, none, len(named))
    return Points(none, none, tuple(-one for one in own), 0)


def _weights_part(value: object, quota: object, players: tuple[str, ...], where: str, says: list[str]) -> Points:
    if not isinstance(value, Mapping):
        raise FileError("weights are a map", where=where, do="write weights: {A: 5, B: 3}")
    _known([str(name) for name in value], players, f"{where}, weights")
    given = {str(name): _number(weight, f"{where}, weight of {name}") for name, weight in value.items()}
    needed, weights = _number(quota, f"{where}, quota"), [given.get(one, Fraction(0)) for one in players]
    says.append(_said(weights, needed))
    return _weighed(weights, needed, where)


def _count_part(value: object, of: object, players: tuple[str, ...], where: str, says: list[str]) -> Points:
    named = players if of is None else _known(_names(of, f"{where}, of"), players, f"{where}, of")
    number = _number(value, f"{where}, count")
    if number.denominator != 1:
        raise FileError(f"a count of {value}", where=where, do="write a whole number")
    says.append(f"at least {number} of {f'the {len(named)} players' if of is None else ', '.join(named)}")
    return _weighed([Fraction(player in named) for player in players], number, where)


def _weighed(weights: Sequence[Fraction], quota: Fraction, where: str) -> Points:
    """A yes brings its weight, an abstention and a no nothing; all multiplied so that they are whole."""
    if min(weights) < 0:
        raise QuestionError(f"a weight of {_plain(min(weights))}", where=where, do="give weights of 0 or above")
    if quota <= 0:
        raise QuestionError(
            f"a quota of {_plain(quota)} is reached without any vote", where=where, do="raise the quota"
        )
    if quota > sum(weights):
        raise QuestionError(
            f"a quota of {_plain(quota)} that all together, {_plain(Fraction(sum(weights)))}, do not reach",
            where=where, do="lower the quota",
        )  # fmt: skip
    times = math.lcm(quota.denominator, *(one.denominator for one in weights))
    none = (0,) * len(weights)
    return Points(tuple(int(one * times) for one in weights), none, none, int(quota * times))


def _said(weights: Sequence[Fraction], quota: Fraction) -> str:
    return f"weights of at least {_plain(quota)} of {_plain(Fraction(sum(weights)))}"


def _plain(number: Fraction) -> str:
    return f"{int(number):,}" if number.denominator == 1 else f"{float(number):g}"


def _mentioned(data: object) -> tuple[str, ...]:
    """The players that a rule names anywhere, in the order in which it does."""
    found: dict[str, None] = {}
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "weights" and isinstance(value, Mapping):
                found.update(dict.fromkeys(map(str, value)))
            elif key in ("of", "veto", "consent"):
                found.update(dict.fromkeys(_names(value, str(key))))
            elif key in ("every", "some") and isinstance(value, Sequence):
                for one in value:
                    found.update(dict.fromkeys(_mentioned(one)))
    return tuple(found)


def _names(value: object, where: str) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str | int) else value
    if isinstance(listed, Sequence) and all(isinstance(one, str | int) for one in listed):
        for one in listed:
            if isinstance(one, bool):
                raise FileError(
                    "YAML reads yes, no, on and off as true and false",
                    where=where,
                    do='put such a name in quotes: "NO"',
                )
        return tuple(str(one).strip() for one in listed)
    raise FileError(f"{value!r} is not a list of names", where=where, do="write [A, B, C]")


def _known(names: Sequence[str], players: tuple[str, ...], where: str) -> tuple[str, ...]:
    for name in names:
        if name not in players:
            raise FileError(f"{name!r} is not among the players", where=where, do=_near(name, players))
    return tuple(dict.fromkeys(names))


def _number(value: object, where: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FileError(f"{value!r} is not a number", where=where, do="write 5 or 2.5")
    try:
        return Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        do = "write the number itself, without a sign for per cent" if "%" in str(value) else "write 5, 2.5 or 5/2"
        raise QuestionError(f"{value!r} is not a number", where=where, do=do) from None


def _near(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.6)
    return f"near names: {', '.join(near)}" if near else f"known: {', '.join(known)}"
