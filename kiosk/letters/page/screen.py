"""The page on which anybody checks a letter: plain React in the frame, because it must work with the node dead."""

from typing import Any

import reflex as rx

from kiosk.letters.page import texts
from kiosk.letters.page.libraries import LIBRARIES
from kiosk.speech import scripts
from kiosk.ui.importable import importable
from kiosk.ui.shell import frame

ROOM = "letters/page"

# Scripts and islands that the island imports beside them.
for _name in (
    "after.jsx",
    "ages.js",
    "bytes.js",
    "camera.js",
    "camera.jsx",
    "cbor.js",
    "check.js",
    "choose.jsx",
    "claims.js",
    "ecdsa.js",
    "fields.jsx",
    "file.js",
    "judging.js",
    "knowledge.js",
    "number.js",
    "parts.jsx",
    "reader.js",
    "report.jsx",
    "result.jsx",
    "revocations.js",
    "scanner.js",
    "sign1.js",
    "signs.jsx",
    "steps.js",
    "text.js",
    "trust_list.js",
    "typed.jsx",
    "unpack.js",
    "use_check.js",
):
    importable(ROOM, _name)
importable("catalogue", "keyboard.jsx")

for _page, _said in texts.spoken().items():
    scripts.page(_page, *_said)


class VerifyLetter(rx.NoSSRComponent):
    """Ways to check, the check, its result, and what comes after."""

    library = importable(ROOM, "verify.jsx")
    tag = "VerifyLetter"
    lib_dependencies: list[str] = LIBRARIES
    texts: rx.Var[dict[str, Any]]
    told: rx.Var[dict[str, Any]]


def verify_page() -> rx.Component:
    """The page at `/verify`, and at `/V#<digits>`."""
    return frame(VerifyLetter.create(texts=texts.PAGE, told=texts.sentences()), back="/", speech="verify", name="verify-page")
