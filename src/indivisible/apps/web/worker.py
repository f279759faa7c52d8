"""The process that works on slow questions: one after another, told through a pipe, ended from outside."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: one process a question, one thread a process

from indivisible.apps.web import slow_answers
from indivisible.apps.web.errors_as_json import described, error_of
from indivisible.apps.web.message import Message
from indivisible.assess import assess as _assess
from indivisible.errors import IndivisibleError
from indivisible.report import assessment_text as _text
from indivisible.report.json_text import to_json

Send = Callable[[Message], None]
PRELOADED = (_assess, _text)  # loaded once, before processes are made of the one that loaded them


def answer_questions(pipe: Connection, overlays: tuple[str, ...]) -> None:
    """Answer what comes through the pipe until it closes; a mistake is an answer too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends this process itself
    from indivisible.apps.desk import load

    desk = load(overlays=overlays)
    while True:
        try:
            kind, asked = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_answered(slow_answers.ANSWERS[kind], desk, asked, pipe.send))


def _answered(answer: Callable[..., Message], desk: Any, asked: Mapping[str, Any], send: Send) -> Message:
    try:
        return answer(desk, asked, send)
    except IndivisibleError as problem:
        status, error = described(problem)
        return Message("error", to_json(error).encode(), status)
    except Exception as problem:
        import traceback

        traceback.print_exc()
        what = f"a fault of the program itself: {type(problem).__name__}"
        error = error_of(what, kind="program", do="please report it; the terminal of `indivisible serve` shows more")
        return Message("error", to_json(error).encode(), 500)
