"""What can be wrong with a letter before it is signed, and with what an office configures for its letters."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.core.errors import KioskError, StartError
from kiosk.core.i18n import N_, Language, translate


@dataclass(frozen=True)
class Fault:
    """One field and what is wrong with it: a message id with its facts."""

    where: str
    sentence: str
    facts: dict[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """`field: what is wrong` in `language`."""
        return f"{self.where}: {translate(self.sentence, language).format(**self.facts)}"


class LetterWrong(KioskError):
    """The letter as it was handed in cannot be issued. `faults` names every field and what is wrong with it."""

    code = "LETTER-0450"
    status = 422
    sentence = N_("This letter cannot be issued. {faults}.")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__()

    def text(self, language: Language) -> str:
        """The sentence with every fault in `language`."""
        return translate(self.sentence, language).format(faults="; ".join(fault.text(language) for fault in self.faults))


class LetterUnprintable(LetterWrong):
    """The letter has characters that its fonts do not have: they would come out as boxes on a signed letter."""

    code = "LETTER-0451"


class TemplateUnknown(KioskError):
    """No template has this name."""

    code = "LETTER-0452"
    status = 422
    sentence = N_("There is no template {template} for letters. There are: {known}.")


class TemplateDamaged(StartError):
    """A file that says how the office's letters look cannot be read, or says what it cannot say."""

    code = "LETTER-0453"
    sentence = N_("The file {file} for letters is damaged at {place}: {reason}.")
