"""One centre and two offices that send to it, on this machine alone. Usage: python deploy/demo.py [FOLDER]

Everything lies in FOLDER (data/demo), so that the next time goes on where this one ended. Ctrl-C ends all of it.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
CENTRE_PORT = 8100
# Two names of this machine, because a browser keeps cookies by name and not by port.
OFFICES = {"kaltim": ("localhost", 8000), "rohil": ("127.0.0.1", 8001)}
PATIENCE_S, END_S = 120, 15
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Program:
    """One of the three: its folder, its settings and, once started, its process."""

    name: str
    folder: Path
    url: str
    env: dict[str, str]
    serve: tuple[str, ...] = ("serve",)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        """Where it writes what it says."""
        return self.folder / "log.txt"

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "kiosk", *words]

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        return inherited | {"KIOSK_DATA_DIR": str(self.folder)} | self.env

    def run(self, *words: str, may_fail: bool = False) -> "subprocess.CompletedProcess[str]":
        """The `kiosk` command on its folder."""
        done = subprocess.run(self._command(*words), cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False)
        if done.returncode and not may_fail:
            sys.exit(f"{self.name}: {done.stderr.strip()}")
        return done

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C comes to this script, which ends all in their order."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(*self.serve), cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )

    def wait_until_ready(self) -> None:
        """Come back when it answers; end everything when it does not."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self.process is not None and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + "/readyz", timeout=5):  # noqa: S310 (our own address)
                    return
            except OSError:
                time.sleep(0.1)
        sys.exit(f"{self.name} does not start:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End it, by force if it does not end by itself."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()


def refuse_used_ports() -> None:
    """End with a sentence when something else listens."""
    for port in (CENTRE_PORT, *(port for _, port in OFFICES.values())):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                sys.exit(f"Port {port} is already in use. Stop what uses it (make run? make run-centre?), then try again.")


def programs(folder: Path) -> tuple[Program, list[Program]]:
    """The centre and the offices, each on a folder of its own."""
    url = f"http://localhost:{CENTRE_PORT}"
    centre = Program("centre", folder / "centre", url, {"KIOSK_CENTRE_PORT": str(CENTRE_PORT)}, ("centre", "serve"))
    offices = []
    for name, (host, port) in OFFICES.items():
        env = {"KIOSK_OFFICE": name, "KIOSK_PORT": str(port), "KIOSK_DEMO": "on", "KIOSK_TLS": "off"}
        url = f"http://{host}:{port}"
        offices.append(Program(name, folder / name, url, env | {"KIOSK_PUBLIC_URL": url}))
    for one in (centre, *offices):
        one.folder.mkdir(parents=True, exist_ok=True)
    return centre, offices


def prepare(centre: Program, offices: list[Program]) -> None:
    """Databases, the offices at the centre, the centre itself; then each office is enrolled, the first time, and served."""
    centre.run("centre", "migrate")
    for office in offices:
        centre.run("centre", "office", "add", office.name)
    centre.start()
    centre.wait_until_ready()
    for office in offices:
        office.run("migrate")
        office.run("seed")
        if office.run("sync", "status", may_fail=True).returncode:
            code = centre.run("centre", "code", office.name).stdout.strip()
            office.run("sync", "enrol", code, "--centre", centre.url, "--name", f"Demo {office.name}")
        office.start()
    for office in offices:
        office.wait_until_ready()


def guide(centre: Program, offices: list[Program]) -> str:
    """What to look at."""
    from kiosk.staff.demo import accounts

    pins = "\n".join(f"    {name:<28} {pin}" for name, _, pin in accounts(offices[0].name))
    lines = [
        f"\nThe centre           {centre.url}",
        *(f"Office {one.name:<13} {one.url}    staff: {one.url}/masuk" for one in offices),
        f"\nStaff and their PINs, the same in both offices:\n{pins}",
        "\nWhat to look at:",
        f"  1. Take a number at {offices[0].url}/antrean, call it at {offices[0].url}/loket.",
        f"  2. Two seconds later the centre has it: {centre.url}",
        f"  3. Admin Kantor sees the line to the centre at {offices[0].url}/perangkat.",
        f"  4. From another terminal:  KIOSK_DATA_DIR={offices[0].folder} kiosk sync status",
        "\nCtrl-C ends all of it.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Prepare, serve, and end all of it together."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "data/demo").resolve()
    refuse_used_ports()

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in ENDING:
        signal.signal(number, end)
    centre, offices = programs(folder)
    try:
        print("One centre and two offices are prepared, half a minute the first time ...", flush=True)
        prepare(centre, offices)
        print(guide(centre, offices), flush=True)
        signal.pause()
    except KeyboardInterrupt:
        print("\nEnding ...", flush=True)
    finally:
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)  # impatience must not leave one of them behind
        for one in (*offices, centre):
            one.stop()


if __name__ == "__main__":
    main()
