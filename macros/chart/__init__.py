"""Charts: pictures drawn from data, with their numbers in text."""

from guide.model.kind import Kind, Part
from macros.chart.macro import chart
from macros.chart.record import Chart

KIND = Kind(
    "charts",
    Chart,
    order=90,
    summary="caption",
    anchor="chart-",
    part=Part("chart", "chart"),
    csv=None,
    refers={"levels": "levels", "therapies": "therapies"},
)
MACROS = (chart,)
__all__ = ["KIND", "MACROS"]
