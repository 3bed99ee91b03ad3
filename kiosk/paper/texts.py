"""Words of the button that prints a slip, the same in every room: for `core.i18n.texts`."""

from kiosk.core.i18n import N_

BUTTON = {
    "slip_print": N_("Print on paper"),
    "slip_printing": N_("Printing ..."),
    "slip_printed": N_("Printed. Please take your slip from the printer."),
    "slip_failed": N_("The slip was not printed."),
    "slip_gone": N_("The office computer does not answer, so nothing can be printed now."),
}
