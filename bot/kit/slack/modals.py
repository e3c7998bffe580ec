"""Where a modal comes to stand."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.slack.incoming import Interaction


async def show(client: AsyncWebClient, click: Interaction, view: dict[str, Any]) -> None:
    """In place of the modal that was clicked in: Slack has room for three on top of each other."""
    if click.view is not None and click.view.type == "modal":
        await client.views_update(view_id=click.view.id, view=view)
    else:
        await client.views_open(trigger_id=click.trigger_id, view=view)


async def show_above(client: AsyncWebClient, click: Interaction, view: dict[str, Any]) -> None:
    """On top of the modal that was clicked in, which comes back as it was filled in once this one is closed."""
    await client.views_push(trigger_id=click.trigger_id, view=view)
