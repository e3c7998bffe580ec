"""In which language a colleague is spoken to."""

from bot.kit.database import Database, insert_into
from bot.kit.i18n import Language
from bot.people.tables import Colleague


class People:
    """Languages are asked for with every command, so the answer is remembered in memory as well."""

    def __init__(self, database: Database, default: Language) -> None:
        self._database = database
        self.default = default
        self._known: dict[tuple[str, str], Language | None] = {}

    async def language(self, workspace_id: str, slack_id: str) -> Language:
        """The colleague's language; the workspace's until they have written something."""
        return await self.own_language(workspace_id, slack_id) or self.default

    async def own_language(self, workspace_id: str, slack_id: str) -> Language | None:
        """The language the colleague wrote in last; None before the first time it could be told."""
        key = (workspace_id, slack_id)
        if key not in self._known:
            async with self._database.reading() as session:
                colleague = await session.get(Colleague, key)
            self._remember(key, Language(colleague.language) if colleague and colleague.language else None)
        return self._known[key]

    async def hears(self, workspace_id: str, slack_id: str, language: Language) -> None:
        """A colleague wrote in this language: from now on it is theirs."""
        if await self.own_language(workspace_id, slack_id) is language:
            return
        async with self._database.writing() as session:
            heard = insert_into(session, Colleague).values(
                workspace_id=workspace_id, slack_id=slack_id, language=language
            )
            key = ["workspace_id", "slack_id"]
            await session.execute(heard.on_conflict_do_update(index_elements=key, set_={"language": language}))
        self._remember((workspace_id, slack_id), language)

    def _remember(self, key: tuple[str, str], language: Language | None) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = language


_REMEMBERED = 50_000
