// Interactive elements that are pressed: buttons, overflow menus, feedback, icons. The rest is handed on.
import { calendarField } from "./calendar.js";
import { clockField } from "./clock.js";
import { h, safeImage, safeUrl } from "./dom.js";
import { ICON_BUTTONS, icon } from "./icons.js";
import { CHOICES, TEXTS } from "./inputs.js";
import { menu } from "./layers.js";
import { plainWords } from "./mrkdwn.js";
import { SELECTS, selectField } from "./select.js";
import { place } from "./state.js";
import { t } from "./words.js";

/**
 * @typedef {object} Spot where an element stands
 * @property {import("./surface.js").Surface} surface
 * @property {string} blockId
 * @property {boolean} sends whether using it tells the bot at once (in an input: only with dispatch_action)
 * @property {string} [labelId] the id of the label of the input around it
 * @property {string} [errorId] the id of the error line of the input around it
 */

/** @param {object} element a Block Kit element @param {Spot} spot @returns {Node|null} */
export function drawElement(element, spot) {
  const build = PRESSED[element.type] ?? TEXTS[element.type] ?? CHOICES[element.type];
  if (build) return build(element, spot);
  if (SELECTS[element.type]) return selectField(element, spot);
  if (element.type === "datepicker") return calendarField(element, spot);
  if (element.type === "timepicker") return clockField(element, spot);
  if (element.type === "image") return picture(element, "block-thumb");
  return unknown(element.type);
}

/** The grey box for what this page does not draw. */
export const unknown = (type) =>
  h("div", { class: "unknown", "data-testid": "unknown-block" }, t("unknown_block", { type: String(type) }));

/** A picture, or its words when it may not be loaded. */
export function picture(element, className) {
  const src = safeImage(element.image_url ?? element.slack_file?.url);
  const alt = element.alt_text ?? "";
  if (!src) return h("span", { class: `${className} picture-missing` }, icon("image"), alt);
  const image = h("img", { class: className, src, alt, loading: "lazy" });
  image.addEventListener("error", () =>
    image.replaceWith(h("span", { class: `${className} picture-missing` }, icon("image"), alt)),
  );
  return image;
}

const focusMarkOf = (element, spot, extra = "") => `${spot.blockId}/${element.action_id}${extra}`;

function button(element, spot) {
  const style = { primary: " button--primary", danger: " button--danger" }[element.style] ?? "";
  const address = safeUrl(element.url);
  const common = {
    class: `button${style}`,
    "data-action-id": element.action_id,
    "data-focus": focusMarkOf(element, spot),
    "aria-label": element.accessibility_label ?? null,
    onclick: (event) =>
      spot.surface.act({
        element,
        blockId: spot.blockId,
        fields: element.value === undefined ? {} : { value: element.value },
        control: event.currentTarget,
      }),
  };
  const words = plainWords(element.text);
  return address
    ? h("a", { ...common, href: address, target: "_blank", rel: "noopener noreferrer" }, words)
    : h("button", { ...common, type: "button" }, words);
}

function overflow(element, spot) {
  const choose = (option, control) => {
    const address = safeUrl(option.url);
    if (address) open(address, "_blank", "noopener");
    spot.surface.act({ element, blockId: spot.blockId, fields: { selected_option: option }, control });
  };
  return h(
    "button",
    {
      class: "button button--square",
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": t("actions_for_message"),
      "data-action-id": element.action_id,
      "data-focus": focusMarkOf(element, spot),
      onclick: (event) => {
        const control = event.currentTarget;
        menu(
          control,
          (element.options ?? []).map((option) => ({
            label: plainWords(option.text),
            detail: plainWords(option.description),
            run: () => choose(option, control),
          })),
          { label: t("actions_for_message"), align: "end" },
        );
      },
    },
    icon("more"),
  );
}

function feedback(element, spot) {
  const key = focusMarkOf(element, spot);
  const one = (which, sign) => {
    const side = element[which];
    if (!side) return null;
    return h(
      "button",
      {
        class: "icon-button icon-button--quiet",
        type: "button",
        "aria-pressed": String(spot.surface.given.get(key) === side.value),
        title: plainWords(side.text),
        "aria-label": side.accessibility_label ?? plainWords(side.text),
        "data-action-id": element.action_id,
        "data-value": side.value,
        "data-focus": focusMarkOf(element, spot, which),
        onclick: async (event) => {
          const control = event.currentTarget;
          const sent = await spot.surface.act({
            element,
            blockId: spot.blockId,
            fields: { value: side.value },
            control,
          });
          if (!sent) return;
          spot.surface.given.set(key, side.value);
          control.parentElement
            .querySelectorAll("button")
            .forEach((other) => other.setAttribute("aria-pressed", String(other === control)));
        },
      },
      icon(sign),
    );
  };
  return h(
    "span",
    { class: "feedback", role: "group" },
    one("positive_button", "up"),
    one("negative_button", "thumbdown"),
  );
}

function iconButton(element, spot) {
  if (element.visible_to_user_ids?.length && !element.visible_to_user_ids.includes(place.as)) return null;
  const words = element.accessibility_label ?? plainWords(element.text);
  return h(
    "button",
    {
      class: "icon-button icon-button--quiet",
      type: "button",
      "aria-label": words,
      title: plainWords(element.text),
      "data-action-id": element.action_id,
      "data-focus": focusMarkOf(element, spot),
      onclick: (event) =>
        spot.surface.act({
          element,
          blockId: spot.blockId,
          fields: element.value === undefined ? {} : { value: element.value },
          control: event.currentTarget,
        }),
    },
    icon(ICON_BUTTONS[element.icon] ?? "star"),
  );
}

const PRESSED = { button, overflow, feedback_buttons: feedback, icon_button: iconButton, workflow_button: button };
