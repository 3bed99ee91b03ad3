"""Words of the survey around the questionnaire's own, which are read from the seed."""

from kiosk.catalogue.texts import LIST_TEXTS
from kiosk.core.i18n import N_, texts

TITLE, LEAD = N_("How was our service?"), N_("Nine questions, about two minutes. No name.")
BEGIN, BEGIN_HELP = N_("Begin the survey"), N_("Touch one face for each question.")
FREE = N_("No name and no number is kept. No officer can see who answered.")
MAY_SKIP = N_("You may skip any question.")
SERVICE = N_("Which service did you use?")
SEX, AGE = N_("Are you a man or a woman?"), N_("How old are you?")
EDUCATION, WORK = N_("What was your last school?"), N_("What is your work?")
SUGGESTION, SUGGESTION_HELP = N_("Do you have a suggestion for us?"), N_("Please write no names and no telephone numbers.")
CODE = N_("Is there a survey code with your queue number?")
CODE_HELP = N_("Eight signs, on the slip or on your phone. It counts once and does not tell your number.")
READY, CHANGE_HELP = N_("Shall we send your answers?"), N_("Touch an answer to change it.")
SEND = N_("Send my answers")
NOTHING, NOTHING_HELP = N_("No question is answered yet."), N_("One answer is enough. Nothing is sent without one.")
TO_FIRST = N_("To the first question")
FAILED, FAILED_HELP = N_("Your answers could not be kept."), N_("Please try once more, or use another screen.")
AGAIN = N_("Try again")
THANKS, THANKS_HELP = N_("Thank you."), N_("Your answers are kept without a name.")
SLIP_TITLE, SLIP_WHEN = N_("Survey code, to be used once"), N_("When you are done, tell us how it was: scan this, or touch the survey.")
LATER = N_("They lie safely on this device, and go by themselves when the office computer is back.")
LATER_PHONE = N_("They wait on this phone. Keep this page open, or come back to it on the office's Wi-Fi.")
LAPOR, LAPOR_HELP = N_("A complaint? SP4N-LAPOR! takes it."), N_("Scan this code, or open www.lapor.go.id.")
LAPOR_OPEN = N_("Open SP4N-LAPOR!")

# The elements in one word each, for the list of answers on a low screen.
SHORT = texts(
    requirements=N_("Requirements"),
    procedure=N_("Procedure"),
    completion_time=N_("Time"),
    fee=N_("Fee"),
    product=N_("Product"),
    competence=N_("Competence"),
    behaviour=N_("Conduct"),
    facilities=N_("Premises"),
    complaints=N_("Feedback"),
)
SURVEY = texts(
    title=TITLE,
    lead=LEAD,
    begin=BEGIN,
    begin_help=BEGIN_HELP,
    free=FREE,
    may_skip=MAY_SKIP,
    given=N_("The code of your queue number goes along. It counts once and does not tell your number."),
    question_of=N_("Question {place} of {count}"),
    place_of=N_("{place} of {count}"),
    about_you=N_("About you"),
    your_suggestion=N_("Your suggestion"),
    survey_code=N_("Survey code"),
    no_name=N_("Without a name"),
    skip=N_("Skip"),
    go_on=N_("Continue"),
    finish_now=N_("Finish now"),
    service=SERVICE,
    sex=SEX,
    age=AGE,
    education=EDUCATION,
    work=WORK,
    suggestion=SUGGESTION,
    suggestion_help=SUGGESTION_HELP,
    letters_left=N_("Room for {count} more letters."),
    code=CODE,
    code_help=CODE_HELP,
    ready=READY,
    change_help=CHANGE_HELP,
    skipped=N_("skipped"),
    send=SEND,
    sending=N_("One moment ..."),
    nothing=NOTHING,
    nothing_help=NOTHING_HELP,
    to_first=TO_FIRST,
    failed=FAILED,
    failed_help=FAILED_HELP,
    again=AGAIN,
    thanks=THANKS,
    thanks_help=THANKS_HELP,
    thanks_later=LATER,
    thanks_phone=LATER_PHONE,
    lapor=LAPOR,
    lapor_help=LAPOR_HELP,
    lapor_qr=N_("QR code of www.lapor.go.id"),
    lapor_open=LAPOR_OPEN,
    clean=N_("Ready for the next person in {seconds} seconds. Touch the screen for more time."),
    waiting=N_("{count} answers wait on this device for the office computer."),
    one_waiting=N_("1 answer waits on this device for the office computer."),
    finished=N_("Finished"),
)
SURVEY |= {f"short_{element}": words for element, words in SHORT.items()}
SURVEY |= {name: LIST_TEXTS[name] for name in ("erase", "space", "finish")}  # of the letters on the screen
