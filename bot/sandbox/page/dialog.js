// The frame of every dialog: title, scrolling middle, fixed foot; the focus stays inside and returns afterwards.
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { stack } from "./layers.js";
import { t } from "./words.js";

const FOCUSABLE =
  'button:not([disabled]):not([tabindex="-1"]), [href], input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex="0"]';
const dialogs = [];

const quietRest = () => {
  document.getElementById("app").inert = dialogs.length > 0;
  dialogs.forEach((shade, n) => {
    shade.inert = n < dialogs.length - 1;
  });
};

/**
 * @param {{onClose: () => void, small?: boolean, testid?: string}} how `onClose` is asked to close (cross, Escape)
 * @returns {{node: HTMLElement, body: HTMLElement, setTitle: Function, setFoot: Function, focusFirst: () => void, close: () => void}}
 */
export function openDialog({ onClose, small = false, testid = "dialog" }) {
  const before = document.activeElement;
  const titleId = uid("title");
  const lead = h("span", { class: "dialog__lead" });
  const title = h("h2", { class: "dialog__title", id: titleId });
  const body = h("div", { class: "dialog__body" });
  const foot = h("div", { class: "dialog__foot" });
  const cross = h(
    "button",
    {
      class: "icon-button",
      type: "button",
      "aria-label": t("close"),
      "data-testid": "dialog-close",
      onclick: () => onClose(),
    },
    icon("close"),
  );
  const node = h(
    "section",
    {
      class: `dialog${small ? " dialog--small" : ""}`,
      role: "dialog",
      "aria-modal": "true",
      "aria-labelledby": titleId,
      tabindex: "-1",
      "data-testid": testid,
    },
    h("header", { class: "dialog__head" }, lead, title, cross),
    body,
    foot,
  );
  const shade = h("div", { class: "shade" }, node);

  node.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...node.querySelectorAll(FOCUSABLE)].filter((one) => one.offsetParent !== null);
    if (!stops.length) return;
    const first = stops[0];
    const last = stops[stops.length - 1];
    if (event.shiftKey && (document.activeElement === first || document.activeElement === node)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault();
      first.focus();
    }
  });

  document.getElementById("layers").append(shade);
  dialogs.push(shade);
  quietRest();
  const off = stack(() => onClose());
  return {
    node,
    body,
    setTitle: (words, ...leading) => {
      fill(title, words);
      fill(lead, ...leading);
    },
    setFoot: (...children) => fill(foot, ...children),
    focusFirst: () =>
      (
        body.querySelector(FOCUSABLE) ??
        foot.querySelector("[data-first]") ??
        foot.querySelector(FOCUSABLE) ??
        node
      ).focus({ preventScroll: true }),
    close: () => {
      off();
      const at = dialogs.indexOf(shade);
      if (at >= 0) dialogs.splice(at, 1);
      shade.remove();
      quietRest();
      if (before?.isConnected) before.focus({ preventScroll: true });
    },
  };
}

/**
 * A question with two answers.
 * @param {{title: string, text: Node|string, confirm: string, deny: string, danger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, confirm, deny, danger = false }) {
  return new Promise((resolve) => {
    const answer = (yes) => {
      dialog.close();
      resolve(yes);
    };
    const dialog = openDialog({ onClose: () => answer(false), small: true, testid: "confirm" });
    dialog.setTitle(title);
    fill(dialog.body, h("div", { class: "text" }, text));
    dialog.setFoot(
      h("button", { class: "button", type: "button", onclick: () => answer(false) }, deny),
      h(
        "button",
        {
          class: `button ${danger ? "button--danger-fill" : "button--primary"}`,
          type: "button",
          "data-first": "",
          "data-testid": "confirm-yes",
          onclick: () => answer(true),
        },
        confirm,
      ),
    );
    dialog.node.querySelector("[data-first]").focus();
  });
}
