"""E-mail addresses, web sites, short links and account names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brightline.signals.contact.numbers import Contact

EMAIL, WEBSITE, LINK, HANDLE = "email", "website", "link", "handle"

_AT = r"(?:@|\s?\(at\)\s?|\s?\[at\]\s?|\s+a\s?còng\s+|\s+a\s?cong\s+|\s+at\s+(?=gmail|yahoo))"
_DOT = r"(?:\.|\s?\(dot\)\s?|\s+chấm\s+|\s+cham\s+|\s+dot\s+|\s\.\s?)"
_TOP = r"(?:com(?:\.vn)?|vn|net|org|info|shop|store|xyz|site|online|asia|biz|top|me)"
_EMAIL = re.compile(rf"[\w.+\-]{{2,64}}{_AT}[\w\-]{{2,40}}{_DOT}{_TOP}(?![\w\-])", re.IGNORECASE)
_SPELLED_AT = re.compile(r"[(\[]at|a\s?c[òo]ng|\sat\s", re.IGNORECASE)
_LINK = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.)?"
    r"(?:bit\.ly|tinyurl\.com|cutt\.ly|s\.id|shorturl\.at|linktr\.ee|t\.me|m\.me|zalo\.me|wa\.me|"
    r"fb\.me|fb\.com|facebook\.com|instagram\.com|line\.me|chat\.zalo\.me|g\.page|goo\.gl|rebrand\.ly)"
    r"(?:/[^\s,;)]*)?(?![\w\-])",
    re.IGNORECASE,
)
_SITE = re.compile(
    rf"(?<![\w@.\-/])(?:https?://(?:[\w\-]+\.)+[a-z]{{2,}}(?:/[^\s,;)]*)?|www\.(?:[\w\-]+\.)+[a-z]{{2,}}"
    rf"|[a-z0-9][a-z0-9\-]{{2,40}}(?:\.|\s+chấm\s+|\s+cham\s+|\s?\(dot\)\s?){_TOP})(?![\w\-])",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<!\w)(?:zalo|za lo|zl|tele|telegram|fb|facebook|face|ig|insta|instagram|tiktok|line|wechat|"
    r"viber|whatsapp|skype)\s?(?::|=|@|:\s?@|\s@)\s?([a-z0-9._]{5,30})(?!\w)",
    re.IGNORECASE,
)


def addresses(text: str, own: frozenset[str] = frozenset()) -> Iterator[Contact]:
    """What is found, in no order; `own`: domains that do not count, in lower case."""
    if "@" in text or _SPELLED_AT.search(text):
        for match in _EMAIL.finditer(text):
            yield Contact(EMAIL, match.start(), match.end())
    for match in _LINK.finditer(text):
        yield Contact(LINK, match.start(), match.end())
    for match in _SITE.finditer(text):
        if not _is_own(match[0], own) and not _LINK.match(match[0]):
            yield Contact(WEBSITE, match.start(), match.end())
    for match in _HANDLE.finditer(text):
        if any(char.isdigit() for char in match[1]) or "@" in match[0] or "_" in match[1]:
            yield Contact(HANDLE, match.start(), match.end())


def _is_own(address: str, own: frozenset[str]) -> bool:
    host = re.sub(r"^https?://|^www\.", "", address.lower()).split("/")[0]
    return any(host == domain or host.endswith("." + domain) for domain in own)
