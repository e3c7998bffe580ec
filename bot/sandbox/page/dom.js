// Making and refreshing DOM nodes. Data only ever becomes text nodes or attributes, never markup.

const SVG = "http://www.w3.org/2000/svg";
let serial = 0;

/**
 * Makes an element. `props` may hold attributes, `class`, `style` (an object of CSS properties) and
 * listeners (`onclick: fn`). A value of `null`, `undefined` or `false` leaves the attribute out.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  applyProps(node, props);
  append(node, children);
  return node;
}

/** The same as `h`, for SVG. @returns {SVGElement} */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  applyProps(node, props);
  append(node, children);
  return node;
}

function applyProps(node, props) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else if (name === "class") node.setAttribute("class", value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/** Replaces everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** A fresh id for aria-labelledby and the like. */
export function uid(prefix = "n") {
  serial += 1;
  return `${prefix}-${serial}`;
}

/**
 * Brings a container's children in line with `items`, keeping every node whose signature is unchanged:
 * focus, selection, scroll and half-typed text survive, and a screen reader hears only what is new.
 * @param {HTMLElement} container
 * @param {{key: string, sig: string, build: () => HTMLElement}[]} items
 */
export function reconcile(container, items) {
  const before = container.kept ?? new Map();
  const after = new Map();
  const focused = focusMark(container);
  let cursor = container.firstChild;
  for (const item of items) {
    const known = before.get(item.key);
    const node = known && known.sig === item.sig ? known.node : item.build();
    after.set(item.key, { sig: item.sig, node });
    if (node === cursor) cursor = cursor.nextSibling;
    else container.insertBefore(node, cursor);
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
  container.kept = after;
  restoreFocus(container, focused);
}

/** Remembers which control (by its `data-focus` mark) has the focus, and where the caret is. */
export function focusMark(container) {
  const active = document.activeElement;
  if (!active || !container.contains(active)) return null;
  const marked = active.closest("[data-focus]");
  return {
    active,
    mark: marked?.dataset.focus ?? null,
    start: active.selectionStart ?? null,
    end: active.selectionEnd ?? null,
  };
}

/** Gives the focus back after a refresh, when the control that had it was built anew. */
export function restoreFocus(container, focused) {
  if (!focused || !focused.mark || document.activeElement === focused.active) return;
  const again = container.querySelector(`[data-focus="${CSS.escape(focused.mark)}"]`);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (focused.start !== null && typeof again.setSelectionRange === "function") {
    try {
      again.setSelectionRange(focused.start, focused.end);
    } catch {
      // number and e-mail fields have no caret to restore
    }
  }
}

/** Only addresses a browser may safely follow. @returns {string|null} */
export function safeUrl(address) {
  const text = String(address ?? "").trim();
  return /^(https?:|mailto:|tel:)/i.test(text) ? text : null;
}

/** Only pictures that are already on this machine: nothing is fetched from elsewhere. @returns {string|null} */
export function safeImage(address) {
  const text = String(address ?? "").trim();
  const here = text.startsWith(`${location.origin}/`) || /^\/(?!\/)/.test(text);
  return here || /^data:image\/(png|jpe?g|gif|webp|svg\+xml)[;,]/i.test(text) ? text : null;
}
