// One message: who, when, what, what can be done with it, and the thread beneath it.
import { drawBlocks, messageText } from "./blocks.js";
import { h } from "./dom.js";
import { editor } from "./editing.js";
import { icon } from "./icons.js";
import { emoji } from "./inline.js";
import { openActions } from "./message_actions.js";
import { author, avatar } from "./people.js";
import { go, person, place, workspace } from "./state.js";
import { surface } from "./surface.js";
import { clock, fullMoment, moment } from "./times.js";
import { counted, t } from "./words.js";

/**
 * @param {object} message Slack's own, with `ephemeral` and `deleted`
 * @param {{grouped: boolean, inThread: boolean, editing: boolean}} how grouped: the same author just spoke
 */
export function drawMessage(message, { grouped, inThread, editing }) {
  const who = author(message);
  const time = h(
    "time",
    { class: "message__time", datetime: new Date(message.ts * 1000).toISOString(), title: fullMoment(message.ts) },
    clock(message.ts),
  );
  const head = h(
    "header",
    { class: `message__head${grouped ? " unseen" : ""}` },
    h("span", { class: "message__name" }, who.name),
    who.app ? h("span", { class: "badge" }, t("app_badge")) : null,
    grouped ? null : time,
  );
  const gutter = h("div", { class: "message__gutter" }, grouped ? time : avatar(who.known, { app: who.app }));
  return h(
    "article",
    {
      class: [
        "message",
        grouped && "message--grouped",
        who.app && "message--app",
        message.ephemeral && "message--ephemeral",
      ]
        .filter(Boolean)
        .join(" "),
      "data-testid": "message",
      "data-ts": message.ts,
      "data-author": who.id,
      "data-ephemeral": message.ephemeral ? "true" : null,
    },
    message.ephemeral ? h("div", { class: "message__private" }, icon("eye", 14), t("only_you")) : null,
    gutter,
    h(
      "div",
      { class: "message__main" },
      head,
      editing ? editor(message) : body(message),
      files(message),
      reactions(message),
      inThread ? null : threadFoot(message),
    ),
    editing || message.deleted ? null : toolbar(message, who, inThread),
  );
}

function body(message) {
  if (message.deleted || message.subtype === "tombstone") return h("div", { class: "message__deleted" }, t("deleted"));
  const edited = message.edited
    ? h("span", { class: "message__edited", title: message.edited.ts ? moment(message.edited.ts) : null }, t("edited"))
    : null;
  if (message.blocks?.length) {
    const held = surface({ kind: "message", channel: message.channel ?? place.channel, ts: message.ts });
    return h("div", { class: "blocks message__body" }, drawBlocks(message.blocks, held), edited);
  }
  const words = messageText(message.text);
  if (edited) (words.lastElementChild ?? words).append(" ", edited);
  return h("div", { class: "blocks message__body" }, words);
}

function files(message) {
  if (!message.files?.length) return null;
  return h(
    "div",
    { class: "files" },
    message.files.map((file) =>
      h(
        "div",
        { class: "file" },
        icon("file", 22),
        h(
          "span",
          { class: "card__titles" },
          h("span", { class: "file__name" }, file.title || file.name || t("file")),
          h("span", { class: "card__subtitle" }, (file.pretty_type || file.filetype || t("file")).toString()),
        ),
      ),
    ),
  );
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions", role: "group", "aria-label": t("reactions") },
    message.reactions.map((one) => {
      const names = (one.users ?? []).map((id) =>
        id === workspace.me.id
          ? t("you")
          : id === workspace.bot.user_id
            ? workspace.bot.name
            : (person(id)?.real_name ?? id),
      );
      return h(
        "span",
        { class: `reaction${one.users?.includes(workspace.me.id) ? " reaction--mine" : ""}`, title: names.join(", ") },
        emoji(one.name),
        h("span", {}, String(one.count ?? names.length)),
      );
    }),
  );
}

function threadFoot(message) {
  if (!message.reply_count) return null;
  const faces = (message.reply_users ?? [])
    .slice(0, 3)
    .map((id) => avatar(person(id), { app: id === workspace.bot.user_id, size: "s" }));
  return h(
    "button",
    {
      class: "thread-foot",
      type: "button",
      "data-testid": "open-thread",
      "data-focus": `thread/${message.ts}`,
      onclick: () => go({ thread: message.ts }),
    },
    h("span", { class: "thread-foot__faces" }, faces),
    h("span", { class: "thread-foot__count" }, counted("replies", message.reply_count)),
    message.latest_reply
      ? h("span", { class: "thread-foot__when" }, t("last_reply", { when: moment(message.latest_reply) }))
      : null,
    h("span", { class: "thread-foot__go" }, icon("next", 14)),
  );
}

function toolbar(message, who, inThread) {
  const label = t("message_actions", { name: who.name });
  return h(
    "div",
    { class: "message__tools", role: "group", "aria-label": label },
    inThread || message.ephemeral
      ? null
      : h(
          "button",
          {
            class: "icon-button",
            type: "button",
            title: t("reply_in_thread"),
            "aria-label": t("reply_in_thread"),
            "data-testid": "reply-in-thread",
            "data-focus": `reply/${message.ts}`,
            onclick: () => go({ thread: message.thread_ts ?? message.ts }),
          },
          icon("reply"),
        ),
    h(
      "button",
      {
        class: "icon-button",
        type: "button",
        title: t("actions_for_message"),
        "aria-label": t("actions_for_message"),
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "data-testid": "message-menu",
        "data-focus": `more/${message.ts}`,
        onclick: (event) => openActions(event.currentTarget, message, inThread),
      },
      icon("more"),
    ),
  );
}
