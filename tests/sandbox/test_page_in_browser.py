"""The page in a real Chromium: every field a modal may hold, a Home tab of everything, and a channel's own card."""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.sandbox.blocks import checked_view
from bot.sandbox.delivery import Answer, Kind
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .stand_ins import DAAN, LIES, NOOR, Ear

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(name: str) -> Json:
    return {"text": plain(name), "value": name}


def options(*names: str) -> list[Json]:
    return [option(name) for name in names]


def field(block_id: str, kind: str, *, optional: bool = False, dispatch: bool = False, **element: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "optional": optional,
        "dispatch_action": dispatch,
        "element": {"type": kind, "action_id": "v", **element},
    }


CITIES = options("Amsterdam", "Antwerp", "Berlin", "London")


class Registry(Ear):
    """A bot that knows cities, and listens."""

    async def deliver(self, kind: Kind, payload: Json) -> Answer:
        heard = await super().deliver(kind, payload)
        if payload.get("type") != "block_suggestion":
            return heard
        return Answer(
            acknowledged=True,
            body={"options": [city for city in CITIES if payload["value"].lower() in city["value"].lower()]},
        )


@pytest.fixture
def ear() -> Ear:
    return Registry()


@pytest.fixture
async def slack(workspace: Workspace, ear: Ear) -> AsyncIterator[LocalSlack]:
    async with LocalSlack(workspace, delivery=ear) as slack:
        yield slack


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser, slack: LocalSlack) -> AsyncIterator[Page]:
    page = await browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(slack.url)
    await page.wait_for_selector("#app:not([aria-busy])")
    yield page
    assert complaints == []


async def choose(page: Page, block_id: str, typed: str = "", *, down: int = 0, several: bool = False) -> None:
    """Opens a field, types what is looked for, goes `down` from the first that is found, and takes it."""
    await page.locator(f"[data-block-id='{block_id}'] [data-action-id]").first.click()
    if typed:
        await page.locator(".options__filter").fill(typed)
    await expect(page.locator(".option").first).to_be_visible()
    for _ in range(down):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    if several:
        await page.keyboard.press("Escape")


async def test_every_field_of_a_modal_is_filled_in(page: Page, workspace: Workspace, ear: Ear, utrecht: str) -> None:
    blocks = [
        field("name", "plain_text_input", initial_value="Utrecht"),
        field("vision", "plain_text_input", multiline=True),
        field("step", "static_select", option_groups=[{"label": plain("First"), "options": options("one", "two")}]),
        field("days", "multi_static_select", options=options("Mon", "Tue"), initial_options=options("Mon")),
        field("city", "external_select", min_query_length=1, initial_option=option("Paris")),
        field("cities", "multi_external_select", min_query_length=1),
        field("sponsor", "users_select", initial_user=LIES),
        field("leads", "multi_users_select", initial_users=[NOOR]),
        field("place", "conversations_select", default_to_current_conversation=True, filter={"include": ["public"]}),
        field("places", "multi_conversations_select"),
        field("open", "channels_select", initial_channel=utrecht),
        field("opens", "multi_channels_select"),
        field("at", "timepicker", initial_time="09:00"),
        field("from", "datepicker", initial_date="2026-11-23"),
        field("times", "number_input", is_decimal_allowed=False, max_value="7", initial_value="3"),
        field("dry", "checkboxes", options=options("dry run")),
        field("tone", "radio_buttons", dispatch=True, options=options("short", "calm")),
    ]
    view = {"type": "modal", "title": plain("Team"), "submit": plain("Next"), "blocks": blocks}
    workspace.surfaces.open(NOOR, checked_view(view, "modal"))
    modal = page.get_by_test_id("modal")
    await expect(modal).to_be_visible()
    # The conversation one comes from is the app's own, which may not be chosen here.
    await expect(modal.locator("[data-block-id='place'] .select--empty")).to_be_visible()

    await modal.locator("[data-block-id='vision'] textarea").fill("Nobody asks twice.")
    await choose(page, "step")
    await choose(page, "days", down=1, several=True)
    await choose(page, "city", "ant")
    await choose(page, "cities", "lon", several=True)
    await choose(page, "sponsor", "daan")
    await choose(page, "leads", "lies", several=True)
    await choose(page, "place")
    await choose(page, "places", several=True)
    await choose(page, "opens", several=True)
    await choose(page, "at", "1615")
    await modal.locator("[data-block-id='from'] [data-action-id]").click()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await modal.locator("[data-block-id='dry'] input").check()
    await modal.locator("[data-block-id='tone'] input").nth(1).check()
    await modal.locator("[data-block-id='times'] input").fill("9")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal.locator("[data-block-id='times'] .input__error")).to_be_visible()
    await modal.locator("[data-block-id='times'] input").fill("5")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_be_hidden()

    general = workspace.channel("#general").id
    pressed, submitted = [payload for payload in ear.heard if payload.get("type", "").startswith(("block_a", "view"))]
    assert pressed["actions"][0]["selected_option"] == option("calm")
    filled = {
        block_id: next(value for key, value in state["v"].items() if key != "type")
        for block_id, state in submitted["view"]["state"]["values"].items()
    }
    assert filled == {
        "name": "Utrecht",
        "vision": "Nobody asks twice.",
        "step": option("one"),
        "days": options("Mon", "Tue"),
        "city": option("Antwerp"),
        "cities": options("London"),
        "sponsor": DAAN,
        "leads": [NOOR, LIES],
        "place": general,
        "places": [general],
        "open": utrecht,
        "opens": [general],
        "at": "16:15",
        "from": "2026-11-24",
        "times": "5",
        "dry": options("dry run"),
        "tone": option("calm"),
    }


async def test_a_home_tab_of_everything_is_used(page: Page, workspace: Workspace, ear: Ear) -> None:
    text = {"type": "mrkdwn", "text": "*Today*"}
    go = {"type": "button", "action_id": "go", "text": plain("Done"), "value": "1"}
    more = {"type": "overflow", "action_id": "more", "options": options("all", "mine")}
    language = {"type": "static_select", "action_id": "language", "options": options("Dutch", "English")}
    picture = {"type": "image", "image_url": "data:image/png;base64,AAAA", "alt_text": "a lift"}
    blocks = [
        {"type": "header", "text": plain("Good morning")},
        {"type": "section", "text": text, "fields": [text, text], "accessory": go},
        {"type": "section", "text": text, "accessory": language},
        {"type": "section", "text": text, "accessory": {"type": "timepicker", "action_id": "at"}},
        {"type": "actions", "elements": [more]},
        {"type": "context", "elements": [picture, text]},
        {"type": "divider"},
        picture,
        field("word", "plain_text_input", optional=True, dispatch=True),
    ]
    workspace.surfaces.publish(NOOR, checked_view({"type": "home", "blocks": blocks}, "home"))
    await page.get_by_test_id("tab-home").click()
    home = page.get_by_test_id("home-view")
    await expect(home).to_contain_text("Good morning")
    await expect(home.get_by_test_id("unknown-block")).to_have_count(0)

    await home.locator("[data-action-id='go']").click()
    await home.locator("[data-action-id='language']").click()
    await page.keyboard.press("Enter")
    await expect(home.locator("[data-action-id='language']")).to_contain_text("Dutch")
    await home.locator("[data-action-id='at']").click()
    await page.keyboard.press("Enter")
    await expect(home.locator("[data-action-id='at']")).to_contain_text("09:00")
    await home.locator("[data-action-id='more']").click()
    await page.get_by_role("menuitem", name="mine").click()
    await home.locator("[data-block-id='word'] input").fill("Lift")
    await page.keyboard.press("Enter")
    await expect(home.locator("[aria-busy]")).to_have_count(0)

    actions = [payload["actions"][0] for payload in ear.heard if payload.get("type") == "block_actions"]
    assert [action["action_id"] for action in actions] == ["go", "language", "at", "more", "v"]
    assert actions[1]["selected_option"] == option("Dutch")
    assert actions[2]["selected_time"] == "09:00"
    assert actions[3]["selected_option"] == option("mine")
    assert actions[4]["value"] == "Lift"


async def test_the_bot_is_invited_with_one_press_and_the_channel_looked_after(
    page: Page, workspace: Workspace, ear: Ear
) -> None:
    workspace.events |= {"member_joined_channel", "channel_rename", "channel_left"}
    await page.locator("[data-testid='place']", has_text="general").click()
    await page.get_by_test_id("add-app").click()
    await expect(page.get_by_test_id("add-app")).to_have_count(0)

    await page.get_by_test_id("browse").click()
    await page.get_by_role("menuitem", name="team-leeds").click()
    await page.get_by_test_id("room-button").click()
    room = page.get_by_test_id("room")
    await expect(room).to_contain_text("Priya Shah")
    await room.get_by_test_id("room-rename").click()
    await page.get_by_test_id("channel-name").press_sequentially("Team North")
    await page.keyboard.press("Enter")
    await expect(room).to_contain_text("team-north")
    bot = workspace.bot_user_id
    await room.get_by_test_id(f"remove-{bot}").click()
    await room.get_by_test_id("add-someone").click()
    await page.get_by_test_id(f"add-{bot}").click()
    await expect(room.get_by_test_id(f"remove-{bot}")).to_be_visible()
    await room.get_by_test_id("room-archive").click()
    await page.get_by_test_id("confirm-yes").click()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await room.get_by_test_id("room-open_again").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await room.get_by_test_id("room-leave").click()
    await expect(page.locator("[data-testid='place']", has_text="team-north")).to_have_count(0)
    await expect(page.locator("#conversation .bar__title")).to_have_text("Acht")
    heard = [event for event in ear.event_types if event != "app_home_opened"]
    assert heard == [
        *("member_joined_channel", "member_joined_channel", "channel_rename"),
        *("channel_left", "member_joined_channel"),
    ]
