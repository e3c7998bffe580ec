// The pieces that every kind of Slack text shares: mentions, links, emoji, dates.
import { h, safeUrl } from "./dom.js";
import { emojiCharacter } from "./emoji.js";
import { channel, channelName, go, person, workspace } from "./state.js";
import { fullMoment, slackDate } from "./times.js";

/** Slack's three entities, and no others. */
export const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

export function userMention(id, label) {
  const someone = person(id);
  const app = id === workspace.bot.user_id;
  const name = app ? workspace.bot.name : someone?.real_name || someone?.name || label || id;
  const me = id === workspace.me?.id;
  return h("span", { class: `mention${me ? " mention--me" : ""}`, title: someone?.title || null }, `@${name}`);
}

export function channelMention(id, label) {
  const known = channel(id);
  if (!known) return h("span", { class: "mention" }, `#${workspace.public[id] || label || id}`);
  return h(
    "button",
    { class: "mention mention--link", type: "button", onclick: () => go({ channel: id }) },
    `#${channelName(known)}`,
  );
}

/** @here, @channel, @everyone, and user groups. */
export const broadcast = (name) => h("span", { class: "mention mention--me" }, `@${name}`);

/** @param {string} address @param {Node|Node[]|string} [label] */
export function link(address, label) {
  const href = safeUrl(address);
  const words = label ?? address.replace(/^(mailto:|tel:)/, "");
  if (!href) return h("span", {}, words);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, words);
}

/** @returns {Node} the emoji, or its name between colons when it is not known */
export function emoji(name, unicode) {
  const fromCode = unicode
    ? String.fromCodePoint(...unicode.split("-").map((part) => Number.parseInt(part, 16)))
    : null;
  const character = emojiCharacter(name) ?? fromCode;
  if (!character) return document.createTextNode(`:${name}:`);
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": name.replace(/_/g, " "), title: `:${name}:` },
    character,
  );
}

export function date(timestamp, pattern, address, fallback) {
  const seconds = Number.parseInt(timestamp, 10);
  if (Number.isNaN(seconds)) return h("span", {}, fallback ?? "");
  const words = h(
    "time",
    { datetime: new Date(seconds * 1000).toISOString(), title: fullMoment(seconds) },
    slackDate(seconds, pattern),
  );
  return address ? link(address, words) : words;
}

/** Words that are meant to be said aloud: a speech bubble rather than a grey bar. */
export const spokenWords = (...children) => h("blockquote", { class: "quote" }, ...children);
