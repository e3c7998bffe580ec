// Where one writes: Enter sends, a command goes to the app, drafts wait for one's return.
import { completion } from "./completion.js";
import { h } from "./dom.js";
import { editLastOwn } from "./editing.js";
import { achtMark, icon } from "./icons.js";
import { menu } from "./layers.js";
import { notify } from "./notice.js";
import { api } from "./api.js";
import { channelName, channelNow, place, politely, refreshMessages, refreshThread, workspace } from "./state.js";
import { heardOf, settle } from "./surface.js";
import { t } from "./words.js";

const TALLEST = 220;
const drafts = new Map();
const saidListeners = [];

/** Tells who wants to know that somebody said something at the top level. @param {(ts: string) => void} listener */
export const onSaid = (listener) => saidListeners.push(listener);

/**
 * @param {{inThread?: boolean, sent?: () => void}} how
 * @returns {{node: HTMLElement, focus: () => void, refresh: () => void, say: (text: string) => Promise<void>}}
 */
export function composer({ inThread = false, sent = () => {} } = {}) {
  const area = h("textarea", {
    class: "composer__area",
    rows: 1,
    "data-testid": inThread ? "thread-composer" : "composer",
    "data-composer": inThread ? "thread" : "main",
  });
  const suggestions = completion(area, inThread ? "thread-suggestions" : "suggestions", () => changed());
  const send = h(
    "button",
    {
      class: "composer__send",
      type: "button",
      disabled: true,
      "data-testid": inThread ? "thread-send" : "send",
      onclick: () => go(),
    },
    icon("send"),
  );
  const tool = (name, run, props = {}) =>
    h("button", { class: "icon-button", type: "button", onclick: run, ...props }, icon(name));
  const lightning = tool("bolt", () => openShortcuts(lightning, area, changed), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "data-testid": inThread ? "thread-shortcuts" : "shortcuts",
  });
  const at = tool("at", () => type("@"));
  const slash = tool("slash", () => {
    area.value = "";
    type("/");
  });
  const hint = h("span", { class: "composer__hint" });
  const node = h(
    "div",
    { class: "composer" },
    suggestions.node,
    h(
      "div",
      { class: "composer__box" },
      area,
      h("div", { class: "composer__tools" }, lightning, at, slash, hint, send),
    ),
  );
  let key = "";
  let busy = false;

  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, TALLEST)}px`;
  };
  const changed = () => {
    grow();
    send.disabled = busy || !area.value.trim();
    drafts.set(key, area.value);
    suggestions.update();
  };
  const type = (sign) => {
    area.focus();
    const before = area.value.slice(0, area.selectionStart);
    area.setRangeText(
      before && !/\s$/.test(before) && sign !== "/" ? ` ${sign}` : sign,
      area.selectionStart,
      area.selectionEnd,
      "end",
    );
    changed();
  };
  const write = (text) => {
    area.value = text;
    changed();
    suggestions.close();
  };

  const go = async () => {
    const text = area.value.trim();
    if (!text || busy) return;
    write("");
    busy = true;
    const done = await say(text);
    busy = false;
    if (!done && !area.value) write(text);
    changed();
  };
  const say = async (text) => {
    const { as, channel, thread } = place;
    const threadTs = inThread ? thread : undefined;
    const command = /^\/\S+/.exec(text)?.[0];
    if (command && !workspace.commands.some((one) => one.command === command)) {
      notify(t("unknown_command", { command }), { wrong: true });
      return false;
    }
    const answer = await politely(() =>
      command ? api.command(as, channel, text, threadTs) : api.say(as, channel, text, threadTs),
    );
    if (answer === undefined) return false;
    if (command && !heardOf(answer)) return false;
    if (answer.ts && !inThread) saidListeners.forEach((listener) => listener(answer.ts));
    sent();
    if (command) settle();
    else {
      refreshMessages();
      if (inThread) refreshThread();
    }
    return true;
  };

  area.addEventListener("input", changed);
  area.addEventListener("click", () => suggestions.update());
  area.addEventListener("blur", () => suggestions.close());
  area.addEventListener("keydown", (event) => {
    if (suggestions.onKey(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      go();
    } else if (event.key === "ArrowUp" && !area.value && editLastOwn(inThread)) event.preventDefault();
  });

  const refresh = () => {
    const words = inThread ? t("reply") : t("message_to", { name: nameHere() });
    area.placeholder = words;
    area.setAttribute("aria-label", words);
    for (const [control, label] of [
      [send, t("send")],
      [lightning, t("shortcut_commands")],
      [at, t("mention")],
      [slash, t("start_command")],
    ]) {
      control.title = label;
      control.setAttribute("aria-label", label);
    }
    hint.textContent = t("composer_hint");
    const now = [place.as, place.channel, inThread ? place.thread : ""].join("|");
    if (now !== key) {
      key = now;
      write(drafts.get(key) ?? "");
    }
  };
  return { node, focus: () => area.focus({ preventScroll: true }), refresh, say };
}

function nameHere() {
  const here = channelNow();
  const name = channelName(here);
  return here && (here.kind === "public" || here.kind === "private") ? `#${name}` : name;
}

function openShortcuts(anchor, area, changed) {
  const shortcuts = workspace.shortcuts.filter((one) => one.type === "global");
  const items = [];
  if (shortcuts.length) items.push({ heading: t("shortcuts") });
  for (const one of shortcuts) {
    items.push({
      label: one.name,
      icon: achtMark(18),
      id: `shortcut-${one.callback_id}`,
      run: async () => {
        if (heardOf(await politely(() => api.shortcut(place.as, one.callback_id)))) settle();
      },
    });
  }
  if (workspace.commands.length) items.push({ heading: t("commands") });
  for (const one of workspace.commands) {
    items.push({
      label: [one.command, one.usage_hint].filter(Boolean).join(" "),
      detail: one.description,
      icon: icon("slash"),
      run: () => {
        area.value = `${one.command} `;
        area.focus();
        changed();
      },
    });
  }
  if (!items.length) items.push({ heading: t("no_options") });
  menu(anchor, items, { label: t("shortcut_commands"), side: "above" });
}
