"""What Firefox prints. WebKit's driver can't print: only what the style sheet relies on is checked there."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.test_print import TEXTS, words
from tests.guide.engines.firefox import Firefox
from tests.guide.engines.windows import Window

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.parametrize("path", ["help-now/", "get-started/cost-and-insurance/"])
def test_every_word_is_on_paper(window: Window, site_url: str, path: str) -> None:
    window.open(site_url + path)
    assert window.run("return CSS.supports('selector(::details-content)')"), "opens on paper what is closed"
    if isinstance(window, Firefox):
        texts = window.run(f"return ({TEXTS})()")
        assert len(texts) > 50
        sheets = PdfReader(io.BytesIO(window.printed())).pages
        printed = "".join(words("\n".join(sheet.extract_text() for sheet in sheets)))
        lost = [text for text in texts if "".join(words(text)) not in printed]
        # A text that the end of a page or of a column divides is there word by word.
        assert [text for text in lost if not all(word in printed for word in words(text))] == []
        assert len(lost) < len(texts) / 4
