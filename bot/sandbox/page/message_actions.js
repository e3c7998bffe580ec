// The “⋯” menu of a message: reply, copy, the app's message shortcuts, and one's own edit and delete.
import { ask } from "./dialog.js";
import { asTyped, startEditing } from "./editing.js";
import { achtMark, icon } from "./icons.js";
import { menu } from "./layers.js";
import { notify } from "./notice.js";
import { api } from "./api.js";
import { go, place, politely, workspace } from "./state.js";
import { heardOf, settle } from "./surface.js";
import { t } from "./words.js";

export function openActions(anchor, message, inThread) {
  const mine = message.user === place.as && !message.ephemeral;
  const shortcuts = message.ephemeral ? [] : workspace.shortcuts.filter((one) => one.type === "message");
  const items = [];
  if (!inThread && !message.ephemeral)
    items.push({
      label: t("reply_in_thread"),
      icon: icon("reply"),
      run: () => go({ thread: message.thread_ts ?? message.ts }),
    });
  items.push({ label: t("copy_text"), icon: icon("copy"), run: () => copy(message) });
  if (shortcuts.length) {
    items.push("line", { heading: workspace.bot.name });
    for (const one of shortcuts)
      items.push({
        label: one.name,
        icon: achtMark(18),
        id: `shortcut-${one.callback_id}`,
        run: () => runShortcut(one, message),
      });
  }
  if (mine) {
    items.push("line");
    items.push({
      label: t("edit_message"),
      icon: icon("pencil"),
      id: "edit-message",
      run: () => startEditing(message.ts),
    });
    items.push({
      label: t("delete_message"),
      icon: icon("trash"),
      danger: true,
      id: "delete-message",
      run: () => remove(message),
    });
  }
  menu(anchor, items, { label: t("actions_for_message"), align: "end" });
}

async function copy(message) {
  try {
    await navigator.clipboard.writeText(asTyped(message.text));
    notify(t("copied"));
  } catch {
    notify(t("something_wrong"), { wrong: true });
  }
}

async function runShortcut(shortcut, message) {
  const done = await politely(() => api.shortcut(place.as, shortcut.callback_id, place.channel, message.ts));
  if (heardOf(done)) settle();
}

async function remove(message) {
  const yes = await ask({
    title: t("delete_message"),
    text: t("delete_question"),
    confirm: t("delete"),
    deny: t("cancel"),
    danger: true,
  });
  if (!yes) return;
  const done = await politely(() => api.remove(place.as, place.channel, message.ts));
  if (done !== undefined) settle();
}
