"""The record inside of the PDF: an embedded file that belongs to the whole document (ISO 32000-2, 7.11.4 and 14.13)."""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

from kiosk.letters.document.tagging import extend

NAME = "surat.cbor"
KIND = "application/cbor"  # RFC 8949, 9.5
ABOUT = "Catatan surat"


def attach(canvas: Any, data: bytes) -> None:
    """Put `data` into the document that `canvas` draws, as `surat.cbor`."""
    doc = canvas._doc
    kept = {"Type": PDFName("EmbeddedFile"), "Subtype": PDFName(KIND), "Params": PDFDictionary({"Size": len(data)})}
    stream = PDFStream(PDFDictionary(kept), data, [PDFZCompress])
    embedded = doc.Reference(stream)
    file = PDFDictionary({"Type": PDFName("Filespec"), "F": PDFString(NAME), "UF": PDFString(NAME), "Desc": PDFString(ABOUT)})
    file["AFRelationship"], file["EF"] = PDFName("Data"), PDFDictionary({"F": embedded, "UF": embedded})
    reference = doc.Reference(file)
    names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray([PDFString(NAME), reference])})})
    extend(doc.Catalog, Names=names, AF=PDFArray([reference]))
