// How people and the app are shown: avatars with initials, names, roles, languages.
import { h } from "./dom.js";
import { achtMark } from "./icons.js";
import { person, workspace } from "./state.js";
import { t } from "./words.js";

const isApp = (id) => id === workspace.bot.user_id;

/** The author of a message: a person, the app, or a name that came with the message. */
export function author(message) {
  const id = message.user ?? (message.bot_id ? workspace.bot.user_id : null);
  const known = person(id);
  const app = isApp(id) || Boolean(message.bot_id && !known);
  return {
    id,
    app,
    name: message.username ?? (app ? workspace.bot.name : known?.real_name || known?.name || id || "?"),
    known,
  };
}

const initialsOf = (someone) =>
  someone?.initials ||
  (someone?.real_name || someone?.name || "?")
    .split(/\s+/)
    .map((part) => part[0])
    .slice(0, 2)
    .join("")
    .toUpperCase();

/** @param {object|null} someone a Person @param {{app?: boolean, size?: "s"|"m"|"l"}} [how] */
export function avatar(someone, { app = false, size = "m" } = {}) {
  if (app || (someone && isApp(someone.id))) {
    return h(
      "span",
      { class: `avatar avatar--${size} avatar--app`, "aria-hidden": "true" },
      achtMark({ s: 16, m: 26, l: 40 }[size]),
    );
  }
  const colour = /^#?[0-9a-f]{6}$/i.test(someone?.color ?? "") ? `#${someone.color.replace("#", "")}` : "#7b8a88";
  return h(
    "span",
    { class: `avatar avatar--${size}`, style: { "--tint": colour }, "aria-hidden": "true" },
    initialsOf(someone),
  );
}

/** “Front-line colleague · Dutch” */
export function roleLine(someone) {
  const tongue = someone.lang ? t(`language_${someone.lang === "nl" ? "nl" : "en"}`) : null;
  const guest = someone.guest || someone.home_team ? t(someone.home_team ? "from_elsewhere" : "guest") : null;
  return [someone.title, guest, tongue].filter(Boolean).join(" · ");
}

/** People with an account, without the bots, the one who looks first. */
export function colleagues() {
  const all = workspace.people.filter((someone) => !someone.is_bot && !someone.deleted && !isApp(someone.id));
  return [...all.filter((one) => one.id === workspace.me?.id), ...all.filter((one) => one.id !== workspace.me?.id)];
}
