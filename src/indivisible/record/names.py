"""From the names people type to the record's own keys: exact, dated, never guessed; near names only suggest."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from indivisible.errors import QuestionError, UnknownName

LONGEST = 80  # letters of a name that no entity bears, in a message about it


@lru_cache(maxsize=16384)
def plain(name: str) -> str:
    """The name without case, accents and punctuation, so that 'Côte d'Ivoire' and 'cote d ivoire' are one."""
    flat = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in flat if not unicodedata.combining(letter))
    return " ".join(kept.split())


class Names:
    """All names of all entities of one kind: `known` maps a plain name to the keys that bear it."""

    def __init__(self, kind: str, pairs: Iterable[tuple[str, str]]) -> None:
        self.kind = kind
        self.known: dict[str, set[str]] = {}
        self.spelled: dict[str, str] = {}
        for key, name in pairs:
            self.known.setdefault(plain(name), set()).add(key)
            self.known.setdefault(plain(key), {key}).add(key)
            self.spelled.setdefault(plain(name), name)
            self.spelled.setdefault(plain(key), key)

    def resolve(self, name: str) -> str:
        """The key that bears this name; UnknownName with near names, or QuestionError if several bear it."""
        keys = self.known.get(plain(name), set())
        if len(keys) == 1:
            return next(iter(keys))
        if name in keys:
            return name
        if keys:
            raise QuestionError(f"{name!r} names several: {', '.join(sorted(keys))}", do="use one of these keys")
        shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}..."
        near = difflib.get_close_matches(plain(shown), self.known, n=5, cutoff=0.7)
        named = {self.spelled[word]: sorted(self.known[word]) for word in near}
        raise UnknownName(shown, self.kind, [f"{word} ({', '.join(keys)})" for word, keys in named.items()])
