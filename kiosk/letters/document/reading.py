"""Reads back what a letter's file carries."""


def record_in(pdf: bytes) -> bytes | None:
    """The bytes of the attachment `surat.cbor`; None when there is none."""
    raise NotImplementedError
