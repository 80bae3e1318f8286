"""A plug-in: the price as a share of the usual price, so that a clause can test `< 0.3`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brightline.rulebook.model import Kind, Rulebook
from brightline.signals.registry import signal_hook
from brightline.signals.spec import Reading, Request


class PriceRatio:
    """Divides one attribute by another."""

    name = "price_ratio"
    parameters = ("price", "usual")

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        if request.kind.kind is not Kind.NUMBER:
            return ["price_ratio supplies a fact of kind number"]
        return []

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> PriceRatioReader:
        return PriceRatioReader(requests)


class PriceRatioReader:
    def __init__(self, requests: Sequence[Request]) -> None:
        self.requests = requests

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        return [self.ratio(request, attributes) for request in self.requests]

    def ratio(self, request: Request, attributes: Mapping[str, object]) -> Reading:
        given = request.supply.parameters
        price, usual = attributes.get(given["price"]), attributes.get(given["usual"])
        if not isinstance(price, (int, float)) or not isinstance(usual, (int, float)) or not usual:
            return request.reading(None, "price_ratio", reason="no usual price to compare with")
        return request.reading(price / usual, f"price_ratio:{given['price']}/{given['usual']}")


@signal_hook
def brightline_signals() -> list[PriceRatio]:
    return [PriceRatio()]
