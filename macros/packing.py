"""Texts that wait: kept compressed, because those of 1,000 pages take 100 MB."""

import zlib


class Packed:
    """A text that waits to be written. `str()` gives it back."""

    __slots__ = ("_bytes",)

    def __init__(self, text: str) -> None:
        self._bytes = zlib.compress(text.encode("utf-8"), 1)

    def __str__(self) -> str:
        return zlib.decompress(self._bytes).decode("utf-8")
