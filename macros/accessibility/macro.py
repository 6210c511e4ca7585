"""The accessibility report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.accessibility import LEVEL_A, LEVEL_AA, REPORT, REPORT_FILE
from guide.model.macro import macro
from guide.versions import version

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro(example=False, order=230)
def accessibility_report(page: PageRenderer) -> Markup:
    """Show how far the site meets each criterion of WCAG 2.2, levels A and AA, and what wasn't tested."""
    report = page.record(REPORT, REPORT)
    levels = {
        level: [(criterion, names[criterion.num]) for criterion in report.criteria if criterion.num in names]
        for level, names in (("A", LEVEL_A), ("AA", LEVEL_AA))
    }
    return page.render(
        "accessibility-report.html.j2",
        REPORT,
        REPORT,
        report=report,
        version=version(),
        levels=levels,
        counts=Counter(criterion.level for criterion in report.criteria),
        file=page.link(f"/{REPORT_FILE}"),
    )
