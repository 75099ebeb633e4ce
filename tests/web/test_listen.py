"""The socket that everybody reaches the kiosk by."""

from __future__ import annotations

import asyncio
import socket

from kiosk.web.listen import listen
from tests.tools.loops import run


def test_small_answers_are_sent_at_once() -> None:
    """Otherwise each request on an open connection waits 40 ms for the one before."""

    async def is_sent_at_once() -> bool:
        answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted = writer.get_extra_info("socket")
            answered.set_result(bool(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        listener = listen("127.0.0.1", 0, "kiosk serve")
        async with await asyncio.start_server(connected, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            sent_at_once = await answered
            writer.close()
        return sent_at_once

    assert run(is_sent_at_once())
