"""A newcomer in the browser: `acht sandbox`, its page, a question, an answer. In a real Chromium."""

import asyncio
import re
import shutil
import signal
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.test_run import acht

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """`acht sandbox` as its own process; where its page is."""
    async with acht("sandbox", {"ACHT_EMBEDDINGS": "false"}) as running:
        assert running.process.stdout is not None
        async with asyncio.timeout(30):
            while line := (await running.process.stdout.readline()).decode():
                if found := re.search(r"http://\S+", line):
                    yield found[0]
                    assert await running.told(signal.SIGINT) == 0
                    return
        raise AssertionError("the sandbox did not start")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(address)
    await page.wait_for_selector("#app:not([aria-busy])")
    yield page
    assert complaints == []


async def test_a_newcomer_asks_and_reads_the_answer_in_both_languages(page: Page) -> None:
    await page.get_by_test_id("composer").fill("mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?")
    await page.keyboard.press("Enter")
    thread = page.locator("#thread")
    await expect(thread).to_contain_text("Weer te laat")
    await expect(thread).to_contain_text("Stap 6")

    await thread.locator("[data-action-id='coaching.read_play']").click()
    await expect(page.get_by_test_id("modal")).to_contain_text("Waarom het werkt")
    await page.keyboard.press("Escape")

    await page.get_by_test_id("look-as").click()
    await page.get_by_test_id("look-as-U0PRIYA0000").click()
    await expect(page.get_by_test_id("look-as")).to_contain_text("Priya")
    await page.get_by_test_id("composer").fill("there is an angry customer in front of me, how do I begin?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#thread")).to_contain_text("Step")


async def test_commands_complete_and_the_home_tab_browses(page: Page) -> None:
    composer = page.get_by_test_id("composer")
    await composer.press_sequentially("/ac")
    await expect(page.get_by_test_id("suggestions")).to_contain_text("/acht")
    await composer.fill("/acht draaiboek 6")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("messages")).to_contain_text("Stap 6 · Geweldig helpen")

    await page.get_by_test_id("tab-home").click()
    await expect(page.get_by_test_id("home-view")).to_contain_text("acht stappen")
    await page.locator("[data-action-id='coaching.turn_to_roadmap']").click()
    await page.locator("[data-action-id='coaching.turn_to_step.5']").click()
    await expect(page.get_by_test_id("modal")).to_contain_text("Elke klant is de enige")


async def test_a_reset_puts_everything_back(page: Page) -> None:
    await page.get_by_test_id("composer").fill("er staat een boze klant voor me, hoe begin ik?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#thread")).to_contain_text("Stap")
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_test_id("reset").click()
    if await page.get_by_test_id("confirm-yes").count():
        await page.get_by_test_id("confirm-yes").click()
    await expect(page.get_by_test_id("messages")).not_to_contain_text("boze klant")
    await page.get_by_test_id("composer").fill("er staat weer een boze klant voor me, hoe begin ik?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#thread")).to_contain_text("Stap")
