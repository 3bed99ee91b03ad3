"""Words of the islands and of the officer's page, as message ids."""

from kiosk.core.i18n import N_, texts
from kiosk.paper.texts import BUTTON

TAKE_TITLE, TAKE_LEAD = N_("Where do you need to go?"), N_("Touch one. You get your number at once.")
FIRST_TIME, FIRST_TIME_HELP = N_("Here for the first time?"), N_("Choose A. The officer explains what you need and how to go on.")
AHEAD, FOLLOW_IT = N_("People ahead of you"), N_("Follow on your phone")
YOUR_NUMBER = N_("This is your queue number")
WAIT_HERE, WAIT_HERE_MORE = N_("Please wait in the waiting room."), N_("Have a seat.")
LISTEN_HERE, LISTEN_HERE_MORE = N_("Watch the screen in the hall."), N_("Your number and your counter appear there.")
KEEP_IT, KEEP_IT_MORE = N_("Remember your number."), N_("Or point your phone's camera at the code.")

RATE, RATE_CODE = N_("When you are done, rate our service, without your name."), N_("Your survey code:")

TAKE = texts(
    waiting=N_("waiting"),
    by_transfer=N_("You are sent here by an officer, with the same number"),
    first_time=FIRST_TIME,
    first_time_help=FIRST_TIME_HELP,
    loading=N_("One moment ..."),
    gone=N_("No number can be taken here at the moment."),
    gone_help=N_("Please go to the information desk. The officer gives you a number on paper. Touching here issues nothing."),
    by_itself=N_("You can still take a number, and it counts."),
    by_itself_help=N_("The office computer is not connected just now. The officers call your number when it is back."),
    unstored=N_("You did not get a number: this screen has no room left to keep it."),
    unstored_help=N_("Please go to the information desk. The officer gives you a number on paper."),
    counts=N_("Your number counts."),
    counts_help=N_("The office computer is not connected just now, but your number is kept."),
    wait_called=N_("Please wait in the waiting room."),
    wait_called_more=N_("The officers call your number when the computer is back, in the order of arrival."),
    listen_later=N_("Watch the screen in the hall, and listen."),
    listen_later_more=N_("How many are ahead of you is not known yet."),
    remember=N_("Remember your number, or take a picture of it."),
    remember_more=N_("It stays yours, also when it takes longer."),
    closed=N_("The office is closed. No numbers are given now."),
    opens=N_("It opens on {opens}."),
    failed=N_("You did not get a number."),
    failed_help=N_("Please touch again, or ask the information desk."),
    your_number=YOUR_NUMBER,
    ahead=AHEAD,
    follow=FOLLOW_IT,
    qr=N_("QR code with the address of this number's page"),
    wait_here=WAIT_HERE,
    wait_here_more=WAIT_HERE_MORE,
    listen_here=LISTEN_HERE,
    listen_here_more=LISTEN_HERE_MORE,
    keep_it=KEEP_IT,
    keep_it_more=KEEP_IT_MORE,
    finished=N_("Finished"),
    rate=RATE,
    rate_code=RATE_CODE,
    **BUTTON,
)

FOLLOW = texts(
    title=N_("Your queue number"),
    unknown=N_("This address leads to no number."),
    unknown_help=N_("Scan the code on the screen again, or ask the information desk."),
    loading=N_("One moment ..."),
    gone=N_("No connection to the office."),
    gone_help=N_("Connect to the office's Wi-Fi. This page asks again by itself."),
    waiting=N_("people ahead of you"),
    next=N_("You are next."),
    next_help=N_("Please stay close to the counters."),
    called=N_("You are called: {counter}"),
    called_help=N_("Please go there now."),
    serving=N_("You are being served at {counter}."),
    done=N_("This visit is finished. Thank you."),
    no_show=N_("Your number was called, and nobody came."),
    no_show_help=N_("Please tell an officer at the counter: your number can be called again today."),
    other_day=N_("This number was for {date}. Please take a new one."),
    as_of=N_("As of {time}"),
    old=N_("Not connected since {time}. This may have changed."),
    rate=N_("Rate our service"),
    rate_later=N_("Rate our service when you are done"),
)

BOARD = texts(
    waiting=N_("waiting"),
    called=N_("Now called"),
    nobody=N_("Nobody has been called yet"),
    cut=N_("Not connected. This picture is {minutes} minutes old."),
    cut_now=N_("Not connected. This picture is less than a minute old."),
    never=N_("Not connected. Please listen to the officers."),
    back=N_("Back"),
)

DESK_TITLE = N_("Counter")
PICK = N_("Which counter do you sit at?")
CHANGE, SWITCH = N_("Change counter"), N_("Switch officer")
NOBODY_HERE = N_("Nobody is at this counter.")
CALLED, SERVING = N_("Called, not here yet"), N_("Being served")
CAME, WAITED, WAS_CALLED = N_("Came"), N_("Waited"), N_("Was called")
NEXT, NOBODY_WAITS = N_("Next"), N_("Nobody waits for this counter.")
CALL_NEXT, CALL_AGAIN, START = N_("Call next"), N_("Call again"), N_("Visitor is here")
FINISH, NO_SHOW, TRANSFER = N_("Finish"), N_("Not here"), N_("Transfer to")
LINE, NUMBER, QUEUE = N_("In line"), N_("Number"), N_("Queue")
ABSENT, RECALL = N_("Was not here today"), N_("Call back")
TODAY, SERVED, MINUTES, MISSED = N_("Today at this counter"), N_("served"), N_("minutes on average"), N_("not here")
MIN, TIMES = N_("min"), N_("times")
