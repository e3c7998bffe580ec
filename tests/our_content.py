"""Our own plays, gestures, prompts and words, read once for a process that starts hundreds of bots.

Nobody changes them while the tests run, and whoever reads them gets what cannot be changed, or a copy. What a test
writes itself is read every time; that a bot of its own reads everything is seen in `test_run.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest

from bot import services
from bot.coaching import playbooks, search
from bot.coaching.playbooks import Playbook
from bot.kit import content, i18n
from bot.kit.content import Shape

OURS = content.path_of("playbooks")


@contextmanager
def read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "read_yaml", _yaml_of_ours_once(content.read_yaml))
        patch.setattr(playbooks, "load", _plays_of_ours_once(playbooks.load))
        patch.setattr(search, "ByWords", lru_cache(maxsize=4)(search.ByWords))
        patch.setattr(services, "load_prompt", cache(services.load_prompt))
        patch.setattr(i18n, "dictionary", cache(i18n.dictionary))
        yield


def _yaml_of_ours_once(read_yaml: Callable[..., Any]) -> Callable[..., Any]:
    read = cache(read_yaml)

    def once(path: Path, shape: type[Shape]) -> Shape:
        return read(path, shape).model_copy(deep=True) if path.is_relative_to(OURS) else read_yaml(path, shape)

    return once


def _plays_of_ours_once(load: Callable[..., Playbook]) -> Callable[..., Playbook]:
    ours = cache(load)

    def once(own_folder: Path | None = None) -> Playbook:
        return load(own_folder) if own_folder else ours()

    return once
