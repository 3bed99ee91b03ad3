"""What a forger does to a sealed letter: incremental updates, which leave every signed byte as it was.

Each takes a sealed PDF and gives the forged one. `ALL` has them by name, each as a function of the sealed file alone.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

WHEN = datetime(2026, 11, 23, 4, 5, 6, tzinfo=UTC)
BOX = (164, 620, 330, 18)  # x, y, width, height in points: where a permit has the name of its holder


def overlay_name(pdf: bytes, name: str = "Orang Lain") -> bytes:
    """Paint over the holder's name and write another: one more content stream of the page."""
    writer = _writer(pdf)
    page = _page(writer)
    font = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Font"), pdf_name("/Subtype"): pdf_name("/Type1"), pdf_name("/BaseFont"): pdf_name("/Helvetica")}
    )
    page["/Resources"]["/Font"][pdf_name("/Forged")] = writer.add_object(font)
    stream = writer.add_object(generic.StreamObject(stream_data=_painted(name)))
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), stream])
    for changed in (page["/Resources"]["/Font"], page["/Resources"], page):
        writer.update_container(changed)
    return _written(writer)


def replace_contents(pdf: bytes, old: bytes = b"Nomor", new: bytes = b"Norom") -> bytes:
    """Write the page's content stream anew, with other words (in letters that the page has already), as a later object of the same number."""
    writer = _writer(pdf)
    page = _page(writer)
    kept = page["/Contents"].data
    if old not in kept:
        raise ValueError("the page does not have what is to be replaced")
    _replace(writer, page.raw_get("/Contents"), generic.StreamObject(stream_data=kept.replace(old, new)))
    return _written(writer)


def point_contents_elsewhere(pdf: bytes, name: str = "Orang Lain") -> bytes:
    """Let the page's /Contents point to a new stream that shows a name and nothing of the letter."""
    writer = _writer(pdf)
    page = _page(writer)
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=_painted(name).replace(b"/Forged", b"/F2+0")))
    writer.update_container(page)
    return _written(writer)


def swap_attachment(pdf: bytes, data: bytes = b"\xa0") -> bytes:
    """Put another record in the place of `surat.cbor`."""
    writer = _writer(pdf)
    file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    stream = generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=data)
    stream.compress()
    _replace(writer, file["/EF"].raw_get("/F"), stream)
    return _written(writer)


def add_attachment(pdf: bytes, data: bytes = b"\xa0") -> bytes:
    """Add a second `surat.cbor` beside the first."""
    writer = _writer(pdf)
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = writer.add_object(generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=data))
    files = generic.DictionaryObject({pdf_name("/F"): stream})
    spec = {pdf_name("/Type"): pdf_name("/Filespec"), pdf_name("/F"): pdf_string("surat.cbor"), pdf_name("/EF"): files}
    names += [pdf_string("surat.cbor"), writer.add_object(generic.DictionaryObject(spec))]
    writer.update_container(names)
    return _written(writer)


def add_annotation(pdf: bytes, name: str = "Orang Lain") -> bytes:
    """Cover the name with an annotation that shows another."""
    writer = _writer(pdf)
    page = _page(writer)
    x, y, width, height = BOX
    text = f"1 g 0 0 {width} {height} re f 0 g BT /F 11 Tf 0 5 Td ({name}) Tj ET".encode()
    font = {pdf_name("/Type"): pdf_name("/Font"), pdf_name("/Subtype"): pdf_name("/Type1"), pdf_name("/BaseFont"): pdf_name("/Helvetica")}
    fonts = generic.DictionaryObject({pdf_name("/F"): generic.DictionaryObject(font)})
    look = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): _numbers(0, 0, width, height),
            pdf_name("/Resources"): generic.DictionaryObject({pdf_name("/Font"): fonts}),
        },
        stream_data=text,
    )
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Stamp"),
            pdf_name("/Rect"): _numbers(x, y, x + width, y + height),
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
        }
    )
    kept = list(page["/Annots"]) if "/Annots" in page else []
    page[pdf_name("/Annots")] = generic.ArrayObject([*kept, writer.add_object(note)])
    writer.update_container(page)
    return _written(writer)


def append_page(pdf: bytes) -> bytes:
    """Add a page with more words behind the last one."""
    writer = _writer(pdf)
    pages = writer.root["/Pages"]
    first = _page(writer)
    page = generic.DictionaryObject({name: first.raw_get(name) for name in ("/Type", "/MediaBox", "/Resources", "/Parent")})
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=_painted("Lampiran").replace(b"/Forged", b"/F2+0")))
    pages["/Kids"].append(writer.add_object(page))
    pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)
    return _written(writer)


def sign_again(pdf: bytes, signer: Any = None) -> bytes:
    """A second signature, of a stranger (a pyHanko signer; without one a key made now), over the whole file."""
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    how = PdfSignatureMetadata(field_name="Kedua", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    second = PdfSigner(how, signer=signer or stranger(), new_field_spec=SigFieldSpec("Kedua"))
    return bytes(second.sign_pdf(_writer(pdf)).getvalue())


def sign_over_overlay(pdf: bytes) -> bytes:
    """Overlay the name, then sign all of it as a stranger: the newest signature covers the whole file."""
    return sign_again(overlay_name(pdf))


def stranger() -> Any:
    """A pyHanko signer with a certificate that it made for itself."""
    from tests.letters.keyring import opened

    return opened("Bukan Dinas").pades


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter(io.BytesIO(pdf))


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def _replace(writer: IncrementalPdfFileWriter, reference: Any, thing: Any) -> None:
    """A later object under a number that is in use."""
    writer.objects[(reference.generation, reference.idnum)] = thing


def _numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(value) for value in values)


def _painted(name: str) -> bytes:
    x, y, width, height = BOX
    return f"\nq 1 g {x} {y} {width} {height} re f 0 g BT /Forged 11 Tf {x} {y + 5} Td ({name}) Tj ET Q\n".encode("latin-1")


ALL: dict[str, Callable[[bytes], bytes]] = {
    one.__name__: one
    for one in (
        overlay_name,
        replace_contents,
        point_contents_elsewhere,
        swap_attachment,
        add_attachment,
        add_annotation,
        append_page,
        sign_again,
        sign_over_overlay,
    )
}
