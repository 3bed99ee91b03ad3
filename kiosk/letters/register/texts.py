"""Words of the staff's page for letters."""

from kiosk.core.i18n import N_

TITLE = N_("Letters")
NEW, BACK_TO_LIST = N_("New letter"), N_("Back to the list")
SEARCH, WORDS = N_("Search"), N_("Number or name")
NUMBER, HOLDER, SERVICE, DAY, STATE = N_("Number"), N_("Holder"), N_("Service"), N_("Date"), N_("State")
STATES = {"issued": N_("holds"), "revoked": N_("revoked"), "reserved": N_("not finished"), "void": N_("given up"), "over": N_("ended")}
NO_LETTERS = N_("No letter is here yet. Touch “New letter” to write the first one.")
NOT_FOUND = N_("Nothing was found. Try fewer words.")
CHOOSE = N_("Touch a letter to see it, to download it, or to revoke it.")

# ---- one letter ----
UNTIL, NO_END = N_("Valid until"), N_("no end")
ISSUED_AT, PLACE_IN_LOG, KEY = N_("Signed"), N_("Place in the log"), N_("Signing key")
DOWNLOAD, CLOSE = N_("Download the PDF"), N_("Close")
REVOKED_AT, BECAUSE, SUCCESSOR = N_("Revoked on"), N_("Reason"), N_("Replaced by")
FINISH_IT = N_("This letter has its number and date, and was cut off before it was sealed. Finish it with your passphrase.")
FINISH = N_("Finish")
GAP = N_("This serial is a gap")
REVOKE = N_("Revoke this letter")
REVOKE_HELP = N_("Whoever checks the letter sees at once that it does not hold any more. This cannot be undone.")
REASONS = {
    "1": N_("There is an error in the letter"),
    "2": N_("Withdrawn by decision of the office"),
    "3": N_("Replaced by another letter"),
    "4": N_("Obtained by false statements"),
    "0": N_("Another reason"),
}
BY_NUMBER = N_("Number of the letter that replaces it")
NODE_PASSPHRASE = N_("Passphrase of the office's node key")
NODE_HELP = N_("May stay empty where this computer knows it.")
REVOKE_NOW = N_("Revoke for good")
REVOKED_NOW = N_("The letter is revoked, and the office's list of revoked letters is signed anew.")

# ---- a new letter ----
FILL, LOOK_AND_SIGN, SIGN = N_("Fill in"), N_("Look through and sign"), N_("Sign")
KIND = N_("Kind of letter")
NAME, ADDRESS, SUBJECT, BODY = N_("Name of the holder"), N_("Address"), N_("Subject"), N_("Text of the letter")
BODY_HELP = N_("An empty line begins a new paragraph.")
LETTER_DAY, OWN_NUMBER = N_("Date of the letter"), N_("Number")
NUMBER_HELP = N_("Leave it empty, and the register gives the next one.")
UNTIL_HELP = N_("Empty: no end.")
SIGNATORY, SIGNATORY_TITLE = N_("Who signs"), N_("As what")
OPTIONAL = N_("may stay empty")
PREVIEW = N_("Look through it")
FAULTS = N_("Something is missing or cannot be right:")
CHANGE = N_("Change")
DRAFT_NOTE = N_("This is how the letter will look. Number, code and seal come with the signature.")
PASSPHRASE = N_("Your passphrase for the letter key")
PASSPHRASE_HELP = N_("It is asked for each letter and kept nowhere.")
SIGN_NOW, SIGNING = N_("Sign and issue"), N_("Signing ...")
LAST_LOOK = N_("Nothing can be changed after this. A wrong letter can only be revoked.")
ISSUED_NOW = N_("The letter is issued and lies ready.")
DRAFT = "DRAF"

# Names of the parts of a letter, where `LetterWrong` says which one is wrong.
PARTS = {
    "template": KIND,
    "service": SERVICE,
    "number": OWN_NUMBER,
    "date": LETTER_DAY,
    "valid_until": UNTIL,
    "recipient.name": NAME,
    "recipient.address": ADDRESS,
    "subject": SUBJECT,
    "body": BODY,
    "signatory.name": SIGNATORY,
    "signatory.title": SIGNATORY_TITLE,
}
