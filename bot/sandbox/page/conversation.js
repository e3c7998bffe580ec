// The middle of the screen: who one talks with, the app's tabs, the messages, and the composer.
import { composer } from "./composer.js";
import { fill, focusMark, h, restoreFocus } from "./dom.js";
import { onEditing } from "./editing.js";
import { drawHome } from "./home.js";
import { icon } from "./icons.js";
import { roving } from "./layers.js";
import { messageList } from "./message_list.js";
import { avatar } from "./people.js";
import { promptChips } from "./prompts.js";
import { invite, openRoom } from "./room.js";
import { openDrawer } from "./sidebar.js";
import { channelName, channelNow, go, on, person, place, shown, workspace } from "./state.js";
import { statusLine } from "./status_line.js";
import { counted, t } from "./words.js";

/** @param {HTMLElement} root @returns {{focusComposer: () => void}} */
export function buildConversation(root) {
  const head = h("header", { class: "bar" });
  const tabs = h("div", { class: "tabs", role: "tablist" });
  const list = messageList({ label: () => t("message_list", { name: channelName(channelNow()) }) });
  const empty = h("div", { class: "empty", hidden: true });
  const status = statusLine();
  const write = composer({ sent: () => list.toFoot() });
  const prompts = promptChips((text) => write.say(text));
  const offline = h("div", { class: "offline", role: "status", hidden: true });
  const talk = h(
    "div",
    { class: "talk", id: "panel-messages" },
    list.node,
    h("div", { class: "foot" }, status.node, prompts.node, offline, write.node),
  );
  const homeBox = h("div", { class: "home-frame", id: "panel-home", role: "tabpanel", tabindex: "-1", hidden: true });
  list.node.querySelector(".messages__list").before(empty);
  fill(root, head, tabs, talk, homeBox);
  roving(tabs, '[role="tab"]');
  tabs.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    go({ tab: place.tab === "home" ? "messages" : "home" }).then(() =>
      tabs.querySelector('[aria-selected="true"]')?.focus(),
    );
  });
  let seen = null;

  const frame = () => {
    const here = channelNow();
    const app = here?.kind === "app";
    root.setAttribute("aria-label", t("main_panel"));
    drawHead(head, here);
    tabs.hidden = !app;
    if (app) drawTabs(tabs);
    const atHome = app && place.tab === "home";
    talk.hidden = atHome;
    homeBox.hidden = !atHome;
    if (atHome) {
      homeBox.setAttribute("aria-label", t("home"));
      drawHome(homeBox);
    }
    if (app) talk.setAttribute("role", "tabpanel");
    else talk.removeAttribute("role");
    talk.setAttribute("aria-label", app ? t("messages") : channelName(here));
    write.node.hidden = Boolean(here?.archived);
    offline.hidden = !here?.archived && (!app || workspace.bot.connected !== false);
    fill(offline, icon("info", 16), here?.archived ? t("archived") : t("bot_offline", { name: workspace.bot.name }));
    write.refresh();
    document.title = `${channelName(here)} · ${workspace.team.name || "Acht"}`;
  };
  const messages = () => {
    const where = `${place.as}|${place.channel}`;
    const loading = shown.messages === null;
    talk.setAttribute("aria-busy", String(loading));
    drawEmpty(empty, shown.messages, channelNow());
    list.show(shown.messages ?? [], { unread: shown.unread, fresh: seen !== where });
    if (!loading) seen = where;
    status.show(shown.status);
    prompts.show(channelNow()?.kind === "app" ? shown.prompts : null);
  };
  on("workspace", () => {
    frame();
    messages();
  });
  on("place", () => {
    frame();
    messages();
  });
  on("messages", messages);
  onEditing(messages);
  return { focusComposer: write.focus };
}

function drawHead(head, here) {
  if (!here) return fill(head);
  const other = here.kind === "dm" ? person(here.with) : null;
  const sign =
    here.kind === "app"
      ? avatar(null, { app: true, size: "s" })
      : other
        ? avatar(other, { size: "s" })
        : h("span", { class: "bar__sign" }, icon(here.kind === "private" ? "lock" : "hash", 20));
  const topic = other ? other.title : here.kind === "app" ? null : here.topic;
  const kept = head.querySelector('[data-testid="open-menu"]');
  const hadFocus = kept && kept === document.activeElement;
  const focused = focusMark(head);
  const opener = h(
    "button",
    {
      class: "icon-button bar__menu",
      type: "button",
      "aria-label": t("open_menu"),
      "data-testid": "open-menu",
      onclick: openDrawer,
    },
    icon("menu", 20),
  );
  fill(
    head,
    opener,
    sign,
    h("h1", { class: "bar__title" }, channelName(here)),
    here.kind === "app" ? h("span", { class: "badge" }, t("app_badge")) : null,
    topic ? h("span", { class: "bar__topic", title: topic }, topic) : null,
    here.kind === "dm" || here.kind === "app" ? null : roomButtons(here),
  );
  if (hadFocus) opener.focus();
  else restoreFocus(head, focused);
}

// Whoever leads a team brings the app in here with one press, as Slack's own screen offers where it is missing.
function roomButtons(here) {
  const about = t("channel_details", { name: `#${here.name}` });
  return h(
    "span",
    { class: "bar__buttons" },
    here.has_bot || here.archived
      ? null
      : h(
          "button",
          {
            class: "bar__button bar__button--app",
            type: "button",
            "data-testid": "add-app",
            "data-focus": "add-app",
            onclick: () => invite(here, workspace.bot.user_id),
          },
          avatar(null, { app: true, size: "s" }),
          h("span", {}, t("add_app", { name: workspace.bot.name })),
        ),
    h(
      "button",
      {
        class: "bar__button",
        type: "button",
        title: counted("members", here.members),
        "aria-label": `${about} (${counted("members", here.members)})`,
        "aria-haspopup": "dialog",
        "data-testid": "room-button",
        "data-focus": "room",
        onclick: openRoom,
      },
      icon("people", 16),
      String(here.members),
    ),
  );
}

function drawTabs(tabs) {
  const had = tabs.contains(document.activeElement);
  const tab = (id, words) =>
    h(
      "button",
      {
        class: "tab",
        role: "tab",
        type: "button",
        "aria-selected": String(place.tab === id),
        tabindex: place.tab === id ? "0" : "-1",
        "aria-controls": `panel-${id}`,
        "data-testid": `tab-${id}`,
        onclick: () => go({ tab: id }),
      },
      words,
    );
  fill(tabs, tab("home", t("home")), tab("messages", t("messages")));
  if (had) tabs.querySelector('[aria-selected="true"]').focus();
}

function drawEmpty(box, messages, here) {
  const none = messages !== null && messages.length === 0 && here;
  box.hidden = !none && messages !== null;
  if (messages === null) {
    fill(
      box,
      h(
        "div",
        { class: "skeleton", role: "status", "aria-label": t("loading") },
        [70, 45, 60].map((wide) =>
          h(
            "div",
            { class: "skeleton__row", "aria-hidden": "true" },
            h("i"),
            h("span", { style: { width: `${wide}%` } }),
          ),
        ),
      ),
    );
    return;
  }
  if (!none) return fill(box);
  if (here.kind === "app") {
    const first = (workspace.me.real_name || workspace.me.name).split(" ")[0];
    fill(
      box,
      avatar(null, { app: true, size: "l" }),
      h("h2", {}, t("empty_app_title", { person: first })),
      h("p", {}, t("empty_app", { name: workspace.bot.name })),
    );
  } else {
    const other = here.kind === "dm" ? person(here.with) : null;
    const name = here.kind === "dm" ? channelName(here) : `#${channelName(here)}`;
    fill(
      box,
      other
        ? avatar(other, { size: "l" })
        : h("span", { class: "empty__sign" }, icon(here.kind === "private" ? "lock" : "hash", 28)),
      h("h2", {}, t(other ? "empty_dm_title" : "empty_channel_title", { name })),
      h("p", {}, here.topic || t("empty_channel")),
    );
  }
}
