"""All claims and sources, as they stand: they may contradict each other, and nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError, RecordError, UnknownName
from indivisible.record.claim import Claim, Field, Source
from indivisible.record.columns import Columns, holding, holding_days
from indivisible.record.names import Names
from indivisible.values import Span, day_of

NAME_FIELDS = ("name", "official_name", "name_ru", "alias")
KINDS = ("state", "organization", "treaty", "deployment", "conflict", "text")


class Record:
    """Claims in columns, looked up by subject, field, object and value; frozen once loaded.

    `digest` names exactly these claims and sources; `overlays` lists the folders laid over those that ship.
    """

    def __init__(
        self,
        columns: Columns,
        *,
        sources: Mapping[str, Source],
        fields: Mapping[str, Field],
        digest: str,
        overlays: Sequence[str] = (),
    ) -> None:
        self.columns = columns
        self.sources = sources
        self.fields = fields
        self.digest = digest
        self.overlays = tuple(overlays)
        self._codes = {word: code for code, word in enumerate(columns.strings)}
        self._names: dict[str, Names] = {}

    @cached_property
    def _rows_of_field(self) -> dict[str, NDArray[np.intp]]:
        order = np.argsort(self.columns.codes["field"], kind="stable")
        sorted_codes = self.columns.codes["field"][order]
        starts = np.flatnonzero(np.r_[True, sorted_codes[1:] != sorted_codes[:-1]]) if len(order) else order
        pieces = np.split(order, starts[1:]) if len(order) else []
        return {self.columns.strings[self.columns.codes["field"][piece[0]]]: piece for piece in pieces}

    @cached_property
    def known_to(self) -> int:
        """First day past what the record covers: from here on every answer is unknown."""
        claims = self.claims(field="known_to")
        if len(claims) != 1:
            raise RecordError(f"{len(claims)} claims say what the record is known to, not one", where="record.csv")
        return day_of(claims[0].value)

    def rows(
        self,
        *,
        subject: str | None = None,
        field: str | None = None,
        object: str | None = None,
        value: str | None = None,
    ) -> NDArray[np.intp]:
        """Numbers of the rows that match every argument given, in file order."""
        chosen = (
            self._rows_of_field.get(field, np.empty(0, dtype=np.intp))
            if field is not None
            else np.arange(len(self.columns), dtype=np.intp)
        )
        for column, word in (("subject", subject), ("object", object), ("value", value)):
            if word is not None:
                code = self._codes.get(word, -1)
                chosen = chosen[self.columns.codes[column][chosen] == code]
        return chosen

    def claims(
        self,
        *,
        subject: str | None = None,
        field: str | None = None,
        object: str | None = None,
        value: str | None = None,
    ) -> tuple[Claim, ...]:
        """The claims that match every argument given, in file order."""
        return tuple(map(self.claim, self.rows(subject=subject, field=field, object=object, value=value).tolist()))

    def claim(self, row: int) -> Claim:
        """The claim in one row."""
        columns = self.columns
        text = columns.text
        days = columns.days[:, row].tolist()
        return Claim(
            subject=text("subject", row),
            field=text("field", row),
            object=text("object", row),
            value=text("value", row),
            span=Span(*days),
            begin=text("from", row),
            end=text("to", row),
            layer=text("layer", row),
            speaker=text("speaker", row),
            sources=tuple(text("source", row).split(";")),
            place=text("place", row),
            confidence=text("confidence", row),
            note=text("note", row),
            address=f"{text('file', row)}:{columns.line[row]}",
        )

    def at(self, address: str) -> Claim:
        """The claim at an address such as `organizations/CSTO.csv:12`."""
        file, _, line = address.rpartition(":")
        code = self._codes.get(file, -1)
        rows = np.flatnonzero((self.columns.codes["file"] == code) & (self.columns.line == int(line or -1)))
        if len(rows) != 1:
            raise QuestionError(f"no claim stands at {address!r}", do="addresses look like organizations/CSTO.csv:12")
        return self.claim(int(rows[0]))

    def holding(self, day: int) -> NDArray[np.int8]:
        """For every row whether it held on the day: 1 yes, 0 no, -1 unknown."""
        return holding(self.columns, day)

    def holding_rows(self, rows: NDArray[np.intp], day: int) -> NDArray[np.int8]:
        """The same as `holding`, for some rows only."""
        return holding_days(self.columns.days[:, rows], day)

    @cached_property
    def _kinds(self) -> dict[str, list[str]]:
        kinds: dict[str, list[str]] = {}
        for claim in self.claims(field="kind"):
            kinds.setdefault(claim.value, []).append(claim.subject)
        return {kind: sorted(set(keys)) for kind, keys in kinds.items()}

    def entities(self, kind: str) -> tuple[str, ...]:
        """Keys of all entities of a kind (state, organization, treaty, deployment, conflict, text), alphabetical."""
        return tuple(self._kinds.get(kind, ()))

    def resolve(self, name: str, kind: str) -> str:
        """The key of the entity of this kind that bears the name, in any alias; UnknownName with near names."""
        if kind not in self._names:
            keys = set(self.entities(kind))
            pairs = [(key, key) for key in keys]
            for field in NAME_FIELDS:
                pairs += [(c.subject, c.value) for c in self.claims(field=field) if c.subject in keys]
            if kind == "state":
                pairs += [(c.subject, c.value) for f in ("iso2", "iso3") for c in self.claims(field=f)]
            self._names[kind] = Names(kind, pairs)
        return self._names[kind].resolve(name)

    def resolve_any(self, name: str) -> tuple[str, str]:
        """(kind, key) of whatever bears the name; an exact key comes before an alias, a state before the rest."""
        for kind in KINDS:
            if name in self.entities(kind):
                return kind, name
        near: list[str] = []
        for kind in KINDS:
            try:
                return kind, self.resolve(name, kind)
            except UnknownName as problem:
                near += problem.near
                name = problem.name
        raise UnknownName(name, "thing", near[:5])

    def name_of(self, key: str) -> str:
        """The latest common name of an entity, or its key."""
        names = self.claims(subject=key, field="name")
        return max(names, key=lambda claim: claim.span.from_earliest).value if names else key

    def recalled(self, sources: Sequence[str]) -> bool:
        """Whether any of these sources was not seen when the fact was written."""
        return bool(self.recalled_among(sources))

    def recalled_among(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Those of these sources that were not seen when the fact was written, alphabetical."""
        found = {key for key in sources if key in self.sources and self.sources[key].kind == "recalled"}
        return tuple(sorted(found))
