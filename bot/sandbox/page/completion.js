// Suggestions above the composer while one types: commands after “/”, people after “@”, channels after “#”.
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, colleagues, roleLine } from "./people.js";
import { channelName, workspace } from "./state.js";
import { t } from "./words.js";

const MOST = 8;

/**
 * @param {HTMLTextAreaElement} area
 * @param {string} testid
 * @param {() => void} changed called after a suggestion was put in
 * @returns {{node: HTMLElement, onKey: (event: KeyboardEvent) => boolean, update: () => void, close: () => void}}
 */
export function completion(area, testid, changed) {
  const id = uid("suggestions");
  const list = h("div", {
    class: "suggestions",
    role: "listbox",
    id,
    "aria-label": t("completion"),
    hidden: true,
    "data-testid": testid,
  });
  let found = [];
  let active = 0;
  area.setAttribute("aria-controls", id);
  area.setAttribute("aria-autocomplete", "list");

  const close = () => {
    found = [];
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  };
  const mark = (n) => {
    active = (n + found.length) % found.length;
    [...list.querySelectorAll(".option")].forEach((node, i) => {
      node.classList.toggle("option--active", i === active);
      node.setAttribute("aria-selected", String(i === active));
      if (i === active) {
        area.setAttribute("aria-activedescendant", node.id);
        node.scrollIntoView({ block: "nearest" });
      }
    });
  };
  const put = (one) => {
    const end = area.selectionStart;
    area.setRangeText(`${one.insert} `, one.from, end, "end");
    close();
    area.focus();
    changed();
  };
  const update = () => {
    found = area.selectionStart === area.selectionEnd ? suggest(area.value, area.selectionStart) : [];
    list.hidden = !found.length;
    if (!found.length) return close();
    list.setAttribute("aria-label", t("completion"));
    fill(
      list,
      found.map((one) =>
        h(
          "div",
          {
            class: "option",
            role: "option",
            id: uid("suggestion"),
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => put(one),
          },
          one.sign,
          h(
            "span",
            { class: "option__words" },
            h("span", {}, one.words, one.hint ? h("span", { class: "option__hint" }, ` ${one.hint}`) : null),
            one.detail ? h("span", { class: "option__detail" }, one.detail) : null,
          ),
        ),
      ),
    );
    mark(0);
  };
  const onKey = (event) => {
    if (list.hidden || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(active + step);
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      // A command that is already there in full is sent, not completed once more.
      if (event.key === "Enter" && found[active].insert === area.value.trim()) {
        close();
        return false;
      }
      put(found[active]);
    } else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  };
  return { node: list, onKey, update, close };
}

function suggest(value, caret) {
  const before = value.slice(0, caret);
  const command = /^\/\S*$/.exec(before);
  if (command) {
    return workspace.commands
      .filter((one) => one.command.toLowerCase().startsWith(before.toLowerCase()))
      .map((one) => ({
        from: 0,
        insert: one.command,
        words: one.command,
        hint: one.usage_hint,
        detail: one.description,
        sign: avatar(null, { app: true, size: "s" }),
      }))
      .slice(0, MOST);
  }
  const name = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!name) return [];
  const from = caret - name[2].length - 1;
  const wanted = name[2].toLowerCase();
  const fits = (...names) =>
    names.some((one) =>
      String(one ?? "")
        .toLowerCase()
        .split(/\s+/)
        .some((part) => part.startsWith(wanted)),
    );
  if (name[1] === "@") {
    const bot = { id: workspace.bot.user_id, name: workspace.bot.name, real_name: workspace.bot.name };
    return [bot, ...colleagues()]
      .filter((one) => fits(one.name, one.real_name))
      .map((one) => ({
        from,
        insert: `@${one.real_name || one.name}`,
        words: one.real_name || one.name,
        detail: one === bot ? t("app_badge") : roleLine(one),
        sign: avatar(one, { app: one === bot, size: "s" }),
      }))
      .slice(0, MOST);
  }
  return workspace.channels
    .filter((one) => (one.kind === "public" || one.kind === "private") && fits(one.name))
    .map((one) => ({
      from,
      insert: `#${channelName(one)}`,
      words: channelName(one),
      detail: one.topic,
      sign: icon(one.kind === "private" ? "lock" : "hash"),
    }))
    .slice(0, MOST);
}
