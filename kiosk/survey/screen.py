"""The visitor's page: plain React in the frame, because it must work with the node dead. The questionnaire travels inside it."""

from typing import Any

import reflex as rx

from kiosk.speech import scripts
from kiosk.survey import texts
from kiosk.survey.questionnaire import questionnaire
from kiosk.ui.importable import importable
from kiosk.ui.shell import frame

# Scripts and islands that the island imports beside them.
for name in (
    "about.jsx",
    "asked.jsx",
    "clean.js",
    "ending.jsx",
    "faces.jsx",
    "form.js",
    "hand_in.js",
    "phone_queue.js",
    "survey.js",
    "thanks.jsx",
    "typed.jsx",
    "use_phone_queue.js",
    "use_survey.js",
):
    importable("survey", name)
importable("catalogue", "keyboard.jsx")
importable("devices", "enrol.js")

scripts.page("survey", texts.TITLE, texts.LEAD, texts.BEGIN, texts.BEGIN_HELP, texts.MAY_SKIP, texts.FREE)


class AskVisitor(rx.NoSSRComponent):
    """A beginning, nine questions, a few words about oneself, thanks."""

    library = importable("survey", "survey.jsx")
    tag = "AskVisitor"
    lib_dependencies: list[str] = ["uqr@0.1.3"]  # noqa: RUF012 (the QR code is drawn in the browser: the node may be dead)
    texts: rx.Var[dict[str, Any]]
    form: rx.Var[dict[str, Any]]


def survey_page() -> rx.Component:
    """The page at `/survey`."""
    form = questionnaire().model_dump(mode="json", include={"elements", "profile"})
    return frame(AskVisitor.create(texts=texts.SURVEY, form=form), back="/", speech="survey", name="survey")
