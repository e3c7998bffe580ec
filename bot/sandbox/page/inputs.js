// Elements that are filled in: lines of text, numbers, check boxes, radio buttons.
import { h, uid } from "./dom.js";
import { plainWords, textObject } from "./mrkdwn.js";

const initialText = (element) => ({ type: element.type, value: element.initial_value ?? null });

// A text field tells the bot on Enter, or on each change, as its dispatch_action_config says.
function field(element, spot, { type, mode = null, step = null }) {
  const held = spot.surface.value(spot.blockId, element.action_id, initialText(element));
  const when = spot.sends ? (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]) : [];
  const send = (event) =>
    spot.surface.act({ element, blockId: spot.blockId, fields: { value: held.value }, control: event.target });
  let later = 0;
  const common = {
    class: "field",
    "data-action-id": element.action_id,
    "data-focus": `${spot.blockId}/${element.action_id}`,
    placeholder: element.placeholder ? plainWords(element.placeholder) : null,
    "aria-labelledby": spot.labelId ?? null,
    "aria-describedby": spot.errorId ?? null,
    "aria-label": spot.labelId ? null : plainWords(element.placeholder) || element.action_id,
    "data-autofocus": element.focus_on_load ? "" : null,
    oninput: (event) => {
      held.value = event.target.value === "" ? null : event.target.value;
      if (when.includes("on_character_entered")) {
        clearTimeout(later);
        later = setTimeout(() => send(event), 300);
      }
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing || event.shiftKey || !when.includes("on_enter_pressed")) return;
      event.preventDefault();
      send(event);
    },
  };
  const node = element.multiline
    ? h("textarea", { ...common, rows: 4, maxlength: element.max_length ?? null })
    : h("input", {
        ...common,
        type,
        inputmode: mode,
        step,
        maxlength: element.max_length ?? null,
        autocomplete: "off",
      });
  node.value = held.value ?? "";
  return node;
}

// Whether a number is one is checked on submitting, with a sentence; a browser's own number field would hide what was typed.
export const TEXTS = {
  plain_text_input: (element, spot) => field(element, spot, { type: "text" }),
  email_text_input: (element, spot) => field(element, spot, { type: "email", mode: "email" }),
  url_text_input: (element, spot) => field(element, spot, { type: "url", mode: "url" }),
  number_input: (element, spot) =>
    field(element, spot, { type: "text", mode: element.is_decimal_allowed ? "decimal" : "numeric" }),
};

function choices(element, spot, { type, held, isOn, onPick }) {
  const name = uid("choice");
  return h(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      "aria-labelledby": spot.labelId ?? null,
      "aria-describedby": spot.errorId ?? null,
    },
    (element.options ?? []).map((option, n) => {
      const box = h("input", {
        type,
        name: type === "radio" ? name : null,
        value: option.value,
        "data-action-id": element.action_id,
        "data-focus": `${spot.blockId}/${element.action_id}/${n}`,
        onchange: () => {
          onPick(option, box.checked);
          if (spot.sends) {
            const { type: _, ...fields } = held;
            spot.surface.act({ element, blockId: spot.blockId, fields, control: box });
          }
        },
      });
      box.checked = isOn(option);
      return h(
        "label",
        { class: "choice" },
        box,
        h(
          "span",
          { class: "choice__words" },
          h("span", {}, textObject(option.text)),
          option.description ? h("span", { class: "choice__detail" }, textObject(option.description)) : null,
        ),
      );
    }),
  );
}

function checkboxes(element, spot) {
  const held = spot.surface.value(spot.blockId, element.action_id, {
    type: element.type,
    selected_options: element.initial_options ?? [],
  });
  return choices(element, spot, {
    type: "checkbox",
    held,
    isOn: (option) => held.selected_options.some((one) => one.value === option.value),
    onPick: (option, on) => {
      const others = held.selected_options.filter((one) => one.value !== option.value);
      held.selected_options = (element.options ?? []).filter((one) =>
        one.value === option.value ? on : others.some((other) => other.value === one.value),
      );
    },
  });
}

function radioButtons(element, spot) {
  const held = spot.surface.value(spot.blockId, element.action_id, {
    type: element.type,
    selected_option: element.initial_option ?? null,
  });
  return choices(element, spot, {
    type: "radio",
    held,
    isOn: (option) => held.selected_option?.value === option.value,
    onPick: (option) => {
      held.selected_option = option;
    },
  });
}

export const CHOICES = { checkboxes, radio_buttons: radioButtons };
