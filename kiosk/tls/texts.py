"""Words of the page /setup. Menus are named as Android 11 to 15 and iPadOS 15 to 18 name them."""

from kiosk.core.i18n import N_, texts

TITLE = N_("Prepare a tablet of the office")
LEAD = N_("Only for tablets, boards and computers of the office. Visitors never need this: their phones work without it.")

TEXTS = texts(
    loading=N_("Asking the office computer ..."),
    silent=N_("The office computer does not answer. Check the network, then load this page again."),
    off=N_("The secure address is not switched on yet. On the office computer: kiosk tls authority --export FOLDER"),
    problem=N_("The secure address is out of order ({code}). Please tell the admin."),
    public=N_("Nothing to install: this office has a certificate that every tablet knows."),
    clock_title=N_("The clock of this tablet is wrong"),
    clock_help=N_(
        "It says {device}; at the office it is {node}. Set date and time first, "
        "in the settings: with a wrong clock no certificate is valid."
    ),
    get_title=N_("Download the certificate"),
    get_help=N_("It holds no secret. A tablet that has it trusts this office computer, and nobody else through it."),
    get=N_("Download"),
    android=N_("Android, with Chrome"),
    android_1=N_("Touch “Download” above."),
    android_2=N_("Open Settings, search “CA certificate”, touch it, and touch “Install anyway”."),
    android_3=N_("Choose the file kios-ptsp.crt."),
    android_4=N_("Settings, “Trusted credentials”, “User”: touch {name} and compare the SHA-256 with the screen of the office computer."),
    ipad=N_("iPad, with Safari"),
    ipad_1=N_("Touch “Download” above, then “Allow”."),
    ipad_2=N_(
        "Open Settings, touch “Profile Downloaded”, then “More Details”: compare the SHA-256 with the screen of the office computer."
    ),
    ipad_3=N_("Touch “Install”."),
    ipad_4=N_("Settings, General, About, “Certificate Trust Settings”: switch {name} on."),
    desk=N_("Windows or Linux, with Chrome"),
    desk_1=N_("Click “Download” above. Do not open the file yet."),
    desk_2=N_("Type this in a terminal of Windows (first line) or Linux (second line), and compare with the office computer:"),
    desk_3=N_(
        "Windows: open the file, “Install Certificate”, “Trusted Root Certification Authorities”. "
        "Linux: chrome://certificate-manager, “Custom”, “Trusted Certificates”, “Import”."
    ),
    desk_4=N_("Close every window of Chrome and open it again."),
    pem=N_("The same in PEM"),
    print_title=N_("The fingerprint (SHA-256)"),
    print_here=N_("This is the office computer. The tablet must show these sixteen groups, each the same."),
    print_there=N_(
        "Open {local}/setup at the office computer and compare every group there. "
        "Is one different? Remove the certificate and tell the admin."
    ),
    check_title=N_("Does this tablet trust us now?"),
    check=N_("Check now"),
    checking=N_("One moment ..."),
    yes=N_("Yes. From now on open {address}"),
    no=N_("Not yet. Go through the steps again; a browser that was open may need to be closed first."),
    no_help=N_("Also check that the tablet reaches {address} at all."),
    open=N_("Open the secure address"),
)
