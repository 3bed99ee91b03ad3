"""A flood from one address, as a process of its own: `python -m tests.faults.flood PORT ADDRESS SECONDS KIND`; prints what it was answered.

Kinds: `anonymous` reads what anyone may read; `forged` writes tickets under made-up device tokens; `sign-in` guesses PINs;
`sockets` opens websockets with made-up sessions and sends events.
"""

import asyncio
import base64
import json
import secrets
import sys
import time
from collections import Counter

from kiosk.core.ids import new_id

CONNECTIONS = 32
KINDS = ("anonymous", "forged", "sign-in", "sockets")


def request(kind: str) -> bytes:
    token, body = f"kd_{secrets.token_urlsafe(32)}", b""
    if kind == "anonymous":
        head = "GET /api/v1/queues HTTP/1.1\r\n"
    elif kind == "forged":
        body = json.dumps({"id": new_id(), "queue": "A"}).encode()
        head = f"POST /api/v1/tickets HTTP/1.1\r\nauthorization: Bearer {token}\r\n"
    else:
        body = json.dumps({"account": new_id(), "pin": "123456"}).encode()
        head = "POST /api/v1/staff/session HTTP/1.1\r\n"
    return f"{head}host: localhost\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


def handshake() -> bytes:
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    lines = (
        f"GET /_event/?token={new_id()}&EIO=4&transport=websocket HTTP/1.1",
        "host: localhost",
        "upgrade: websocket",
        "connection: upgrade",
        "sec-websocket-version: 13",
        f"sec-websocket-key: {key}",
        f"cookie: kiosk_session={secrets.token_urlsafe(32)}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def one(port: int, address: str, end: float, kind: str, answers: Counter[int]) -> None:
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
            while time.monotonic() < end:
                writer.write(handshake() if kind == "sockets" else request(kind))
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
                answers[int(head.split(b" ", 2)[1])] += 1
                if kind == "sockets":
                    await asyncio.sleep(0.05)
                    break
                length = next((int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0)
                await reader.readexactly(length)
            writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            answers[0] += 1


async def main(port: int, address: str, seconds: float, kind: str) -> Counter[int]:
    answers: Counter[int] = Counter()
    end = time.monotonic() + seconds
    await asyncio.gather(*(one(port, address, end, kind, answers) for _ in range(CONNECTIONS)))
    return answers


if __name__ == "__main__":
    found = asyncio.run(main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4]))
    sys.stdout.write(json.dumps(found))
