"""What changed from release to release: two lists for programs, and two Atom feeds."""

from collections.abc import Iterable, Iterator
from typing import Any

from guide.model.addresses import site_path
from guide.model.release import CHANGES, ChangedItem, ReleaseChanges
from guide.outputs.data_models import Changed, ChangedWords, Changes, ChangesOfRelease
from guide.outputs.embeds import Embeds
from guide.outputs.feed import FEED, SAFETY_FEED, FeedEntry, changelog_entries, feed
from guide.outputs.links import AbsoluteLinks
from guide.outputs.portable_html import sanitize
from guide.outputs.site import Site
from guide.reading import marks
from guide.rendering.page import PageRenderer


def _releases(site: Site) -> list[ReleaseChanges]:
    recorded = site.guide.records(CHANGES).values()
    return sorted(recorded, key=lambda release: (release.day, release.id), reverse=True)


def changes(site: Site, *, safety: bool = False) -> dict[str, Any]:
    """Return what each release changed, newest first; with `safety`, only matters of safety, but every release."""
    return Changes(
        schema_address="schemas/changes.json",
        name=site.once(Embeds).name,
        address=site.address,
        page=_page_address(site, site.guide.settings.changes_page),
        releases=[
            ChangesOfRelease(
                version=release.version,
                day=release.day,
                items=[_changed(site, item) for item in release.items if item.safety or not safety],
            )
            for release in _releases(site)
        ],
    ).model_dump(mode="json", by_alias=True)


def _changed(site: Site, item: ChangedItem) -> Changed:
    texts = [ChangedWords(**text.model_dump()) for text in item.texts]
    told = item.model_dump(exclude={"page", "texts"})
    return Changed(**told, address=_page_address(site, item.page), texts=texts)


def _page_address(site: Site, target: str | None) -> str | None:
    return site.absolute(site_path(target)) if target else None


def guidance_feed(site: Site) -> str:
    """Return the feed of what changed in the guidance, made from the changelog."""
    return _feed(site, FEED, "feed", changelog_entries(site.changelog, site.address, site.once(Embeds).day))


def safety_feed(site: Site) -> str:
    """Return the feed of what changed in matters of safety."""
    return _feed(site, SAFETY_FEED, "safety-feed", _safety_entries(site))


def _safety_entries(site: Site) -> Iterator[FeedEntry]:
    words = site.guide.labels[site.language].words
    page = PageRenderer(site.guide, "", site.language)
    links = AbsoluteLinks(site.address, site.address)
    link = _page_address(site, site.guide.settings.changes_page) or site.address
    for release in _releases(site):
        if items := [item for item in release.items if item.safety]:
            shown = page.render("changed-feed.html.j2", None, None, items=items)
            content, _ = sanitize(marks.written(shown, lambda target: marks.plain(links.address(target))), site.address)
            title = words["change-release"].format(version=release.version, day=page.day(release.day))
            yield FeedEntry(release.version, release.day, title, link, content)


def _feed(site: Site, file: str, label: str, entries: Iterable[FeedEntry]) -> str:
    words, embeds, settings = site.guide.labels[site.language].words, site.once(Embeds), site.guide.settings
    return feed(
        file,
        list(entries),
        address=site.address,
        title=words[label].format(site=embeds.name),
        publisher=settings.publisher,
        rights=settings.license.name if settings.license else "",
        language=site.language,
        newest=embeds.day,
    )
