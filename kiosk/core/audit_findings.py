"""What can be wrong with an audit chain, each with a code that stays and a sentence for the auditor."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.core.i18n import N_, Language, translate

SENTENCES = {
    "edited": N_("Number {seq}: what happened was changed after it was written down."),
    "differs": N_("Number {seq}: the event and its link name another act, person or time."),
    "spelling": N_("Number {seq}: the text of the event was rewritten."),
    "unreadable": N_("Number {seq}: the event cannot be read."),
    "office": N_("Number {seq} belongs to another office."),
    "broken": N_("Number {seq} does not follow from the link before it."),
    "gap": N_("Number {seq} comes after {before}: links are missing in between."),
    "epoch": N_("Number {seq} of part {epoch} does not begin where part {before} ended."),
    "no-event": N_("Number {seq}: the link is there, its event is gone."),
    "no-link": N_("Number {seq}: the event is there, its link is gone."),
    "fork": N_("Number {seq} stands there twice: the chain has two branches."),
    "place": N_("An entry stands at no place of the chain ({epoch}.{seq})."),
    "order": N_("Number {seq} stands in the wrong order."),
    "head": N_("The end of the chain is not the one that was written down last ({seq} instead of {last})."),
    "cut": N_("The end is gone: {seq} acts were written down, the last one left is {last}."),
    "heads": N_("The chain has a second end, at {seq}."),
    "no-head": N_("The end of the chain was taken away (last link: {seq})."),
    "noted": N_("The noted head with number {seq} is not in this chain, which ends at {last}."),
    "countersigned": N_("The centre holds a signed head with number {seq} that is not in this chain, which ends at {last}."),
    "receipt": N_("The centre's signature under the head with number {seq} does not fit: the note of it was changed."),
    "line": N_("Line {seq} of the file is none of an export."),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where."""

    code: str
    epoch: int
    seq: int
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The sentence in `language`."""
        return translate(SENTENCES[self.code], language).format(**{"epoch": self.epoch, "seq": self.seq, **self.facts})
