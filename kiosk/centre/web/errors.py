"""What can go wrong with a page."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class PageBroken(KioskError):
    """Our own fault; the reference finds it in the log."""

    code = "CENTRE-0501"
    status = 500
    sentence = N_("Something went wrong at the centre. Nothing was changed. The log has it under this reference: {reference}.")


class ForeignForm(KioskError):
    """A form that no page of ours sent."""

    code = "CENTRE-0406"
    status = 403
    sentence = N_("This form came from another address than the centre's. Nothing was changed. Please open {address}.")


class BadForm(KioskError):
    """A form that lacks something, or holds what it cannot hold."""

    code = "CENTRE-0424"
    status = 422
    sentence = N_("A part of this form is missing or wrong: {where}. Nothing was changed.")
