"""Words of the page that checks letters. The verdicts' own stand in `kiosk.letters.checking`, for every way of checking the same."""

from typing import Any

from kiosk.catalogue.texts import LIST_TEXTS
from kiosk.core.i18n import N_, both, texts
from kiosk.letters.checking.reasons import BY_VERDICT, REASONS
from kiosk.letters.checking.texts import ASK_OFFICE, ASK_PDF, BY_SCOPE, FIELDS, NOT_YET, REVOCATIONS, SCOPES, VERDICTS, Told

TITLE, LEAD = N_("Check a letter"), N_("See whether the office signed this letter.")
SCAN, SCAN_HELP = N_("Scan with the camera"), N_("Hold the square code on the letter before the camera.")
TYPE, TYPE_HELP = N_("Type the letter's number"), N_("And the check code that is printed on it.")
UPLOAD, UPLOAD_HELP = N_("Choose a PDF or a photo"), N_("From this phone or computer.")
HOLD, HOLD_HELP = N_("Hold the code in the frame"), N_("Closer until it fills the frame. Keep still.")
NUMBER, NUMBER_HELP = FIELDS["number"], N_("As it stands on the letter, with dots and slashes.")
CODE, CODE_HELP = N_("Check code"), N_("12 signs, printed next to the square code.")
REPORT = N_("Report a suspicious letter")
REPORT_LEAD = N_("The code, the result and your note go to the office. Your name does not.")
DIFFERS = N_("Something in it is different")
DIFFERS_LEAD = N_("Then the paper is not what the office signed.")
SAME, SAME_LEAD = N_("Good. It is the same."), N_("What the office signed stands on your letter.")

_KEYS = {name: LIST_TEXTS[name] for name in ("clear", "erase", "space", "finish")}

PAGE = _KEYS | texts(
    title=TITLE,
    lead=LEAD,
    scan=SCAN,
    scan_help=SCAN_HELP,
    type=TYPE,
    type_help=TYPE_HELP,
    upload=UPLOAD,
    upload_help=UPLOAD_HELP,
    needs_node=N_("The office computer does not answer. This works again when it is back."),
    # the camera
    hold=HOLD,
    hold_help=HOLD_HELP,
    opening=N_("The camera opens. If you are asked, please allow it."),
    not_shown=N_("The picture stays on this screen. Nothing is kept."),
    too_far=N_("No code yet. A little closer, in good light."),
    tired=N_("No code was found"),
    tired_help=N_("Lay the letter flat, in good light, and let the code fill the frame."),
    camera_insecure=N_("At this address the browser gives no camera"),
    camera_insecure_help=N_("Take a photo of the code instead, or open the code with your phone's own camera."),
    camera_denied=N_("The camera was not allowed"),
    camera_denied_help=N_("Allow it in the browser's settings, or choose another way."),
    camera_none=N_("There is no camera here"),
    camera_none_help=N_("Please choose another way, or ask at the information desk."),
    camera_busy=N_("The camera does not answer"),
    camera_busy_help=N_("Another program may be using it. Try again, or choose another way."),
    camera_reader=N_("The reader of codes could not be loaded"),
    camera_reader_help=N_("Open this page again when the office computer answers."),
    again=N_("Try again"),
    photo=N_("Take a photo of the code"),
    light=N_("Light"),
    # typing
    number=NUMBER,
    number_help=NUMBER_HELP,
    code=CODE,
    code_help=CODE_HELP,
    code_left=N_("The check code has 12 signs. There are {count} so far."),
    check=N_("Check"),
    next=N_("Continue"),
    too_often=N_("Too many tries. Please wait a minute."),
    refused=N_("This could not be checked"),
    too_large=N_("The file is larger than 10 MB."),
    pdf_needs_node=N_(
        "A PDF file is checked by the office computer, and that does not answer. A photo of the code can be checked without it."
    ),
    checking=N_("One moment, checking ..."),
    # the result
    number_field=NUMBER,
    name_field=FIELDS["name"],
    name_masked=N_("Name on the letter, partly hidden"),
    service_field=FIELDS["service"],
    service_unknown=N_("This screen does not have its name. Please read it on the letter."),
    issued_field=FIELDS["issued"],
    issued_registered=N_("Issued on"),
    expires_field=FIELDS["expires"],
    no_end=N_("No end date"),
    issuer_field=FIELDS["issuer"],
    revoked_field=FIELDS["revoked"],
    because=N_("Because {reason}."),
    hidden=N_("What the code says is not shown, because it cannot be trusted."),
    to_do=N_("What to do now"),
    as_of=N_("Checked against the list of office signatures of {time} ({ago})."),
    as_of_revoked=N_("And against the list of revoked letters of {time} ({ago})."),
    kept=N_("The office computer did not answer. This screen used what it fetched {ago}."),
    knows=N_("List of office signatures of {time} ({ago})."),
    knows_nothing=N_(
        "There is no list of office signatures on this screen yet. Codes cannot be checked until the office computer answers."
    ),
    knows_old=N_("The list of offices here is old: it should have been renewed by now."),
    now=N_("just now"),
    minute=N_("1 minute ago"),
    minutes=N_("{count} minutes ago"),
    hour=N_("1 hour ago"),
    hours=N_("{count} hours ago"),
    day=N_("1 day ago"),
    days=N_("{count} days ago"),
    all_same=N_("All the same"),
    something_differs=N_("Something is different"),
    scan_again=N_("Scan again"),
    another=N_("Check another letter"),
    report=N_("Report it"),
    # afterwards
    same=SAME,
    same_lead=SAME_LEAD,
    same_help=N_("Only the office's signature was checked here. Nobody looked at the paper itself."),
    differs=DIFFERS,
    differs_lead=DIFFERS_LEAD,
    not_yet=NOT_YET,
    ask_pdf=ASK_PDF,
    ask_office=ASK_OFFICE,
    call=N_("Telephone of the office: {number}"),
    # the report
    report_title=REPORT,
    report_lead=REPORT_LEAD,
    note=N_("What is wrong with it? (You may leave this empty.)"),
    note_help=N_("Please write no names of yourself and no telephone numbers."),
    send=N_("Send the report"),
    sending=N_("One moment ..."),
    reported=N_("Your report has arrived"),
    reported_lead=N_("Number of the report"),
    reported_help=N_("The office looks into it. Name this number if you ask about it."),
    not_sent=N_("The report was not sent"),
    not_sent_help=N_("The office computer does not answer. Please tell it at the information desk, or by telephone."),
)  # fmt: skip


def _told(told: Told) -> dict[str, Any]:
    """Each sentence in both languages, as an island draws it."""
    return {"headline": both(told.headline), "lead": both(told.lead) if told.lead else None, "steps": [both(step) for step in told.steps]}


def sentences() -> dict[str, dict[str, Any]]:
    """What the page says of verdicts, reasons, scopes and revocations, by their codes."""
    return {
        "verdicts": {code: _told(told) for code, told in (VERDICTS | BY_SCOPE).items()},
        "reasons": {code: _told(told) for code, told in REASONS.items()},
        "scopes": {code: both(sentence) for code, sentence in SCOPES.items()},
        "revocations": {str(code): both(sentence) for code, sentence in REVOCATIONS.items()},
    }


def spoken() -> dict[str, tuple[str, ...]]:
    """What "Dengarkan" reads: of the page, of each verdict, of each reason with advice of its own, and of what may come after."""
    checked = {"valid": SCOPES["document"], "code_genuine": SCOPES["code"], "registered": SCOPES["register"]}
    of_verdicts = {
        f"verify-{code}": (told.headline, told.lead, checked.get(code, ""), *told.steps) for code, told in (VERDICTS | BY_SCOPE).items()
    }
    of_reasons = {
        f"verify-{verdict}-{code}": (VERDICTS[verdict].headline, VERDICTS[verdict].lead, told.headline, *told.steps)
        for verdict, group in BY_VERDICT.items()
        for code, told in group.items()
        if told.steps
    }
    return {
        "verify": (TITLE, LEAD, SCAN, SCAN_HELP, TYPE, TYPE_HELP),
        "verify-camera": (HOLD, HOLD_HELP),
        "verify-number": (NUMBER, NUMBER_HELP),
        "verify-code": (CODE, CODE_HELP),
        "verify-report": (REPORT, REPORT_LEAD),
        "verify-same": (SAME, SAME_LEAD),
        "verify-differs": (DIFFERS, DIFFERS_LEAD, NOT_YET, ASK_PDF, ASK_OFFICE),
        **{name: tuple(filter(None, said)) for name, said in (of_verdicts | of_reasons).items()},
    }
