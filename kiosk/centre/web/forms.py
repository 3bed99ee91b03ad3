"""Forms as browsers send them (application/x-www-form-urlencoded), never more of one than a form of ours may hold."""

from urllib.parse import parse_qsl

from fastapi import Request

from kiosk.centre.web.errors import BadForm

MOST_BYTES, MOST_FIELDS = 16 * 1024, 20


class Form:
    """The fields of a form."""

    def __init__(self, fields: dict[str, str]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """The field `name`. Raises `BadForm`."""
        if name not in self._fields or "\0" in self._fields[name]:
            raise BadForm(where=name)
        return self._fields[name]

    def number(self, name: str) -> int:
        """The field `name` as a whole number that a database can hold. Raises `BadForm`."""
        text = self.text(name)
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise BadForm(where=name)
        return int(text)


async def form(request: Request) -> Form:
    """The form in the body of `request`. Raises `BadForm`."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise BadForm(where="size")
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise BadForm(where="form") from None
    return Form(dict(fields))
