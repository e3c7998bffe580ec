// The server's event stream: it says what changed, and the page asks again for what it shows.
import { place, refreshAll, refreshMessages, refreshThread, refreshWorkspace } from "./state.js";

let source = null;

/**
 * Listens for the person one looks as; an earlier stream is closed.
 * @param {{onReset: () => void, onMessage: (event: object) => void}} hooks
 */
export function listen({ onReset, onMessage }) {
  source?.close();
  source = new EventSource(`/page/stream?as=${encodeURIComponent(place.as)}`);
  // What happened before the stream was open, or while it was lost, was not told.
  source.onopen = () => refreshAll();
  source.onmessage = ({ data }) => {
    const event = parse(data);
    if (!event) return;
    if (event.type === "reset") onReset();
    else handle(event, onMessage);
  };
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function handle(event, onMessage) {
  const here = !event.channel || event.channel === place.channel;
  const inThread =
    here && place.thread && (!event.thread_ts || event.thread_ts === place.thread || event.ts === place.thread);
  switch (event.type) {
    case "message":
    case "changed":
    case "deleted":
      if (here) refreshMessages();
      if (inThread) refreshThread();
      if (event.type === "message") {
        if (!here) refreshWorkspace();
        onMessage(event);
      }
      break;
    case "status":
      if (here) refreshMessages();
      if (inThread) refreshThread();
      if (here) onMessage(event);
      break;
    case "prompts":
      if (here) refreshMessages();
      break;
    default:
      refreshWorkspace();
  }
}
