"""A port and what answers on it: shared by the office node and the centre."""

import asyncio
import errno
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.core.config import BadSetting
from kiosk.core.errors import StartError
from kiosk.core.i18n import N_

CONNECTIONS = 2048  # boards keep theirs open; granian's own bound of 128 would shut the hall out


class PortInUse(StartError):
    """Something else listens on the port."""

    code = "START-0098"
    sentence = N_("Port {port} on {host} is already in use. Stop what uses it, or set {name}.")


def check_free(host: str, port: int, *, host_setting: str, port_setting: str) -> None:
    """Raises `PortInUse`, or `BadSetting` for a host or port on which nobody could listen here."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], address[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OSError as refused:
        if refused.errno == errno.EADDRINUSE:
            raise PortInUse(port=port, host=host, name=port_setting) from None
        name = port_setting if refused.errno == errno.EACCES else host_setting
        raise BadSetting(name=name, reason=f"{refused.strerror} ({host}:{port})") from None


def make_server(app: Any, host: str, port: int, interface: Any, *, certificate: Path | None = None) -> Any:
    """One port. TLS 1.2 is the least: tablets that an office still has know nothing newer."""
    from granian.constants import SSLProtocols
    from granian.server.embed import Server

    return Server(
        app,
        address=host,
        port=port,
        interface=interface,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=certificate,
        ssl_protocol_min=SSLProtocols.tls12,
    )


async def listen(server: Any, host: str, port: int) -> tuple[Any, "asyncio.Task[None]"]:
    """The server and its task, as soon as it answers or has failed."""
    serving = asyncio.create_task(server.serve())
    while not serving.done():
        with suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
            break
        await asyncio.sleep(0.02)
    return server, serving
