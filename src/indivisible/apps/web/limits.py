"""How much one question may ask of the machine, and the refusal where it asks more."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass

from indivisible.errors import IndivisibleError


class TooLarge(IndivisibleError):
    """A question asks more than the server allows."""


class Busy(IndivisibleError):
    """Too many slow questions wait already."""


class TooSlow(IndivisibleError):
    """A question took longer than the server allows."""


@dataclass(frozen=True)
class Limits:
    """Bytes of an upload, steps and states of a change, draws, bodies of text, seconds, and how many may wait."""

    upload: int = 1_000_000
    steps: int = 100
    states: int = 250
    draws: int = 2_000
    years: int = 210
    holdings: int = 20_000
    levers: int = 40
    seconds: float = 300.0
    workers: int = 2
    waiting: int = 64

    def check(self, what: str, amount: int | Sized, most: int) -> None:
        """Raise TooLarge where there is more of something than allowed."""
        number = amount if isinstance(amount, int) else len(amount)
        if number > most:
            raise TooLarge(f"{number:,} {what} are asked for, and at most {most:,} are allowed here", do=_ELSE)


_ELSE = "ask for less, or ask the command line, which has no such limit"
