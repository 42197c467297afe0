"""Documents behind http or https, which are read only where that is allowed."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from wireproof.source.location import Location, unreadable

_REMOTE = re.compile(r"https?://", re.IGNORECASE)
_TIMEOUT = 30
_MAX_REMOTE = 64 * 1024 * 1024


def is_remote(reference: str) -> bool:
    """Whether a reference names its server."""
    return _REMOTE.match(reference) is not None


@dataclass(frozen=True)
class Remote:
    """A document behind http or https."""

    url: str

    @property
    def name(self) -> str:
        """As shown to users."""
        return self.url

    @property
    def key(self) -> str:
        """The same for two spellings of one place."""
        return self.url

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return posixpath.basename(urlsplit(self.url).path).split(".")[0] or "remote"

    def read(self) -> bytes:
        """The bytes; a LoadError says why they cannot be had."""
        import urllib.error  # noqa: PLC0415 - with http and ssl behind it, half of the start-up
        import urllib.request  # noqa: PLC0415 - likewise

        try:
            with urllib.request.urlopen(self.url, timeout=_TIMEOUT) as answer:  # noqa: S310 - the scheme was checked: http or https
                data: bytes = answer.read(_MAX_REMOTE + 1)
        except urllib.error.HTTPError as error:
            error.close()
            raise unreadable(self.url, f"cannot be fetched: {error}", "check the address") from None
        except (urllib.error.URLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise unreadable(
                self.url, f"cannot be fetched: {reason}", "check the address"
            ) from None
        if len(data) > _MAX_REMOTE:
            raise unreadable(self.url, "larger than 64 MB", "refer to a smaller document")
        return data

    def join(self, reference: str) -> Location:
        """The place that a relative reference names, seen from here."""
        joined = urljoin(self.url, reference)
        if not is_remote(joined):
            raise unreadable(
                self.url,
                f"a remote document refers to {joined}",
                "only http and https are followed",
            )
        return Remote(joined)
