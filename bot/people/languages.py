"""In which language somebody is answered who clicks, or sends a form."""

from bot.kit.i18n import Dictionary, Words
from bot.kit.slack.incoming import Interaction, Lookup
from bot.people.service import People


class Languages:
    def __init__(self, people: People, dictionary: Dictionary) -> None:
        self._people = people
        self._dictionary = dictionary

    async def words(self, by: Interaction | Lookup) -> Words:
        return self._dictionary[await self._people.language(by.team.id, by.user.id)]
