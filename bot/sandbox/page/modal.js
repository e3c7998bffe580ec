// A view of the app in a dialog: drawn, checked as Slack checks it, submitted, closed.
import { actionsIn, drawBlocks } from "./blocks.js";
import { openDialog } from "./dialog.js";
import { fill, focusMark, h, restoreFocus } from "./dom.js";
import { plainWords } from "./mrkdwn.js";
import { api } from "./api.js";
import { avatar } from "./people.js";
import { on, place, politely, refreshWorkspace, workspace } from "./state.js";
import { settle, surface } from "./surface.js";
import { spoken, t } from "./words.js";

let now = null;

/** Keeps the dialog in line with the view the server says is on top. */
export const watchModal = () => on("workspace", sync);

function sync() {
  const view = workspace.modal;
  if (!view) {
    now?.dialog.close();
    now = null;
    return;
  }
  const sig = JSON.stringify([view.id, view.hash, view.title, view.blocks, view.submit, view.close, spoken()]);
  if (now?.sig === sig) return;
  const same = now?.view.id === view.id;
  now ??= { dialog: openDialog({ onClose: closeTop, testid: "modal" }) };
  Object.assign(now, { sig, view, busy: false });
  draw(same);
}

function closeTop() {
  if (!now || now.busy) return;
  const { view } = now;
  politely(() => api.close(place.as, view.id)).then(() => refreshWorkspace());
}

function draw(same) {
  const { dialog, view } = now;
  const held = surface({ kind: "modal", viewId: view.id });
  const focused = same ? focusMark(dialog.node) : null;
  const scrolled = same ? dialog.body.scrollTop : 0;
  held.prune(actionsIn(view.blocks));
  dialog.setTitle(plainWords(view.title), avatar(null, { app: true, size: "s" }));
  const form = h(
    "form",
    {
      class: "blocks",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    drawBlocks(view.blocks, held),
    h("button", { type: "submit", hidden: true }),
  );
  // What is being put right is no longer called wrong.
  form.addEventListener("input", (event) => {
    const block = event.target.closest(".input--wrong");
    if (block) tellError(block, null);
  });
  fill(dialog.body, form);
  const pushed = view.previous_view_id;
  const hasInput = (view.blocks ?? []).some((block) => block.type === "input");
  dialog.setFoot(
    h(
      "button",
      { class: "button", type: "button", "data-testid": "modal-close", onclick: closeTop },
      plainWords(view.close) || t(pushed ? "back" : view.submit || hasInput ? "cancel" : "close"),
    ),
    view.submit || hasInput
      ? h(
          "button",
          { class: "button button--primary", type: "button", "data-testid": "modal-submit", onclick: () => submit() },
          plainWords(view.submit) || t("submit"),
        )
      : null,
  );
  dialog.body.scrollTop = scrolled;
  if (same) restoreFocus(dialog.node, focused);
  else
    (
      dialog.body.querySelector("[data-autofocus]") ??
      dialog.body.querySelector(".input input, .input textarea, .input .select")
    )?.focus({ preventScroll: true });
  if (!dialog.node.contains(document.activeElement)) dialog.focusFirst();
}

async function submit() {
  if (!now || now.busy) return;
  const { view, dialog } = now;
  const held = surface({ kind: "modal", viewId: view.id });
  const wrong = check(view.blocks ?? [], held);
  showErrors(dialog.body, wrong);
  if (Object.keys(wrong).length) return;
  const button = dialog.node.querySelector('[data-testid="modal-submit"]');
  now.busy = true;
  button?.setAttribute("aria-busy", "true");
  const answer = await politely(() => api.submit(place.as, view.id, held.values));
  button?.removeAttribute("aria-busy");
  if (now) now.busy = false;
  if (answer?.errors) showErrors(dialog.body, answer.errors);
  if (answer) settle();
}

const EMPTY = (value) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

// What Slack itself checks before the app hears of a submission.
function check(blocks, held) {
  const wrong = {};
  blocks.forEach((block, n) => {
    if (block.type !== "input") return;
    const blockId = block.block_id ?? String(n);
    const element = block.element ?? {};
    const { type: _, ...fields } = held.values[blockId]?.[element.action_id] ?? {};
    const value = Object.values(fields)[0];
    const problem = EMPTY(value) ? (block.optional ? null : t("error_required")) : problemWith(element, value);
    if (problem) wrong[blockId] = problem;
  });
  return wrong;
}

function problemWith(element, value) {
  if (element.type === "email_text_input") return /^\S+@\S+\.\S+$/.test(value) ? null : t("error_email");
  if (element.type === "url_text_input") return /^https?:\/\/\S+\.\S+/i.test(value) ? null : t("error_url");
  if (element.type === "number_input") {
    const figure = Number(String(value).replace(",", "."));
    if (!Number.isFinite(figure)) return t("error_number");
    if (!element.is_decimal_allowed && !Number.isInteger(figure)) return t("error_number_whole");
    if (!EMPTY(element.min_value) && figure < Number(element.min_value))
      return t("error_number_min", { n: element.min_value });
    if (!EMPTY(element.max_value) && figure > Number(element.max_value))
      return t("error_number_max", { n: element.max_value });
  }
  if (element.min_length && value.length < element.min_length) return t("error_min", { n: element.min_length });
  if (element.max_length && value.length > element.max_length) return t("error_max", { n: element.max_length });
  return null;
}

function showErrors(body, errors) {
  let first = null;
  for (const block of body.querySelectorAll(".block.input")) {
    const sentence = errors[block.dataset.blockId] ?? null;
    const control = tellError(block, sentence);
    if (sentence && !first) first = { block, control };
  }
  first?.block.scrollIntoView({ block: "center" });
  first?.control?.focus({ preventScroll: true });
}

function tellError(block, sentence) {
  const line = block.querySelector(".input__error");
  const control = block.querySelector("[data-action-id]");
  line.hidden = !sentence;
  line.textContent = sentence ?? "";
  block.classList.toggle("input--wrong", Boolean(sentence));
  if (sentence) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
  return control;
}
