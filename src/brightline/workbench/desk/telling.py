"""Those who asked are told by mail what became of it; the page shows it too."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from brightline import i18n
from brightline.i18n import _
from brightline.workbench.delivery.mail import queue_mail
from brightline.workbench.desk.models import Request


def tell_askers(request: Request) -> int:
    """Write a mail to everyone behind a request who has an address, each in their language.

    Call it in the transaction of the act. Returns how many.
    """
    voices = request.voices.exclude(person=None).select_related("person")
    people = {voice.person_id: voice.person for voice in voices if voice.person is not None}
    sent = 0
    for person in people.values():
        if not person.email or not person.is_active:
            continue
        with i18n.use(person.language if person.language in i18n.LANGUAGES else "vi"):
            subject = _("Your request: {title} – {state}").format(
                title=request.title, state=request.state_words
            )
            address = settings.PUBLIC_URL + reverse("my_requests")
            text = f"{request.answer}\n\n{address}" if request.answer else address
        try:
            queue_mail(person.email, subject, text)
        except ValueError:
            continue
        sent += 1
    return sent
