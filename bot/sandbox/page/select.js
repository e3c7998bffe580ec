// Every kind of select menu: fixed, from the bot, of people, of channels; one or several.
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { popover } from "./layers.js";
import { plainWords } from "./mrkdwn.js";
import { colleagues, roleLine } from "./people.js";
import { api } from "./api.js";
import { channelName, place, politely, workspace } from "./state.js";
import { t } from "./words.js";

const fromPeople = () => [
  { options: colleagues().map((one) => ({ value: one.id, words: one.real_name || one.name, detail: roleLine(one) })) },
];
const fromChannels = (keep) => (element) => [
  {
    options: workspace.channels
      .filter((one) => keep(one, element.filter ?? {}))
      .map((one) => ({
        value: one.id,
        words: one.kind === "dm" || one.kind === "app" ? channelName(one) : `#${channelName(one)}`,
      })),
  },
];
const ofOptions = (options) =>
  (options ?? []).map((option) => ({
    value: option.value,
    words: plainWords(option.text),
    detail: option.description ? plainWords(option.description) : "",
    option,
  }));
const fromElement = (element) =>
  (element.option_groups ?? [{ options: element.options }]).map((group) => ({
    label: group.label ? plainWords(group.label) : "",
    options: ofOptions(group.options),
  }));

const publicOnly = (one) => one.kind === "public" && !one.archived;
const SORTS = { public: "public", private: "private", dm: "im", app: "im" };
const asFiltered = (one, { include, exclude_bot_users: noBots }) =>
  !one.archived && (!include || include.includes(SORTS[one.kind])) && !(noBots && one.kind === "app");

/** For each kind: where its options come from, and the name of its value in Slack's payloads. */
export const SELECTS = {
  static_select: { source: fromElement, field: "selected_option", initial: "initial_option" },
  multi_static_select: { source: fromElement, field: "selected_options", initial: "initial_options", many: true },
  external_select: { external: true, field: "selected_option", initial: "initial_option" },
  multi_external_select: { external: true, field: "selected_options", initial: "initial_options", many: true },
  users_select: { source: fromPeople, field: "selected_user", initial: "initial_user", ids: true },
  multi_users_select: { source: fromPeople, field: "selected_users", initial: "initial_users", ids: true, many: true },
  channels_select: {
    source: fromChannels(publicOnly),
    field: "selected_channel",
    initial: "initial_channel",
    ids: true,
  },
  multi_channels_select: {
    source: fromChannels(publicOnly),
    field: "selected_channels",
    initial: "initial_channels",
    ids: true,
    many: true,
  },
  conversations_select: {
    source: fromChannels(asFiltered),
    field: "selected_conversation",
    initial: "initial_conversation",
    ids: true,
  },
  multi_conversations_select: {
    source: fromChannels(asFiltered),
    field: "selected_conversations",
    initial: "initial_conversations",
    ids: true,
    many: true,
  },
};

const FILTER_FROM = 8;

/** @param {object} element @param {import("./elements.js").Spot} spot */
export function selectField(element, spot) {
  const kind = SELECTS[element.type];
  const items = () => (kind.external ? [] : kind.source(element).flatMap((group) => group.options));
  const held = spot.surface.value(spot.blockId, element.action_id, {
    type: element.type,
    [kind.field]: element[kind.initial] ?? startsWith(element, kind, items()),
  });
  const chosen = () =>
    (kind.many ? held[kind.field] : [held[kind.field]].filter(Boolean)).map((value) =>
      kind.ids
        ? (items().find((one) => one.value === value) ?? { value, words: value })
        : { value: value.value, words: plainWords(value.text), option: value },
    );

  const words = h("span", { class: "select__words" });
  const control = h(
    "button",
    {
      class: "select",
      type: "button",
      role: "combobox",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "data-action-id": element.action_id,
      "data-focus": `${spot.blockId}/${element.action_id}`,
      "aria-labelledby": spot.labelId ? `${spot.labelId} ${(words.id = uid("value"))}` : null,
      "aria-describedby": spot.errorId ?? null,
      "aria-label": spot.labelId ? null : plainWords(element.placeholder) || t("select_one"),
      onclick: () => openList(),
      onkeydown: (event) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          openList();
        }
      },
    },
    words,
    icon("down", 16),
  );

  const show = () => {
    const now = chosen();
    control.classList.toggle("select--empty", !now.length);
    if (!now.length) fill(words, plainWords(element.placeholder) || t(kind.many ? "select_many" : "select_one"));
    else if (kind.many)
      fill(
        words,
        now.map((one) => h("span", { class: "chip" }, one.words)),
      );
    else fill(words, now[0].words);
  };
  const take = (list) => {
    const values = list.map((one) => (kind.ids ? one.value : one.option));
    held[kind.field] = kind.many ? values : (values[0] ?? null);
    show();
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const send = () => {
    if (spot.sends)
      spot.surface.act({ element, blockId: spot.blockId, fields: { [kind.field]: held[kind.field] }, control });
  };
  const openList = () => {
    if (control.getAttribute("aria-expanded") === "true") return;
    const before = JSON.stringify(held[kind.field]);
    optionList({
      control,
      many: Boolean(kind.many),
      chosen,
      limit: element.max_selected_items,
      filtered: kind.external || items().length >= FILTER_FROM,
      least: kind.external ? (element.min_query_length ?? 3) : 0,
      find: kind.external ? (query) => askBot(element, spot, query) : (query) => holding(kind.source(element), query),
      label: plainWords(element.placeholder) || t("select_one"),
      onPick: take,
      onClose: () => {
        if (JSON.stringify(held[kind.field]) !== before) send();
      },
    });
  };
  show();
  return control;
}

// The conversation that one comes from stands there already, where it may be chosen at all.
function startsWith(element, kind, items) {
  if (!element.default_to_current_conversation || !items.some((one) => one.value === place.channel))
    return kind.many ? [] : null;
  return kind.many ? [place.channel] : place.channel;
}

const holding = (groups, query) =>
  groups.map((group) => ({
    ...group,
    options: group.options.filter((one) => one.words.toLowerCase().includes(query.toLowerCase())),
  }));

async function askBot(element, spot, query) {
  const answer = await politely(() =>
    api.options(place.as, {
      ...spot.surface.address(),
      block_id: spot.blockId,
      action_id: element.action_id,
      value: query,
    }),
  );
  return answer ? fromElement(answer) : [];
}

/**
 * The open list: a filter when there is much to choose from, then the options under their group's name.
 * @param {object} how
 * @param {(query: string) => object[]|Promise<object[]>} how.find the groups of options for what was typed
 * @param {number} [how.least] how much must be typed before there is anything to find
 * @param {number} [how.begin] the option that is marked first where none is chosen
 */
export function optionList({
  control,
  many = false,
  chosen,
  limit = Infinity,
  filtered,
  least = 0,
  find,
  begin = 0,
  label,
  onPick,
  onClose = () => {},
}) {
  const listId = uid("list");
  const list = h("div", {
    class: "options",
    role: "listbox",
    id: listId,
    "aria-label": label,
    "aria-multiselectable": many ? "true" : null,
  });
  const filter = h("input", {
    class: "field options__filter",
    type: "text",
    placeholder: t("filter"),
    "aria-label": t("filter"),
    autocomplete: "off",
    role: "combobox",
    "aria-controls": listId,
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    oninput: () => draw(),
  });
  const box = h("div", { class: "options-box", tabindex: "-1" }, filtered ? filter : null, list);
  const keyed = filtered ? filter : list;
  if (!filtered) list.tabIndex = 0;
  let rows = [];
  let active = 0;
  let asked = 0;

  const mark = (n, block = "nearest") => {
    active = rows.length ? (n + rows.length) % rows.length : 0;
    rows.forEach(({ node }, i) => node.classList.toggle("option--active", i === active));
    const node = rows[active]?.node;
    if (node) {
      keyed.setAttribute("aria-activedescendant", node.id);
      node.scrollIntoView({ block });
    }
  };
  const pick = (item) => {
    if (!many) {
      onPick([item]);
      layer.close();
      return;
    }
    const now = chosen();
    const on = now.some((one) => one.value === item.value);
    if (!on && now.length >= limit) return;
    onPick(on ? now.filter((one) => one.value !== item.value) : [...now, item]);
    rows.forEach((row) =>
      row.node.setAttribute("aria-selected", String(chosen().some((one) => one.value === row.item.value))),
    );
    layer.place();
  };
  const row = (item) => {
    const node = h(
      "div",
      {
        class: "option",
        role: "option",
        id: uid("option"),
        "data-value": item.value,
        "aria-selected": String(chosen().some((one) => one.value === item.value)),
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => pick(item),
        onpointermove: () => mark(rows.findIndex((one) => one.node === node)),
      },
      h(
        "span",
        { class: "option__words" },
        h("span", {}, item.words),
        item.detail ? h("span", { class: "option__detail" }, item.detail) : null,
      ),
      h("span", { class: "option__check" }, icon("check", 16)),
    );
    rows.push({ node, item });
    return node;
  };
  const paint = (shown) => {
    rows = [];
    fill(
      list,
      shown
        .filter((group) => group.options.length)
        .map((group) => [
          group.label ? h("div", { class: "options__group", role: "presentation" }, group.label) : null,
          group.options.map(row),
        ]),
    );
    if (!rows.length) fill(list, h("div", { class: "options__none" }, t("no_options")));
    const at = rows.findIndex((one) => one.node.getAttribute("aria-selected") === "true");
    layer?.place();
    mark(at < 0 && !filter.value ? begin : Math.max(at, 0), "center");
  };
  const draw = async () => {
    const query = filter.value.trim();
    const mine = (asked += 1);
    if (query.length < least) {
      fill(list, h("div", { class: "options__none" }, t("filter")));
      rows = [];
      return;
    }
    const found = find(query);
    if (!(found instanceof Promise)) {
      paint(found);
      return;
    }
    fill(list, h("div", { class: "options__none" }, t("loading")));
    const answered = await found;
    if (mine === asked) paint(answered);
  };

  control.setAttribute("aria-expanded", "true");
  let layer = null;
  layer = popover({
    anchor: control,
    content: box,
    sameWidth: true,
    onClose: () => {
      control.setAttribute("aria-expanded", "false");
      onClose();
    },
  });
  draw();
  keyed.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(active + step);
    else if (event.key === "Enter" || (event.key === " " && !filtered)) {
      if (rows[active]) pick(rows[active].item);
    } else if (event.key === "Tab") layer.close();
    else return;
    event.preventDefault();
  });
  keyed.focus();
}
