"""Content is found from a checkout (every other test) and from an installed wheel (this one)."""

import subprocess
import sys
import zipfile
from pathlib import Path

from bot.coaching import playbooks

ROOT = Path(__file__).parents[2]
LOOK = """
import json, bot
from bot.coaching import playbooks
from bot.kit import content, i18n
from bot.kit.database import newest_migration
from bot.kit.prompts import load_prompt
load_prompt("coaching/answer"); i18n.dictionary(); newest_migration()
manifest = json.loads(content.path_of("manifest.json").read_text())
print(bot.__file__, len(playbooks.load().ids), manifest["display_information"]["name"])
print((content.path_of("playbooks").parent.parent / "sandbox" / "page" / "index.html").exists())
"""


def test_a_wheel_holds_all_that_a_checkout_has(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next(tmp_path.glob("acht-*.whl"))) as wheel:
        wheel.extractall(installed)
    said = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=tmp_path, env={"PYTHONPATH": str(installed)}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    plays = str(len(playbooks.load().ids))
    assert said.split() == [str(installed / "bot" / "__init__.py"), plays, "Acht", "True"]
