"""Mail by the outbox: with its transaction or not at all, tried again, no header smuggled in."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction

from brightline.workbench.delivery import sending
from brightline.workbench.delivery.mail import queue_mail
from brightline.workbench.delivery.models import Mail
from brightline.workbench.delivery.sending import send_mails

pytestmark = pytest.mark.django_db


def test_a_mail_goes_out_once():
    queue_mail("shop@example.org", "Sản phẩm bị gỡ", "Lý do …", "<p>Lý do …</p>")
    assert not mail.outbox
    assert (send_mails(), send_mails()) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["shop@example.org"], "Sản phẩm bị gỡ", "Lý do …")
    assert sent.alternatives[0][0] == "<p>Lý do …</p>"
    assert Mail.objects.get().status == "sent"


def test_what_is_rolled_back_is_not_sent():
    with transaction.atomic():
        queue_mail("shop@example.org", "x", "y")
        transaction.set_rollback(True)
    assert send_mails() == 0


def test_a_failing_mail_is_tried_again(monkeypatch):
    def fail(_self):
        raise OSError("no server")

    queue_mail("shop@example.org", "x", "y")
    with monkeypatch.context() as broken:
        broken.setattr(sending.EmailMultiAlternatives, "send", fail)
        send_mails()
    kept = Mail.objects.get()
    assert (kept.status, kept.attempts) == ("waiting", 1)
    assert "no server" in kept.said


def test_no_header_can_be_smuggled_in():
    kept = queue_mail("shop@example.org", "Gỡ\r\nBcc: all@example.org", "x")
    assert kept.subject == "Gỡ Bcc: all@example.org"
    for wrong in ("", "nobody", "a@b.example\nBcc: c@d.example", "x" * 250 + "@a.example"):
        with pytest.raises(ValueError, match="mail"):
            queue_mail(wrong, "x", "y")
