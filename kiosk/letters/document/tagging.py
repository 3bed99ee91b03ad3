"""Tags of a PDF (ISO 32000-1, 14.7 and 14.8): what a screen reader reads, in which order, and what it passes over.

reportlab draws and writes but knows no tags, so the structure tree is made here of its own PDF objects.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString


class Tags:
    """The structure tree of a document: elements in their order of reading, all under one Document element."""

    def __init__(self, canvas: Any) -> None:
        self._canvas, self._doc = canvas, canvas._doc
        self._document = PDFDictionary({})
        self._parent = self._doc.Reference(self._document)
        self._elements: list[Any] = []
        self._pages: list[list[Any]] = [[]]

    @contextmanager
    def tagged(self, role: str, **texts: str) -> Iterator[None]:
        """What is drawn within is one element. `role`: P, H1, Figure ...; `texts`: attributes such as Alt."""
        marks = self._pages[-1]
        self._canvas._code.append(f"/{role} <</MCID {len(marks)}>> BDC")
        yield
        self._canvas._code.append("EMC")
        facts = {"Type": PDFName("StructElem"), "S": PDFName(role), "P": self._parent, "K": len(marks)}
        facts |= {"Pg": self._doc.thisPageRef()} | {name: PDFString(text) for name, text in texts.items()}
        reference = self._doc.Reference(PDFDictionary(facts))
        marks.append(reference)
        self._elements.append(reference)

    @contextmanager
    def passed_over(self) -> Iterator[None]:
        """What is drawn within is no content: rules, the mark, what every page repeats."""
        self._canvas._code.append("/Artifact BMC")
        yield
        self._canvas._code.append("EMC")

    def end_page(self) -> None:
        """The page is drawn and shown; the next one begins."""
        extend(self._doc.Pages.pages[-1], StructParents=len(self._pages) - 1, Tabs=PDFName("S"))
        self._pages.append([])

    def close(self) -> None:
        """Write the tree into the catalogue: before the file is saved."""
        numbers = [part for number, marks in enumerate(self._pages[:-1]) for part in (number, PDFArray(marks))]
        root = PDFDictionary({"Type": PDFName("StructTreeRoot"), "K": self._parent, "ParentTreeNextKey": len(self._pages) - 1})
        root["ParentTree"] = self._doc.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        self._document.dict.update({"Type": PDFName("StructElem"), "S": PDFName("Document"), "K": PDFArray(self._elements)})
        self._document["P"] = self._doc.Reference(root)
        extend(self._doc.Catalog, StructTreeRoot=root, MarkInfo=PDFDictionary({"Marked": "true"}))


def extend(thing: Any, **entries: Any) -> None:
    """Give a page or the catalogue entries that reportlab does not know of; it writes those that stand in its list of names."""
    thing.__NoDefault__ = [*thing.__NoDefault__, *(name for name in entries if name not in thing.__NoDefault__)]
    for name, value in entries.items():
        setattr(thing, name, value)
