"""Slow questions, each in a process of its own that is ended when nobody waits for the answer any more.

The same question asked twice at once is answered once; an answer given lately is given again. Questions that take long
(draws, searches) never have all the processes, so that one slow question does not keep another waiting.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
from collections import OrderedDict
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

from indivisible.apps.web.errors_as_json import described, error_of
from indivisible.apps.web.limits import Busy, Limits, TooSlow
from indivisible.apps.web.message import Message
from indivisible.report.json_text import to_json

PRELOADED = ["indivisible.apps.web.worker", "scipy.optimize", "scipy.sparse.csgraph"]
"""Loaded once, before processes are made of the one that loaded them: the next after one that was ended is as quick."""
KEPT_BYTES = 64_000_000
KEPT_TASKS = 200  # questions that one process answers before it makes room for a fresh one


@dataclass(frozen=True)
class Slow:
    """A slow question: its kind, and all that is asked; `heavy` where it may take long."""

    kind: str
    asked: Mapping[str, Any]
    heavy: bool = False

    @property
    def key(self) -> str:
        return self.kind + to_json(self.asked)


@dataclass
class _Running:
    """A question under way, what has come of it so far, and how many listen."""

    messages: list[Message] = field(default_factory=list)
    listeners: int = 0
    more: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    def add(self, message: Message) -> None:
        self.messages.append(message)
        self.more.set()
        self.more = asyncio.Event()


class _Worker:
    """One process with its end of the pipe."""

    def __init__(self, context: ForkServerContext, overlays: tuple[str, ...]) -> None:
        from indivisible.apps.web.worker import answer_questions

        self.pipe: Connection
        self.pipe, far = context.Pipe()
        self.process: BaseProcess = context.Process(target=answer_questions, args=(far, overlays), daemon=True)
        self.process.start()
        far.close()
        self.done = 0

    def end(self) -> None:
        self.process.kill()  # the pipe closes itself once the thread that reads from it has seen the end


class Pool:
    """At most `limits.workers` processes; further questions wait, and past `limits.waiting` are refused."""

    def __init__(self, limits: Limits, *, overlays: tuple[str, ...] = ()) -> None:
        self.limits, self.overlays = limits, overlays
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)
        self._threads = ThreadPoolExecutor(2 * limits.workers + 2, thread_name_prefix="pipe")
        self._places = asyncio.Semaphore(limits.workers)
        self._heavy = asyncio.Semaphore(max(1, limits.workers - 1))
        self._idle: list[_Worker] = []
        self._working: set[_Worker] = set()
        self._running: dict[str, _Running] = {}
        self._kept: OrderedDict[str, tuple[Message, ...]] = OrderedDict()
        self._kept_bytes = 0

    async def prepare(self) -> None:
        """Start the processes before the first question comes."""
        for _ in range(self.limits.workers):
            self._idle.append(await self._started())

    @property
    def busy(self) -> int:
        """How many questions are under way or wait."""
        return len(self._running)

    async def messages(self, slow: Slow) -> AsyncGenerator[Message, None]:
        """What comes of a question, piece by piece; leaving the loop early gives it up. Raises Busy."""
        if slow.key in self._kept:
            self._kept.move_to_end(slow.key)
            for message in self._kept[slow.key]:
                yield message
            return
        running = self._running.get(slow.key) or self._begun(slow)
        running.listeners += 1
        try:
            place = 0
            while True:
                more = running.more
                while place < len(running.messages):
                    message = running.messages[place]
                    place += 1
                    yield message
                    if message.last:
                        return
                await more.wait()
        finally:
            running.listeners -= 1
            if running.listeners == 0 and running.task is not None:
                self._forget(slow.key, running)
                running.task.cancel()

    def _begun(self, slow: Slow) -> _Running:
        if len(self._running) >= self.limits.waiting + self.limits.workers:
            raise Busy(f"{len(self._running)} questions are under way or wait already", do="ask again in a while")
        running = self._running[slow.key] = _Running()
        running.task = asyncio.create_task(self._answer(slow, running))
        return running

    def _forget(self, key: str, running: _Running) -> None:
        if self._running.get(key) is running:
            del self._running[key]

    async def _answer(self, slow: Slow, running: _Running) -> None:
        try:
            async with contextlib.AsyncExitStack() as places:
                if slow.heavy:
                    await places.enter_async_context(self._heavy)
                await places.enter_async_context(self._places)
                await self._worked(slow, running)
        except Exception as problem:
            running.add(_error(500, error_of(f"a fault of the program itself: {problem!r}", kind="program")))
        finally:
            self._forget(slow.key, running)
        self._keep(slow.key, running.messages)

    async def _worked(self, slow: Slow, running: _Running) -> None:
        """Put the question to a process that is free; end the process where it is given up or takes too long."""
        worker = self._idle.pop() if self._idle else await self._started()
        self._working.add(worker)
        finished = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                finished = await self._passed_on(worker, slow, running)
        except TimeoutError:
            problem = TooSlow(f"no answer within {self.limits.seconds:g} seconds",
                              do="ask for fewer models or draws, or start the server with --seconds")  # fmt: skip
            running.add(_error(*described(problem)))
        finally:
            self._working.discard(worker)
            if finished and worker.done < KEPT_TASKS:
                self._idle.append(worker)
            else:
                worker.end()

    async def _passed_on(self, worker: _Worker, slow: Slow, running: _Running) -> bool:
        loop = asyncio.get_running_loop()
        worker.done += 1
        try:
            worker.pipe.send((slow.kind, dict(slow.asked)))
            while True:
                message: Message = await loop.run_in_executor(self._threads, worker.pipe.recv)
                running.add(message)
                if message.last:
                    return True
        except (EOFError, OSError):
            error = error_of("the process that worked on it came to an end", kind="program",
                             do="ask again; there may be too little memory")  # fmt: skip
            running.add(_error(500, error))
            return False

    async def _started(self) -> _Worker:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _Worker, self._context, self.overlays)

    def _keep(self, key: str, messages: list[Message]) -> None:
        """Keep an answer, without what was only told on the way, and let the oldest go."""
        if not messages or messages[-1].kind != "answer":
            return
        kept = tuple(message for message in messages if message.name != "progress")
        self._kept[key] = kept
        self._kept_bytes += _size(kept)
        while self._kept_bytes > KEPT_BYTES:
            self._kept_bytes -= _size(self._kept.popitem(last=False)[1])

    async def close(self) -> None:
        """End every process."""
        for running in list(self._running.values()):
            if running.task is not None:
                running.task.cancel()
        for worker in (*self._idle, *self._working):
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)


def _size(messages: tuple[Message, ...]) -> int:
    return sum(len(message.body) for message in messages)


def _error(status: int, error: dict[str, Any]) -> Message:
    return Message("error", to_json(error).encode(), status)
