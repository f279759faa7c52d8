"""Slow questions: given up when nobody waits, answered once for all who ask the same, never in one another's way."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from indivisible.apps.assessing import question_of
from indivisible.apps.web.limits import Busy, Limits
from indivisible.apps.web.message import Message
from indivisible.apps.web.pool import Pool, Slow
from indivisible.architecture.change import change_text

LIMITS = Limits(workers=2, waiting=1, seconds=60)


def long_question(seed: int = 0) -> Slow:
    """More draws than anybody would wait for here; it tells of itself as soon as it is under way."""
    text, where = change_text("nordic-accession")
    question = question_of("nordic-accession", text, where, models=["distance"], draws=100_000, seed=seed)
    asked = {"question": {**question, "overlays": []}, "viewpoint": "", "streamed": True, "form": "json"}
    return Slow("assess", asked, heavy=True)


def short_question(body: str = "UNSC") -> Slow:
    case = {"body": body, "on": "2022-02-25", "others": "yes"}
    return Slow("decide", {"case": case, "form": "json"})


async def whole(pool: Pool, slow: Slow) -> Message:
    async for message in pool.messages(slow):
        if message.last:
            return message
    raise AssertionError("no end")


def with_pool(limits: Limits, do: Callable[[Pool], Awaitable[None]]) -> None:
    async def run() -> None:
        pool = Pool(limits)
        try:
            await asyncio.wait_for(do(pool), 50)
        finally:
            await pool.close()

    asyncio.run(run())


async def begun(pool: Pool, slow: Slow) -> Any:
    """A listener to a question that is under way."""
    listener = pool.messages(slow)
    await anext(listener)
    return listener


def process_of(pool: Pool) -> Any:
    (worker,) = pool._working
    return worker.process


def test_a_question_that_nobody_waits_for_ends() -> None:
    async def do(pool: Pool) -> None:
        listener, other = await begun(pool, long_question()), await begun(pool, long_question())
        process = process_of(pool)
        assert pool.busy == 1
        await listener.aclose()
        await asyncio.sleep(0.05)
        assert process.is_alive()  # somebody still waits
        await other.aclose()
        await asyncio.to_thread(process.join, 10)
        assert process.exitcode == -signal.SIGKILL
        assert pool.busy == 0
        assert (await whole(pool, short_question())).status == 200

    with_pool(LIMITS, do)


def test_one_slow_question_never_blocks_another() -> None:
    async def do(pool: Pool) -> None:
        listener = await begun(pool, long_question())
        waiting = asyncio.create_task(whole(pool, long_question(seed=1)))
        await asyncio.sleep(0)
        assert pool.busy == 2
        quick = await whole(pool, short_question())
        assert quick.kind == "answer"
        assert not waiting.done()
        assert pool.busy == 2
        waiting.cancel()
        await listener.aclose()

    with_pool(LIMITS, do)


def test_the_same_question_is_answered_once_and_kept() -> None:
    async def do(pool: Pool) -> None:
        first, second = await asyncio.gather(whole(pool, short_question()), whole(pool, short_question()))
        assert first is second
        assert await whole(pool, short_question()) is first
        assert sum(worker.done for worker in pool._idle) == 1
        wrong = await whole(pool, short_question("Hanse"))
        assert (wrong.kind, wrong.status) == ("error", 400)
        assert await whole(pool, short_question("Hanse")) is not wrong  # mistakes are not kept

    with_pool(LIMITS, do)


def test_one_process_answers_many_questions_and_none_changes_the_next() -> None:
    text, where = change_text("nordic-accession")

    def asked(viewpoint: str = "", **chosen: Any) -> Slow:
        question = question_of("nordic-accession", text, where, models=["commitment"], **chosen)
        return Slow("assess", {"question": question, "viewpoint": viewpoint, "streamed": False, "form": "json"})

    async def do(pool: Pool) -> None:
        await pool.prepare()
        (worker,) = pool._idle
        first = (await whole(pool, asked())).body
        others = [await whole(pool, one) for one in (asked("CHN"), asked(settings={"commitment.kind": "defence"}))]
        assert first not in [one.body for one in others]
        assert {one.kind for one in others} == {"answer"}
        pool._kept.clear()
        assert (await whole(pool, asked())).body == first
        assert (pool._idle, worker.done) == ([worker], 4)

    with_pool(replace(LIMITS, workers=1), do)


def test_old_answers_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indivisible.apps.web.pool.KEPT_BYTES", 5_000)

    async def do(pool: Pool) -> None:
        for body in ("UNSC", "NATO", "EU", "OSCE"):
            await whole(pool, short_question(body))
            assert pool._kept_bytes == sum(len(m.body) for kept in pool._kept.values() for m in kept) <= 5_000

    with_pool(LIMITS, do)


def test_a_question_that_takes_too_long_ends() -> None:
    async def do(pool: Pool) -> None:
        found = await whole(pool, long_question())
        assert (found.kind, found.status) == ("error", 504)
        assert b'"too_slow"' in found.body
        assert not pool._working

    with_pool(replace(LIMITS, seconds=0.3), do)


def test_past_a_number_of_questions_no_more_is_taken() -> None:
    async def do(pool: Pool) -> None:
        listener = await begun(pool, long_question())
        waiting = asyncio.create_task(whole(pool, short_question()))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await whole(pool, short_question("NATO"))
        waiting.cancel()
        await listener.aclose()

    with_pool(replace(LIMITS, workers=1), do)


def test_a_process_that_dies_is_an_error_and_the_next_question_is_answered() -> None:
    async def do(pool: Pool) -> None:
        waiting = asyncio.create_task(whole(pool, long_question()))
        while not pool._working:
            await asyncio.sleep(0.01)
        os.kill(process_of(pool).pid, signal.SIGKILL)
        found = await waiting
        assert (found.kind, found.status) == ("error", 500)
        assert (await whole(pool, short_question())).status == 200

    with_pool(LIMITS, do)


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_page_that_goes_away_gives_its_question_up(client: TestClient, app: FastAPI, method: str) -> None:
    path = "/api/assess"
    query = b"change=nordic-accession&models=distance&draws=199" if method == "GET" else b""
    body = b"" if method == "GET" else b'{"change": "nordic-accession", "models": ["distance"], "draws": 198}'
    sent: list[Any] = []
    pool = app.state.opened.pool

    async def leave() -> None:
        received = 0

        async def receive() -> dict[str, Any]:
            nonlocal received
            received += 1
            if received == 1:
                return {"type": "http.request", "body": body, "more_body": False}
            while not pool._working:
                await asyncio.sleep(0.01)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query,
            "root_path": "", "scheme": "http", "http_version": "1.1", "server": ("127.0.0.1", 8383), "client": None,
            "headers": [(b"host", b"127.0.0.1:8383"), (b"content-type", b"application/json")],
            "asgi": {"version": "3.0"},
        }  # fmt: skip
        await asyncio.wait_for(app(scope, receive, send), 20)  # type: ignore[arg-type]
        while pool.busy:
            await asyncio.sleep(0.01)

    assert client.portal is not None
    client.portal.call(leave)
    ended = [message for message in sent if message["type"] == "http.response.body" and not message.get("more_body")]
    assert not ended, "nobody was there for an end"
    assert client.post("/api/decide", json={"body": "UNSC", "on": "2022-02-25", "others": "no"}).status_code == 200
