// Blocks with a frame around them: alert, card, carousel, container.
import { h } from "./dom.js";
import { drawElement, picture } from "./elements.js";
import { icon } from "./icons.js";
import { plainWords, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { t } from "./words.js";

const SIGNS = { info: "info", warning: "warning", error: "warning", success: "check", default: "info" };

export function alertBlock(block) {
  const level = SIGNS[block.level] ? block.level : "default";
  return h(
    "div",
    { class: `alert alert--${level}`, role: level === "error" ? "alert" : "note" },
    icon(SIGNS[level]),
    h("div", { class: "text" }, textObject(block.text)),
  );
}

export function card(block, spot) {
  return h(
    "article",
    { class: "card" },
    block.hero_image ? picture(block.hero_image, "card__hero") : null,
    h(
      "div",
      { class: "card__middle" },
      block.title || block.icon || block.subtitle
        ? h(
            "div",
            { class: "card__head" },
            block.icon ? picture(block.icon, "card__icon") : null,
            h(
              "div",
              { class: "card__titles" },
              block.title ? h("div", { class: "card__title" }, textObject(block.title)) : null,
              block.subtitle ? h("div", { class: "card__subtitle" }, textObject(block.subtitle)) : null,
            ),
          )
        : null,
      block.body ? h("div", { class: "text card__body" }, textObject(block.body)) : null,
    ),
    block.actions?.length
      ? h(
          "div",
          { class: "actions card__actions" },
          block.actions.map((one) => drawElement(one, spot)),
        )
      : null,
  );
}

export function carousel(block, spot) {
  const strip = h(
    "div",
    { class: "carousel__strip", tabindex: "0", role: "group" },
    (block.elements ?? []).map((one) => card(one, { ...spot, blockId: one.block_id ?? spot.blockId })),
  );
  const move = (way) =>
    strip.scrollBy({
      left: way * strip.clientWidth * 0.8,
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
  const arrow = (way, name, label) =>
    h(
      "button",
      {
        class: `carousel__arrow carousel__arrow--${name}`,
        type: "button",
        "aria-label": label,
        onclick: () => move(way),
      },
      icon(name, 16),
    );
  const back = arrow(-1, "back", t("carousel_previous"));
  const next = arrow(1, "next", t("carousel_next"));
  const ends = () => {
    back.hidden = strip.scrollLeft < 4;
    next.hidden = strip.scrollLeft + strip.clientWidth > strip.scrollWidth - 4;
  };
  strip.addEventListener("scroll", ends, { passive: true });
  new ResizeObserver(ends).observe(strip);
  return h("div", { class: "carousel" }, strip, back, next);
}

export function container(block, spot, drawBlock) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : plainWords(block.title);
  const head = h(
    "span",
    { class: "container__head" },
    block.icon ? picture(block.icon, "card__icon") : null,
    h(
      "span",
      { class: "card__titles" },
      h("span", { class: "card__title" }, title),
      block.subtitle ? h("span", { class: "card__subtitle" }, textObject(block.subtitle)) : null,
    ),
  );
  const inside = h(
    "div",
    { class: "container__body" },
    (block.child_blocks ?? []).map((child, n) => drawBlock(child, spot.surface, `${spot.blockId}.${n}`)),
  );
  const kind = `container container--${block.width ?? "standard"}${block.has_header_divider ? " container--ruled" : ""}`;
  if (!block.is_collapsible) return h("section", { class: kind }, head, inside);
  return h(
    "details",
    { class: kind, open: !block.default_collapsed },
    h("summary", {}, head, icon("down", 16)),
    inside,
  );
}
