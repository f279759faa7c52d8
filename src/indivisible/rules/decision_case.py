"""A case put to a body, from a YAML file or plain data: who votes how, on which day, on what kind of matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indivisible.architecture.change_file import read_text
from indivisible.errors import FileError, QuestionError
from indivisible.rules.ballot import VOTES
from indivisible.rules.case_file import load_text
from indivisible.values import day_of

SCHEMA = "decision-case/1"
KEYS = (
    "schema", "case", "body", "on", "procedure", "title", "votes", "others", "counts", "facts", "members", "change",
    "sources", "source", "expect",
)  # fmt: skip
UNKNOWN = "unknown"
MEANT = {
    "for": "yes", "in_favour": "yes", "in_favor": "yes", "aye": "yes", "support": "yes", "against": "no", "nay": "no",
    "veto": "no", "object": "no", "objects": "no", "abstention": "abstain", "missing": "absent",
    "not_present": "absent",
}  # fmt: skip


@dataclass(frozen=True)
class DecisionCase:
    """Who votes how. `votes` by name as written; `others` the vote of all not named, empty if not known.

    `counts` is for a body in which all members weigh the same and only totals are known. `members` replaces the
    record's list, `change` names a change file that founds the body. `where` names the file.
    """

    body: str
    day: int
    procedure: str = ""
    title: str = ""
    votes: Mapping[str, str] = field(default_factory=dict)
    others: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    members: tuple[str, ...] | None = None
    change: str = ""
    sources: tuple[str, ...] = ()
    where: str = "case"


def read_case(given: str | Path | Mapping[str, object], *, where: str = "case") -> DecisionCase:
    """A case from a YAML file, or plain data that `where` names. Raises FileError with the field it cannot read."""
    if isinstance(given, Mapping):
        return _case(given, where)
    where = str(given)
    return _case(read_yaml(read_text(Path(given), where), where), where)


def read_many(path: Path) -> list[dict[str, Any]]:
    """A file that holds a list of cases, as plain data. Raises FileError."""
    data = load_text(read_text(path, str(path)), str(path), aliases=False)
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise FileError("it is not a list of cases", where=str(path), do="begin each with `- case: NAME-001`")
    return data


def read_yaml(text: str, where: str) -> Mapping[str, object]:
    """One YAML map as plain data, keys as written; raises FileError, also for a key that stands twice."""
    data = load_text(text, where, aliases=False)
    if not isinstance(data, Mapping):
        raise FileError("it is not a map", where=where, do="begin with `body: UNSC`, `on: 2022-02-25`, `votes:`")
    return data


def _case(data: Mapping[str, object], where: str) -> DecisionCase:
    for key in data:
        if key not in KEYS:
            near = ", ".join(get_close_matches(str(key), KEYS)) or ", ".join(KEYS)
            raise FileError(f"no field is called {key!r}", where=where, do=f"near names: {near}")
    if data.get("schema", SCHEMA) != SCHEMA:
        raise FileError(f"schema is {data['schema']!r}", where=where, do=f"write schema: {SCHEMA}")
    if not data.get("body"):
        raise FileError("it names no body", where=f"{where}, field body", do="write body: UNSC")
    if not isinstance(data["body"], str):
        raise FileError(f"{data['body']!r} is no name of a body", where=f"{where}, field body", do="write body: UNSC")
    votes = {str(name): vote_of(vote, f"{where}, votes, {name}") for name, vote in _map(data, "votes", where).items()}
    counts = _counts(data, where)
    if counts and (votes or data.get("others") is not None):  # `others: no` is false
        raise FileError("both counts and votes (or others)", where=where, do="give one of them")
    members = data.get("members")
    return DecisionCase(
        body=str(data["body"]),
        day=_day(data.get("on"), where),
        procedure=_text(data, "procedure", where),
        title=_text(data, "title", where),
        votes=votes,
        others=vote_of(data["others"], f"{where}, field others") if data.get("others") is not None else "",
        counts=counts,
        facts=_map(data, "facts", where),
        members=None if members is None else _names(members, f"{where}, field members"),
        change=_text(data, "change", where),
        sources=tuple(name for key in ("sources", "source") for name in _sources(data, key, where)),
        where=where,
    )


def vote_of(value: object, where: str) -> str:
    """A vote as written in a file; empty for `unknown`. Raises FileError for a word that is no vote."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == UNKNOWN:
        return ""
    return _known_vote(value, where)


def _known_vote(value: object, where: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    word = str(value).strip().casefold().replace(" ", "_").replace("-", "_")
    if word in VOTES:
        return word
    near = [MEANT[word]] if word in MEANT else get_close_matches(word, VOTES, n=2) or list(VOTES)
    raise FileError(f"{value!r} is no vote", where=where, do=f"write {', '.join(near)} or unknown")


def _counts(data: Mapping[str, object], where: str) -> dict[str, int]:
    """How many cast each vote; a vote that stands twice under different spellings is refused."""
    place, found = f"{where}, counts", dict[str, int]()
    for name, number in _map(data, "counts", where).items():
        if name == UNKNOWN:
            raise FileError("unknown is no vote", where=place, do="leave those out: votes not counted are not known")
        vote = _known_vote(name, place)
        if vote in found:
            raise FileError(f"{vote!r} stands twice", where=place, do="keep one of the two")
        found[vote] = _whole(number, f"{place}, {name}")
    return found


def _whole(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FileError(f"{value!r} is not a whole number of 0 or more", where=where)
    return value


def _map(data: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    found = data.get(key)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise FileError(f"{key} must be a map", where=f"{where}, field {key}", do="write name: value, one a line")
    return found


def _text(data: Mapping[str, object], key: str, where: str) -> str:
    """A text, empty where there is none; `no` and lists are not read as if the field were left out."""
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    raise FileError(f"{value!r} is not a text", where=f"{where}, field {key}", do="put it in quotes")


def _sources(data: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    return () if data.get(key) is None else _names(data[key], f"{where}, field {key}")


def _names(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise FileError(f"{value!r} is not a list of names", where=where, do="write [FRA, GBR]")


def _day(value: object, where: str) -> int:
    if value is None:
        raise FileError("it names no day", where=f"{where}, field on", do="write on: 2022-02-25")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.toordinal()
    try:
        return day_of(str(value))
    except QuestionError:
        raise FileError(f"{str(value)!r} is not a day", where=f"{where}, field on", do="write YYYY-MM-DD") from None
