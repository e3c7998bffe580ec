"""`/acht help`: everything that can be typed, in the person's language."""

from bot.kit.i18n import N_, Language, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.incoming import Command
from bot.kit.slack.outgoing import Said


def register(commands: Subcommands, deed: str) -> None:
    known: dict[Language, Said] = {}

    async def reply(_command: Command, _rest: str, _: Words) -> Said:
        if _.language not in known:
            known[_.language] = _help(commands, _)
        return known[_.language]

    commands.add(
        Subcommand(
            names={Language.EN: ("help", "?"), Language.NL: ("help", "?", "hulp", "uitleg")},
            usage={Language.EN: "help", Language.NL: "hulp"},
            explanation=N_("this list"),
            reply=reply,
            deed=deed,
            stands_alone=True,
        )
    )


def _help(commands: Subcommands, _: Words) -> Said:
    title = _("Ask me what to say or do for a customer")
    lines = [f"• `/acht {subcommand.usage[_.language]}`  {_(subcommand.explanation)}" for subcommand in commands.known]
    ask = _("`/acht there is an angry customer in front of me`")
    blocks = [
        b.section(f"*{title}*\n{ask}"),
        b.section(_("Only you see the answer. You can also write to me under *Messages*, or mention me in a channel.")),
        b.section("\n".join(lines)),
    ]
    return Said(title, blocks)
