"""The fixtures of tests/browser/, for tests of what this guide shows."""

from tests.browser.conftest import *  # noqa: F403
