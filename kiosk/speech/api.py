"""Clips and the manifest over HTTP. Who may ask: anyone, because only what pages show can be asked for."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import FileResponse, JSONResponse

from kiosk.speech import service
from kiosk.speech.errors import SpeechUnknown

router = APIRouter(tags=["speech"])

FOR_EVER = "public, max-age=31536000, immutable"  # a changed sound has another name


@router.get("/speech", summary="Which clips each page and each ticket number is read from")
def manifest(if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The manifest; 304 when the browser has this version."""
    contents = service.manifest()
    headers = {"ETag": f'"{contents["version"]}"', "Cache-Control": "no-cache"}
    if if_none_match is not None and headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    return JSONResponse(contents, headers=headers)


@router.get("/speech/{name}", summary="One spoken clip (Ogg/Opus), made when it is first asked for", response_class=FileResponse)
async def clip(name: str) -> FileResponse:
    """The clip's file. Raises `SpeechUnknown`, `SpeechMissing`, `SpeechFailed`, `Busy`, `StorageFull`."""
    # shielded: a visitor who walks away must not end the making for another who waits for the same clip
    path = await asyncio.shield(asyncio.wrap_future(service.order(name)))
    if not path.is_file():  # a recording that was taken away while the node runs
        raise SpeechUnknown()
    return FileResponse(path, media_type="audio/ogg", headers={"Cache-Control": FOR_EVER})
