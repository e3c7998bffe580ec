// A surface is a message, a modal or the Home tab: it holds what has been filled in, and sends what is clicked.
import { ask } from "./dialog.js";
import { api } from "./api.js";
import { plainWords, textObject } from "./mrkdwn.js";
import { notify } from "./notice.js";
import { place, politely, refreshMessages, refreshThread, refreshWorkspace, workspace } from "./state.js";
import { t } from "./words.js";

const kept = new Map();

/**
 * The surface of a message or view. The same one comes back for as long as the page is open, so that what
 * somebody filled in survives an update, as in Slack, while block_id and action_id stay the same.
 * @param {{kind: "message"|"modal"|"home", channel?: string, ts?: string, viewId?: string}} where
 */
export function surface(where) {
  const key = [place.as, where.kind, where.channel, where.ts, where.viewId].join("|");
  if (!kept.has(key)) kept.set(key, new Surface(where));
  return kept.get(key);
}

/** Forgets what was filled in: after a reset everything begins anew. */
export const forgetSurfaces = () => kept.clear();

export class Surface {
  constructor({ kind, channel, ts, viewId }) {
    Object.assign(this, { kind, channel, ts, viewId });
    /** @type {Record<string, Record<string, object>>} Slack's `state.values` */
    this.values = {};
    /** Which feedback was given: it stays pressed when the message is drawn anew. */
    this.given = new Map();
  }

  /** The value somebody gave, or else `initial`, which is then remembered. */
  value(blockId, actionId, initial) {
    this.values[blockId] ??= {};
    this.values[blockId][actionId] ??= initial;
    return this.values[blockId][actionId];
  }

  set(blockId, actionId, value) {
    (this.values[blockId] ??= {})[actionId] = value;
  }

  /** Only the values of fields that are still there and still offer what was chosen. */
  prune(present) {
    for (const [block, actions] of Object.entries(this.values)) {
      for (const action of Object.keys(actions))
        if (!stillOffered(present.get(`${block}\n${action}`), actions[action])) delete actions[action];
      if (!Object.keys(actions).length) delete this.values[block];
    }
  }

  /** Where this is, as the server's routes want it. */
  address() {
    return this.viewId ? { view_id: this.viewId } : { channel: this.channel, ts: this.ts };
  }

  /**
   * Tells the bot that somebody used a control, after the question its `confirm` asks, if any.
   * @param {{element: object, blockId: string, fields: object, control?: HTMLElement}} click
   * @returns {Promise<boolean>} whether it was sent
   */
  async act({ element, blockId, fields, control }) {
    const question = element.confirm;
    if (question) {
      const yes = await ask({
        title: plainWords(question.title),
        text: textObject(question.text),
        danger: question.style === "danger",
        confirm: plainWords(question.confirm) || t("yes"),
        deny: plainWords(question.deny) || t("cancel"),
      });
      if (!yes) return false;
    }
    control?.setAttribute("aria-busy", "true");
    const done = await politely(() =>
      api.click(place.as, {
        ...this.address(),
        block_id: blockId,
        action_id: element.action_id,
        value: fields,
        state: this.values,
      }),
    );
    control?.removeAttribute("aria-busy");
    if (done !== undefined) settle();
    return heardOf(done);
  }
}

function stillOffered(element, value) {
  if (!element || element.type !== value.type) return false;
  const groups = element.option_groups ?? (element.options ? [element] : null);
  if (!groups) return true;
  const offered = new Set(groups.flatMap((group) => group.options.map((option) => option.value)));
  return [value.selected_option ?? [], value.selected_options ?? []].flat().every((one) => offered.has(one.value));
}

/** Whether the app took it; when it did not within Slack's three seconds, the page says so. */
export function heardOf(answer) {
  if (answer?.ok === false) notify(answer.error || t("no_answer", { name: workspace.bot.name }), { wrong: true });
  return answer !== undefined && answer.ok !== false;
}

/** What the bot did in answer may be anywhere: ask for all that is shown. */
export function settle() {
  refreshWorkspace();
  refreshMessages();
  if (place.thread) refreshThread();
}
