"""The accessibility report: how far the site meets each criterion of WCAG 2.2, and which tests prove it."""

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from guide.model.kind import Kind, Stored
from guide.model.record import Day, Record, Text, refuse

REPORT = "accessibility"
"""The key of the kind."""
REPORT_FILE = "accessibility-report.yaml"
"""Its file for programs, in the root of the site."""

Adherence = Literal["supports", "partially-supports", "does-not-support", "not-applicable", "not-evaluated"]
"""The words of OpenACR, which are those of the VPAT."""

LEVEL_A = {
    "1.1.1": "Non-text Content",
    "1.2.1": "Audio-only and Video-only (Prerecorded)",
    "1.2.2": "Captions (Prerecorded)",
    "1.2.3": "Audio Description or Media Alternative (Prerecorded)",
    "1.3.1": "Info and Relationships",
    "1.3.2": "Meaningful Sequence",
    "1.3.3": "Sensory Characteristics",
    "1.4.1": "Use of Color",
    "1.4.2": "Audio Control",
    "2.1.1": "Keyboard",
    "2.1.2": "No Keyboard Trap",
    "2.1.4": "Character Key Shortcuts",
    "2.2.1": "Timing Adjustable",
    "2.2.2": "Pause, Stop, Hide",
    "2.3.1": "Three Flashes or Below Threshold",
    "2.4.1": "Bypass Blocks",
    "2.4.2": "Page Titled",
    "2.4.3": "Focus Order",
    "2.4.4": "Link Purpose (In Context)",
    "2.5.1": "Pointer Gestures",
    "2.5.2": "Pointer Cancellation",
    "2.5.3": "Label in Name",
    "2.5.4": "Motion Actuation",
    "3.1.1": "Language of Page",
    "3.2.1": "On Focus",
    "3.2.2": "On Input",
    "3.2.6": "Consistent Help",
    "3.3.1": "Error Identification",
    "3.3.2": "Labels or Instructions",
    "3.3.7": "Redundant Entry",
    "4.1.1": "Parsing",
    "4.1.2": "Name, Role, Value",
}
"""The criteria of level A as the VPAT 2.5 lists them, with 4.1.1, which WCAG 2.2 itself has dropped."""
LEVEL_AA = {
    "1.2.4": "Captions (Live)",
    "1.2.5": "Audio Description (Prerecorded)",
    "1.3.4": "Orientation",
    "1.3.5": "Identify Input Purpose",
    "1.4.3": "Contrast (Minimum)",
    "1.4.4": "Resize Text",
    "1.4.5": "Images of Text",
    "1.4.10": "Reflow",
    "1.4.11": "Non-text Contrast",
    "1.4.12": "Text Spacing",
    "1.4.13": "Content on Hover or Focus",
    "2.4.5": "Multiple Ways",
    "2.4.6": "Headings and Labels",
    "2.4.7": "Focus Visible",
    "2.4.11": "Focus Not Obscured (Minimum)",
    "2.5.7": "Dragging Movements",
    "2.5.8": "Target Size (Minimum)",
    "3.1.2": "Language of Parts",
    "3.2.3": "Consistent Navigation",
    "3.2.4": "Consistent Identification",
    "3.3.3": "Error Suggestion",
    "3.3.4": "Error Prevention (Legal, Financial, Data)",
    "3.3.8": "Accessible Authentication (Minimum)",
    "4.1.3": "Status Messages",
}
"""The criteria of level AA."""


class Criterion(Record):
    """How far the site meets one criterion."""

    num: Annotated[str, Field(pattern=r"^[1-4]\.[1-9]\.[1-9][0-9]?$", examples=["1.4.10"])]
    """Its number in WCAG 2.2."""
    level: Adherence
    """How far the site meets it: supports (only if tests prove that), partially-supports, does-not-support,
    not-applicable or not-evaluated."""
    notes: Text
    """What tests prove, and what nobody has looked at."""
    tests: list[
        Annotated[
            str, Field(pattern=r"^tests/[a-z0-9_/]+\.py(::[A-Za-z0-9_]+)?$", examples=["tests/browser/test_reflow.py"])
        ]
    ] = []
    """The tests that prove it: a file, or one test in it."""

    @model_validator(mode="after")
    def _proved(self) -> "Criterion":
        if self.level == "supports" and not self.tests:
            remedy = "Name the tests that prove it, or write not-evaluated."
            raise refuse("accessibility", f'criterion "{self.num}" is supported by no test', remedy, "level")
        return self


class Report(Record):
    """What is reported on the accessibility of the site, for the people who have to ask."""

    written: Day
    """The day on which somebody last compared the report with the tests."""
    scope: Text
    """What the report is about."""
    methods: Text
    """How the site was looked at."""
    untested: Text
    """What nobody has tested."""
    disclaimer: Text
    """What the report is not."""
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    """One for each criterion of levels A and AA, in the order of WCAG."""


KINDS = (
    Kind(
        REPORT,
        Report,
        Stored.ONE_RECORD,
        order=1065,
        shown_to="editors",
        names={"adherence": get_args(Adherence)},
        unsourced=("scope", "methods", "untested", "disclaimer", "notes"),
    ),
)
