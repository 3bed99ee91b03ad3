"""Words of the centre's pages. Templates name them: `{{ t.OFFICES }}`, `{{ t("CODE_LIFE", office="kaltim") }}`."""

from kiosk.core.i18n import N_

CENTRE = N_("Centre")
CENTRE_LEAD = N_("Central case store")
OFFICES = N_("Offices")
ASIDE = N_("Set aside")
LANGUAGE = N_("Bahasa Indonesia")  # what the button says on an English page, and the other way round
OPERATOR = N_("operator of the centre")
STAFF_OF = N_("staff of {office}")
BACK = N_("Back")
CANCEL = N_("Do nothing")

# signing in
SIGN_IN, SIGN_OUT = N_("Sign in"), N_("Sign out")
SIGN_IN_TITLE = N_("Sign in at the centre")
SIGN_IN_LEAD = N_("For operators of the centre, and for staff who look after their office's line.")
NAME, PASSPHRASE = N_("Name"), N_("Passphrase")
PASSPHRASE_HINT = N_("Four groups of four signs. Capital or small letters and hyphens make no difference.")
PASSPHRASE_LOST = N_("No passphrase, or lost it? The centre's administrator gives a new one: kiosk centre user reset")

# how a computer stands
SIGNS = {
    "connected": N_("Connected"),
    "quiet": N_("Not connected"),
    "late": N_("Late"),
    "never": N_("Never connected"),
    "revoked": N_("Revoked"),
    "twin": N_("Two computers, one key"),
}
SIGN_HELP = {
    "connected": N_("Heard of within a quarter of an hour."),
    "quiet": N_("Not heard of for a while. A computer that is switched off for the night or the weekend looks like this too."),
    "late": N_("Not heard of for more than three days. Please ask the office whether the computer runs and has a line."),
    "never": N_("No computer of this office has spoken to the centre yet."),
    "revoked": N_("May send no more. What it sent stays."),
    "twin": N_("Two computers use the same key, for instance after a copy of the disk. Fence it, then enrol the right one."),
}
AGO = {
    "now": N_("just now"),
    "minutes": N_("{count} min ago"),
    "hours": N_("{count} h ago"),
    "days": N_("{count} d ago"),
}
SPANS = {"now": N_("seconds"), "minutes": N_("{count} min"), "hours": N_("{count} h"), "days": N_("{count} d")}
NEVER = N_("never")
CLOCK_AHEAD, CLOCK_BEHIND = N_("{span} ahead"), N_("{span} behind")
CLOCK_RIGHT = N_("right")
COMPUTER, COMPUTERS = N_("Computer"), N_("Computers")
STATE, CONTACT, BACKLOG, VERSION, CLOCK = N_("State"), N_("Last contact"), N_("Waiting there"), N_("Version"), N_("Clock")
NO_COMPUTER = N_("No computer is enrolled yet.")
NO_OFFICES = N_("No office has been enrolled yet. Make a code below, and type it on the office's computer.")
SUMS = {
    "connected": N_("connected"),
    "quiet": N_("not connected"),
    "late": N_("late"),
    "twin": N_("with two computers on one key"),
    "never": N_("never connected"),
    "revoked": N_("revoked"),
}
OPEN_LINES = N_("{count} set aside")

# an office
QUEUES, QUEUES_LEAD = N_("Queues, by day"), N_("From what has arrived. Hours in which the office had no line come later.")
DAY, TAKEN, CALLED, SERVED, ABSENT = N_("Day"), N_("Taken"), N_("Called"), N_("Served"), N_("Absent")
WAIT = N_("Average wait")
MINUTES = N_("{minutes} min")
NO_DAYS = N_("No queue figures have arrived in the last fourteen days.")
CHECKLISTS, CHECKLISTS_LEAD = N_("Checklists sent"), N_("Within the last seven days")
MADE, SIGNED = N_("filled in by applicants"), N_("signed by officers")
DEVICES, NO_DEVICES = N_("Devices"), N_("No report on devices has arrived within the last seven days.")
DEVICE, LANE, SEEN, ENTRIES = N_("Device"), N_("Lane"), N_("Last seen"), N_("Entries waiting")
CHAIN = N_("Audit trail")
CHAIN_LEAD = N_(
    "Where each computer's chain of acts stands at the centre. The centre signs this end: a chain that was cut or rewritten at the office "
    "later does not lead to it any more."
)
EPOCH, END, COUNTERSIGNED = N_("Epoch"), N_("End of the chain"), N_("Countersigned by the centre")
PLACE = N_("No.")
CENTRE_KEY = N_("Key of the centre (Ed25519):")
CLOSED_AT = N_("closed {at}")
STILL_OPEN = N_("open")
FEED = N_("From the centre")
FEED_LEAD = N_("Which versions the office says it uses of what the centre published for it.")
FEED_NONE = N_("Nothing has been published for this office yet.")
TOPIC, TOPICS = (
    N_("Data"),
    {"catalogue": N_("Services"), "texts": N_("Texts and hours"), "calendar": N_("Free days"), "notices": N_("Notices")},
)
PUBLISHED, IN_USE = N_("Published"), N_("In use")
VERSION_OF = N_("version {version}, {at}")
VERSION_IN_USE, NO_VERSION = N_("version {version}"), N_("none from the centre yet")
FEED_CURRENT, FEED_WAITS, FEED_REFUSED = N_("up to date"), N_("not there yet"), N_("not usable")
FEED_REASON = N_("Version {version} could not be used:")

# what was set aside
ASIDE_LEAD = N_("What came and could not be taken. Nothing of it is lost, and it holds nobody up.")
ASIDE_NONE = N_("Nothing is set aside.")
ASIDE_NONE_SETTLED = N_("Nothing has been settled yet.")
ASIDE_OPEN, ASIDE_SETTLED = N_("Still open"), N_("Settled")
WHAT_TO_DO = N_("What to do")
THE_LINE = N_("The line as it came")
RECEIVED = N_("Received")
NOTE, SETTLE = N_("What was done about it"), N_("Settle")
SETTLED_BY = N_("Settled by {name}, {at}")
SETTLED_DONE = N_("The line is settled. It stays here, under Settled.")
ALL_OFFICES = N_("only; show all offices")
NEWER, OLDER = N_("Newer"), N_("Older")
ASIDE_NOT_AN_EVENT = N_("This line is no event: it is damaged, or made by something that is not our program.")
ASIDE_NOT_AN_EVENT_DO = N_(
    "Look at the office's version. If it is this product's own, keep the line and report it as a fault of ours; if the computer was "
    "tampered with, revoke it."
)
ASIDE_FOREIGN = N_("This line names another office than the one whose key sent it. It was not booked for either of them.")
ASIDE_FOREIGN_DO = N_("Ask the sending office whether a database was copied from elsewhere. If nobody can explain it, revoke the computer.")
ASIDE_OTHER_BODY = N_("An event with this id is here already, with other content. The first one counts.")
ASIDE_OTHER_BODY_DO = N_("Compare both with the office. If the later one is right, the office enters it again; then settle this line.")
ASIDE_OTHER = N_("This line could not be taken: {code}.")
ASIDE_OTHER_DO = N_("Look the code up in the documentation. Keep the line until it is clear what it was.")

# enrol, revoke, fence
ENROL, ENROL_LEAD = N_("Enrol a computer"), N_("A code makes one computer the node of an office. It works once, within a day.")
OFFICE_ID, MAKE_CODE = N_("Id of the office"), N_("Make a code")
CODE_TITLE = N_("Code for {office}")
CODE_ONCE = N_("This code is shown once. Read it out to the office; it works once, until {at}.")
CODE_TYPE = N_("On the office's computer:")
CODE_FENCED = N_("Neither of the two computers may send any more. Type this code on the right one; leave the other one switched off.")
REVOKE, REVOKE_TITLE = N_("Revoke"), N_("Revoke {node}?")
REVOKE_MEANS = N_(
    "From now on the centre takes nothing more under this key. What it holds stays. The office goes on working, and what happens there "
    "waits on its computer until it is enrolled anew. This cannot be undone."
)
FENCE, FENCE_TITLE = N_("Fence"), N_("Fence {node}?")
FENCE_MEANS = N_(
    "Use this when two computers live with one key. The key is revoked for both, the chain is closed where the centre stands, and you get "
    "a code for the right computer. It sends again what the centre lacks; nothing is kept twice and nothing is lost."
)
YES_REVOKE, YES_FENCE = N_("Yes, revoke it"), N_("Yes, fence it")
REVOKED_DONE = N_("The computer is revoked.")

# what went wrong
WRONG_TITLE = N_("That did not work")
DONE = {"settled": SETTLED_DONE, "revoked": REVOKED_DONE}
