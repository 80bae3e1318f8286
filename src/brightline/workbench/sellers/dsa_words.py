"""The words of the DSA Transparency Database for what our rulebooks know: actions, SOPs, sources.

The names are those of the database's own schema, in the form of its API of 2025. An action, SOP or
subject that is not named here is told as "other", with its title.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Restriction:
    """What an action restricts, in the schema's terms; empty: it does not touch that."""

    visibility: str = ""
    provision: str = ""
    account: str = ""


REMOVED, DISABLED = "DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED"
VISIBILITY_OTHER = "DECISION_VISIBILITY_OTHER"
SUSPENDED, TERMINATED = "DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"
PARTLY = "DECISION_PROVISION_PARTIAL_SUSPENSION"

ACTIONS = {
    "exclude_from_rating": Restriction(VISIBILITY_OTHER),
    "request_edit": Restriction(DISABLED),
    "request_papers": Restriction(DISABLED),
    "request_seller_papers": Restriction(provision=PARTLY),
    "limit_shop": Restriction(provision=PARTLY),
    "hold_live": Restriction(DISABLED),
    "hide_review": Restriction(DISABLED),
    "stop_live": Restriction(REMOVED),
    "remove_content": Restriction(REMOVED),
    "remove_listing": Restriction(REMOVED),
    "suspend_shop": Restriction(account=SUSPENDED),
    "remove_and_suspend": Restriction(REMOVED, account=SUSPENDED),
    "close_shop": Restriction(account=TERMINATED),
}
OTHER_ACTION = Restriction(VISIBILITY_OTHER)

_CATEGORY = "STATEMENT_CATEGORY_"
_PRODUCTS, _FRAUD = f"{_CATEGORY}UNSAFE_AND_PROHIBITED_PRODUCTS", f"{_CATEGORY}SCAMS_AND_FRAUD"
_CONSUMERS, _TERMS = f"{_CATEGORY}CONSUMER_INFORMATION", f"{_CATEGORY}OTHER_VIOLATION_TC"
_RIGHTS = f"{_CATEGORY}INTELLECTUAL_PROPERTY_INFRINGEMENTS"
_MINORS = f"{_CATEGORY}PROTECTION_OF_MINORS"
OTHER_CATEGORY = _TERMS

CATEGORIES = {
    "adult-goods": f"{_CATEGORY}PORNOGRAPHY_OR_SEXUALIZED_CONTENT",
    "advert-bans": _CONSUMERS,
    "affiliate-marketing": _CONSUMERS,
    "alcohol": _PRODUCTS,
    "authority-requests": f"{_CATEGORY}NOT_SPECIFIED_NOTICE",
    "chemicals-pesticides": _PRODUCTS,
    "cosmetics": _PRODUCTS,
    "counterfeit": _RIGHTS,
    "covert-devices": f"{_CATEGORY}DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "creator-advertising": _CONSUMERS,
    "e-cigarettes": _PRODUCTS,
    "fake-orders": _FRAUD,
    "fireworks": _PRODUCTS,
    "forged-papers-money": _FRAUD,
    "gambling-chance": _FRAUD,
    "health-supplements": _PRODUCTS,
    "infant-formula": _PRODUCTS,
    "livestream-conduct": _TERMS,
    "livestream-readiness": _TERMS,
    "medical-devices": _PRODUCTS,
    "medicines": _PRODUCTS,
    "minors": _MINORS,
    "misleading-listing": _CONSUMERS,
    "narcotics": _PRODUCTS,
    "off-platform-content": _TERMS,
    "off-platform-listing": _TERMS,
    "personal-data": f"{_CATEGORY}DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "product-safety-marks": _PRODUCTS,
    "repeat-infringers": _TERMS,
    "reviews": _FRAUD,
    "seller-identity": _CONSUMERS,
    "sovereignty-maps": f"{_CATEGORY}ILLEGAL_OR_HARMFUL_SPEECH",
    "weapons": _PRODUCTS,
    "wildlife": f"{_CATEGORY}ANIMAL_WELFARE",
}

CONTENT_TYPES = {
    "listing": "CONTENT_TYPE_PRODUCT",
    "content": "CONTENT_TYPE_VIDEO",
    "review": "CONTENT_TYPE_TEXT",
}
OTHER_CONTENT = "CONTENT_TYPE_OTHER"

SOURCES = {
    "proactive": "SOURCE_VOLUNTARY",
    "user_report": "SOURCE_TYPE_OTHER_NOTIFICATION",
    "authority_request": "SOURCE_TYPE_OTHER_NOTIFICATION",
    "appeal": "SOURCE_TYPE_OTHER_NOTIFICATION",
}
AUTOMATED = {
    "fully": "AUTOMATED_DECISION_FULLY",
    "partly": "AUTOMATED_DECISION_PARTIALLY",
    "not": "AUTOMATED_DECISION_NOT_AUTOMATED",
}
ACCOUNT_TYPES = {
    "individual": "ACCOUNT_TYPE_PRIVATE",
    "household": "ACCOUNT_TYPE_BUSINESS",
    "company": "ACCOUNT_TYPE_BUSINESS",
}
