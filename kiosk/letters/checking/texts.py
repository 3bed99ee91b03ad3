"""What a person is told of a letter: a sentence for each verdict and each reason, and what to do now.

The codes are those of the result (`kiosk.letters.trust.judging`). No sentence calls a paper genuine or a person a forger: a code says what
the office signed, and the eyes compare it with the paper.
"""

from dataclasses import dataclass, replace

from kiosk.core.i18n import N_


@dataclass(frozen=True)
class Told:
    """`headline`: what is the matter. `lead`: what that means. `steps`: what to do now, in this order."""

    headline: str
    lead: str = ""
    steps: tuple[str, ...] = ()


COMPARE = N_("Now compare this with the letter in your hand.")
ASK_OFFICE = N_("Ask the office, and name the number on the paper.")
NOT_YET = N_("Do not accept this letter yet.")
ASK_PDF = N_("Ask for the original letter or its PDF file.")
TRY_AGAIN = N_("Scan the code again, flat and in good light.")
ASK_FILE_AGAIN = N_("Ask for the PDF file again, as the office sent it.")
BY_NUMBER = N_("You can also type the number and the check code that stand on the letter.")

VERDICTS: dict[str, Told] = {
    "valid": Told(N_("The signature of this file is valid"), N_("This file is as the office signed it."), (COMPARE,)),
    "code_genuine": Told(N_("The signature is valid"), N_("The office signed these details."), (COMPARE,)),
    "registered": Told(N_("In the register of the office"), N_("The office issued a letter with this number."), (COMPARE,)),
    "expired": Told(
        N_("The time of this letter is over"),
        N_("The signature is valid, but the letter is no longer in force."),
        (N_("Ask the holder for a newer letter, or ask the office."),),
    ),
    "revoked": Told(
        N_("This letter was revoked"),
        N_("The office signed it, but it is no longer in force."),
        (N_("Do not use it."), N_("If anything is unclear, ask the office during its hours.")),
    ),
    "unknown_issuer": Told(
        N_("The issuer is not known here"),
        N_("No office that this check knows signed this code, so its contents are not shown."),
        (NOT_YET, ASK_OFFICE),
    ),
    "altered": Told(
        N_("The contents were changed"),
        N_("They do not match the signature of the office, so they are not shown."),
        (NOT_YET, ASK_PDF, ASK_OFFICE),
    ),
    "not_ours": Told(
        N_("No letter of an office was found"),
        N_("What was given here is no letter that can be checked. Nothing was opened."),
        (N_("Look for the square code on the letter itself, and scan that one."), ASK_OFFICE),
    ),
    "unreadable": Told(
        N_("This could not be read"),
        N_("So nothing can be said about the letter, neither good nor bad."),
        (TRY_AGAIN, BY_NUMBER),
    ),
}

_NO_LONGER = N_("The office issued it, but it is no longer in force.")

# Where a verdict means something else in a scope: "verdict-scope" -> what is told then.
BY_SCOPE: dict[str, Told] = {
    "altered-code": replace(VERDICTS["altered"], headline=N_("The contents of this code were changed")),
    "altered-document": Told(
        N_("The contents of this file were changed"),
        N_("This file is not as the office signed it, so its contents are not shown."),
        (NOT_YET, ASK_PDF, ASK_OFFICE),
    ),
    "expired-register": replace(VERDICTS["expired"], lead=_NO_LONGER),
    "revoked-register": replace(VERDICTS["revoked"], lead=_NO_LONGER),
    "not_ours-register": Told(
        N_("Number and code are not in the register"),
        N_("No letter has this number together with this check code."),
        (N_("Look at both again: each sign counts, also dots and slashes."), ASK_OFFICE),
    ),
}


def told_of(verdict: str, scope: str) -> Told:
    """What is told of this verdict in this scope."""
    return BY_SCOPE.get(f"{verdict}-{scope}", VERDICTS[verdict])


SCOPES: dict[str, str] = {
    "document": N_("What was checked: the whole PDF file, not a paper."),
    "code": N_("What was checked: the code alone, not the paper."),
    "register": N_("What was checked: the number alone, not the paper."),
}

# What a result says of a letter, by its name there: what a person reads before the value.
FIELDS: dict[str, str] = {
    "number": N_("Number of the letter"),
    "name": N_("Name on the letter"),
    "service": N_("Kind of letter"),
    "issued": N_("Signed on"),
    "expires": N_("Good until"),
    "issuer": N_("By"),
    "key": N_("Signing key"),
    "trust_as_of": N_("List of offices of"),
    "revocations_as_of": N_("List of revoked letters of"),
    "revoked": N_("Revoked on"),
}

# What letters are revoked for (field 7 of the revocations).
REVOCATIONS: dict[int, str] = {
    0: N_("no reason was given"),
    1: N_("there was an error in the letter"),
    2: N_("the office withdrew it by a decision"),
    3: N_("another letter took its place"),
    4: N_("it was obtained by false statements"),
}
