"""Words of the checklist: the applicant's island, what is read aloud, the officer's page."""

from kiosk.core.i18n import N_, texts
from kiosk.paper.texts import BUTTON

TITLE, LEAD = N_("Check your papers"), N_("Touch the service that you came for. We go through its papers one by one.")

HAVE_YOU = N_("Do you have")
YES_HAVE, YES_HELP = N_("Yes, I have it"), N_("I brought it today")
NO_LACK, NO_HELP = N_("Not yet"), N_("We put it on the list of what is missing")
NOT_SURE, NOT_SURE_HELP = N_("I do not understand"), N_("We note it, to be asked at the information desk")
ALL_READY = N_("All papers are ready")
READY, LACKING, UNSURE = N_("Ready"), N_("Still missing"), N_("To be asked")
TAKE_ALONG = N_("Take this list along on your phone, or show it to an officer.")
SLIP_TITLE, SLIP_MADE = N_("Checklist of papers"), N_("Made on {day}")
SLIP_FOOT = N_("Customer Service scans this code. Nobody's name stands in it.")
NO_LIST = N_("The list of papers is set by a ministry.")
NO_LIST_AT_ALL = N_("The office's document has no list of papers.")
ASK_DESK = N_("Please ask at the information desk for the list in force.")

CHECK = texts(
    loading=N_("One moment ..."),
    not_kept=N_("This is not on this screen yet, and the office computer does not answer."),
    ask_desk=N_("Please ask at the information desk."),
    office_wide=N_("Service standard of the whole office"),
    first=N_("First question"),
    paper_of=N_("Paper {place} of {count}"),
    have_you=HAVE_YOU,
    yes_have=YES_HAVE,
    yes_help=YES_HELP,
    no_lack=NO_LACK,
    no_help=NO_HELP,
    not_sure=NOT_SURE,
    not_sure_help=NOT_SURE_HELP,
    only_help=N_("Your answers only help you. An officer still looks at the papers themselves."),
    all_ready=ALL_READY,
    some_left=N_("{count} papers are not ready yet"),
    one_left=N_("1 paper is not ready yet"),
    ready=READY,
    lacking=LACKING,
    unsure=UNSURE,
    change=N_("Change"),
    print=N_("Print the list"),
    number=N_("Take a number: {queue}"),
    take_along=TAKE_ALONG,
    qr=N_("QR code of this list"),
    finish=N_("Finished"),
    no_list=NO_LIST,
    no_list_at_all=NO_LIST_AT_ALL,
    ask_list=ASK_DESK,
    ministry=N_("Ministry that sets the requirements"),
    again=N_("Go through the list"),
    other=N_("Another service"),
    bad_foreign=N_("This is not the code of a checklist."),
    bad_long=N_("This is too long for the code of a checklist."),
    bad_broken=N_("The code was not read completely. Please scan it again."),
    bad_elsewhere=N_("This checklist is of a service that this office does not have."),
    bad_changed=N_("The list of requirements has changed since this list was made."),
    bad_changed_help=N_("Please go through the new list. It takes a minute."),
    slip_title=SLIP_TITLE,
    slip_foot=SLIP_FOOT,
    slip_made=SLIP_MADE,
    **BUTTON,
)

# ---- the officer's page ----
DESK_TITLE = N_("Checklists")
DESK_LEAD = N_("Scan the applicant's code, look at the papers, sign.")
SCAN = N_("Code of the checklist")
SCAN_HELP = N_("Scan it, or paste the address.")
OPEN = N_("Open")
WITHOUT = N_("No code? Choose the service")
BEGIN = N_("Begin")
PAPER, SAYS, FOUND_HEAD = N_("Paper"), N_("Applicant says"), N_("You see")
SAYS_HAVE, SAYS_LACK, SAYS_UNSURE, SAYS_NOTHING = N_("has it"), N_("missing"), N_("not sure"), N_("no answer")
IS_FOUND, IS_MISSING, IS_NOT_NEEDED = N_("There"), N_("Missing"), N_("Not needed")
SIGN_COMPLETE, SIGN_INCOMPLETE = N_("Sign: complete"), N_("Sign: incomplete")
LEFT_TO_MARK = N_("Not marked yet:")
WILL_LACK = N_("Missing:")
SIGNED_COMPLETE, SIGNED_INCOMPLETE = N_("Signed: complete"), N_("Signed: incomplete")
SIGNED_BY = N_("by")
NEXT_ONE = N_("Next applicant")
LIST_CHANGED = N_("The list of requirements has changed since this list was made. The applicant's answers are left out.")
NO_LIST_STAFF = N_("The office's document lists no papers for this service, so there is nothing to sign here.")
