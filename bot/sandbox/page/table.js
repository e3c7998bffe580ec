// The `table` block: the first row is the head.
import { h } from "./dom.js";
import { richText } from "./rich_text.js";
import { locale } from "./words.js";

const cell = (one) => {
  if (one?.type === "rich_text") return richText(one);
  if (one?.type === "raw_number")
    return one.text ?? new Intl.NumberFormat(locale()).format(one.value ?? one.number ?? 0);
  return one?.text ?? "";
};

/** @param {{rows: object[][], column_settings?: object[]}} block */
export function table(block) {
  const settings = block.column_settings ?? [];
  const draw = (row, tag) =>
    h(
      "tr",
      {},
      row.map((one, n) =>
        h(
          tag,
          {
            scope: tag === "th" ? "col" : null,
            style: {
              "text-align": settings[n]?.align ?? (one?.type === "raw_number" ? "right" : "left"),
              "white-space": settings[n]?.is_wrapped ? "normal" : null,
            },
          },
          cell(one),
        ),
      ),
    );
  const [head, ...rows] = block.rows ?? [];
  return h(
    "div",
    { class: "table-block", tabindex: "0", role: "region" },
    h(
      "table",
      {},
      head ? h("thead", {}, draw(head, "th")) : null,
      h(
        "tbody",
        {},
        rows.map((row) => draw(row, "td")),
      ),
    ),
  );
}
