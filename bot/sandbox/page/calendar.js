// The date picker: a button with the date in words, and a month to choose from.
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { popover } from "./layers.js";
import { plainWords } from "./mrkdwn.js";
import { dateInWords, today } from "./times.js";
import { locale, t } from "./words.js";

const DAY = 86_400_000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const at = (day) => Date.parse(`${day}T00:00:00Z`);
const name = (time, options) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(time);

/** @param {object} element a `datepicker` @param {import("./elements.js").Spot} spot */
export function calendarField(element, spot) {
  const held = spot.surface.value(spot.blockId, element.action_id, {
    type: element.type,
    selected_date: element.initial_date ?? null,
  });
  const words = h("span", { class: "select__words" });
  const control = h(
    "button",
    {
      class: "select select--date",
      type: "button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      "data-action-id": element.action_id,
      "data-focus": `${spot.blockId}/${element.action_id}`,
      "aria-labelledby": spot.labelId ? `${spot.labelId} ${(words.id = uid("date"))}` : null,
      "aria-describedby": spot.errorId ?? null,
      onclick: () => open(),
    },
    icon("calendar", 16),
    words,
  );
  const show = () => {
    control.classList.toggle("select--empty", !held.selected_date);
    fill(
      words,
      held.selected_date ? dateInWords(held.selected_date) : plainWords(element.placeholder) || t("date_pick"),
    );
  };
  const open = () => {
    if (control.getAttribute("aria-expanded") === "true") return;
    control.setAttribute("aria-expanded", "true");
    const take = (day) => {
      layer.close();
      held.selected_date = day;
      show();
      control.dispatchEvent(new Event("input", { bubbles: true }));
      if (spot.sends) spot.surface.act({ element, blockId: spot.blockId, fields: { selected_date: day }, control });
    };
    const content = h("div", { class: "calendar", role: "dialog", "aria-label": t("date_pick") });
    const layer = popover({ anchor: control, content, onClose: () => control.setAttribute("aria-expanded", "false") });
    month(content, at(held.selected_date ?? today()), held.selected_date, take, () => layer.place());
  };
  show();
  return control;
}

function month(box, focus, selected, take, moved) {
  const first = new Date(focus);
  first.setUTCDate(1);
  const start = first.getTime() - ((first.getUTCDay() + 6) % 7) * DAY;
  const days = Array.from({ length: 42 }, (_, n) => start + n * DAY).filter(
    (day, n) =>
      n < 35 ||
      new Date(day).getUTCMonth() === first.getUTCMonth() ||
      new Date(start + 35 * DAY).getUTCMonth() === first.getUTCMonth(),
  );
  const again = (time) => month(box, time, selected, take, moved);
  const step = (months) => {
    const to = new Date(first);
    to.setUTCMonth(to.getUTCMonth() + months);
    again(to.getTime());
  };
  const cell = (day) =>
    h(
      "button",
      {
        class: `day${new Date(day).getUTCMonth() === first.getUTCMonth() ? "" : " day--other"}${iso(day) === today() ? " day--today" : ""}`,
        type: "button",
        tabindex: day === focus ? "0" : "-1",
        "data-day": iso(day),
        "aria-pressed": String(iso(day) === selected),
        "aria-label": name(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
        onclick: () => take(iso(day)),
      },
      String(new Date(day).getUTCDate()),
    );
  const weekdays = days
    .slice(0, 7)
    .map((day) => h("span", { class: "day-name", "aria-hidden": "true" }, name(day, { weekday: "short" }).slice(0, 2)));
  const grid = h("div", { class: "calendar__days" }, weekdays, days.map(cell));
  grid.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!by) return;
    event.preventDefault();
    again(focus + by * DAY);
  });
  fill(
    box,
    h(
      "div",
      { class: "calendar__head" },
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": t("month_previous"), onclick: () => step(-1) },
        icon("back", 16),
      ),
      h("strong", { "aria-live": "polite" }, name(first, { month: "long", year: "numeric" })),
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": t("month_next"), onclick: () => step(1) },
        icon("next", 16),
      ),
    ),
    grid,
    selected
      ? h("button", { class: "button button--small", type: "button", onclick: () => take(null) }, t("clear_date"))
      : null,
  );
  moved();
  grid.querySelector('[tabindex="0"]')?.focus();
}
