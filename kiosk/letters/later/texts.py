"""Words of the page with reports of suspected forgeries."""

from kiosk.core.i18n import N_

TITLE = N_("Suspected forgeries")
LEAD = N_(
    "Letters that somebody takes for forged. Nobody is asked for a name. Compare the number with the register before you call anybody; "
    "after a year a report is removed."
)
OPEN, HANDLED = N_("open"), N_("handled")
THE_CHECK = N_("The check said")
NUMBER, CODE = N_("Letter number"), N_("Text of the code, never to be opened as an address")
NOTE = N_("What the reporter wrote")
NOT_SAID = N_("Nothing was added.")
OUTCOME = N_("What was done")
OUTCOME_HELP = N_("Stays with this report on this computer. The audit trail says that you dealt with it, not what you wrote.")
HANDLE, HANDLE_SURE = N_("Deal with it"), N_("Write it down")
NOTHING = N_("No letter was reported.")
VERDICTS = {
    "valid": N_("valid"),
    "code_genuine": N_("code genuine"),
    "registered": N_("in the register"),
    "expired": N_("expired"),
    "revoked": N_("revoked"),
    "unknown_issuer": N_("issuer unknown"),
    "altered": N_("altered"),
    "not_ours": N_("not one of ours"),
    "unreadable": N_("unreadable"),
}
SCOPES = {"document": N_("the file"), "code": N_("the code"), "register": N_("the register alone")}
