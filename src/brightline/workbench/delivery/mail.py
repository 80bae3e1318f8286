"""Mail goes out by the outbox: written in the transaction of what it tells of, sent by a job."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from brightline.workbench.delivery.models import Mail


def queue_mail(to: str, subject: str, text: str, html: str | None = None) -> Mail:
    """Put a mail into the outbox. Raises `ValueError` on what is no address of a mail.

    Line breaks in the subject become spaces: no header can be smuggled in.
    """
    try:
        validate_email(to)
    except ValidationError:
        raise ValueError(f"no address of a mail: {to[:100]}") from None
    if len(to) > 254:
        raise ValueError("an address of a mail has at most 254 characters")
    line = " ".join(subject.split())[:300]
    return Mail.objects.create(to=to, subject=line, text=text, html=html or "")
