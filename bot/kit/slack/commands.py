"""One slash command, many words behind it: `/acht playbook 6`, `/acht draaiboek`, `/acht help`.

Slices add their words here; whatever begins with none of them is a question for the coach.
"""

import difflib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.kit.i18n import Language, Words
from bot.kit.slack.incoming import Command
from bot.kit.slack.outgoing import Said

MISTYPED_AT_MOST = 4
"""Words of a line whose first word may be mistyped: who writes more asks something."""

Reply = Callable[[Command, str, Words], Awaitable[Said | None]]
"""Gets the command, what was typed after the word, and words in the person's language. None: it opened something."""


def _whatever(_rest: str) -> bool:
    return True


@dataclass(frozen=True)
class Subcommand:
    """`names` per language, the first of which help shows; `usage` and `explanation` are for help."""

    names: dict[Language, tuple[str, ...]]
    usage: dict[Language, str]
    explanation: str
    reply: Reply
    deed: str
    """What it is to do this, for who decides who may."""
    stands_alone: bool = False
    """What begins with this word and goes on is a question: “help, my customer is angry”."""
    is_meant: Callable[[str], bool] = _whatever
    """Of what was typed after the word: “customer jansen” is a customer, “customer is angry, what now?” a question."""


@dataclass
class Subcommands:
    known: list[Subcommand] = field(default_factory=list[Subcommand])

    def add(self, subcommand: Subcommand) -> None:
        self.known.append(subcommand)

    def match(self, text: str) -> tuple[Subcommand, str, Language | None] | None:
        """The subcommand, what follows its name, and the language of the name where only one language has it."""
        word, _, rest = text.strip().partition(" ")
        for subcommand in self.known:
            languages = [language for language, names in subcommand.names.items() if word.lower() in names]
            if languages and not (subcommand.stands_alone and rest.strip()) and subcommand.is_meant(rest):
                return subcommand, rest.strip(), languages[0] if len(languages) == 1 else None
        return None

    def meant_by(self, line: str, language: Language) -> str | None:
        """What a line was probably meant to be: “custmer okoye” is “customer okoye”. None where it is a question."""
        word, _, rest = line.strip().partition(" ")
        if not rest:
            return self.resembling(word, language)
        if "?" in line or len(line.split()) > MISTYPED_AT_MOST:
            return None
        meant = self.resembling(word, language)
        # What begins with the name itself goes on in another way than the name does: “promised her too much”.
        if meant is None or word.lower().startswith(meant) or not self.match(f"{meant} {rest}"):
            return None
        return f"{meant} {rest.strip()}"

    def resembling(self, word: str, language: Language) -> str | None:
        """The name that a mistyped word was probably meant to be; of names in both languages, this one's."""
        own = [name for subcommand in self.known for name in subcommand.names[language]]
        if close := difflib.get_close_matches(word.lower(), own, n=1, cutoff=0.7):
            return close[0]
        names = [name for subcommand in self.known for spelled in subcommand.names.values() for name in spelled]
        close = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.7)
        return close[0] if close else None
