"""A review is of a page that patients read, and a maintainer whom site.yaml names has looked up the license."""

from collections.abc import Iterator

from guide.model.problems import Problem, nearest
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check whose reviews there are, of what, and who vouches for them."""
    site = project.guide.site
    seen: set[tuple[str, str, str]] = set()
    for record_id, review in project.guide.reviews.items():
        place = project.guide.place("reviews", record_id, "page")
        if review.page not in project.pages:
            remedy = nearest(review.page, project.pages) or "Delete the review, or name the page's new path."
            yield Problem(place, f'there is no page "{review.page}"', remedy, "review")
        elif site and review.page.partition("/")[0] in site.plain_sections:
            remedy = "Delete the review: it's for pages that patients read."
            yield Problem(place, f'"{review.page}" speaks of the guide itself', remedy, "review")
        key = (review.page, review.license, review.state)
        if key in seen:
            remedy = "Keep the later review."
            yield Problem(place, f'{review.by} has signed "{review.page}" in another record too', remedy, "review")
        seen.add(key)
        if site and review.verified.by not in site.verifiers:
            yield Problem(
                project.guide.place("reviews", record_id, "verified", "by"),
                f'"{review.verified.by}" is not a maintainer who looks up licenses',
                "Have a maintainer whom verifiers in data/site.yaml names look the license up, and write that name.",
                "unverified",
            )
