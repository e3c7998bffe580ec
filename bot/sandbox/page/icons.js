// Every icon of the page, drawn here so that nothing is fetched. All are 20 × 20 and take the text's colour.
import { svg } from "./dom.js";

const STROKES = {
  hash: ["M7.5 3 6 17", "M14 3l-1.5 14", "M3.5 7.5h13.5", "M3 12.5h13.5"],
  lock: ["M5 9h10v7.5H5z", "M7 9V6.5a3 3 0 0 1 6 0V9"],
  at: ["M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0z", "M13 7v4a2 2 0 0 0 4 0v-1a7 7 0 1 0-2.8 5.600"],
  slash: ["M12.5 3.5l-5 13"],
  bolt: ["M11 2.5 4.5 11.5H10l-1 6 6.5-9H10z"],
  send: ["M3.5 4 17 10 3.5 16l2-6z", "M5.5 10H11"],
  reply: ["M4 4.5h12v9H9l-3.5 3v-3H4z", "M7 8h6", "M7 10.5h4"],
  more: ["M5 10h.01", "M10 10h.01", "M15 10h.01"],
  close: ["M5 5l10 10", "M15 5 5 15"],
  back: ["M11.5 4.5 6 10l5.5 5.5"],
  next: ["M8.5 4.5 14 10l-5.5 5.5"],
  down: ["M5.5 8 10 12.5 14.5 8"],
  menu: ["M3.5 6h13", "M3.5 10h13", "M3.5 14h13"],
  search: ["M13 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0z", "M12 12l4.5 4.5"],
  eye: ["M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z", "M12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"],
  check: ["M4.5 10.5 8.5 14.5 15.5 6"],
  up: [
    "M6 9.5V16.5H4V9.5z",
    "M6 9.5 9 3.5c1.300 0 2 .8 2 2V8.5h4.300c.8 0 1.4.8 1.200 1.600l-1.4 5.200c-.2.7-.8 1.200-1.5 1.200H6",
  ],
  thumbdown: [
    "M6 10.5V3.5H4v7z",
    "M6 10.5l3 6c1.300 0 2-.8 2-2v-3h4.300c.8 0 1.4-.8 1.200-1.600l-1.4-5.200c-.2-.7-.8-1.200-1.5-1.200H6",
  ],
  trash: ["M4 6h12", "M8 6V4h4v2", "M5.5 6l.8 10.5h7.4L14.5 6", "M8.5 9v4.5", "M11.5 9v4.5"],
  pencil: ["M4 16l.8-3.5L13 4.300l2.7 2.7-8.200 8.200z"],
  copy: ["M7 7h9v9.5H7z", "M4 13V3.5h8.5"],
  calendar: ["M4 5h12v11.5H4z", "M4 8.5h12", "M7 3.5V6", "M13 3.5V6"],
  clock: ["M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z", "M10 6v4l2.6 1.8"],
  plus: ["M10 4.5v11", "M4.5 10h11"],
  info: ["M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z", "M10 9.5V13.5", "M10 6.7v.01"],
  warning: ["M10 3.5 17.5 16.5h-15z", "M10 8.5v4", "M10 14.4v.01"],
  reset: ["M4 4v4h4", "M4.600 8A6 6 0 1 1 4 11.5"],
  file: ["M5.5 3h6l3.5 3.5V17h-9.5z", "M11.5 3v3.5H15"],
  star: ["M10 3.200l2.100 4.300 4.7.7-3.4 3.300.8 4.7-4.200-2.200-4.200 2.200.8-4.7L3.200 8.200l4.7-.7z"],
  people: [
    "M11 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
    "M2.5 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5",
    "M13 4.300a3 3 0 0 1 0 5.4",
    "M15 12.4c1.600.6 2.7 2 2.7 4.100",
  ],
  switch: ["M6 4 3.5 6.5 6 9", "M3.5 6.5h12", "M14 11l2.5 2.5L14 16", "M16.5 13.5h-12"],
  image: ["M3.5 4.5h13v11h-13z", "M3.5 13.5l4-4 3.5 3.5 2-2 3.5 3.5"],
};

/**
 * @param {string} name one of the names above; an unknown name gives a small dot
 * @param {number} [size] in pixels
 * @returns {SVGElement} decorative: it carries no name of its own
 */
export function icon(name, size = 18) {
  const strokes = STROKES[name] ?? ["M10 10h.01"];
  const wide = name === "more" ? 2.6 : 1.6;
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false", class: "icon" },
    strokes.map((d) =>
      svg("path", {
        d,
        fill: "none",
        stroke: "currentColor",
        "stroke-width": wide,
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
      }),
    ),
  );
}

/** Acht's own mark: an eight of two rings, the upper one a little smaller. @returns {SVGElement} */
export function achtMark(size = 20) {
  const ring = { fill: "none", stroke: "currentColor", "stroke-width": 2.4 };
  return svg(
    "svg",
    { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    svg("circle", { cx: 12, cy: 7.6, r: 3.7, ...ring }),
    svg("circle", { cx: 12, cy: 15.9, r: 4.6, ...ring }),
  );
}

/** The icons an `icon_button` may name. */
export const ICON_BUTTONS = { trash: "trash", edit: "pencil", copy: "copy", star: "star" };
