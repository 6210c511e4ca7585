"""Blocks by themselves: each is rendered once, however many outputs show it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from guide.model.macro import Macro
from guide.model.registry import parts
from guide.outputs import data_files, embed_files, handouts
from guide.outputs.blocks import Blocks
from guide.outputs.embeds import Embeds
from guide.outputs.site import Site
from guide.rendering.page import PageRenderer
from tests.factories import (
    OWN_MACROS,
    full_page,
    make_care_card,
    make_chart,
    make_checklist,
    make_comparison,
    make_event,
    make_guide,
    make_helpline,
    make_schedule,
    make_site,
    make_therapy,
    make_worksheet,
    rendered_site,
)

RECORDS: dict[str, Any] = {
    "comparisons": make_comparison(),
    "checklists": [make_checklist(), make_checklist(id="last-lesson")],
    "therapies": make_therapy(),
    "schedules": make_schedule(),
    "timeline": make_event(),
    "charts": make_chart(),
    "helplines": make_helpline(),
    "care-cards": make_care_card(),
    "worksheets": make_worksheet(),
}


@pytest.fixture
def site() -> Site:
    guide = make_guide(site=make_site(help_page="index.md", handouts=["index.md"]), **RECORDS)
    return rendered_site(guide, full_page(), full_page(path="help.md"), printing=True)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, ...]]:
    """How often each macro was called, by its name and arguments."""
    counts: Counter[tuple[str, ...]] = Counter()
    called = Macro.__call__

    def counted(macro: Macro, page: PageRenderer, *args: Any, **kwargs: Any) -> Any:
        counts[(macro.name, *args)] += 1
        return called(macro, page, *args, **kwargs)

    monkeypatch.setattr(Macro, "__call__", counted)
    return counts


def test_record_is_rendered_once_for_embeds_data_files_and_handouts(
    site: Site, calls: Counter[tuple[str, ...]]
) -> None:
    for file in embed_files.files(site):
        assert file.content
    for file in data_files.files(site):
        # The sources of a page that cites none.
        assert file.content or ".sources." in file.path
    # Their documents; printing them takes long, and shows what is in them.
    printed = [file for file in handouts.files(site) if file.path.endswith(".pdf")]
    assert len(printed) == 2 * len(["index", "lessons", "first-lesson", "last-lesson", "ticket-costs"])
    assert calls == {
        ("comparison_table", "lessons"): 1,
        ("checklist", "first-lesson"): 1,
        ("checklist", "last-lesson"): 1,
        ("therapy", "crawl"): 1,
        ("schedule", "evenings"): 1,
        ("timeline",): 1,
        ("chart", "finish"): 1,
        ("helplines", "pools"): 1,
        ("care_card", "cramp"): 1,
        ("worksheet", "ticket-costs"): 1,
    }
    assert {name for name, *_ in calls} == {kind.part.macro for kind in parts().values() if kind.part} - OWN_MACROS


def test_outputs_show_one_block(site: Site) -> None:
    embed = next(embed for embed in site.once(Embeds).all if embed.name == "checklist/first-lesson")
    assert embed.block is site.once(Blocks).call("checklist", "first-lesson")


def test_block_knows_its_sources_and_ids(site: Site) -> None:
    block = site.once(Blocks).call("checklist", "first-lesson")
    assert block.cited == ("river-2020",)
    assert "Swimming lessons for adults" in block.sources
    assert {"list-first-lesson", "list-first-lesson-towel", "source-1"} <= block.ids
    assert site.once(Blocks).call("care_card", "cramp").ids >= {"care-cramp"}


def test_block_without_sources_has_no_list_of_them() -> None:
    site = rendered_site(
        make_guide(checklists=make_checklist(groups=[{"title": "A", "items": [{"id": "b", "text": "C."}]}]))
    )
    block = site.once(Blocks).call("checklist", "first-lesson")
    assert (block.cited, block.sources) == ((), "")
