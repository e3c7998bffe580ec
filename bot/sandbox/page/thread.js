// The panel beside the conversation: one message and the answers to it.
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { onEditing } from "./editing.js";
import { icon } from "./icons.js";
import { stack } from "./layers.js";
import { messageList } from "./message_list.js";
import { channelName, channelNow, go, on, place, shown } from "./state.js";
import { statusLine } from "./status_line.js";
import { t } from "./words.js";

/** @param {HTMLElement} root @returns {{focusComposer: () => void}} */
export function buildThread(root) {
  const title = h("h2", { class: "bar__title" });
  const where = h("span", { class: "bar__topic" });
  const cross = h(
    "button",
    { class: "icon-button", type: "button", "data-testid": "close-thread", onclick: () => close() },
    icon("close"),
  );
  const list = messageList({ label: () => t("thread"), inThread: true });
  const status = statusLine();
  const write = composer({ inThread: true, sent: () => list.toFoot() });
  fill(
    root,
    h("header", { class: "bar" }, title, where, cross),
    list.node,
    h("div", { class: "foot" }, status.node, write.node),
  );
  let off = null;
  let seen = null;
  let before = null;

  const close = () => {
    go({ thread: null });
    if (before?.isConnected) before.focus({ preventScroll: true });
    else document.querySelector('[data-composer="main"]')?.focus();
  };
  const frame = () => {
    const open = Boolean(place.thread);
    if (open && root.hidden) {
      before = document.activeElement;
      off = stack(close, { under: true });
    }
    if (!open) {
      off?.();
      off = null;
      seen = null;
      list.show([]);
    }
    root.hidden = !open;
    document.body.classList.toggle("has-thread", open);
    if (!open) return;
    const here = channelNow();
    root.setAttribute("aria-label", t("thread"));
    title.textContent = t("thread");
    where.textContent =
      here && (here.kind === "public" || here.kind === "private") ? `#${channelName(here)}` : channelName(here);
    cross.setAttribute("aria-label", t("close_thread"));
    write.refresh();
    messages();
  };
  const messages = () => {
    if (!place.thread) return;
    root.setAttribute("aria-busy", String(shown.thread === null));
    list.show(shown.thread ?? [], { fresh: seen !== place.thread });
    if (shown.thread !== null) seen = place.thread;
    status.show(shown.threadStatus);
  };
  on("place", frame);
  on("workspace", frame);
  on("thread", messages);
  onEditing(messages);
  return { focusComposer: write.focus };
}
