"""A reader of ESC/POS: what stands on the paper after these bytes, by the commands' own description and not by our library."""

from dataclasses import dataclass, field

PAGES = {0: "cp437", 19: "cp858"}


@dataclass
class Row:
    """A printed line: its text, and how many times the usual width and height."""

    text: str
    width: int = 1
    height: int = 1
    bold: bool = False
    align: int = 0


@dataclass
class Paper:
    """What was printed: rows, the contents of QR codes with their module size, and whether it was cut at the end."""

    rows: list[Row] = field(default_factory=list)
    codes: list[tuple[str, int]] = field(default_factory=list)
    cut: bool = False
    asked: int = 0

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


class Reader:
    """Reads the bytes of one slip. A command that no slip of ours needs raises ValueError: a name or a requirement sent it."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.paper = data, 0, Paper()
        self.row, self.page, self.size, self.bold, self.align = b"", "cp437", (1, 1), False, 0
        self.module, self.stored = 0, ""

    def read(self) -> Paper:
        while self.at < len(self.data):
            if self.paper.cut:
                raise ValueError("something follows the cut")
            self.one(self.take(1)[0])
        return self.paper

    def take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        assert len(taken) == count
        self.at += count
        return taken

    def one(self, sign: int) -> None:
        if sign == 0x1B:
            self.escape(self.take(1))
        elif sign == 0x1D:
            self.group(self.take(1))
        elif sign == 0x1C:
            assert self.take(1) == b"."
        elif sign == 0x0A:
            self.paper.rows.append(Row(self.row.decode(self.page), *self.size, self.bold, self.align))
            self.row = b""
        elif sign < 0x20 or sign == 0x7F:
            raise ValueError(f"control character {sign:#x}")
        else:
            self.row += bytes([sign])

    def escape(self, command: bytes) -> None:
        if command == b"@":
            assert self.at == 2
        elif command == b"t":
            self.page = PAGES[self.take(1)[0]]
        elif command == b"E":
            self.bold = self.take(1) == b"\x01"
        elif command == b"a":
            self.align = self.take(1)[0]
        elif command == b"d":
            self.take(1)
        else:
            raise ValueError(f"ESC {command!r}")

    def group(self, command: bytes) -> None:
        if command == b"!":
            size = self.take(1)[0]
            self.size = ((size >> 4) + 1, (size & 15) + 1)
        elif command == b"V":
            self.paper.cut = self.take(1) in (b"\x00", b"\x01")
        elif command == b"(":
            assert self.take(1) == b"k"
            low, high = self.take(2)
            self.code(self.take(low + 256 * high))
        else:
            raise ValueError(f"GS {command!r}")

    def code(self, said: bytes) -> None:
        assert said[:1] == b"1"
        what = said[1:2]
        if what == b"A":
            assert said[2:] == b"2\x00"  # model 2
        elif what == b"E":
            assert said[2:] == b"1"  # level M
        elif what == b"C":
            self.module = said[2]
        elif what == b"P":
            self.stored = said[3:].decode()
        elif what == b"Q":
            self.paper.codes.append((self.stored, self.module))
        else:
            raise ValueError(f"GS ( k {what!r}")


def read(data: bytes) -> Paper:
    return Reader(data).read()
