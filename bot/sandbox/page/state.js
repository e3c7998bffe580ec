// What the page knows and where one is. Views read from here and are told when a part changes.
import { writeAddress } from "./address.js";
import { Refused, api } from "./api.js";
import { notify } from "./notice.js";
import { useZone } from "./times.js";
import { speak, t } from "./words.js";

/** The server's answer to /page/state; empty until the first one arrived. */
export const workspace = {
  me: null,
  people: [],
  bot: { user_id: "", name: "Acht", app_id: "", connected: false },
  team: { name: "" },
  channels: [],
  /** Names of public channels, also of those one is not in, by their ids. */
  public: {},
  commands: [],
  shortcuts: [],
  home: null,
  modal: null,
  sandbox: { language_model: null, notes: [] },
};

/** @type {import("./address.js").Place} */
export const place = { as: null, channel: null, thread: null, tab: "messages" };

/** What is shown of the channel and of the thread; `null` while loading. */
export const shown = { messages: null, status: null, prompts: null, unread: 0, thread: null, threadStatus: null };

const listeners = new Map();

/** @param {"workspace"|"place"|"messages"|"thread"} part @param {() => void} listener */
export function on(part, listener) {
  listeners.set(part, [...(listeners.get(part) ?? []), listener]);
}

const tell = (part) => (listeners.get(part) ?? []).forEach((listener) => listener());

export const channelNow = () => workspace.channels.find((channel) => channel.id === place.channel) ?? null;
export const appChannel = () => workspace.channels.find((channel) => channel.kind === "app") ?? null;
export const person = (id) => workspace.people.find((someone) => someone.id === id) ?? null;
export const channel = (id) => workspace.channels.find((one) => one.id === id) ?? null;

/** The name under which a channel, direct message or app is known to the one who looks. */
export function channelName(one) {
  if (!one) return "";
  if (one.kind === "app") return workspace.bot.name;
  if (one.kind === "dm") return person(one.with)?.real_name ?? one.name;
  return one.name;
}

/** Runs `work`; a refusal is shown as one sentence. @returns {Promise<any>} `undefined` when refused */
export async function politely(work) {
  try {
    return await work();
  } catch (refusal) {
    if (!(refusal instanceof Refused)) console.error(refusal);
    notify(refusal instanceof Refused ? refusal.message : t("something_wrong"), { wrong: true });
    return undefined;
  }
}

// However many events arrive at once, each part is asked for one at a time, and once more if it changed meanwhile.
function oneAtATime(work) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await politely(work);
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  };
}

export const refreshWorkspace = oneAtATime(async () => {
  const asked = place.as;
  const answer = await api.state(asked);
  if (place.as !== asked) return;
  takeIn(answer);
});

export const refreshMessages = oneAtATime(async () => {
  const { as, channel: id } = place;
  if (!as || !id || !channelNow()) return;
  const answer = await api.messages(as, id);
  if (place.as !== as || place.channel !== id) return;
  Object.assign(shown, {
    messages: answer.messages ?? [],
    status: answer.status ?? null,
    prompts: answer.prompts ?? null,
  });
  tell("messages");
});

export const refreshThread = oneAtATime(async () => {
  const { as, channel: id, thread } = place;
  if (!as || !id || !thread) return;
  const answer = await api.thread(as, id, thread);
  if (place.as !== as || place.channel !== id || place.thread !== thread) return;
  Object.assign(shown, { thread: answer.messages ?? [], threadStatus: answer.status ?? null });
  tell("thread");
});

function takeIn(answer) {
  Object.assign(workspace, answer);
  place.as = workspace.me.id;
  speak(workspace.me.lang);
  useZone(workspace.me.tz);
  tell("workspace");
  // Somebody took this person out of the channel, or it is no more.
  if (place.channel && !channelNow() && appChannel()) go({ channel: appChannel().id }, { replace: true });
}

/** Everything anew: after a loss of connection, or when one looks as somebody else. */
export const refreshAll = () => Promise.all([refreshWorkspace(), refreshMessages(), refreshThread()]);

/**
 * The first thing one sees: as the person of the address, or whoever the server puts forward;
 * in the channel of the address, or in the app's Messages tab.
 * @param {import("./address.js").Place} wanted
 */
export async function arrive(wanted, { replace = true } = {}) {
  let answer;
  try {
    answer = await api.state(wanted.as);
  } catch (refusal) {
    if (!wanted.as) throw refusal;
    answer = await api.state(null);
  }
  Object.assign(place, { as: answer.me.id, channel: null, thread: null, tab: "messages" });
  Object.assign(shown, { messages: null, status: null, prompts: null, thread: null, threadStatus: null });
  takeIn(answer);
  const known = channel(wanted.channel);
  await go(
    {
      channel: (known ?? appChannel() ?? workspace.channels[0])?.id,
      tab: wanted.tab,
      thread: known ? wanted.thread : null,
    },
    { replace },
  );
}

/**
 * Goes somewhere: a channel, a tab of the app, a thread. What is left out stays as it is,
 * except that another channel closes the thread.
 * @param {Partial<import("./address.js").Place>} step
 */
export async function go(step, { replace = false } = {}) {
  const moved = step.channel !== undefined && step.channel !== place.channel;
  const tabBefore = place.tab;
  if (moved) Object.assign(place, { channel: step.channel, thread: null, tab: "messages" });
  if (step.tab) place.tab = step.tab;
  const threadBefore = place.thread;
  if (step.thread !== undefined) place.thread = step.thread;
  const now = channelNow();
  if (now?.kind !== "app") place.tab = "messages";
  if (moved) {
    Object.assign(shown, { messages: null, status: null, prompts: null, unread: now?.unread ?? 0 });
    if (now) now.unread = 0;
  }
  if (place.thread !== threadBefore || moved) Object.assign(shown, { thread: null, threadStatus: null });
  writeAddress(place, { replace });
  tell("place");
  if (now?.kind === "app" && (moved || place.tab !== tabBefore)) {
    // The app hears that its Home or its messages were opened; it may fill them in answer.
    await politely(() => (place.tab === "home" ? api.home(place.as) : api.dm(place.as)));
    await refreshWorkspace();
  }
  await Promise.all([
    moved || place.tab !== tabBefore ? refreshMessages() : null,
    place.thread && shown.thread === null ? refreshThread() : null,
  ]);
}
