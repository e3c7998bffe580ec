// The app's suggested prompts, as chips: a press says it.
import { fill, h } from "./dom.js";
import { t } from "./words.js";

/** @param {(text: string) => void} say @returns {{node: HTMLElement, show: (prompts: object|null) => void}} */
export function promptChips(say) {
  const node = h("div", { class: "prompts", role: "group" });
  let last = "";
  const show = (given) => {
    const sig = JSON.stringify(given ?? null);
    if (sig === last) return;
    last = sig;
    const list = given?.prompts ?? [];
    node.hidden = !list.length;
    node.setAttribute("aria-label", given?.title || t("prompts"));
    fill(
      node,
      given?.title ? h("div", { class: "prompts__title" }, given.title) : null,
      h(
        "div",
        { class: "prompts__chips" },
        list.map((one) =>
          h(
            "button",
            {
              class: "prompt",
              type: "button",
              title: one.message,
              "data-testid": "prompt",
              onclick: () => say(one.message),
            },
            one.title,
          ),
        ),
      ),
    );
  };
  return { node, show };
}
