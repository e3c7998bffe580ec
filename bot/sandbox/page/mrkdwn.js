// Slack's own mark-up (“mrkdwn”) as DOM nodes.
import { h } from "./dom.js";
import { broadcast, channelMention, date, emoji, link, spokenWords, unescape, userMention } from "./inline.js";
import { withEmoji } from "./emoji.js";

const WORD = /[\p{L}\p{N}]/u;
const TAGS = { "*": "strong", _: "em", "~": "s" };
const BARE_LINK = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)"'\]]/;

/**
 * @param {string} text
 * @param {{verbatim?: boolean}} [how] verbatim: addresses are not turned into links
 * @returns {DocumentFragment}
 */
export function mrkdwn(text, how = {}) {
  const out = document.createDocumentFragment();
  const fence = /```\n?([\s\S]*?)\n?```/g;
  let at = 0;
  for (const found of text.matchAll(fence)) {
    lines(text.slice(at, found.index).replace(/\n$/, ""), how, out);
    out.append(h("pre", { tabindex: "0" }, h("code", {}, codeText(found[1]))));
    at = found.index + found[0].length;
    if (text[at] === "\n") at += 1;
  }
  lines(text.slice(at), how, out);
  return out;
}

/** A `plain_text` or `mrkdwn` text object, or a bare string. @returns {Node} */
export function textObject(text) {
  if (!text) return document.createTextNode("");
  if (typeof text === "string") return document.createTextNode(text);
  if (text.type === "mrkdwn") return mrkdwn(text.text ?? "", { verbatim: text.verbatim });
  return plain(text);
}

/** The words alone, for labels and buttons. @returns {string} */
export const plainWords = (text) =>
  typeof text === "string" ? text : text?.emoji === false ? (text.text ?? "") : withEmoji(text?.text ?? "");

function plain(text) {
  const out = document.createDocumentFragment();
  plainWords(text)
    .split("\n")
    .forEach((line, n) => out.append(...(n ? [h("br")] : []), line));
  return out;
}

// A code span keeps its characters, but Slack still resolves links inside it to their words.
const codeText = (text) =>
  unescape(
    text.replace(/<([^<>|\n]+)(?:\|([^<>\n]+))?>/g, (whole, address, label) =>
      /^(https?|mailto):/.test(address) ? (label ?? address) : whole,
    ),
  );

function lines(text, how, out) {
  if (!text) return;
  const rows = text.split("\n");
  let run = [];
  const flush = () => {
    if (run.length) out.append(paragraph(run, how));
    run = [];
  };
  for (let n = 0; n < rows.length; n += 1) {
    const quoteRest = /^(?:&gt;|>){3} ?/.exec(rows[n]);
    if (quoteRest) {
      flush();
      const quoted = document.createDocumentFragment();
      lines([rows[n].slice(quoteRest[0].length), ...rows.slice(n + 1)].join("\n"), how, quoted);
      out.append(spokenWords(quoted));
      return;
    }
    const quoted = [];
    while (n < rows.length && /^(?:&gt;|>)/.test(rows[n])) {
      quoted.push(rows[n].replace(/^(?:&gt;|>) ?/, ""));
      n += 1;
    }
    if (quoted.length) {
      flush();
      const inside = document.createDocumentFragment();
      lines(quoted.join("\n"), how, inside);
      out.append(spokenWords(inside));
      n -= 1;
      // The empty line that Slack needs to end a quote is no gap of its own.
      if (rows[n + 1] === "") n += 1;
      continue;
    }
    // Slack has no lists in mrkdwn: the sign stays as typed, and only longer lines are kept clear of it.
    const bullet = /^( *)([•◦▪\-–]|\d{1,2}[.)]) +(?=\S)/.exec(rows[n]);
    if (bullet) {
      flush();
      const depth = Math.floor(bullet[1].length / 2);
      out.append(
        h(
          "div",
          { class: "hang", style: { "--depth": String(depth) } },
          h("span", { class: "hang__mark" }, bullet[2]),
          h("span", {}, inline(rows[n].slice(bullet[0].length), how)),
        ),
      );
      continue;
    }
    if (rows[n] === "") {
      flush();
      if (out.lastChild) out.append(h("div", { class: "gap" }));
    } else run.push(rows[n]);
  }
  flush();
}

const paragraph = (rows, how) =>
  h(
    "div",
    {},
    rows.map((row, n) => [n ? h("br") : null, inline(row, how)]),
  );

/** One line of mrkdwn. @returns {DocumentFragment} */
export function inline(text, how = {}) {
  const out = document.createDocumentFragment();
  let plainRun = "";
  const flush = () => {
    if (plainRun) out.append(unescape(plainRun));
    plainRun = "";
  };
  let at = 0;
  while (at < text.length) {
    const piece = special(text, at, how);
    if (piece) {
      flush();
      out.append(piece.node);
      at = piece.end;
    } else {
      plainRun += text[at];
      at += 1;
    }
  }
  flush();
  return out;
}

function special(text, at, how) {
  const sign = text[at];
  if (sign === "<") return angle(text, at);
  if (sign === "`") return code(text, at);
  if (sign === ":") {
    const found = /^:([a-z0-9_+'-]+)(?:::skin-tone-\d)?:/.exec(text.slice(at));
    return found ? { node: emoji(found[1]), end: at + found[0].length } : null;
  }
  if (TAGS[sign]) return styled(text, at, how);
  if (sign === "h" && !how.verbatim && !WORD.test(text[at - 1] ?? "")) {
    const found = BARE_LINK.exec(text.slice(at));
    return found ? { node: link(unescape(found[0])), end: at + found[0].length } : null;
  }
  return null;
}

function code(text, at) {
  const end = text.indexOf("`", at + 1);
  return end > at + 1 ? { node: h("code", {}, codeText(text.slice(at + 1, end))), end: end + 1 } : null;
}

// A style starts at the edge of a word and ends at one: 2*3*4 and snake_case stay as they are.
function styled(text, at, how) {
  const sign = text[at];
  const before = text[at - 1] ?? " ";
  if (WORD.test(before) || before === sign || /[\s]/.test(text[at + 1] ?? " ") || text[at + 1] === sign) return null;
  for (let end = at + 2; end < text.length; end += 1) {
    if (text[end] === "<") {
      const close = text.indexOf(">", end);
      if (close > 0) end = close;
      continue;
    }
    if (text[end] === "`") {
      const close = text.indexOf("`", end + 1);
      if (close > 0) end = close;
      continue;
    }
    if (text[end] === sign && !/\s/.test(text[end - 1]) && !WORD.test(text[end + 1] ?? " ") && text[end + 1] !== sign) {
      return { node: h(TAGS[sign], {}, inline(text.slice(at + 1, end), how)), end: end + 1 };
    }
  }
  return null;
}

function angle(text, at) {
  const close = text.indexOf(">", at);
  if (close < 0) return null;
  const inside = text.slice(at + 1, close);
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : inside.slice(bar + 1);
  const node = angled(target, label);
  return node ? { node, end: close + 1 } : null;
}

function angled(target, label) {
  if (/^@[UW]\w*$/.test(target)) return userMention(target.slice(1), label && unescape(label));
  if (/^#[CGD]\w*$/.test(target)) return channelMention(target.slice(1), label && unescape(label));
  if (target.startsWith("!date^")) {
    const [, stamp, pattern, address] = target.split("^");
    return date(stamp, unescape(pattern ?? ""), address && unescape(address), label && unescape(label));
  }
  if (target.startsWith("!subteam^")) return broadcast((label ?? target.slice(9)).replace(/^@/, ""));
  if (target.startsWith("!")) return broadcast((label ?? target.slice(1)).replace(/^@/, ""));
  if (/^(https?:|mailto:|tel:)/i.test(target))
    return link(unescape(target), label === null ? undefined : [inline(label, { verbatim: true })]);
  return null;
}
