// The time picker: half hours to choose from, and any other time that is typed.
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { plainWords } from "./mrkdwn.js";
import { optionList } from "./select.js";
import { t } from "./words.js";

const two = (n) => String(n).padStart(2, "0");
const HALF_HOURS = Array.from({ length: 48 }, (_, n) => `${two(Math.floor(n / 2))}:${n % 2 ? "30" : "00"}`);
const NINE = HALF_HOURS.indexOf("09:00");

/** A `timepicker`. @param {object} element @param {import("./elements.js").Spot} spot */
export function clockField(element, spot) {
  const held = spot.surface.value(spot.blockId, element.action_id, {
    type: element.type,
    selected_time: element.initial_time ?? null,
  });
  const words = h("span", { class: "select__words" });
  const control = h(
    "button",
    {
      class: "select select--time",
      type: "button",
      role: "combobox",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "data-action-id": element.action_id,
      "data-focus": `${spot.blockId}/${element.action_id}`,
      "aria-labelledby": spot.labelId ? `${spot.labelId} ${(words.id = uid("time"))}` : null,
      "aria-describedby": spot.errorId ?? null,
      "aria-label": spot.labelId ? null : plainWords(element.placeholder) || t("time_pick"),
      onclick: () => open(),
    },
    icon("clock", 16),
    words,
  );
  const show = () => {
    control.classList.toggle("select--empty", !held.selected_time);
    fill(words, held.selected_time ?? (plainWords(element.placeholder) || t("time_pick")));
  };
  const open = () => {
    if (control.getAttribute("aria-expanded") === "true") return;
    optionList({
      control,
      filtered: true,
      find: (query) => [{ options: timesFor(query, held.selected_time).map((time) => ({ value: time, words: time })) }],
      chosen: () => (held.selected_time ? [{ value: held.selected_time }] : []),
      begin: NINE,
      label: t("time_pick"),
      onPick: ([{ value }]) => {
        held.selected_time = value;
        show();
        control.dispatchEvent(new Event("input", { bubbles: true }));
        if (spot.sends)
          spot.surface.act({ element, blockId: spot.blockId, fields: { selected_time: value }, control });
      },
    });
  };
  show();
  return control;
}

/** The times to offer: all, or those that what was typed may mean: `9`, `930`, `9:30`, `16.15`. */
function timesFor(query, selected) {
  if (!query) return [...new Set([...HALF_HOURS, ...(selected ? [selected] : [])])].sort();
  const exact = typedTime(query);
  const digits = query.replace(/\D/g, "");
  const near = HALF_HOURS.filter((time) => {
    const bare = time.replace(":", "");
    return digits && (bare.startsWith(digits) || bare.replace(/^0/, "").startsWith(digits));
  });
  return [...new Set([...(exact ? [exact] : []), ...near])];
}

function typedTime(query) {
  const [, hours, minutes = "00"] = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(query) ?? [];
  return hours !== undefined && Number(hours) < 24 && Number(minutes) < 60 ? `${two(hours)}:${minutes}` : null;
}
