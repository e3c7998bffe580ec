"""The charts of the block `data_visualization`: line, bar, area and pie."""

from typing import Any, cast

from bot.sandbox.grammar import Findings, items, number, shape, string, typed
from bot.sandbox.records import Json

LABEL = string(20)
AXES = shape("categories", categories=items(LABEL, most=20), x_label=string(50), y_label=string(50))
POINT = shape("label", "value", label=LABEL, value=number(whole=False))
SERIES = shape("name", "data", name=LABEL, data=items(POINT, most=20))


def _more_than_nothing(value: Any, at: str, findings: Findings) -> None:
    number(whole=False)(value, at, findings)
    if isinstance(value, int | float) and value <= 0:
        findings.add("must be greater than 0", at)


SEGMENT = shape("label", "value", label=LABEL, value=_more_than_nothing)


def _series_fit_axes(value: Any, at: str, findings: Findings) -> None:
    """Every series has its own name and one point for each category."""
    chart = cast(Json, value)
    if findings.messages:
        return
    names = [series["name"] for series in chart["series"]]
    if len(names) != len(set(names)):
        findings.add("series must have unique names", f"{at}/series")
    categories = sorted(chart["axis_config"]["categories"])
    for index, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            findings.add("labels must match the categories", f"{at}/series/{index}/data")


_PLOT = shape("series", "axis_config", series=items(SERIES, most=6), axis_config=AXES).where(_series_fit_axes)
_PIE = shape("segments", segments=items(SEGMENT, most=6))

CHART = typed({"line": _PLOT, "bar": _PLOT, "area": _PLOT, "pie": _PIE})
