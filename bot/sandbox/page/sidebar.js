// The left side: the workspace, where one can go, and as whom one looks.
import { fill, focusMark, h, restoreFocus } from "./dom.js";
import { icon } from "./icons.js";
import { openJump } from "./jump.js";
import { openElsewhere } from "./room.js";
import { menu, roving, stack } from "./layers.js";
import { avatar, colleagues, roleLine } from "./people.js";
import { channelName, go, on, person, place, workspace } from "./state.js";
import { spoken, t } from "./words.js";

let closeDrawer = null;

/** On a telephone the sidebar is a drawer. */
export function openDrawer() {
  if (closeDrawer) return;
  const shade = document.getElementById("drawer-shade");
  const back = document.activeElement;
  const close = () => {
    off();
    closeDrawer = null;
    document.body.classList.remove("has-drawer");
    shade.hidden = true;
    back?.focus?.();
  };
  const off = stack(close);
  closeDrawer = close;
  document.body.classList.add("has-drawer");
  shade.hidden = false;
  shade.onclick = close;
  document.querySelector('#sidebar [aria-current="page"]')?.focus();
}

/** @param {HTMLElement} root @param {(id: string) => void} lookAs */
export function buildSidebar(root, lookAs) {
  const top = h("div", { class: "sidebar__top" });
  const places = h("div", { class: "sidebar__places" });
  const foot = h("div", { class: "sidebar__foot" });
  fill(root, top, places, foot);
  roving(places, ".place");
  let last = "";
  const draw = () => {
    const sig = JSON.stringify([
      workspace.channels,
      workspace.me,
      workspace.team,
      workspace.bot,
      workspace.people,
      place,
      spoken(),
    ]);
    if (sig === last || !workspace.me) return;
    last = sig;
    const focused = focusMark(root);
    root.setAttribute("aria-label", t("navigation"));
    drawTop(top);
    fill(
      places,
      group(
        t("channels"),
        workspace.channels.filter((one) => (one.kind === "public" || one.kind === "private") && isShown(one)),
        browse(),
      ),
      group(
        t("direct_messages"),
        workspace.channels.filter((one) => one.kind === "dm"),
      ),
      group(
        t("apps"),
        workspace.channels.filter((one) => one.kind === "app"),
      ),
    );
    drawFoot(foot, lookAs);
    restoreFocus(root, focused);
  };
  on("workspace", draw);
  on("place", () => {
    draw();
    closeDrawer?.();
  });
}

function drawTop(top) {
  fill(
    top,
    h("div", { class: "sidebar__team", "data-testid": "team-name" }, workspace.team.name),
    h(
      "button",
      {
        class: "sidebar__jump",
        type: "button",
        "data-testid": "jump",
        "data-focus": "jump",
        onclick: () => openJump(),
      },
      icon("search", 16),
      h("span", {}, t("jump")),
      h("kbd", {}, /mac/i.test(navigator.platform) ? "⌘K" : "Ctrl K"),
    ),
  );
}

// An archived channel stays in sight for as long as one looks at it, as in Slack.
const isShown = (one) => !one.archived || one.id === place.channel;

function group(title, channels, last = null) {
  if (!channels.length && !last) return null;
  return h(
    "section",
    { class: "sidebar__group", "aria-label": title },
    h("h2", {}, title),
    channels.map(drawPlace),
    last,
  );
}

function browse() {
  const button = h(
    "button",
    {
      class: "place place--quiet",
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-testid": "browse",
      "data-focus": "browse",
      onclick: () => openElsewhere(button),
    },
    h("span", { class: "place__sign" }, icon("plus", 16)),
    h("span", { class: "place__name" }, t("browse")),
  );
  return button;
}

function drawPlace(one) {
  const here = one.id === place.channel;
  const unread = here ? 0 : one.unread;
  const sign =
    one.kind === "dm"
      ? avatar(person(one.with), { size: "s" })
      : one.kind === "app"
        ? avatar(null, { app: true, size: "s" })
        : h("span", { class: "place__sign" }, icon(one.kind === "private" ? "lock" : "hash", 16));
  return h(
    "button",
    {
      class: `place${unread ? " place--unread" : ""}`,
      type: "button",
      "aria-current": here ? "page" : null,
      "data-testid": "place",
      "data-channel": one.id,
      "data-focus": `place/${one.id}`,
      onclick: () => {
        go({ channel: one.id });
        closeDrawer?.();
      },
    },
    sign,
    h("span", { class: "place__name" }, channelName(one)),
    one.kind === "app" && !unread
      ? h("span", { class: `presence${workspace.bot.connected ? " presence--on" : ""}`, "aria-hidden": "true" })
      : null,
    unread ? h("span", { class: "place__unread", "aria-label": t("unread", { n: unread }) }, String(unread)) : null,
  );
}

function drawFoot(foot, lookAs) {
  const { me } = workspace;
  const button = h(
    "button",
    {
      class: "look-as",
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-testid": "look-as",
      "data-focus": "look-as",
      onclick: () => openPeople(button, lookAs),
    },
    avatar(me),
    h(
      "span",
      { class: "look-as__words" },
      h(
        "span",
        { class: "look-as__label" },
        t("looking_as"),
        me.lang
          ? h(
              "span",
              { class: "look-as__language", title: t(`language_${me.lang === "nl" ? "nl" : "en"}`) },
              me.lang.toUpperCase(),
            )
          : null,
      ),
      h("span", { class: "look-as__name" }, me.real_name || me.name),
      h("span", { class: "look-as__role" }, me.title || null),
    ),
    icon("switch", 18),
  );
  fill(foot, button);
}

function openPeople(anchor, lookAs) {
  menu(
    anchor,
    [
      { heading: t("look_as_title") },
      ...colleagues().map((one) => ({
        label: one.real_name || one.name,
        detail: roleLine(one),
        icon: avatar(one),
        checked: one.id === workspace.me.id,
        id: `look-as-${one.id}`,
        run: () => lookAs(one.id),
      })),
    ],
    { label: t("look_as_title"), side: "above" },
  );
}
