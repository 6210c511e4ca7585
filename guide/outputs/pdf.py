"""HTML to PDF, tagged for screen readers. Nothing is fetched: what a document shows is in it."""

import logging
from typing import Any

_TAGGED: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


def laid_out(document: str, style: str, base: str) -> Any:
    """Lay an HTML document out on pages, and return WeasyPrint's document, which has `pages`.

    Args:
        document: A whole HTML document.
        style: All of its style sheets, joined.
        base: What relative addresses in it start from; absolute.
    """
    import weasyprint
    from weasyprint.urls import URLFetcher

    # It warns of every property that it does not know; what matters is tested on the result.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    nothing = URLFetcher(allowed_protocols=("data",))
    html = weasyprint.HTML(string=document, base_url=base, url_fetcher=nothing)
    return html.render(stylesheets=[weasyprint.CSS(string=style, url_fetcher=nothing)], **_TAGGED)


def written(layout: Any) -> bytes:
    """Return the PDF of what `laid_out` returned."""
    import weasyprint

    from guide.outputs.pdf_structure import add_tags

    # It has no setting for this.
    weasyprint.pdf.add_tags = add_tags
    return bytes(layout.write_pdf(**_TAGGED))
