// Standard Markdown, as the `markdown` block has it: headings, lists, quotes, code, links, emphasis.
import { h } from "./dom.js";
import { emoji, link, spokenWords, unescape } from "./inline.js";

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/;
const QUOTE = /^\s*>\s?/;

/** @param {string} text @returns {DocumentFragment} */
export function markdown(text) {
  const out = document.createDocumentFragment();
  blocks(text.replace(/\r\n?/g, "\n").split("\n"), out);
  return out;
}

function blocks(rows, out) {
  let n = 0;
  while (n < rows.length) {
    const row = rows[n];
    if (!row.trim()) {
      n += 1;
    } else if (FENCE.test(row)) {
      n = fenced(rows, n, out);
    } else if (HEADING.test(row)) {
      const [, marks, words] = HEADING.exec(row);
      out.append(h(`h${Math.min(marks.length + 2, 6)}`, { class: `md-h md-h--${marks.length}` }, inline(words)));
      n += 1;
    } else if (RULE.test(row)) {
      out.append(h("hr"));
      n += 1;
    } else if (QUOTE.test(row)) {
      const inside = [];
      while (n < rows.length && QUOTE.test(rows[n])) inside.push(rows[n++].replace(QUOTE, ""));
      const quoted = document.createDocumentFragment();
      blocks(inside, quoted);
      out.append(spokenWords(quoted));
    } else if (ITEM.test(row)) {
      n = list(rows, n, out);
    } else {
      const words = [];
      while (
        n < rows.length &&
        rows[n].trim() &&
        ![FENCE, HEADING, RULE, QUOTE, ITEM].some((kind) => kind.test(rows[n]))
      )
        words.push(rows[n++]);
      out.append(
        h(
          "p",
          {},
          words.map((line, i) => [i ? h("br") : null, inline(line)]),
        ),
      );
    }
  }
}

function fenced(rows, start, out) {
  const mark = FENCE.exec(rows[start])[1];
  const inside = [];
  let n = start + 1;
  while (n < rows.length && !rows[n].trim().startsWith(mark)) inside.push(rows[n++]);
  out.append(h("pre", { tabindex: "0" }, h("code", {}, inside.join("\n"))));
  return n + 1;
}

// An item owns every following line that is indented deeper than its own mark.
function list(rows, start, out) {
  const [, indent, mark] = ITEM.exec(rows[start]);
  const ordered = /\d/.test(mark);
  const node = h(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(mark, 10) } : {});
  let n = start;
  while (n < rows.length) {
    const item = ITEM.exec(rows[n]);
    if (!item || item[1].length !== indent.length || /\d/.test(item[2]) !== ordered) break;
    n += 1;
    const own = [];
    while (
      n < rows.length &&
      ((rows[n].trim() && /^\s*/.exec(rows[n])[0].length > indent.length) ||
        (!rows[n].trim() && /^\s+\S/.test(rows[n + 1] ?? "") && /^\s*/.exec(rows[n + 1])[0].length > indent.length))
    )
      own.push(rows[n++]);
    const inside = document.createDocumentFragment();
    blocks(own, inside);
    node.append(h("li", {}, inline(item[3]), inside));
    if (n < rows.length && !rows[n].trim() && ITEM.test(rows[n + 1] ?? "")) n += 1;
  }
  out.append(node);
  return n;
}

const SPANS = [
  [/^\\([\\`*_{}[\]()#+\-.!~>|])/, (m) => document.createTextNode(m[1])],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (m) => h("code", {}, m[2])],
  [/^\[([^\]]+)\]\((\S+?)(?:\s+"[^"]*")?\)/, (m) => link(m[2], [inline(m[1])])],
  [/^<(https?:\/\/[^\s<>|]+)(?:\|([^>]+))?>/, (m) => link(m[1], m[2])],
  [/^\*\*\*(?=\S)([^*\n]*[^\s*])\*\*\*/, (m) => h("strong", {}, h("em", {}, inline(m[1])))],
  [/^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, (m) => h("strong", {}, inline(m[2]))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (m) => h("s", {}, inline(m[1]))],
  [/^([*_])(?=\S)([^*_\n]*?[^\s*_])\1(?![\p{L}\p{N}])/u, (m) => h("em", {}, inline(m[2]))],
  [/^https?:\/\/[^\s<>]*[^\s<>.,;:!?)"'\]]/, (m) => link(m[0])],
  [/^:([a-z0-9_+'-]+):/, (m) => emoji(m[1])],
];

function inline(text) {
  const out = document.createDocumentFragment();
  let run = "";
  let at = 0;
  const flush = () => {
    if (run) out.append(unescape(run));
    run = "";
  };
  scan: while (at < text.length) {
    if (
      /[\\`[<*_~h:]/.test(text[at]) &&
      !(/[*_h]/.test(text[at]) && /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") && text[at] !== "*")
    ) {
      for (const [pattern, build] of SPANS) {
        const found = pattern.exec(text.slice(at));
        if (!found) continue;
        flush();
        out.append(build(found));
        at += found[0].length;
        continue scan;
      }
    }
    run += text[at];
    at += 1;
  }
  flush();
  return out;
}
