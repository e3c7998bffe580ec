// “Acht is thinking…”: what the bot says it is doing, with its loading messages in turn.
import { fill, h } from "./dom.js";
import { workspace } from "./state.js";
import { t } from "./words.js";

const TURN = 3000;

/** @returns {{node: HTMLElement, show: (status: {text: string, loading_messages?: string[]}|null) => void}} */
export function statusLine() {
  const words = h("span", { class: "status__words" });
  const node = h("div", { class: "status", role: "status", "data-testid": "status" });
  let timer = 0;
  let last = "";
  const show = (status) => {
    const sig = JSON.stringify(status ?? null);
    if (sig === last) return;
    last = sig;
    clearInterval(timer);
    if (!status?.text && !status?.loading_messages?.length) {
      fill(node);
      return;
    }
    const said = status.loading_messages?.length
      ? status.loading_messages
      : [`${workspace.bot.name} ${status.text || t("status_default")}`];
    let n = 0;
    fill(words, said[0]);
    fill(node, h("span", { class: "status__dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), words);
    if (said.length > 1) timer = setInterval(() => fill(words, said[(n += 1) % said.length]), TURN);
  };
  return { node, show };
}
