// The page begins here: it builds the screen once, arrives somewhere, and listens.
import { onAddress, readAddress } from "./address.js";
import { onSaid } from "./composer.js";
import { buildConversation } from "./conversation.js";
import { watchJumpKeys } from "./jump.js";
import { watchModal } from "./modal.js";
import { watchRoom } from "./room.js";
import { buildSandboxLine } from "./sandbox_line.js";
import { buildSidebar } from "./sidebar.js";
import { hush } from "./notice.js";
import { arrive, channel, channelNow, go, on, place, politely, refreshAll, shown } from "./state.js";
import { listen } from "./stream.js";
import { forgetSurfaces } from "./surface.js";
import { buildThread } from "./thread.js";

const byId = (id) => document.getElementById(id);
const phone = matchMedia("(max-width: 760px)");

const talk = buildConversation(byId("conversation"));
const thread = buildThread(byId("thread"));
buildSidebar(byId("sidebar"), (id) =>
  come({ as: id, channel: place.channel, thread: null, tab: place.tab }, { replace: false }),
);
buildSandboxLine(byId("sandbox-line"), startedAgain);
watchModal();
watchRoom();
watchJumpKeys();

// The app answers what is said to it in a thread. Whoever just asked is brought there; nobody else is.
const asked = new Set();
const follow = (ts) => {
  if (channelNow()?.kind !== "app" || place.thread === ts || place.tab === "home") return;
  asked.delete(ts);
  go({ thread: ts });
  if (phone.matches) thread.focusComposer();
};
onSaid((ts) => {
  asked.clear();
  asked.add(ts);
  followAnswers();
});
on("messages", followAnswers);
function followAnswers() {
  for (const message of shown.messages ?? []) if (asked.has(message.ts) && message.reply_count) follow(message.ts);
}
function heard(event) {
  if (event.type === "status" && asked.has(event.thread_ts)) follow(event.thread_ts);
}

async function come(wanted, how) {
  const done = await politely(async () => {
    await arrive(wanted, how);
    return true;
  });
  if (!done) {
    setTimeout(() => come(wanted), 3000);
    return;
  }
  hush();
  byId("app").removeAttribute("aria-busy");
  listen({ onReset: startedAgain, onMessage: heard });
  if (place.tab === "messages") (place.thread ? thread : talk).focusComposer();
}

// Both the answer to the button and the event stream tell of it; once is enough.
let beginning = false;
function startedAgain() {
  if (beginning) return;
  beginning = true;
  forgetSurfaces();
  asked.clear();
  come({ as: place.as, channel: channel(place.channel) ? place.channel : null, thread: null, tab: place.tab }).finally(
    () => {
      beginning = false;
    },
  );
}

onAddress(() => {
  const to = readAddress();
  if (!place.as) return;
  if (to.as && to.as !== place.as) come(to);
  else if (to.channel && (to.channel !== place.channel || to.thread !== place.thread || to.tab !== place.tab)) {
    if (channel(to.channel)) go(to, { replace: true });
  }
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && place.as) refreshAll();
});

come(readAddress());
