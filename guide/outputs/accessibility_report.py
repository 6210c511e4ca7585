"""The accessibility report as OpenACR, a YAML form of what vendors call a VPAT, for the programs of those who buy.

Source:
    https://github.com/GSA/openacr: schema/openacr-0.1.0.json and catalog/2.5-edition-wcag-2.2-en.yaml
"""

from collections.abc import Iterator
from typing import Any

import yaml

from guide.model.accessibility import LEVEL_A, LEVEL_AA, REPORT, REPORT_FILE, Criterion
from guide.model.inline import plain_text
from guide.model.release import CHANGES
from guide.outputs.embeds import Embeds
from guide.outputs.site import File, Site

_CATALOG = "2.5-edition-wcag-2.2-en"
_WEB = "web"


def files(site: Site) -> Iterator[File]:
    """Return the report, if the guide has one."""
    if site.guide.records(REPORT):
        yield File(REPORT_FILE, lambda: yaml.safe_dump(openacr(site), sort_keys=False, allow_unicode=True, width=100))


def openacr(site: Site) -> dict[str, Any]:
    """Return the report on this version of the site."""
    settings, report = site.guide.settings, site.guide.records(REPORT)[REPORT]
    recorded = {release.version: release.day for release in site.guide.records(CHANGES).values()}
    contact = {"company_name": settings.publisher, "email": settings.contact, "website": site.address}
    return {
        "title": f"{site.name} Accessibility Conformance Report",
        "product": {"name": site.name, "version": site.version, "description": plain_text(report.scope)},
        "author": contact,
        "vendor": dict(contact),
        "report_date": str(report.written),
        "last_modified_date": str(recorded.get(site.version, site.once(Embeds).day)),
        "notes": plain_text(report.untested),
        "evaluation_methods_used": plain_text(report.methods),
        "legal_disclaimer": plain_text(report.disclaimer),
        "repository": settings.repository or site.address + REPORT_FILE,
        **({"license": settings.license.name.replace(" ", "-")} if settings.license else {}),
        "catalog": _CATALOG,
        "chapters": {
            "success_criteria_level_a": _chapter(report.criteria, LEVEL_A),
            "success_criteria_level_aa": _chapter(report.criteria, LEVEL_AA),
            "success_criteria_level_aaa": {"disabled": True},
        },
    }


def _chapter(criteria: list[Criterion], names: dict[str, str]) -> dict[str, Any]:
    return {"criteria": [_criterion(criterion) for criterion in criteria if criterion.num in names]}


def _criterion(criterion: Criterion) -> dict[str, Any]:
    proof = f" Tests: {', '.join(criterion.tests)}." if criterion.tests else ""
    adherence = {"level": criterion.level, "notes": plain_text(criterion.notes) + proof}
    return {"num": criterion.num, "components": [{"name": _WEB, "adherence": adherence}]}
