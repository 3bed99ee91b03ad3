"""A client of the websocket that follows no rule but the protocol's: what an attacker writes in an afternoon."""

import json
import re
from typing import Any

import websockets.sync.client as websockets
from reflex.state import OnLoadInternalState

FENCE = f"{OnLoadInternalState.get_full_name()}.set_is_hydrated"


class Wire:
    """One connection. `call` sends an event and returns everything that came back until the node had dealt with it."""

    def __init__(self, url: str, *, cookie: str | None = None, token: str = "t", origin: str | None = "own") -> None:
        address = url.replace("http", "ws", 1) + f"/_event/?token={token}&EIO=4&transport=websocket"
        headers = {"Cookie": cookie} if cookie else {}
        self.socket = websockets.connect(address, additional_headers=headers, origin=url if origin == "own" else origin, max_size=None)  # type: ignore[arg-type]
        assert str(self.socket.recv(timeout=5)).startswith("0{")
        self.socket.send("40/_event,")
        while not str(self.socket.recv(timeout=5)).startswith("40"):
            pass  # a token that another screen uses right now is replaced by a new one first

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def listen(self) -> None:
        """Hear until the node closes the connection, which raises."""
        while True:
            self.socket.recv(timeout=5)

    def send(self, name: str, payload: Any = None, router_data: Any = None) -> None:
        event = {"name": name, "payload": payload or {}, "router_data": {"pathname": "/loket", "asPath": "/loket", **(router_data or {})}}
        self.socket.send("42/_event," + json.dumps(["event", event]))

    def call(self, name: str, payload: Any = None, router_data: Any = None, *, tail: float = 0.05) -> str:
        """Events of one connection are dealt with in order: a second one, whose answer is known, marks the end of the first.

        `tail`: seconds to hear on after that, for what a handler sets off.
        """
        self.send(name, payload, router_data)
        self.send(FENCE, {"value": True})
        heard: list[str] = []
        while True:
            try:
                message = str(self.socket.recv(timeout=5 if not any("is_hydrated" in one for one in heard) else tail))
            except TimeoutError:
                return "\n".join(heard)
            if message == "2":
                self.socket.send("3")
            else:
                heard.append(message)


def touched(answer: str) -> set[str]:
    """Full names of our own States that the answer tells anything of, except that a page is there."""
    return set(re.findall(r'"(reflex___[\w.]*kiosk___[\w.]*)":\s*\{', answer))


def told(answer: str) -> dict[str, Any]:
    """What the answer tells of our own States: values by State and variable."""
    found: dict[str, Any] = {}
    for line in answer.splitlines():
        body = json.loads(line[line.index("[") :]) if "[" in line else []
        for delta in (one.get("delta") or {} for one in body if isinstance(one, dict)):
            found |= {f"{name} {var}": value for name, values in delta.items() if "kiosk___" in name for var, value in values.items()}
    return found
