"""The words about devices: the page where one is enrolled, and the admin's list."""

from kiosk.core.i18n import N_, texts
from kiosk.devices.lanes import LETTERS

ENROL_TITLE = N_("Enrol this device")
ENROL_LEAD = N_("The admin makes a code on the page Devices: 8 letters and digits, good for 10 minutes, used once.")
DEVICES_TITLE = N_("Devices")
DEVICES_LEAD = N_("Touchscreens, tablets, boards and staff browsers of this office.")

KINDS = {"kiosk": N_("Touchscreen"), "tablet": N_("Tablet"), "board": N_("Board in the hall"), "staff": N_("Staff browser")}
assert set(KINDS) == set(LETTERS)  # noqa: S101 (a kind without a word would break the list)

ENROL = texts(
    code=N_("The code"),
    typed=N_("{count} of {signs} letters and digits are typed"),
    type_it=N_("Type the 8 letters and digits of the code."),
    from_address=N_("The code is filled in. Touch Enrol."),
    checking=N_("One moment ..."),
    unreachable=N_("The office computer does not answer. Check that it is on, then try again."),
    keys=N_("Keys for the code"),
    erase=N_("Erase"),
    send=N_("Enrol"),
    done=N_("This device is enrolled"),
    name=N_("Name"),
    kind=N_("Kind"),
    place=N_("Place"),
    lane=N_("Lane"),
    go=N_("Begin"),
    **KINDS,
)

COUNTDOWN = texts(left=N_("Good for another {time}"), over=N_("This code is no longer valid."))

ADD, MAKE = N_("Add a device"), N_("Make a code")
NAME, NAME_HELP = N_("Name"), N_("As the office calls it, such as: Touchscreen at the entrance")
KIND, PLACE, LANE = N_("Kind"), N_("Place"), N_("Lane")
SEEN, BUILD, WAITING = N_("Last seen"), N_("Build"), N_("Waiting entries")
PARKED = N_("Not taken by the office computer; tried again by itself:")
MARKS = {
    "cloned": N_("copied: enrol it again"),
    "wiped": N_("wiped: enrol it again"),
}
CLOCK_OFF = N_("its clock is wrong")
ASIDE = N_("Kept aside")
ASIDE_LEAD = N_("These entries contradict what the office has. Nothing is lost: compare the numbers with the visitors in the hall.")
SETTLE, SETTLE_SURE, SETTLED = N_("Settle"), N_("Settle it"), N_("Settled entries")
SETTLED_AT, SETTLED_BY, NOTE = N_("Settled"), N_("By whom"), N_("What was done")
NOTE_HELP = N_("In a few words, without names of visitors. It goes into the audit trail.")
WHEN, ABOUT, KIND_OF, CODE = N_("When"), N_("About"), N_("Kind of entry"), N_("Code")
OLD_BUILD = N_("not this node's build")
CODE_FOR = N_("Code for")
HOW = N_("Open this address in the new device's browser:")
THEN = N_("Type the code there and touch Enrol. Or scan this picture with the device's camera.")
ONLY_HERE = N_("This address opens on the office computer only. For other devices set KIOSK_PUBLIC_URL to its address in the network.")
HIDE = N_("Hide the code")
BECAME = N_("Enrolled, in lane")
REVOKE, REVOKE_SURE = N_("Revoke"), N_("Yes, revoke now")
REVOKED, REVOKED_AT = N_("Revoked devices"), N_("Revoked")
NOBODY = N_("No device is enrolled yet.")

# How long ago, by unit: the sentence for one and for several.
JUST_NOW, NEVER = N_("just now"), N_("not yet seen")
AGO = (
    (86_400, N_("1 day ago"), N_("{count} days ago")),
    (3600, N_("1 hour ago"), N_("{count} hours ago")),
    (60, N_("1 minute ago"), N_("{count} minutes ago")),
)
