"""Views: every person's stack of modals and their Home tab of the app."""

import secrets
from collections.abc import Callable

from bot.sandbox import fields
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Change, Json, View

STACK_LIMIT = 3


class Surfaces:
    """Holds views that were already checked by `blocks`; `announce` hears what changed."""

    def __init__(self, announce: Callable[[Change], None]) -> None:
        self._announce = announce
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}

    def modal(self, user: str) -> View | None:
        """The modal on top of this person's stack."""
        stack = self._stacks.get(user)
        return self._views[stack[-1]] if stack else None

    def stack(self, user: str) -> list[View]:
        """Every open modal of this person, the lowest first."""
        return [self._views[view_id] for view_id in self._stacks.get(user, [])]

    def home(self, user: str) -> View | None:
        view_id = self._homes.get(user)
        return self._views[view_id] if view_id else None

    def view(self, view_id: str) -> View:
        if view_id not in self._views:
            raise SlackError("not_found")
        return self._views[view_id]

    def view_named(self, external_id: str) -> View:
        for view in self._views.values():
            if view.content.get("external_id") == external_id:
                return view
        raise SlackError("not_found")

    def open(self, user: str, content: Json) -> View:
        """A modal; on top of the ones that are open already, as Slack does."""
        return self.push(user, content)

    def push(self, user: str, content: Json) -> View:
        stack = self._stacks.setdefault(user, [])
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        view = self._new_view(user, content, below=self.modal(user))
        stack.append(view.id)
        self._announce(Change(type="modal", only_for=user))
        return view

    def update(self, view: View, content: Json, expected_hash: str | None = None) -> View:
        """New content under the same id; a stale `expected_hash` means somebody was quicker."""
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        if content["type"] != view.type:
            raise SlackError("invalid_arguments", ["[ERROR] view type may not change"])
        self._refuse_duplicate_name(content, view)
        view.content = content
        view.hash = _new_hash()
        # What a person filled in survives where block and field keep their ids, in a modal and in a Home tab.
        view.state = fields.still_standing(view.blocks, view.state)
        self._announce(Change(type="home" if view.type == "home" else "modal", only_for=view.user))
        return view

    def publish(self, user: str, content: Json, expected_hash: str | None = None) -> View:
        home = self.home(user)
        if home is not None:
            return self.update(home, content, expected_hash)
        view = self._new_view(user, content, below=None)
        self._homes[user] = view.id
        self._announce(Change(type="home", only_for=user))
        return view

    def close(self, view: View) -> None:
        """Takes one modal away; the one below it is seen again."""
        self._stacks[view.user].remove(view.id)
        del self._views[view.id]
        self._announce(Change(type="modal", only_for=view.user))

    def clear(self, user: str) -> list[View]:
        """Closes all modals of a person, and returns them, the top one first."""
        closed = self.stack(user)[::-1]
        for view in closed:
            del self._views[view.id]
        self._stacks[user] = []
        self._announce(Change(type="modal", only_for=user))
        return closed

    def _new_view(self, user: str, content: Json, below: View | None) -> View:
        self._refuse_duplicate_name(content, None)
        view_id = f"V{secrets.token_hex(5).upper()}"
        view = View(
            id=view_id,
            user=user,
            content=content,
            hash=_new_hash(),
            root_view_id=below.root_view_id if below else view_id,
            previous_view_id=below.id if below else None,
        )
        self._views[view_id] = view
        return view

    def _refuse_duplicate_name(self, content: Json, itself: View | None) -> None:
        name = content.get("external_id")
        if name and any(v.content.get("external_id") == name and v is not itself for v in self._views.values()):
            raise SlackError("duplicate_external_id")


def _new_hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
