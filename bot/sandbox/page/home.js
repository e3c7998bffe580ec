// The app's Home tab.
import { actionsIn, drawBlocks } from "./blocks.js";
import { fill, focusMark, h, restoreFocus } from "./dom.js";
import { avatar } from "./people.js";
import { place, workspace } from "./state.js";
import { surface } from "./surface.js";
import { spoken, t } from "./words.js";

/** Draws the Home tab into `box`; an unchanged view is left alone. */
export function drawHome(box) {
  const view = workspace.home;
  const sig = JSON.stringify([place.as, view?.id, view?.blocks, spoken()]);
  if (box.drawn === sig) return;
  box.drawn = sig;
  const scrolled = box.scrollTop;
  const focused = focusMark(box);
  if (!view?.blocks?.length) {
    fill(
      box,
      h(
        "div",
        { class: "empty" },
        avatar(null, { app: true, size: "l" }),
        h("h2", {}, t("empty_home_title")),
        h("p", {}, t("empty_home", { name: workspace.bot.name })),
      ),
    );
    return;
  }
  const held = surface({ kind: "home", viewId: view.id });
  held.prune(actionsIn(view.blocks));
  fill(box, h("div", { class: "home blocks", "data-testid": "home-view" }, drawBlocks(view.blocks, held)));
  box.scrollTop = scrolled;
  restoreFocus(box, focused);
}
