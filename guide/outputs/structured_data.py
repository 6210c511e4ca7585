"""What a page says of itself to search engines and to programs that show a link to it: schema.org and Open Graph."""

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from guide.model.record import Signature
from guide.model.site import Site
from guide.outputs.site import FullPage


@dataclass(frozen=True)
class About:
    """What is known about a page.

    Attributes:
        way: Name and address of each page from the start page down to this one, which is the last; absolute.
        home: Address of the site; absolute.
        name: Of the site.
        signed: The clinician who has signed all of the page as it is now.
    """

    page: FullPage
    description: str
    way: list[tuple[str, str]]
    site: Site
    home: str
    name: str
    language: str
    signed: Signature | None = None

    @property
    def kind(self) -> str:
        """The schema.org type of the page: the guide's own, but for pages that speak of the guide itself."""
        folder = self.page.path.partition("/")[0] if "/" in self.page.path else ""
        return "WebPage" if folder in self.site.plain_sections else self.site.page_type

    def graph(self) -> Markup:
        """Describe the page, its place and its publisher, as JSON-LD."""
        publisher = {"@type": "Organization", "name": self.site.publisher}
        web_page: dict[str, Any] = {
            "@type": self.kind,
            "@id": self.page.address,
            "url": self.page.address,
            "name": self.page.heading,
            "description": self.description,
            "inLanguage": self.language,
            "isPartOf": {"@type": "WebSite", "@id": self.home, "url": self.home, "name": self.name},
            "publisher": publisher,
        }
        if self.site.license:
            web_page["license"] = self.site.license.url
        if self.signed:
            web_page["lastReviewed"] = self.signed.on.isoformat()
            web_page["reviewedBy"] = {"@type": "Person", "name": self.signed.by}
        found = [web_page]
        if len(self.way) > 1:
            steps = [
                {"@type": "ListItem", "position": position, "name": name, "item": address}
                for position, (name, address) in enumerate(self.way, 1)
            ]
            found.append({"@type": "BreadcrumbList", "itemListElement": steps})
        graph = {"@context": "https://schema.org", "@graph": found}
        text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
        # The end of a script element must not stand in its text.
        return Markup(text.replace("<", "\\u003c"))  # noqa: S704
