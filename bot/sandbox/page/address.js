// Where one is, kept in the address bar: #as=U…&channel=C…&thread=…&tab=home

/** @typedef {{as: string|null, channel: string|null, thread: string|null, tab: "home"|"messages"}} Place */

/** @returns {Place} */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.replace(/^#/, ""));
  return {
    as: parts.get("as"),
    channel: parts.get("channel"),
    thread: parts.get("thread"),
    tab: parts.get("tab") === "home" ? "home" : "messages",
  };
}

/** Writes the place; going elsewhere adds a step to the history, except when told to replace it. */
export function writeAddress(place, { replace = false } = {}) {
  const parts = new URLSearchParams();
  if (place.as) parts.set("as", place.as);
  if (place.channel) parts.set("channel", place.channel);
  if (place.tab === "home") parts.set("tab", "home");
  if (place.thread) parts.set("thread", place.thread);
  const hash = `#${parts}`;
  if (hash === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", hash);
}

/** Calls back when the person uses the browser's own back and forward. */
export function onAddress(listener) {
  addEventListener("popstate", listener);
  addEventListener("hashchange", listener);
}
