"""What can go wrong with the voice. A page without sound is still a page: nothing here stops anything else."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class SpeechMissing(KioskError):
    """The program espeak-ng is not installed."""

    code = "SPEECH-0503"
    status = 503
    sentence = N_("The voice is not available: the program espeak-ng is missing on the office computer.")


class SpeechUnknown(KioskError):
    """No page shows a text with this clip name: the node speaks only what it shows."""

    code = "SPEECH-0404"
    status = 404
    sentence = N_("There is no such recording.")


class SpeechFailed(KioskError):
    """espeak-ng or the encoder gave no sound in time."""

    code = "SPEECH-0500"
    status = 500
    sentence = N_("This text could not be read aloud.")
