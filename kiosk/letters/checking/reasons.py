"""A sentence for each reason of a result, and what helps where the verdict's own advice is not enough."""

from kiosk.core.i18n import N_
from kiosk.letters.checking.texts import ASK_FILE_AGAIN, ASK_OFFICE, ASK_PDF, BY_NUMBER, NOT_YET, TRY_AGAIN, Told

DAMAGED_CODE = (TRY_AGAIN, BY_NUMBER)
AS_SENT = (ASK_FILE_AGAIN, ASK_OFFICE)
NEWER_LIST = (N_("Try again when this place has been online."), ASK_OFFICE)

UNREADABLE: dict[str, Told] = {
    "too_long": Told(N_("The text is longer than a letter's code can be."), steps=DAMAGED_CODE),
    "malformed": Told(N_("The code is damaged or was not made as a letter's code is made."), steps=DAMAGED_CODE),
    "duplicate_keys": Told(N_("The code says something twice, which no letter's code does."), steps=DAMAGED_CODE),
    "trailing_bytes": Told(N_("Something was added behind the code."), steps=DAMAGED_CODE),
    "indefinite_length": Told(N_("The code is written in a form that no letter's code has."), steps=DAMAGED_CODE),
    "not_deterministic": Told(N_("The code is not written in the one exact form of a letter's code."), steps=DAMAGED_CODE),
    "wrong_tag": Told(N_("The code is of another kind than a letter's code."), steps=DAMAGED_CODE),
    "wrong_algorithm": Told(N_("The code is signed in a way that no office uses here."), steps=DAMAGED_CODE),
    "group_too_large": Told(N_("The digits of the code are not those of a letter's code."), steps=DAMAGED_CODE),
    "missing_field": Told(N_("A part of the code is missing."), steps=DAMAGED_CODE),
    "no_code_found": Told(N_("No square code was found in it."), steps=(N_("Photograph the code from above, sharp and whole."), BY_NUMBER)),
    "broken_pdf": Told(N_("The PDF file is damaged."), steps=AS_SENT),
    "encrypted_pdf": Told(
        N_("The PDF file is locked with a password."),
        steps=(N_("The office sends letters without a password. Ask for that file."), BY_NUMBER),
    ),
    "broken_picture": Told(
        N_("The file is damaged, or it is no PDF and no picture (PNG, JPEG, WEBP)."), steps=(N_("Take a new photograph."), BY_NUMBER)
    ),
    "too_large": Told(N_("The file is larger than 10 MB."), steps=(N_("Send a smaller photograph, or the PDF of the office."), BY_NUMBER)),
    "too_many_pages": Told(
        N_("The PDF file has more than 50 pages."), steps=(N_("Send the letter alone, without other papers."), BY_NUMBER)
    ),
    "too_many_pixels": Told(
        N_("The picture has more pixels than can be read here: 25 million, as WEBP 8 million."),
        steps=(N_("Take the photograph at a smaller size."), BY_NUMBER),
    ),
    "reading_took_too_long": Told(
        N_("Reading the file took too long or too much memory, and was ended."),
        steps=(N_("Send the PDF of the office, or a simple photograph."), BY_NUMBER),
    ),
}

NOT_OURS: dict[str, Told] = {
    "foreign_code": Told(N_("There is a code, but it is no letter's code. Its address was not opened.")),
    "no_letter_code": Told(N_("There are codes, but none of them is a letter's code.")),
    "number_unknown": Told(
        N_("No letter has this number together with this check code."),
        steps=(N_("Look at both again: each sign counts, also dots and slashes."), ASK_OFFICE),
    ),
}

ALTERED: dict[str, Told] = {
    "signature_wrong": Told(N_("The contents of the code do not match the signature.")),
    "address_foreign": Told(
        N_("The code leads to an address that is not this office's."), steps=(N_("Do not open that address."), NOT_YET, ASK_OFFICE)
    ),
    "record_differs": Told(N_("The record in the PDF file is not the one that was signed."), steps=AS_SENT),
    "record_missing": Told(N_("The record that belongs into the PDF file is not there."), steps=AS_SENT),
    "pades_missing": Told(N_("The signature of the PDF file is not there."), steps=AS_SENT),
    "pades_wrong": Told(N_("The signature of the PDF file does not match the file."), steps=AS_SENT),
    "changed_after_signing": Told(N_("Something was added to the PDF file after it was signed."), steps=AS_SENT),
    "text_differs": Told(N_("The text of the PDF file is not the text that was signed."), steps=AS_SENT),
    "picture_differs": Told(N_("A page of the PDF file does not look as the office drew it."), steps=AS_SENT),
    "several_codes": Told(N_("There are codes of different letters in it."), steps=(N_("Scan one code at a time."), NOT_YET, ASK_PDF)),
}

UNKNOWN_ISSUER: dict[str, Told] = {
    "key_unknown": Told(N_("The signature was made with a key that stands on no list of this check.")),
    "key_newer_than_list": Told(
        N_("The letter is newer than the list of offices here, so its key may not be on it yet."), steps=NEWER_LIST
    ),
    "key_not_for_letters": Told(N_("The signature was made with a key that may not sign letters.")),
    "key_not_valid_then": Told(N_("The key was not valid at the time of the signature.")),
    "no_trust_list": Told(N_("There is no list of offices here yet, so nothing can be checked."), steps=NEWER_LIST),
    "pdf_signer_unknown": Told(N_("The PDF file was signed with a key that may not sign letters of this office."), steps=AS_SENT),
}

REVOKED: dict[str, Told] = {
    "letter_revoked": Told(N_("The office revoked this letter.")),
    "key_revoked": Told(N_("The key was no longer in use when this was signed."), steps=(NOT_YET, ASK_OFFICE)),
    "key_compromised": Told(
        N_("The key of this letter was stolen, and it cannot be established that the office signed it before."),
        steps=(NOT_YET, N_("The office can issue the letter anew. Ask there.")),
    ),
}

EXPIRED: dict[str, Told] = {"letter_expired": Told(N_("The date until which the letter is good has passed."))}

BESIDE: dict[str, Told] = {
    "trust_stale": Told(N_("The list of offices here is old: it should have been renewed by now.")),
    "revocations_stale": Told(N_("The list of revoked letters here is old: the letter may have been revoked since.")),
    "revocations_missing": Told(N_("There is no list of revoked letters here: whether it was revoked is not known."), steps=(ASK_OFFICE,)),
    "issued_in_future": Told(
        N_("The letter is dated later than the clock here."), steps=(N_("Look whether the clock of this device is right."), ASK_OFFICE)
    ),
}

BY_VERDICT = {
    "unreadable": UNREADABLE,
    "not_ours": NOT_OURS,
    "altered": ALTERED,
    "unknown_issuer": UNKNOWN_ISSUER,
    "revoked": REVOKED,
    "expired": EXPIRED,
}
REASONS: dict[str, Told] = {code: told for group in (*BY_VERDICT.values(), BESIDE) for code, told in group.items()}
