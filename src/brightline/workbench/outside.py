"""Requests to addresses that others name: only to public hosts, within limits, no way around.

A name is looked up once and the connection goes to the very address that was checked, so that a
name which answers differently the second time gains nothing. Redirects are followed by nobody.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from brightline import __version__
from brightline.i18n import _

_REDIRECTS = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TRUSTED: ssl.SSLContext | None = None


class OutsideError(Exception):
    """The request could not be made, or was not allowed; says why, for a person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, and the beginning of the body."""

    status: int
    body: bytes


def fetch(
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    most: int = 2048,
    seconds: float = 10.0,
    allow_private: bool = False,
    same_hosts: Collection[str] = (),
) -> Answer:
    """Make one request, all of it within `seconds`; of the answer at most `most` bytes are read.

    A redirect is only followed, up to three times, to one of `same_hosts`; else it is the answer.
    Raises `OutsideError`.
    """
    deadline = time.monotonic() + seconds
    for _hop in range(4):
        status, got, onward = _once(method, url, body, headers or {}, most, deadline, allow_private)
        if status in _REDIRECTS and onward and same_hosts:
            url = urljoin(url, onward)
            if (urlsplit(url).hostname or "").lower() not in same_hosts:
                raise OutsideError(_("it leads to another host"))
            continue
        return Answer(status, got)
    raise OutsideError(_("it leads on and on"))


def _once(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    most: int,
    deadline: float,
    allow_private: bool,
) -> tuple[int, bytes, str]:
    scheme, host, port, path = parts_of(url)
    address = checked_address(host, port, allow_private)
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutsideError(_("no answer in time"))
    connection: http.client.HTTPConnection
    if scheme == "https":
        connection = _PinnedTLS(host, port, address, left)
    else:
        connection = _Pinned(host, port, address, left)
    # A server that sends a byte now and then would keep a timeout of the socket alive for ever.
    watch = threading.Timer(left, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        connection.request(
            method, path, body, {"User-Agent": f"Brightline/{__version__}", **headers}
        )
        response = connection.getresponse()
        got = response.read(most)
        return response.status, got, response.headers.get("Location", "")
    except TimeoutError:
        raise OutsideError(_("no answer in time")) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline:
            raise OutsideError(_("no answer in time")) from None
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise OutsideError(str(said)[:200]) from None
    finally:
        watch.cancel()
        connection.close()


def parts_of(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address. Raises `OutsideError` on one that is none."""
    try:
        split = urlsplit(url)
        host, port = split.hostname, split.port
    except ValueError:
        raise OutsideError(_("it is no address of the web")) from None
    if split.scheme not in ("http", "https") or not host:
        raise OutsideError(_("an address begins with https:// and names a host"))
    if split.username is not None or split.password is not None:
        raise OutsideError(_("an address carries no name or password"))
    if any(ord(char) <= 32 or ord(char) == 127 for char in url) or not url.isascii():
        raise OutsideError(_("an address holds no spaces and only ASCII characters"))
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return split.scheme, host, port or (443 if split.scheme == "https" else 80), path


def checked_address(host: str, port: int, allow_private: bool = False) -> str:
    """The address to connect to. Raises `OutsideError` where any of the host's is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutsideError(_("no host named {host}").format(host=host[:100])) from None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise OutsideError(
                    _("{host} is an address inside the network").format(host=host[:100])
                )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip.teredo:
            return False
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _Pinned(http.client.HTTPConnection):
    """Connects to an address that was checked, under the host's name."""

    def __init__(self, host: str, port: int, address: str, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _PinnedTLS(_Pinned):
    """The same, encrypted, and the certificate must be the host's."""

    default_port = 443

    def connect(self) -> None:
        super().connect()
        self.sock = _trusted().wrap_socket(self.sock, server_hostname=self.host)


def _trusted() -> ssl.SSLContext:
    global _TRUSTED  # noqa: PLW0603 - reading the certificates takes 20 ms
    if _TRUSTED is None:
        _TRUSTED = ssl.create_default_context()
    return _TRUSTED


def _cut(connection: http.client.HTTPConnection) -> None:
    sock = connection.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
