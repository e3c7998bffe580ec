// Changing what one has said: the message becomes a small composer.
import { h } from "./dom.js";
import { unescape } from "./inline.js";
import { api } from "./api.js";
import { channel, channelName, person, place, politely, shown, workspace } from "./state.js";
import { settle } from "./surface.js";
import { t } from "./words.js";

let current = null;
let changed = () => {};

/** Which message is being changed, if any. */
export const editingTs = () => current;

/** Views say here how to draw themselves anew when editing begins or ends. */
export function onEditing(listener) {
  const earlier = changed;
  changed = () => {
    earlier();
    listener();
  };
}

export function startEditing(ts) {
  current = ts;
  changed();
}

/** Stored text as it was typed: `<@U1>` becomes `@name` again. */
export function asTyped(text) {
  return unescape(
    String(text ?? "")
      .replace(
        /<@([UW]\w+)(?:\|[^>]*)?>/g,
        (whole, id) =>
          `@${id === workspace.bot.user_id ? workspace.bot.name : person(id)?.real_name || person(id)?.name || id}`,
      )
      .replace(/<#([CG]\w+)(?:\|([^>]*))?>/g, (whole, id, name) => `#${name || channelName(channel(id)) || id}`)
      .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, "@$1")
      .replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, "$1"),
  );
}

/** Begins with the last of one's own messages in what is shown. @returns {boolean} whether there was one */
export function editLastOwn(inThread) {
  const list = (inThread ? shown.thread : shown.messages) ?? [];
  const mine = list.filter((one) => one.user === place.as && !one.deleted && !one.ephemeral).pop();
  if (!mine) return false;
  startEditing(mine.ts);
  return true;
}

export function editor(message) {
  const area = h("textarea", { class: "editor__area", rows: 1, "aria-label": t("edit_message") });
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 320)}px`;
  };
  const stop = () => {
    current = null;
    changed();
    document.querySelector("[data-composer]")?.focus();
  };
  const save = async () => {
    const text = area.value.trim();
    if (!text) return;
    const done = await politely(() => api.edit(place.as, place.channel, message.ts, text));
    if (done === undefined) return;
    stop();
    settle();
  };
  area.value = asTyped(message.text);
  area.addEventListener("input", grow);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      stop();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  requestAnimationFrame(() => {
    grow();
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  });
  return h(
    "div",
    { class: "editor", "data-testid": "editor" },
    area,
    h(
      "div",
      { class: "editor__foot" },
      h("button", { class: "button button--small", type: "button", onclick: stop }, t("cancel")),
      h("button", { class: "button button--small button--primary", type: "button", onclick: save }, t("save")),
    ),
  );
}
