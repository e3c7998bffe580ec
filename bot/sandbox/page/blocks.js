// Block Kit: from blocks to DOM nodes, one function for each kind of block.
import { alertBlock, card, carousel, container } from "./cards.js";
import { chart } from "./chart.js";
import { h, uid } from "./dom.js";
import { drawElement, picture, unknown } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plainWords, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";
import { t } from "./words.js";

/**
 * Draws all blocks of a surface.
 * @param {object[]} blocks
 * @param {import("./surface.js").Surface} surface
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, surface) {
  return (blocks ?? []).map((block, n) => drawBlock(block, surface, String(n)));
}

/** One block; `fallbackId` stands in where a block came without its block_id. */
export function drawBlock(block, surface, fallbackId = "") {
  const blockId = block?.block_id ?? fallbackId;
  const spot = { surface, blockId, sends: true };
  const build = KINDS[block?.type];
  const node = build ? build(block, spot) : unknown(block?.type);
  node.classList.add("block");
  node.dataset.blockId = blockId;
  node.dataset.block = block?.type ?? "";
  return node;
}

/** Every element, under its block_id and action_id as `block\naction`. @returns {Map<string, object>} */
export function actionsIn(blocks) {
  const found = new Map();
  const look = (value, blockId) => {
    if (!value || typeof value !== "object") return;
    const id = value.block_id ?? blockId;
    if (value.action_id) found.set(`${id}\n${value.action_id}`, value);
    for (const inner of Object.values(value)) if (typeof inner === "object") look(inner, id);
  };
  (blocks ?? []).forEach((block, n) => look(block, block?.block_id ?? String(n)));
  return found;
}

const text = (object, kind = "text") => h("div", { class: kind }, textObject(object));

function section(block, spot) {
  const fields = block.fields?.length
    ? h(
        "div",
        { class: "fields" },
        block.fields.map((one) => text(one, "text field-text")),
      )
    : null;
  const words = h("div", { class: "section__words" }, block.text ? text(block.text) : null, fields);
  const side = block.accessory;
  if (!side) return h("div", { class: "section" }, words);
  // Choices and wide menus stand below the words, as Slack has them; buttons and pictures beside.
  const below = ["checkboxes", "radio_buttons"].includes(side.type) || /^multi_/.test(side.type);
  return h(
    "div",
    { class: `section${below ? " section--below" : ""}` },
    words,
    h("div", { class: "section__side" }, drawElement(side, spot)),
  );
}

function header(block) {
  const level = Math.min(6, Math.max(3, block.level ?? 3));
  return h(`h${level}`, { class: "header-block" }, plainWords(block.text));
}

const context = (block) =>
  h(
    "div",
    { class: "context" },
    (block.elements ?? []).map((one) =>
      one.type === "image" ? picture(one, "context__image") : h("span", { class: "context__text" }, textObject(one)),
    ),
  );

const actions = (block, spot) =>
  h(
    "div",
    { class: "actions" },
    (block.elements ?? []).map((one) => drawElement(one, spot)),
  );

function input(block, spot) {
  const labelId = uid("label");
  const errorId = uid("error");
  const node = drawElement(block.element, { ...spot, labelId, errorId, sends: block.dispatch_action === true });
  return h(
    "div",
    { class: "input", "data-input": block.element?.type ?? "" },
    h(
      "label",
      { class: "input__label", id: labelId, onclick: () => focusable(node)?.focus() },
      plainWords(block.label),
      block.optional ? h("span", { class: "input__optional" }, ` ${t("optional")}`) : null,
    ),
    node,
    h("div", { class: "input__error", id: errorId, role: "alert", hidden: true }),
    block.hint ? h("div", { class: "input__hint" }, plainWords(block.hint)) : null,
  );
}

const focusable = (node) => (node?.matches?.("[data-action-id]") ? node : node?.querySelector?.("[data-action-id]"));

const image = (block) =>
  h(
    "figure",
    { class: "image-block" },
    block.title ? h("figcaption", { class: "image-block__title" }, plainWords(block.title)) : null,
    picture(block, "image-block__image"),
  );

const KINDS = {
  section,
  header,
  context,
  actions,
  input,
  image,
  divider: () => h("hr", { class: "divider" }),
  rich_text: (block) => h("div", { class: "text" }, richText(block)),
  markdown: (block) => h("div", { class: "text markdown" }, markdown(block.text ?? "")),
  context_actions: (block, spot) =>
    h(
      "div",
      { class: "context-actions" },
      (block.elements ?? []).map((one) => drawElement(one, spot)),
    ),
  alert: alertBlock,
  card,
  carousel,
  container: (block, spot) => container(block, spot, drawBlock),
  table,
  data_visualization: chart,
};

/** What a message says when it has no blocks. */
export const messageText = (words) => h("div", { class: "text block" }, mrkdwn(words ?? ""));
