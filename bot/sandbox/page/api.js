// The page's only way to the server. Every failure becomes one polite sentence.
import { t } from "./words.js";

/** A refusal that may be shown as it is. */
export class Refused extends Error {}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refused(t("cannot_reach"));
  }
  let body = null;
  try {
    body = await answer.json();
  } catch {
    // an empty answer is fine when the status is
  }
  if (!answer.ok) throw new Refused(typeof body?.error === "string" ? body.error : t("something_wrong"));
  return body ?? {};
}

const get = (name, query) => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return ask(`/page/${name}${search.size ? `?${search}` : ""}`);
};

const post = (name, body) =>
  ask(`/page/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const api = {
  /** Without a person the server chooses who a newcomer looks as. */
  state: (as) => get("state", { as }),
  messages: (as, channel) => get("messages", { as, channel }),
  thread: (as, channel, ts) => get("thread", { as, channel, ts }),
  say: (as, channel, text, threadTs) =>
    post("say", { as, channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) }),
  edit: (as, channel, ts, text) => post("edit", { as, channel, ts, text }),
  remove: (as, channel, ts) => post("delete", { as, channel, ts }),
  command: (as, channel, text, threadTs) =>
    post("command", { as, channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) }),
  click: (as, click) => post("click", { as, ...click }),
  submit: (as, viewId, values) => post("submit", { as, view_id: viewId, values }),
  close: (as, viewId) => post("close", { as, view_id: viewId }),
  options: (as, query) => post("options", { as, ...query }),
  home: (as) => post("home", { as }),
  dm: (as) => post("dm", { as }),
  shortcut: (as, callbackId, channel, ts) =>
    post("shortcut", { as, callback_id: callbackId, ...(channel ? { channel } : {}), ...(ts ? { ts } : {}) }),
  members: (as, channel) => get("members", { as, channel }),
  elsewhere: (as) => get("elsewhere", { as }),
  invite: (as, channel, user) => post("invite", { as, channel, user }),
  dismiss: (as, channel, user) => post("remove", { as, channel, user }),
  join: (as, channel) => post("join", { as, channel }),
  leave: (as, channel) => post("leave", { as, channel }),
  rename: (as, channel, name) => post("rename", { as, channel, name }),
  makePrivate: (as, channel) => post("make_private", { as, channel }),
  archive: (as, channel) => post("archive", { as, channel }),
  unarchive: (as, channel) => post("unarchive", { as, channel }),
  reset: () => post("reset", {}),
};
