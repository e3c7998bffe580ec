"""The words in which the rules of Block Kit are written: small checks that combine into larger ones.

A check takes a value, where it stands (a JSON pointer) and the findings it may add to.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from bot.sandbox.records import Json


@dataclass
class Findings:
    """What is wrong, in Slack's words, on one surface."""

    surface: str
    messages: list[str] = field(default_factory=list[str])

    def add(self, complaint: str, at: str) -> None:
        self.messages.append(f"[ERROR] {complaint} [json-pointer:{at}]")


Check = Callable[[Any, str, Findings], None]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """An object: its fields, those it must have, and what must hold between them."""

    fields: Mapping[str, Check]
    required: frozenset[str] = frozenset()
    also: tuple[Check, ...] = ()

    def __call__(self, value: Any, at: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must provide an object", at)
            return
        given = cast(Json, value)
        for name in sorted(self.required - given.keys()):
            findings.add(f"missing required field: {name}", at)
        for name, item in given.items():
            if name in self.fields:
                self.fields[name](item, f"{at}/{name}", findings)
            elif name != "type":
                findings.add(f"invalid additional property: {name}", at)
        if self.required <= given.keys():
            for check in self.also:
                check(given, at, findings)

    def where(self, *checks: Check) -> "Shape":
        """The same shape, of which these checks must hold too."""
        return replace(self, also=(*self.also, *checks))


def shape(*required: str, **fields: Check) -> Shape:
    """An object with these fields, of which some are required."""
    return Shape(fields=fields, required=frozenset(required))


def string(longest: int, shortest: int = 1) -> Check:
    def check(value: Any, at: str, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add("must provide a string", at)
        elif len(value) > longest:
            findings.add(f"must be less than {longest + 1} characters", at)
        elif len(value) < shortest:
            findings.add(f"must be more than {shortest - 1} characters", at)

    return check


def matching(pattern: str, what: str) -> Check:
    def check(value: Any, at: str, findings: Findings) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            findings.add(f"must be {what}", at)

    return check


def flag(value: Any, at: str, findings: Findings) -> None:
    if not isinstance(value, bool):
        findings.add("must provide a boolean", at)


def number(lowest: float | None = None, highest: float | None = None, *, whole: bool = True) -> Check:
    def check(value: Any, at: str, findings: Findings) -> None:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            findings.add("must provide a number", at)
        elif lowest is not None and value < lowest:
            findings.add(f"must be greater than or equal to {lowest}", at)
        elif highest is not None and value > highest:
            findings.add(f"must be less than or equal to {highest}", at)

    return check


def one_of(*values: str) -> Check:
    def check(value: Any, at: str, findings: Findings) -> None:
        if value not in values:
            findings.add(f"must be one of: {', '.join(values)}", at)

    return check


def items(check_item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, at: str, findings: Findings) -> None:
        if not isinstance(value, list):
            findings.add("must provide an array", at)
            return
        given = cast(list[Any], value)
        if len(given) > most:
            findings.add(f"no more than {most} items allowed", at)
        if len(given) < least:
            findings.add(f"no fewer than {least} items allowed", at)
        for index, item in enumerate(given):
            check_item(item, f"{at}/{index}", findings)

    return check


def typed(shapes: Mapping[str, Check], *allowed: str) -> Check:
    """An object whose `type` says what it is; without `allowed` any of the shapes will do."""

    def check(value: Any, at: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must provide an object", at)
            return
        kind = cast(Json, value).get("type")
        if not isinstance(kind, str):
            findings.add("missing required field: type", at)
        elif kind not in shapes or (allowed and kind not in allowed):
            findings.add(f"unsupported type: {kind}", f"{at}/type")
        else:
            shapes[kind](value, at, findings)

    return check


def anything(value: Any, at: str, findings: Findings) -> None:
    """A field whose inside is not looked at."""


def either(one: str, other: str) -> Check:
    """Exactly one of two fields."""

    def check(value: Any, at: str, findings: Findings) -> None:
        if (one in value) == (other in value):
            findings.add(f"must provide either {one} or {other}", at)

    return check


def at_least_one(*names: str) -> Check:
    def check(value: Any, at: str, findings: Findings) -> None:
        if not any(value.get(name) for name in names):
            findings.add(f"must provide at least one of: {', '.join(names)}", at)

    return check
