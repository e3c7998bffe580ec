// The `rich_text` block: text as Slack's own composer stores it.
import { h } from "./dom.js";
import { broadcast, channelMention, date, emoji, link, spokenWords, userMention } from "./inline.js";

const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];

/** @param {{elements: object[]}} block @returns {DocumentFragment} */
export function richText(block) {
  const out = document.createDocumentFragment();
  const elements = block.elements ?? [];
  for (let n = 0; n < elements.length; n += 1) {
    const element = elements[n];
    if (element.type !== "rich_text_list") {
      out.append(part(element));
      continue;
    }
    const run = [];
    while (n < elements.length && elements[n].type === "rich_text_list") run.push(elements[n++]);
    n -= 1;
    out.append(...nested(run));
  }
  return out;
}

function part(element) {
  const children = (element.elements ?? []).map(piece);
  if (element.type === "rich_text_preformatted") return h("pre", { tabindex: "0" }, h("code", {}, children));
  if (element.type === "rich_text_quote") return spokenWords(h("div", { class: "pre-line" }, children));
  return h("div", { class: "pre-line" }, children);
}

// Slack writes nested lists one after another with an indent; a deeper one belongs inside the item before it.
function nested(run) {
  const roots = [];
  const open = [];
  for (const element of run) {
    const depth = element.indent ?? 0;
    while (open.length > depth) open.pop();
    const ordered = element.style === "ordered";
    const kind = (ordered ? NUMBERS : BULLETS)[depth % 3];
    let node = open[depth];
    if (!node || node.tagName !== (ordered ? "OL" : "UL")) {
      node = h(ordered ? "ol" : "ul", {
        style: { "list-style-type": kind },
        start: ordered && element.offset ? element.offset + 1 : null,
      });
      const parent = open[depth - 1]?.lastElementChild;
      if (parent) parent.append(node);
      else roots.push(node);
      open[depth] = node;
    }
    for (const item of element.elements ?? []) node.append(h("li", {}, (item.elements ?? []).map(piece)));
  }
  return roots;
}

function piece(element) {
  const node = bare(element);
  const style = element.style ?? {};
  let out = node;
  if (style.code) out = h("code", {}, out);
  if (style.strike) out = h("s", {}, out);
  if (style.italic) out = h("em", {}, out);
  if (style.bold) out = h("strong", {}, out);
  if (style.underline) out = h("u", {}, out);
  return out;
}

function bare(element) {
  switch (element.type) {
    case "text":
      return document.createTextNode(element.text ?? "");
    case "link":
      return link(element.url ?? "", element.text);
    case "user":
      return userMention(element.user_id);
    case "channel":
      return channelMention(element.channel_id);
    case "emoji":
      return emoji(element.name ?? "", element.unicode);
    case "broadcast":
      return broadcast(element.range ?? "here");
    case "usergroup":
      return broadcast(element.usergroup_id ?? "");
    case "date":
      return date(element.timestamp, element.format ?? "{date}", element.url, element.fallback);
    case "color":
      return h(
        "span",
        {},
        h("span", { class: "swatch", style: { "background-color": element.value ?? "" } }),
        element.value ?? "",
      );
    default:
      return document.createTextNode(element.text ?? "");
  }
}
