// The one calm line at the top: this is a sandbox, what leaves it, and how to begin again.
import { ask } from "./dialog.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { popover } from "./layers.js";
import { api } from "./api.js";
import { on, politely, workspace } from "./state.js";
import { spoken, t } from "./words.js";

/** @param {HTMLElement} root @param {() => void} startedAgain */
export function buildSandboxLine(root, startedAgain) {
  let last = "";
  on("workspace", () => {
    const sig = JSON.stringify([workspace.sandbox, spoken()]);
    if (sig === last) return;
    last = sig;
    const model = workspace.sandbox?.language_model;
    const about = h(
      "button",
      {
        class: "line-button",
        type: "button",
        "aria-expanded": "false",
        "data-testid": "about-sandbox",
        onclick: () => openAbout(about, model),
      },
      icon("info", 15),
      h("span", { class: "line-button__words" }, t("about_sandbox")),
    );
    const again = h(
      "button",
      { class: "line-button", type: "button", "data-testid": "reset", onclick: () => startAgain(startedAgain) },
      icon("reset", 15),
      h("span", { class: "line-button__words" }, t("reset")),
    );
    about.setAttribute("aria-label", t("about_sandbox"));
    again.setAttribute("aria-label", t("reset"));
    fill(
      root,
      h(
        "span",
        { class: "sandbox-line__words sandbox-line__words--long" },
        t(model ? "sandbox_line_model" : "sandbox_line"),
      ),
      h(
        "span",
        { class: "sandbox-line__words sandbox-line__words--short" },
        t(model ? "sandbox_short_model" : "sandbox_short"),
      ),
      about,
      again,
    );
  });
}

function openAbout(anchor, model) {
  if (anchor.getAttribute("aria-expanded") === "true") return;
  anchor.setAttribute("aria-expanded", "true");
  const notes = [model ? t("model_some", { name: model }) : t("model_none"), ...(workspace.sandbox?.notes ?? [])];
  popover({
    anchor,
    align: "end",
    onClose: () => anchor.setAttribute("aria-expanded", "false"),
    content: h(
      "div",
      { class: "about", role: "dialog", "aria-label": t("about_sandbox"), tabindex: "-1" },
      h("strong", {}, t("about_sandbox")),
      notes.map((note) => h("p", {}, note)),
    ),
  });
}

async function startAgain(startedAgain) {
  const yes = await ask({
    title: t("reset_title"),
    text: t("reset_question"),
    confirm: t("reset"),
    deny: t("cancel"),
    danger: true,
  });
  if (!yes) return;
  if ((await politely(() => api.reset())) !== undefined) startedAgain();
}
