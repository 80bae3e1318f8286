"""Requests to others' addresses: public hosts only, in time, whatever the name says."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from brightline.workbench import outside
from brightline.workbench.outside import OutsideError, checked_address, fetch, is_public, parts_of

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "ff02::1", "192.0.2.1", "nonsense"],
)  # fmt: skip
def test_an_inside_address_is_known_however_it_is_wrapped(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_a_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "no.such.invalid"]
)
def test_a_host_inside_is_refused_however_it_is_written(host):
    with pytest.raises(OutsideError):
        fetch("GET", f"http://{host}:9/")


def test_one_inside_address_among_others_is_enough(monkeypatch):
    found = [(2, 1, 6, "", (ip, 80)) for ip in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *_a, **_k: found)
    with pytest.raises(OutsideError):
        checked_address("two.example", 80)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example/", "file:///etc/passwd", "http://", "http://u:p@a.example/",
     "http://a.example/\r\nX: y", "http://a.example:99999/", "http://[::1", "javascript:1",
     "https://b\u00fccher.example/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises(OutsideError):
        parts_of(url)


def test_a_server_that_answers_byte_by_byte_is_cut_off():
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()

    def drip():
        peer, _address = listening.accept()
        try:
            for _n in range(100):
                peer.send(b"H")
                time.sleep(0.1)
        except OSError:
            pass
        finally:
            peer.close()

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    began = time.monotonic()
    with pytest.raises(OutsideError):
        fetch("GET", f"http://127.0.0.1:{listening.getsockname()[1]}/", seconds=0.5,
              allow_private=True)  # fmt: skip
    assert time.monotonic() - began < 3
    listening.close()
    thread.join()
