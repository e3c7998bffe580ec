// Ctrl or Cmd + K: to a channel or person by a few letters of the name.
import { openDialog } from "./dialog.js";
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./people.js";
import { channelName, go, person, workspace } from "./state.js";
import { t } from "./words.js";

let opened = null;

export function openJump() {
  if (opened) return;
  const listId = uid("places");
  const close = () => {
    opened = null;
    dialog.close();
  };
  const dialog = openDialog({ onClose: close, small: true, testid: "jump-dialog" });
  opened = dialog;
  dialog.node.classList.add("dialog--jump");
  dialog.setTitle(t("find"));
  const list = h("div", { class: "options", role: "listbox", id: listId, "aria-label": t("find") });
  const input = h("input", {
    class: "field",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-label": t("find"),
    placeholder: t("find"),
    autocomplete: "off",
    "data-testid": "jump-input",
  });
  let found = [];
  let active = 0;
  const mark = (n) => {
    if (!found.length) return;
    active = (n + found.length) % found.length;
    [...list.children].forEach((node, i) => {
      node.classList.toggle("option--active", i === active);
      node.setAttribute("aria-selected", String(i === active));
      if (i === active) {
        input.setAttribute("aria-activedescendant", node.id);
        node.scrollIntoView({ block: "nearest" });
      }
    });
  };
  const take = (one) => {
    close();
    go({ channel: one.id });
    document.querySelector('[data-composer="main"]')?.focus();
  };
  const draw = () => {
    const query = input.value.trim().toLowerCase().replace(/^[#@]/, "");
    const rank = (one) =>
      channelName(one)
        .toLowerCase()
        .split(/[\s-]+/)
        .findIndex((part) => part.startsWith(query));
    found = workspace.channels
      .filter((one) => channelName(one).toLowerCase().includes(query))
      .sort((a, b) => Number(rank(a) < 0) - Number(rank(b) < 0));
    fill(
      list,
      found.map((one) =>
        h(
          "div",
          {
            class: "option",
            role: "option",
            id: uid("place"),
            onclick: () => take(one),
            onpointermove: () => mark(found.indexOf(one)),
          },
          one.kind === "dm"
            ? avatar(person(one.with), { size: "s" })
            : one.kind === "app"
              ? avatar(null, { app: true, size: "s" })
              : h("span", { class: "bar__sign" }, icon(one.kind === "private" ? "lock" : "hash")),
          h(
            "span",
            { class: "option__words" },
            h("span", {}, channelName(one)),
            one.topic || one.with
              ? h("span", { class: "option__detail" }, one.topic || person(one.with)?.title || "")
              : null,
          ),
        ),
      ),
    );
    if (!found.length) fill(list, h("div", { class: "options__none" }, t("find_nothing", { query: input.value })));
    mark(0);
  };
  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(active + step);
    else if (event.key === "Enter" && found[active]) take(found[active]);
    else return;
    event.preventDefault();
  });
  fill(dialog.body, input, list);
  draw();
  input.focus();
}

/** Listens for the keys, wherever the focus is. */
export function watchJumpKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (workspace.me && !workspace.modal) openJump();
  });
}
