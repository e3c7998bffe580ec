// A list of messages: grouped by author, parted by day, with a mark where the unread begin; it stays at the foot.
import { h, reconcile } from "./dom.js";
import { editingTs } from "./editing.js";
import { drawMessage } from "./message.js";
import { place, workspace } from "./state.js";
import { dayKey, dayName } from "./times.js";
import { counted, spoken, t } from "./words.js";

const TOGETHER_SECONDS = 5 * 60;
const NEAR_FOOT = 90;
const BREATH = 12;

/**
 * @param {{label: () => string, inThread?: boolean, before?: () => HTMLElement|null}} how
 * @returns {{node: HTMLElement, show: (messages: object[], how?: {unread?: number, fresh?: boolean}) => void, toFoot: () => void}}
 */
export function messageList({ label, inThread = false }) {
  const list = h("div", {
    class: "messages__list",
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions",
    "data-testid": inThread ? "thread-messages" : "messages",
  });
  const scroller = h("div", { class: "messages", tabindex: "-1" }, h("div", { class: "messages__push" }), list);
  const pill = h(
    "button",
    { class: "to-foot", type: "button", hidden: true, onclick: () => toFoot() },
    t("new_messages"),
  );
  const node = h("div", { class: "messages-frame" }, scroller, pill);
  let pinned = true;
  let last = null;

  // The foot is where the newest message can be read from its first word, also when it is taller than the screen.
  const foot = () => {
    const end = scroller.scrollHeight - scroller.clientHeight;
    const newest = list.lastElementChild;
    if (!newest) return end;
    const start = newest.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    return Math.min(end, start - BREATH);
  };
  const toFoot = () => {
    pinned = true;
    pill.hidden = true;
    scroller.scrollTop = foot();
  };
  scroller.addEventListener(
    "scroll",
    () => {
      pinned = foot() - scroller.scrollTop < NEAR_FOOT;
      if (pinned) pill.hidden = true;
    },
    { passive: true },
  );
  // Pictures and charts grow after they are drawn, and a keyboard takes room: who was at the foot stays there.
  const watch = new ResizeObserver(() => {
    if (pinned) scroller.scrollTop = foot();
  });
  watch.observe(list);
  watch.observe(scroller);

  const show = (messages, { unread = 0, fresh = false } = {}) => {
    list.setAttribute("aria-label", label());
    pill.textContent = t("new_messages");
    reconcile(list, inThread ? threadItems(messages) : channelItems(messages, unread));
    const newest = messages[messages.length - 1];
    if (fresh || (newest && newest.ts !== last && newest.user === place.as)) toFoot();
    else if (pinned) scroller.scrollTop = foot();
    else if (newest && newest.ts !== last) pill.hidden = false;
    last = newest?.ts ?? null;
  };
  return { node, show, toFoot };
}

function item(message, before, inThread) {
  const grouped = goesWith(before, message);
  const editing = editingTs() === message.ts;
  const how = { grouped, inThread, editing };
  return {
    key: `m${message.ts}`,
    sig: JSON.stringify([message, grouped, editing, spoken(), place.as, workspace.people.length]),
    build: () => drawMessage(message, how),
  };
}

function goesWith(before, message) {
  if (!before || before.deleted || message.ephemeral || before.ephemeral) return false;
  return (
    before.user === message.user &&
    before.bot_id === message.bot_id &&
    !before.reply_count &&
    dayKey(before.ts) === dayKey(message.ts) &&
    message.ts - before.ts < TOGETHER_SECONDS
  );
}

const rule = (key, words, kind) => ({
  key,
  sig: words,
  build: () => h("div", { class: `rule ${kind}`, role: "separator", "aria-label": words }, h("span", {}, words)),
});

function channelItems(messages, unread) {
  const items = [];
  const others = messages.filter((one) => one.user !== place.as);
  const firstUnread = unread > 0 ? others[Math.max(0, others.length - unread)]?.ts : null;
  let before = null;
  for (const message of messages) {
    const newDay = !before || dayKey(before.ts) !== dayKey(message.ts);
    if (newDay) items.push(rule(`d${dayKey(message.ts)}`, dayName(message.ts), "rule--day"));
    const mark = message.ts === firstUnread;
    if (mark) items.push(rule("unread", t("new_mark"), "rule--new"));
    items.push(item(message, mark ? null : before, false));
    before = message;
  }
  return items;
}

function threadItems([root, ...replies]) {
  if (!root) return [];
  const items = [item(root, null, true)];
  if (replies.length) items.push(rule("replies", counted("replies", replies.length), "rule--replies"));
  replies.forEach((message, n) => items.push(item(message, n ? replies[n - 1] : null, true)));
  return items;
}
