"""The company's login (OpenID Connect), all the way round, against a small provider of our own."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import clear_url_caches, include, path, reverse

from brightline.workbench.accounts.models import User
from brightline.workbench.look.policy import policy
from brightline.workbench.urls import handler403, handler404, handler429, handler500
from brightline.workbench.urls import urlpatterns as usual

__all__ = ["handler403", "handler404", "handler429", "handler500", "urlpatterns"]
urlpatterns = [
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    *usual,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _b64(number: int) -> str:
    return (
        base64.urlsafe_b64encode(number.to_bytes(-(-number.bit_length() // 8), "big"))
        .decode()
        .rstrip("=")
    )


ALICE = {"sub": "42", "email": "alice@example.org", "email_verified": True}


class Provider(ThreadingHTTPServer):
    """Knows one person; hands out codes for a PKCE challenge and gives tokens for them."""

    def __init__(self) -> None:
        self.person: dict[str, object] = dict(ALICE)
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: dict[str, dict[str, str]] = {}


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""

    def answer(self, said: object) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        at, url = urlsplit(self.path), self.server.url
        if at.path.endswith("openid-configuration"):
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            self.answer(
                {"issuer": url, "jwks_uri": f"{url}/keys",
                 "token_endpoint_auth_methods_supported": ["client_secret_post"],
                 **{f"{name}_endpoint": f"{url}/{end}" for name, end in ends.items()}}
            )  # fmt: skip
        elif at.path == "/keys":
            numbers = KEY.public_key().public_numbers()
            self.answer({"keys": [{"kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256",
                                   "n": _b64(numbers.n), "e": _b64(numbers.e)}]})  # fmt: skip
        else:
            self.answer(self.server.person)

    def do_POST(self) -> None:
        said = {k: v[0] for k, v in parse_qs(
            self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}  # fmt: skip
        asked = self.server.asked[said["code"]]
        proof = hashlib.sha256(said["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(proof).decode().rstrip("=") == asked["code_challenge"]
        assert said["client_secret"] == "hush"
        now = int(time.time())
        claims = {**self.server.person, "iss": self.server.url, "aud": "brightline", "iat": now,
                  "exp": now + 60}  # fmt: skip
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        token = jwt.encode(claims, KEY, "RS256", {"kid": "1"})
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def provider(settings):
    with Provider() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{
                "provider_id": "company", "name": "Cổng công ty", "client_id": "brightline",
                "secret": "hush", "settings": {"server_url": server.url}}]}
        }  # fmt: skip
        policy.cache_clear()
        clear_url_caches()
        yield server
        policy.cache_clear()
        server.shutdown()


def come_back(client: Client, provider: Provider, **person: object):
    """Press the button, be sent to the provider, come back with its code."""
    provider.person = {**ALICE, **person}
    sent = client.post(reverse("openid_connect_login", args=["company"]))
    assert sent["Location"].startswith(f"{provider.url}/authorize?")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(sent["Location"]).query).items()}
    provider.asked["c0de"] = asked
    return client.get(
        reverse("openid_connect_callback", args=["company"]),
        {"code": "c0de", "state": asked["state"]},
    )


def test_the_button_is_there_and_the_policy_lets_it_lead_out(client, provider):
    page = client.get(reverse("account_login"))
    assert "Đăng nhập bằng Cổng công ty" in page.content.decode()
    assert f"form-action 'self' {provider.url}" in page["Content-Security-Policy"]


def test_whom_the_company_vouches_for_comes_in(client, provider, alice):
    assert come_back(client, provider)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_it_is_the_same_person_when_their_address_changes_later(client, provider, alice):
    come_back(client, provider)
    other = Client()
    come_back(other, provider, email="alice.new@example.org")
    assert other.session["_auth_user_id"] == str(alice.pk)


@pytest.mark.parametrize(
    "person",
    [{"email": "nobody@example.org"}, {"email_verified": False}],
    ids=["unknown", "unsure"],
)
def test_others_are_told_that_no_account_awaits_them(client, provider, alice, person):
    answer = come_back(client, provider, **person)
    assert "Chưa có tài khoản nào dành cho bạn" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1


def test_a_closed_account_is_not_let_in(client, provider, alice):
    User.objects.update(is_active=False)
    come_back(client, provider)
    assert "_auth_user_id" not in client.session


def test_a_state_that_nobody_asked_for_is_refused(client, provider, alice):
    answer = client.get(
        reverse("openid_connect_callback", args=["company"]), {"code": "c0de", "state": "forged"}
    )
    assert "_auth_user_id" not in client.session
    assert "Chưa đăng nhập được" in answer.content.decode()
