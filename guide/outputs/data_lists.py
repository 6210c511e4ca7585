"""Lists for programs of a whole guide: how every page and record stands, and the codes that lead to pages."""

from typing import Any

from guide.model.addresses import page_id, site_path
from guide.model.guide import PageHead
from guide.model.inline import plain_text
from guide.outputs.code_pages import answers
from guide.outputs.data_models import (
    PAGES,
    CodeEntry,
    Codes,
    CodeSystemEntry,
    CodeTarget,
    Status,
    StatusEntry,
    StatusGap,
)
from guide.outputs.site import Site
from guide.rendering.codes import code_path
from guide.rendering.signatures import Standing
from guide.rendering.status import states


def status(site: Site) -> dict[str, Any]:
    """Return how every page and record stands."""
    pages = {page.path: PageHead(page.heading, page.front) for page in site.pages}
    full = {page.path: page for page in site.pages}

    def of_page(path: str) -> list[Standing]:
        return site.signatures.of_page(path, full[path].content, full[path].cited)

    entries = [
        StatusEntry(
            kind=state.kind,
            id=page_id(state.page) if state.page else state.id,
            title=state.title,
            written_in=state.file,
            sources_checked=state.checked,
            review_due=state.due,
            clinical_review=state.signed,
            certainty=list(state.certainty),
            gaps=[
                StatusGap(question=gap.question, option=gap.option or None, not_known=plain_text(gap.why))
                for gap in state.gaps
            ],
            languages=list(state.languages),
        )
        for state in states(site.guide, site.language, pages, of_page)
    ]
    return Status(schema_address="schemas/status.json", entries=entries).model_dump(mode="json", by_alias=True)


def codes(site: Site) -> dict[str, Any]:
    """Return the codes that lead to pages."""
    systems, found = list(site.guide.records("code-systems").values()), site.once(answers)
    entries = [
        CodeEntry(
            system=system.id,
            code=code.code,
            name=code.name,
            without=code.without,
            address=site.absolute(code_path(system.id, code.code)),
            answers=[
                CodeTarget(
                    kind=answer.kind,
                    id=page_id(answer.id) if answer.kind == PAGES else answer.id,
                    title=answer.title,
                    address=site.absolute(site_path(answer.target)),
                )
                for answer in found[system.id, code.code]
            ],
        )
        for system in systems
        for code in system.codes
        if (system.id, code.code) in found
    ]
    return Codes(
        schema_address="schemas/codes.json",
        systems=[
            CodeSystemEntry(
                **{name: getattr(system, name) for name in CodeSystemEntry.model_fields}
                | {"rights": plain_text(system.rights)}
            )
            for system in systems
        ],
        codes=entries,
    ).model_dump(mode="json", by_alias=True)
