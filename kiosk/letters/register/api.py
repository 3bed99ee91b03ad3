"""/api/v1/letters/...: the file of a letter, for those who issue letters."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from kiosk.core.runtime import runtime
from kiosk.letters.register import files, rows
from kiosk.letters.register.errors import FileGone
from kiosk.staff.access import signed_in
from kiosk.staff.rules import LETTERS

router = APIRouter(tags=["letters"])


@router.get("/letters/{letter_id}/file", dependencies=[Depends(signed_in(*LETTERS))], response_class=Response)
def file_of(letter_id: Annotated[str, Path(max_length=40)]) -> Response:
    """The sealed PDF, to be saved. Raises `LetterUnknown`, `FileGone`."""
    node = runtime()
    with node.reading() as session:
        row = rows.row_of(session, node.office_id, letter_id)
    if not row.claims_hash:
        raise FileGone()
    content = files.read(files.path_of(node.settings.data_dir, row.day, row.serial))
    headers = {"content-disposition": f'attachment; filename="surat-{row.serial:06d}.pdf"', "cache-control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)
