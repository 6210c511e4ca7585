"""Requests to other sites, for scheduled commands: named, patient, and never the reason why a command fails."""

import re
import time
from email.message import Message
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from guide.versions import version

TIMEOUT = 20
"""Seconds that a site may take to answer."""
BUSY = (429, 503)
# Names that nobody can own, by RFC 2606: a guide has them until its publisher sets its own.
RESERVED = re.compile(r"(^|\.)(example(\.(com|net|org))?|invalid|localhost|test)$")
_LONGEST_WAIT = 30
_LONGEST_ANSWER = 20_000_000
"""Bytes."""


def prepared(address: str, method: str = "GET") -> Request:
    """Return a request that identifies this program."""
    headers = {"User-Agent": f"guide-link-check/{version()}", "Accept": "*/*"}
    return Request(address, headers=headers, method=method)  # noqa: S310


def wait(headers: Message) -> None:
    """Wait as long as a busy site asks for, within limits."""
    asked = headers.get("Retry-After", "")
    time.sleep(min(int(asked) if asked.isdigit() else TIMEOUT, _LONGEST_WAIT))


def fetched(address: str, *, again: bool = True) -> bytes:
    """Return the response from an address.

    Args:
        address: An address that begins with http:// or https://.
        again: Whether to try a second time if the server is busy.

    Raises:
        OSError: The request failed; an `HTTPError` if the server says why.
    """
    try:
        with urlopen(prepared(address), timeout=TIMEOUT) as response:  # noqa: S310
            return bytes(response.read(_LONGEST_ANSWER))
    except HTTPError as error:
        if not again or error.code not in BUSY:
            raise
        wait(error.headers)
        return fetched(address, again=False)
