"""What the acts of the trail are called on the auditor's screen, and the words around them."""

from kiosk.core.i18n import N_

TITLE = N_("Audit trail")
KINDS = {
    "ticket.taken": N_("Number taken"),
    "ticket.called": N_("Number called"),
    "ticket.started": N_("Visit begun"),
    "ticket.finished": N_("Visit finished"),
    "ticket.transferred": N_("Visit sent to another queue"),
    "ticket.no_show": N_("Visitor absent"),
    "ticket.renumbered": N_("Number changed to the one that was shown"),
    "staff.signed_in": N_("Signed in"),
    "staff.signed_out": N_("Signed out"),
    "staff.sessions_ended": N_("Signed out everywhere"),
    "staff.counter_picked": N_("Counter chosen"),
    "staff.account_added": N_("Account added"),
    "staff.account_disabled": N_("Account closed"),
    "staff.account_reopened": N_("Account opened again"),
    "staff.account_locked": N_("Account locked after wrong PINs"),
    "staff.account_unlocked": N_("Account unlocked"),
    "staff.pin_changed": N_("PIN changed"),
    "staff.pin_reset": N_("New PIN given"),
    "staff.roles_changed": N_("Roles changed"),
    "device.enrolled": N_("Device enrolled"),
    "device.revoked": N_("Device revoked"),
    "device.code_made": N_("Enrolment code made"),
    "device.marked": N_("Device may no longer issue numbers by itself"),
    "entry.set_aside": N_("Entry of a device kept aside"),
    "entry.settled": N_("Entry kept aside settled"),
    "office.rejoined": N_("Restored from an older copy, new part begun"),
    "office.loaded": N_("Office loaded"),
    "queues.loaded": N_("Queues loaded"),
    "catalogue.loaded": N_("Services loaded"),
    "feed.applied": N_("Put to use from the centre"),
    "feed.refused": N_("Not put to use from the centre"),
    "checklist.made": N_("Checklist filled in"),
    "checklist.signed": N_("Checklist signed"),
    "checklist.guide_loaded": N_("Notes on requirements loaded"),
    "letter.numbered": N_("Letter given its number"),
    "letter.issued": N_("Letter signed and issued"),
    "letter.revoked": N_("Letter revoked"),
    "letter.void": N_("Letter number given up"),
    "survey.plan_changed": N_("Follow-up plan of the survey changed"),
    "survey.setting_changed": N_("Weight or applicants of the survey changed"),
    "survey.answered": N_("Survey answered, told after the half day"),
    "survey.imported": N_("Older survey answers imported"),
    "letter.suspected": N_("Letter reported as forged"),
    "letter.suspicion_handled": N_("Report of a forgery dealt with"),
    "letter.certified": N_("Certified signature added to a letter"),
    "letter.certification_failed": N_("Certified signature failed, a person has to look"),
    "letter.certification_retried": N_("Certified signature asked for again"),
    "letter.log_timestamped": N_("Head of the letters' log timestamped"),
    "trust.root_pinned": N_("A root is trusted"),
    "trust.root_removed": N_("A root is trusted no longer"),
    "trust.list_taken": N_("Trust list taken in"),
    "trust.revocations_taken": N_("Revocations taken in"),
    "key.made": N_("Key made"),
    "key.certified": N_("Key certified"),
    "audit.checked": N_("Trail checked"),
    "audit.head": N_("Head of the trail told to the centre"),
    "device.health": N_("Device's health told to the centre"),
    "node.enrolled": N_("This computer enrolled at the centre"),
}
ACTORS = {
    "cli": N_("Command on the office computer"),
    "seed": N_("Loading of the office"),
    "demo": N_("Demonstration"),
    "centre": N_("The centre"),
    "node": N_("The office computer by itself"),
    "device": N_("Nobody signed in"),
}
HERE = N_("Office computer")
GONE = N_("no longer known")

SEARCH, WORDS = N_("Search"), N_("Name, number, device or act")
FIRST, LAST = N_("From day"), N_("To day")
WHEN, WHO, WHERE, WHAT, ABOUT, PLACE = N_("When"), N_("Who"), N_("Device"), N_("What"), N_("About"), N_("No.")
MORE = N_("Details")
NOTHING = N_("Nothing was found. Try fewer words or other days.")
CHAIN = N_("Is everything still there?")
ACTS = N_("acts are written down, each one chained to the one before.")
CHECK, CHECKING = N_("Check all of it"), N_("Checking ...")
NOTED = N_("Head that was noted earlier (may stay empty)")
WHOLE = N_("Nothing is missing and nothing was changed.")
WRONG = N_("The trail was tampered with, or damaged. Places found:")
KEEP = N_("Note this head on paper. A later check against it also finds an end that was cut off.")
