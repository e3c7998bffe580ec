"""By what screening recognises something: words, and what has to stand before or after them, or may not.

A word alone seldom tells: “is ziek” is about health, “ziek van het wachten” is not. Signs are written to let an
ordinary card through rather than to catch every wording: whoever is stopped for nothing stops reading why.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    """What may not be kept of a customer.

    Sources: rules of the trade 16; articles 9 and 87 of the GDPR, and article 46 of its Dutch implementation act.
    """

    HEALTH = "health"
    RELIGION = "religion"
    POLITICS = "politics"
    """Also membership of a trade union."""
    ETHNICITY = "ethnicity"
    ORIENTATION = "orientation"
    """Whom they love, and as whom they live."""
    CHILD = "child"
    """Children's names."""
    ID_NUMBER = "id_number"
    ACCOUNT_NUMBER = "account_number"
    CARD_NUMBER = "card_number"


@dataclass(frozen=True)
class Sign:
    """Words (one of them, as a whole), with what has to stand around them, and what may not.

    Phrases stand on lines or between bars. What is before ends, and what is after begins, at the word.
    """

    kind: Kind
    better: str
    """What may be written instead."""
    words: str
    before: str = ""
    after: str = ""
    unless_before: str = ""
    unless_after: str = ""

    def may_be(self, word: str) -> bool:
        """A word in small letters."""
        return _pattern(self.words).fullmatch(word) is not None

    def said(self, before: str, word: str, after: str) -> str | None:
        """The word with what has to stand around it; None when that does not, or when the word is harmless here."""
        if self.unless_before and _pattern(self.unless_before, r"(?<!\w)", r"\s*$").search(before):
            return None
        if self.unless_after and _pattern(self.unless_after, *_AFTER).match(after):
            return None
        begins = _pattern(self.before, r"(?<!\w)", r"\s+$").search(before) if self.before else None
        ends = _pattern(self.after, *_AFTER).match(after) if self.after else None
        if (self.before and not begins) or (self.after and not ends):
            return None
        return f"{begins[0] if begins else ''}{word}{ends[0] if ends else ''}".strip(" .,;!?()")


_AFTER = (r"[\s-]*", r"(?!\w)")


@cache
def _pattern(phrases: str, start: str = "", end: str = "") -> re.Pattern[str]:
    """Made when it is needed first: a card is not written at every start."""
    return re.compile(f"(?i){start}(?:{alternatives(phrases)}){end}")


def alternatives(phrases: str) -> str:
    return "|".join(line.strip(" |") for line in phrases.splitlines() if line.strip(" |"))


MY = r"(?:de|het|een|zijn|haar|hun|the|a|an|his|her|their)"
INSTITUTIONS = r"""
    \w*school\w*|museum|universiteit|university|college|lyceum|hospital|ziekenhuis|wijk|quarter|begraafplaats|cemetery
    omroep|muziek|music|kunst|art|keuken|cuisine|restaurant|bakker\w*|bakery|literatuur|literature|history|geschiedenis
    studies|kerk|church|feestdag\w*|holidays?|koor|choir|fonds|fund|vereniging|society|nederland|research|charity|les
"""
