// The `data_visualization` block as inline SVG, with the same figures in a table for a screen reader.
import { fill, h, svg } from "./dom.js";
import { locale } from "./words.js";

const HEIGHT = 220;
const GUTTER = { top: 12, right: 12, bottom: 28, left: 40 };
const colour = (n) => `var(--chart-${(n % 6) + 1})`;
const number = (value) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(value);

/** @param {{title: string|{text: string}, chart: object}} block */
export function chart(block) {
  const what = block.chart ?? {};
  const title = typeof block.title === "string" ? block.title : (block.title?.text ?? "");
  const pie = what.type === "pie";
  const parts = pie ? (what.segments ?? []) : (what.series ?? []);
  const categories = what.axis_config?.categories ?? parts[0]?.data?.map((point) => point.label) ?? [];
  const axis = [what.axis_config?.x_label, what.axis_config?.y_label].filter(Boolean).join(" · ");
  const drawing = h("div", { class: "chart__drawing" });
  const legend =
    pie || parts.length > 1
      ? h(
          "ul",
          { class: "chart__legend" },
          parts.map((part, n) =>
            h(
              "li",
              {},
              h("span", { class: "chart__key", style: { background: colour(n) } }),
              pie ? `${part.label} · ${number(part.value)}` : part.name,
            ),
          ),
        )
      : null;
  const draw = (width) =>
    fill(drawing, pie ? drawPie(parts, title) : drawAxes(what.type, parts, categories, width, title));
  draw(560);
  let last = 560;
  // Drawn for the width it has, so that its words keep their size on a telephone.
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width > 0 && width !== last) draw((last = width));
  }).observe(drawing);
  return h(
    "figure",
    { class: `chart${pie ? " chart--pie" : ""}`, "data-chart": what.type ?? "" },
    h("figcaption", {}, title, axis ? h("span", { class: "chart__axis" }, axis) : null),
    h("div", { class: "chart__row" }, drawing, legend),
    figures(pie, parts, categories),
  );
}

function figures(pie, parts, categories) {
  if (pie)
    return h(
      "table",
      { class: "unseen" },
      h(
        "tbody",
        {},
        parts.map((part) => h("tr", {}, h("th", { scope: "row" }, part.label), h("td", {}, number(part.value)))),
      ),
    );
  return h(
    "table",
    { class: "unseen" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td"),
        categories.map((one) => h("th", { scope: "col" }, one)),
      ),
    ),
    h(
      "tbody",
      {},
      parts.map((part) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, part.name),
          (part.data ?? []).map((point) => h("td", {}, number(point.value))),
        ),
      ),
    ),
  );
}

function ticks(low, high) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const out = [];
  for (let at = Math.floor(low / step) * step; at < high + step * 0.999; at += step) out.push(Number(at.toFixed(10)));
  return out;
}

function drawAxes(type, series, categories, width, title) {
  const values = series.flatMap((one) => (one.data ?? []).map((point) => Number(point.value))).filter(Number.isFinite);
  const least = Math.min(...values, 0);
  const most = Math.max(...values, 0);
  // A line may start above nought so that its bend is seen; a bar or an area may not.
  const spread = Math.max(...values) - Math.min(...values);
  const from =
    type === "line" && least === 0 && values.length && Math.min(...values) > spread * 1.5
      ? Math.max(0, Math.min(...values) - spread)
      : least;
  const marks = ticks(from, most || 1);
  const [low, high] = [marks[0], marks[marks.length - 1]];
  const inner = { width: width - GUTTER.left - GUTTER.right, height: HEIGHT - GUTTER.top - GUTTER.bottom };
  const y = (value) => GUTTER.top + inner.height * (1 - (value - low) / (high - low || 1));
  const slot = inner.width / Math.max(categories.length, 1);
  const x = (n) => GUTTER.left + slot * (n + 0.5);
  const every =
    Math.ceil((categories.length * Math.max(...categories.map((one) => String(one).length), 1) * 7.4) / inner.width) ||
    1;
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": title, height: HEIGHT },
    marks.map((mark) => [
      svg("line", {
        class: mark === 0 ? "chart__zero" : "chart__grid",
        x1: GUTTER.left,
        x2: width - GUTTER.right,
        y1: y(mark),
        y2: y(mark),
      }),
      svg("text", { class: "chart__tick", x: GUTTER.left - 8, y: y(mark) + 4, "text-anchor": "end" }, number(mark)),
    ]),
    categories.map((name, n) =>
      n % every === 0
        ? svg("text", { class: "chart__tick", x: x(n), y: HEIGHT - 8, "text-anchor": "middle" }, String(name))
        : null,
    ),
    type === "bar"
      ? bars(series, { x, y, slot, low })
      : series.map((one, n) => line(one, n, type === "area", { x, y, low })),
  );
}

function bars(series, { x, y, slot, low }) {
  const width = Math.min(44, (slot * 0.66) / series.length);
  const base = y(Math.max(low, 0));
  const few = width >= 22 && series.reduce((sum, one) => sum + (one.data?.length ?? 0), 0) <= 12;
  return series.map((one, s) =>
    (one.data ?? []).map((point, n) => {
      const left = x(n) - (width * series.length) / 2 + width * s;
      const top = y(Number(point.value));
      return [
        svg(
          "rect",
          {
            x: left + 1,
            y: Math.min(top, base),
            width: Math.max(width - 2, 1),
            height: Math.max(Math.abs(base - top), 1),
            rx: 3,
            style: { fill: colour(s) },
          },
          svg("title", {}, `${one.name}, ${point.label}: ${number(point.value)}`),
        ),
        few
          ? svg(
              "text",
              { class: "chart__value", x: left + width / 2, y: Math.min(top, base) - 5, "text-anchor": "middle" },
              number(point.value),
            )
          : null,
      ];
    }),
  );
}

function line(one, n, filled, { x, y, low }) {
  const points = (one.data ?? []).map((point, i) => [x(i), y(Number(point.value)), point]);
  if (!points.length) return null;
  const path = points.map(([px, py], i) => `${i ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`).join(" ");
  const floor = y(Math.max(low, 0));
  return [
    filled
      ? svg("path", {
          d: `${path} L${points[points.length - 1][0]} ${floor} L${points[0][0]} ${floor} Z`,
          style: { fill: colour(n), "fill-opacity": "0.18" },
        })
      : null,
    svg("path", {
      d: path,
      fill: "none",
      "stroke-width": 2.5,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
      style: { stroke: colour(n) },
    }),
    points.map(([px, py, point]) =>
      svg(
        "circle",
        { cx: px, cy: py, r: 3.5, class: "chart__dot", style: { stroke: colour(n) } },
        svg("title", {}, `${one.name}, ${point.label}: ${number(point.value)}`),
      ),
    ),
  ];
}

function drawPie(segments, title) {
  const whole = segments.reduce((sum, one) => sum + Number(one.value), 0) || 1;
  const [middle, outer, inside] = [100, 92, 54];
  let turn = -Math.PI / 2;
  const on = (radius, angle) =>
    `${(middle + radius * Math.cos(angle)).toFixed(2)} ${(middle + radius * Math.sin(angle)).toFixed(2)}`;
  const slices = segments.map((one, n) => {
    const share = Math.min(Number(one.value) / whole, 0.9999);
    const [from, to] = [turn, turn + share * 2 * Math.PI];
    turn = to;
    const big = share > 0.5 ? 1 : 0;
    return svg(
      "path",
      {
        d: `M${on(outer, from)} A${outer} ${outer} 0 ${big} 1 ${on(outer, to)} L${on(inside, to)} A${inside} ${inside} 0 ${big} 0 ${on(inside, from)} Z`,
        class: "chart__slice",
        style: { fill: colour(n) },
      },
      svg("title", {}, `${one.label}: ${number(one.value)}`),
    );
  });
  return svg("svg", { viewBox: "0 0 200 200", role: "img", "aria-label": title, height: 180, width: 180 }, slices);
}
