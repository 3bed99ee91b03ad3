"""Names of the roles on screens, as message ids; Indonesian as the office's own papers name them."""

from kiosk.core.i18n import N_

ROLE_NAMES = {
    "admin": N_("Admin"),
    "information": N_("Information desk"),
    "customer_service": N_("Customer Service"),
    "registration": N_("Registration counter"),
    "verifier": N_("Verification"),
    "liaison": N_("Liaison to agencies"),
    "processing": N_("Processing"),
    "agency": N_("Technical team of an agency"),
    "section_head": N_("Section head"),
    "division_head": N_("Division head"),
    "agency_head": N_("Agency head"),
    "records": N_("Records office"),
    "collection": N_("Collection counter"),
    "complaints_operator": N_("Complaints desk"),
    "complaints_head": N_("Head of complaints"),
    "auditor": N_("Auditor"),
}
