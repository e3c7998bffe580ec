// One sentence at the foot of the screen: what went wrong, or that something is done. It goes by itself.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const STAYS = 6000;
let timer = 0;

/** Takes away whatever is still shown. */
export const hush = () => document.getElementById("notices").replaceChildren();

/** @param {string} sentence @param {{wrong?: boolean}} [kind] */
export function notify(sentence, { wrong = false } = {}) {
  const shelf = document.getElementById("notices");
  clearTimeout(timer);
  shelf.replaceChildren(
    h(
      "div",
      { class: `notice${wrong ? " notice--wrong" : ""}`, role: wrong ? "alert" : "status", "data-testid": "notice" },
      icon(wrong ? "warning" : "check"),
      h("span", {}, sentence),
      h("button", { class: "icon-button", type: "button", "aria-label": t("close"), onclick: hush }, icon("close", 16)),
    ),
  );
  timer = setTimeout(hush, STAYS);
}
