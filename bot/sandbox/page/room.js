// A channel's own card: who is in it, and what its members can do to it. And the channels one is not in yet.
import { ask, openDialog } from "./dialog.js";
import { fill, focusMark, h, restoreFocus, uid } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./layers.js";
import { notify } from "./notice.js";
import { api } from "./api.js";
import { avatar, colleagues, roleLine } from "./people.js";
import { channel, channelNow, go, on, person, place, politely, refreshWorkspace, workspace } from "./state.js";
import { counted, t } from "./words.js";

let opened = null;

/** Keeps the open card in line with what the server tells. */
export const watchRoom = () => on("workspace", () => opened?.refresh());

/** Shows the card of the channel one is in. */
export function openRoom() {
  if (opened) return;
  const { id } = channelNow();
  const close = () => {
    opened = null;
    dialog.close();
  };
  const dialog = openDialog({ onClose: close, testid: "room" });
  const refresh = async () => {
    const room = channel(id);
    if (!room) {
      close();
      return;
    }
    const answer = await politely(() => api.members(place.as, id));
    if (answer && opened) draw(dialog, room, answer.members, close);
  };
  opened = { refresh };
  refresh().then(() => dialog.focusFirst());
}

function draw(dialog, room, members, close) {
  const focused = focusMark(dialog.node);
  dialog.setTitle(room.name, h("span", { class: "bar__sign" }, icon(signOf(room), 20)));
  fill(
    dialog.body,
    h(
      "div",
      { class: "room" },
      room.topic ? h("p", { class: "room__topic" }, room.topic) : null,
      h(
        "div",
        { class: "room__head" },
        h("h3", {}, counted("members", members.length)),
        room.archived ? null : addButton(room, members),
      ),
      h(
        "ul",
        { class: "room__members", "aria-label": t("members_title") },
        members.map((id) => member(room, id)),
      ),
    ),
  );
  dialog.setFoot(...deeds(room, close));
  restoreFocus(dialog.node, focused);
  if (!dialog.node.contains(document.activeElement)) dialog.focusFirst();
}

const signOf = (room) => (room.kind === "private" ? "lock" : "hash");
const nameOf = (id) => (id === workspace.bot.user_id ? workspace.bot.name : (person(id)?.real_name ?? id));

function member(room, id) {
  const app = id === workspace.bot.user_id;
  const someone = person(id);
  const name = nameOf(id);
  const takenOut = !room.archived && id !== place.as && (app || !room.general);
  return h(
    "li",
    { class: "room__member", "data-testid": "member", "data-user": id },
    avatar(someone, { app }),
    h(
      "span",
      { class: "menu__words" },
      h(
        "span",
        {},
        name,
        app ? h("span", { class: "badge" }, t("app_badge")) : null,
        id === place.as ? h("span", { class: "room__you" }, t("you")) : null,
      ),
      app || !someone ? null : h("span", { class: "menu__detail" }, roleLine(someone)),
    ),
    takenOut
      ? h(
          "button",
          {
            class: "button button--small room__remove",
            type: "button",
            "aria-label": t("remove_named", { name }),
            "data-testid": `remove-${id}`,
            "data-focus": `remove/${id}`,
            onclick: () => act(() => api.dismiss(place.as, room.id, id)),
          },
          t("remove"),
        )
      : null,
  );
}

function addButton(room, members) {
  const bot = { id: workspace.bot.user_id, app: true };
  const others = [bot, ...colleagues()].filter((one) => !members.includes(one.id));
  const button = h(
    "button",
    {
      class: "button button--small",
      type: "button",
      disabled: !others.length,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-testid": "add-someone",
      "data-focus": "add",
      onclick: () =>
        menu(
          button,
          others.map((one) => ({
            label: nameOf(one.id),
            detail: one.app ? t("app_badge") : roleLine(one),
            icon: avatar(one, { app: one.app }),
            id: `add-${one.id}`,
            run: () => invite(room, one.id),
          })),
          { label: t("add_people"), align: "end" },
        ),
    },
    icon("plus", 15),
    t("add_people"),
  );
  return button;
}

/** Brings somebody, or the app, into a channel. */
export async function invite(room, id) {
  if (await act(() => api.invite(place.as, room.id, id))) notify(t("added", { name: nameOf(id) }));
}

async function act(deed) {
  const done = await politely(deed);
  if (done !== undefined) await refreshWorkspace();
  return done !== undefined;
}

function deeds(room, close) {
  const deed = (key, run, kind = "") =>
    h("button", { class: `button button--small ${kind}`, type: "button", "data-testid": `room-${key}`, onclick: run }, t(key));
  if (room.archived) return [deed("open_again", () => act(() => api.unarchive(place.as, room.id)), "button--primary")];
  const leave = async () => {
    close();
    await act(() => api.leave(place.as, room.id));
  };
  const sure = async (title, text, confirm, run) => {
    const yes = await ask({
      title: t(title, { name: room.name }),
      text: t(text),
      confirm: t(confirm),
      deny: t("cancel"),
      danger: true,
    });
    if (yes) await act(run);
  };
  return [
    room.general ? null : h("span", { class: "room__leave" }, deed("leave", leave)),
    deed("rename", () => rename(room)),
    room.kind === "public" && !room.general
      ? deed("make_private", () =>
          sure("make_private_title", "make_private_question", "make_private", () => api.makePrivate(place.as, room.id)),
        )
      : null,
    room.general
      ? null
      : deed("archive", () =>
          sure("archive_title", "archive_question", "archive", () => api.archive(place.as, room.id)),
        ),
  ];
}

function rename(room) {
  const dialog = openDialog({ onClose: () => dialog.close(), small: true, testid: "rename" });
  const labelId = uid("label");
  const name = h("input", {
    class: "field",
    type: "text",
    maxlength: 80,
    autocomplete: "off",
    "aria-labelledby": labelId,
    "data-testid": "channel-name",
    // As Slack does while one types: a name has neither capitals nor spaces.
    oninput: () => {
      const at = name.selectionStart;
      name.value = name.value.toLowerCase().replace(/[\s.]/g, "-");
      name.setSelectionRange(at, at);
    },
  });
  name.value = room.name;
  const save = async () => {
    const wanted = name.value.trim();
    if (wanted === room.name || (await act(() => api.rename(place.as, room.id, wanted)))) dialog.close();
  };
  dialog.setTitle(t("rename"));
  fill(
    dialog.body,
    h(
      "form",
      {
        class: "input",
        onsubmit: (event) => {
          event.preventDefault();
          save();
        },
      },
      h("label", { class: "input__label", id: labelId, onclick: () => name.focus() }, t("channel_name")),
      name,
    ),
  );
  dialog.setFoot(
    h("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("cancel")),
    h(
      "button",
      { class: "button button--primary", type: "button", "data-testid": "rename-save", onclick: save },
      t("save"),
    ),
  );
  name.focus();
  name.select();
}

/** Shows the public channels one is not in; a press joins one. @param {HTMLElement} anchor */
export async function openElsewhere(anchor) {
  const answer = await politely(() => api.elsewhere(place.as));
  if (!answer) return;
  const join = async (id) => {
    if (await act(() => api.join(place.as, id))) go({ channel: id });
  };
  const rooms = answer.channels.map((one) => ({
    label: one.name,
    detail: one.topic || counted("members", one.members),
    icon: icon("hash", 16),
    id: `join-${one.id}`,
    run: () => join(one.id),
  }));
  menu(anchor, rooms.length ? rooms : [{ heading: t("browse_none") }], { label: t("browse") });
}
