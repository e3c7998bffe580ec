"""What the numbers were taken on."""

import os
import platform
from pathlib import Path


def described(date: str) -> str:
    parts = [date, _processor(), f"{os.cpu_count()} cores", f"Python {platform.python_version()}", platform.system()]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
