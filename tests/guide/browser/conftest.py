"""The fixtures of tests/browser/, for tests of what this guide shows."""

from tests.browser.conftest import *  # noqa: F403
from tests.browser.test_embeds import clinic  # noqa: F401
from tests.browser.test_print import sheet  # noqa: F401
from tests.browser.test_structure import index  # noqa: F401
