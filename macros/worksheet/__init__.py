"""Worksheets: tools to fill in, on screen and on paper, described by records alone."""

from guide.model.kind import Kind, Part
from macros.worksheet.fhir import questionnaire
from macros.worksheet.macro import short, worksheet, worksheet_card
from macros.worksheet.record import Worksheet, rows

KIND = Kind(
    "worksheets",
    Worksheet,
    order=45,
    summary="when",
    anchor="tool-",
    part=Part("worksheet", "worksheet", handout=True),
    csv=rows,
    csv_each=True,
    forms={"fhir": questionnaire},
    unsourced=("when",),
    chosen={"audience": "audiences"},
    refers={"danger": "care-cards", "helplines": "helplines"},
    home="page",
    brief="worksheet_card",
    kept=True,
    short=short,
)
MACROS = (worksheet, worksheet_card)
__all__ = ["KIND", "MACROS"]
