"""The board hands the newest picture to many, and never holds up anybody."""

import asyncio
import json

import pytest

from kiosk.queues.board import Board
from kiosk.queues.errors import TooManyBoards
from tests.queues.conftest import in_a_loop


class Source:
    """A picture that counts; `reads` tells how often it was looked at."""

    def __init__(self):
        self.value, self.reads = 0, 0

    def __call__(self):
        self.reads += 1
        return {"at": f"moment {self.reads}", "value": self.value}


def data(message):
    return json.loads(message.decode().split("data: ", 1)[1])


def with_board(scenario, source=None, **options):
    """Run `scenario(board, source)` beside the board's own task."""

    async def go():
        read = source or Source()
        board = Board(read, **{"pause": 0.01, **options})
        running = asyncio.create_task(board.run())
        try:
            return await asyncio.wait_for(scenario(board, read), 20)
        finally:
            board.close()
            await asyncio.wait_for(running, 5)

    return in_a_loop(go())


async def until(stream, value):
    """Values that the stream shows until `value` comes."""
    seen = []
    async for message in stream:
        if b"event: beat" not in message:
            seen.append(data(message)["value"])
            if seen[-1] == value:
                return seen
    return seen


def test_who_connects_gets_the_whole_picture_at_once():
    async def scenario(board, source):
        source.value = 7
        return data(await anext(board.watch()))["value"]

    assert with_board(scenario) == 7


def test_every_client_sees_a_change():
    async def scenario(board, source):
        streams = [board.watch() for _ in range(60)]
        for stream in streams:
            await anext(stream)
        source.value = 1
        board.changed()
        return [(await until(stream, 1))[-1] for stream in streams]

    assert with_board(scenario, per_address=None) == [1] * 60


def test_a_burst_is_sent_as_few_pictures_of_which_the_last_is_true():
    async def scenario(board, source):
        stream = board.watch()
        await anext(stream)
        watching = asyncio.create_task(until(stream, 500))
        before = source.reads
        for value in range(1, 501):
            source.value = value
            board.changed()
            if value % 50 == 0:
                await asyncio.sleep(0)
        return await watching, source.reads - before

    seen, reads = with_board(scenario, pause=0.05)
    assert seen[-1] == 500
    assert len(seen) <= reads < 20


def test_after_a_picture_there_is_a_pause_whatever_happens():
    async def scenario(board, source):
        stream = board.watch()
        await until(stream, 0)
        before = source.reads
        for value in range(1, 50):
            source.value = value
            board.changed()
            await asyncio.sleep(0.002)
        return source.reads - before

    assert with_board(scenario, pause=60) <= 1, "the first picture of all may still be on its way"


def test_a_slow_client_misses_pictures_but_not_the_last():
    async def scenario(board, source):
        slow, quick = board.watch(), board.watch()
        await anext(slow)
        await anext(quick)
        for value in (1, 2, 3):
            source.value = value
            board.changed()
            await until(quick, value)
        return await until(slow, 3)

    assert with_board(scenario) == [3]


def test_versions_grow_and_a_change_of_nothing_sends_nothing():
    async def scenario(board, source):
        stream = board.watch()
        versions = [data(await anext(stream))["version"]]
        board.changed()
        await asyncio.sleep(0.05)
        source.value = 1
        board.changed()
        message = await anext(stream)
        versions.append(data(message)["version"])
        assert message.startswith(f"id: {versions[-1]}\n".encode())
        return versions, data(message)["value"]

    versions, value = with_board(scenario)
    assert (versions == sorted(set(versions)), value) == (True, 1)


def test_silence_is_broken_by_a_sign_of_life():
    async def scenario(board, source):
        stream = board.watch()
        await anext(stream)
        return await anext(stream)

    beat = with_board(scenario, heartbeat=0.05)
    assert beat.startswith(b": ")
    assert b"event: beat" in beat


def test_what_changes_without_a_word_is_shown_at_the_next_heartbeat():
    """Midnight, or a write by another process."""

    async def scenario(board, source):
        stream = board.watch()
        await anext(stream)
        source.value = 5
        return await until(stream, 5)

    assert with_board(scenario, heartbeat=0.05) == [5]


def test_a_picture_that_cannot_be_read_leaves_the_last_one():
    async def scenario(board, source):
        stream = board.watch()
        await anext(stream)
        broken, source.value = source.value, None
        board._read = lambda: 1 / 0
        board.changed()
        await asyncio.sleep(0.05)
        board._read, source.value = source, 2
        board.changed()
        return broken, await until(stream, 2)

    assert with_board(scenario) == (0, [2])


def test_streams_end_when_the_board_closes():
    async def scenario(board, source):
        streams = [board.watch() for _ in range(3)]
        for stream in streams:
            await anext(stream)
        board.close()
        rest = [[message async for message in stream] for stream in streams]
        return rest, board.clients, [message async for message in board.watch()]

    assert with_board(scenario) == ([[], [], []], 0, [])


@pytest.mark.parametrize(("options", "addresses"), [({"limit": 3}, "abcd"), ({"per_address": 3}, "aaaa")])
def test_boards_are_counted_and_one_that_leaves_makes_room(options, addresses):
    async def scenario(board, source):
        streams = [board.watch(address) for address in addresses[:3]]
        for stream in streams:
            await anext(stream)
        with pytest.raises(TooManyBoards):
            await anext(board.watch(addresses[3]))
        await streams[0].aclose()
        return data(await anext(board.watch(addresses[3])))["value"]

    assert with_board(scenario, **options) == 0
