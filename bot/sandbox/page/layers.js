// What lies over the page: popovers and menus. The topmost closes first, and gives the focus back.
import { h } from "./dom.js";

const open = [];

/**
 * Puts something on the pile that Escape closes; `under` puts it beneath all else.
 * @returns {() => void} takes it off again
 */
export function stack(close, { under = false } = {}) {
  const layer = { close };
  if (under) open.unshift(layer);
  else open.push(layer);
  return () => {
    const at = open.indexOf(layer);
    if (at >= 0) open.splice(at, 1);
  };
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || !open.length) return;
  event.preventDefault();
  open[open.length - 1].close();
});

/**
 * Shows `content` beside `anchor` and keeps it inside the window. A press elsewhere closes it.
 * @param {{anchor: HTMLElement, content: HTMLElement, side?: "below"|"above", align?: "start"|"end",
 *   sameWidth?: boolean, onClose?: () => void, focusBack?: boolean}} how
 * @returns {{close: () => void, place: () => void}}
 */
export function popover({
  anchor,
  content,
  side = "below",
  align = "start",
  sameWidth = false,
  onClose,
  focusBack = true,
}) {
  const box = h("div", { class: "popover" }, content);
  document.getElementById("layers").append(box);
  const place = () => {
    const edge = 8;
    const at = anchor.getBoundingClientRect();
    if (sameWidth) box.style.minWidth = `${at.width}px`;
    box.style.maxHeight = "";
    const below = innerHeight - at.bottom - edge * 2;
    const above = at.top - edge * 2;
    const wanted = box.offsetHeight;
    const under = side === "below" ? below >= wanted || below >= above : above < wanted && below > above;
    box.style.maxHeight = `${Math.max(120, under ? below : above)}px`;
    const left = align === "end" ? at.right - box.offsetWidth : at.left;
    box.style.left = `${Math.max(edge, Math.min(left, innerWidth - box.offsetWidth - edge))}px`;
    box.style.top = `${under ? at.bottom + 6 : at.top - box.offsetHeight - 6}px`;
  };
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) close({ back: false });
  };
  let closed = false;
  const close = ({ back = focusBack } = {}) => {
    if (closed) return;
    closed = true;
    off();
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", place);
    const hadFocus = box.contains(document.activeElement);
    box.remove();
    onClose?.();
    if (back && (hadFocus || document.activeElement === document.body)) anchor.focus?.();
  };
  const off = stack(close);
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", place);
  place();
  return { close, place };
}

/** Moves the focus among `nodes` with the arrow keys, Home and End. */
export function roving(container, selector, { onTab } = {}) {
  container.addEventListener("keydown", (event) => {
    const nodes = [...container.querySelectorAll(selector)];
    const at = nodes.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? nodes.length - 1 : at - 1, Home: 0, End: nodes.length - 1 }[
      event.key
    ];
    if (to !== undefined && nodes.length) {
      event.preventDefault();
      nodes[(to + nodes.length) % nodes.length].focus();
    } else if (event.key === "Tab" && onTab) {
      event.preventDefault();
      onTab();
    }
  });
}

/**
 * A menu of actions.
 * @param {HTMLElement} anchor
 * @param {({label: string, detail?: string, icon?: Node, danger?: boolean, run: () => void, checked?: boolean, id?: string} | {heading: string} | "line")[]} items
 * @param {{label: string, side?: "below"|"above", align?: "start"|"end"}} how
 */
export function menu(anchor, items, { label, side, align }) {
  if (anchor.getAttribute("aria-expanded") === "true") return;
  const list = h(
    "div",
    { class: "menu", role: "menu", "aria-label": label },
    items.map((item) => {
      if (item === "line") return h("div", { class: "menu__line", role: "separator" });
      if (item.heading) return h("div", { class: "menu__heading", role: "presentation" }, item.heading);
      const choice = item.checked !== undefined;
      return h(
        "button",
        {
          class: `menu__item${item.danger ? " menu__item--danger" : ""}`,
          type: "button",
          tabindex: "-1",
          role: choice ? "menuitemradio" : "menuitem",
          "aria-checked": choice ? String(item.checked) : null,
          "data-testid": item.id ?? null,
          onclick: () => {
            layer.close();
            item.run();
          },
          onpointermove: (event) => event.currentTarget.focus({ preventScroll: true }),
        },
        item.icon ?? null,
        h(
          "span",
          { class: "menu__words" },
          h("span", {}, item.label),
          item.detail ? h("span", { class: "menu__detail" }, item.detail) : null,
        ),
      );
    }),
  );
  anchor.setAttribute("aria-expanded", "true");
  const layer = popover({
    anchor,
    content: list,
    side,
    align,
    onClose: () => anchor.setAttribute("aria-expanded", "false"),
  });
  roving(list, ".menu__item", { onTab: () => layer.close() });
  (list.querySelector('[aria-checked="true"]') ?? list.querySelector(".menu__item"))?.focus();
}
