"""Prices too low, numbers of papers, prices in words: what is found, and what wrongly.

Run: `BRIGHTLINE_DATA=FOLDER ./run bench prices_and_papers`, where FOLDER holds `tiki-listings`,
`electronics-listings` and, for texts, `vispamreviews` and `vihos`. Without it only what the
rulebook's golden cases tell.

Prices: half of the listings (by a hash of their id) make the reference, the other half is judged.
They are taken to be genuine, so what is called too cheap among them is wrongful. Fakes are planted:
the same listings at a part of their price. Papers and words: planted in real texts that hold none.
`--show` prints every hit in real texts, to be read.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import machine
from brightline.i18n import set_language
from brightline.paths import bundled_rulebook
from brightline.signals.money import money_in
from brightline.signals.papers.finding import key_of, numbers_in
from brightline.signals.papers.kinds import KINDS, PaperKind, tax_code_is_sound
from brightline.signals.price_level.groups import Group, Groups, group_of
from brightline.signals.price_level.judging import LEAST_LISTINGS, bait, price_ratio, too_cheap
from brightline.signals.spelled_prices import spelled_amounts
from brightline.signals.text import normal

PARTS = (0.5, 0.3, 0.2, 0.1, 0.05)
PLANTED = 2_000
LOW_RATIO = 0.3
"""What the Vietnam rulebook takes for a suspicious part of the brand's price."""
MOST_SHOWN = 60
ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


class Listing(NamedTuple):
    """What is looked at of a listing; the price in dong."""

    title: str
    category: str
    brand: str
    price: float
    held_out: bool


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def listings(path: Path, category: str) -> list[Listing]:
    """The listings of a file that have a price; `category` where the file has none."""
    found = []
    for row in rows_of(path):
        price = float(row["price_vnd"] or 0)
        odd = sha256(row["id"].encode()).digest()[0] & 1 == 1
        if price >= 1:
            name = row.get("category") or category
            found.append(Listing(row["title"], name, row["brand"], price, odd))
    return found


def price_rows(name: str, every: list[Listing], show: bool) -> None:
    """One row of the table for each question: two held against the brand, one the category."""
    groups = Groups()
    for one in every:
        if not one.held_out:
            groups.add(one.category, one.brand, one.price)
    judged = [one for one in every if one.held_out]
    for finds in (f"ratio < {LOW_RATIO}", "too_cheap", "bait"):

        def verdict(one: Listing, part: float, finds: str = finds) -> bool | float | None:
            group = group_of(one.category, one.brand)
            if group is None or (finds != "bait" and not group.brand):
                return None
            if finds.startswith("ratio"):
                ratio = price_ratio(one.price * part, group, groups, LEAST_LISTINGS).value
                return None if ratio is None else ratio < LOW_RATIO
            if finds == "bait":
                return bait(one.price * part, group, groups, LEAST_LISTINGS, ()).value
            return too_cheap(one.price * part, group, groups, LEAST_LISTINGS).value

        known = [one for one in judged if verdict(one, 1) is not None]
        wrong = [one for one in known if verdict(one, 1)]
        cells = [f"{name}, `{finds}`", f"{len(known):,} of {len(judged):,}"]
        cells.append(machine.share(len(wrong), len(known)))
        cells += [
            machine.share(sum(bool(verdict(one, part)) for one in known), len(known))
            for part in PARTS
        ]
        print("| " + " | ".join(cells) + " |")
        if show:
            for one in wrong[:MOST_SHOWN]:
                group = Group(*(group_of(one.category, one.brand) or ("", "")))
                print(f"    {one.price:,.0f} {group} {one.title[:90]}")


def prices(data: Path, show: bool) -> None:
    heads = ["reference and question", "judged", "wrongful"]
    heads += [f"found at {part:g} of the price" for part in PARTS]
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    tiki = listings(data / "tiki-listings" / "listings.csv", "")
    shop = listings(data / "electronics-listings" / "listings.csv", "electronics")
    price_rows("Tiki", tiki, show)
    named = [one for one in tiki if one.category not in ("Root", "Thời Trang")]
    price_rows("Tiki, true categories", named, show)
    price_rows("electronics", shop, show)
    groups = Groups()
    began = time.perf_counter()
    for one in tiki:
        groups.add(one.category, one.brand, one.price)
    seconds = time.perf_counter() - began
    print(f"\n{len(tiki):,} listings counted, {len(tiki) / seconds:,.0f} a second\n")


def texts(data: Path | None) -> list[str]:
    """Titles, descriptions and comments of people; without data, of the golden cases."""
    found: list[str] = []
    if data is None:
        for path in sorted((bundled_rulebook() / "cases").glob("*.jsonl")):
            for line in path.read_text("utf-8").splitlines():
                attributes = json.loads(line)["attributes"]
                found += [value for value in attributes.values() if isinstance(value, str)]
        return found
    for folder, names, fields in (
        ("tiki-listings", ("listings.csv",), ("title", "description")),
        ("electronics-listings", ("listings.csv",), ("title", "specifications_json")),
        ("vispamreviews", ("train.csv", "dev.csv"), ("Comment",)),
        ("vihos", ("train.csv", "dev.csv"), ("text",)),
    ):
        for name in names:
            for row in rows_of(data / folder / name):
                found += [row[field] for field in fields if row.get(field)]
    return found


WAYS: dict[str, Callable[[str], str]] = {
    "as on the pack": lambda number: number,
    "lower case": str.lower,
    "spaces around signs": lambda number: number.replace("/", " / ").replace("-", " - "),
    "a long dash": lambda number: number.replace("-", "–"),
    "zeros before": lambda number: number if "PCB" in number else f"0{number}",
    "zero-width spaces": "\u200b".join,
}


def made(kind: PaperKind, chance: random.Random) -> str:
    """A number of the kind, as an authority would write it."""
    year = chance.randint(15, 25)
    serial = chance.randint(1, 99_999)
    place = chance.choice(("QLD", "HCM", "HN"))
    return {
        "cosmetic_notification": f"{serial}/{year}/CBMP-{place}",
        "food_registration": f"{serial}/20{year}/ĐKSP",
        "ad_confirmation": f"{serial}/20{year}/XNQC-ATTP",
        "device_number": f"{year}{serial:05}/PCB{chance.choice('AB')}-HN",
    }[kind.name]


def papers(real: list[str], show: bool) -> None:
    chance = random.Random(2026)
    print("| kind | written | found whole, right place | in real texts |\n|---|---|---|---|")
    for kind in KINDS.values():
        if not kind.letters:
            continue
        hits = [text for text in real if any(numbers_in(text, kind))]
        for way, write in WAYS.items():
            right = 0
            for _ in range(PLANTED):
                number = made(kind, chance)
                before, after = chance.choice(real)[:200], chance.choice(real)[:200]
                written = write(number)
                text = f"{before}. Số: {written}. {after}"
                found = numbers_in(text, kind).numbers
                start = len(before) + 6
                right += any(
                    one.key == key_of(number, kind) and text[one.start : one.end] == written
                    for one in found
                    if one.start == start
                )
            told = f"{len(hits)} of {len(real):,}"
            print(f"| `{kind.name}` | {way} | {machine.share(right, PLANTED)} | {told} |")
        if show:
            print(*(f"    {text[:200]}" for text in hits[:MOST_SHOWN]), sep="\n")
    codes = [f"{chance.randrange(10**10):010}" for _ in range(100_000)]
    sound = [code for code in codes if tax_code_is_sound(code)]
    slips = [
        code[:at] + str((int(code[at]) + chance.randint(1, 9)) % 10) + code[at + 1 :]
        for code in sound[:5_000]
        for at in (chance.randrange(10),)
    ]
    kept = sum(map(tax_code_is_sound, slips))
    print(f"\ntax codes: of {len(codes):,} made up, {len(sound):,} pass; ", end="")
    print(f"of {len(slips):,} true ones with one digit wrong, {kept:,} pass\n")


def aloud(thousands: int) -> str:
    """A price of so many thousands of dong (1 to 999,999) as a person reads it out."""

    def below(number: int) -> str:
        hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
        said = [ONES[hundreds], "trăm"] if hundreds else []
        if tens == 0 and ones:
            said += (["lẻ"] if hundreds else []) + [ONES[ones]]
        elif tens == 1:
            said += ["mười", {0: "", 5: "lăm"}.get(ones, ONES[ones])]
        elif tens:
            said += [ONES[tens], "mươi", {0: "", 1: "mốt", 5: "lăm"}.get(ones, ONES[ones])]
        return " ".join(filter(None, said))

    millions, rest = divmod(thousands, 1000)
    return " ".join(
        ([f"{below(millions)} triệu"] if millions else [])
        + ([f"{below(rest)} nghìn"] if rest else [])
    )


FRAMES = ("giá {}", "giá chỉ {} thôi", "{} đồng", "{} một cái", "còn {}, ship toàn quốc", "{}/bộ")


def spelled(real: list[str], show: bool) -> None:
    chance = random.Random(2026)
    right = dict.fromkeys(FRAMES, 0)
    for frame in FRAMES:
        for _ in range(PLANTED):
            dong = round(10 ** chance.uniform(1, 5)) * 1000
            before = chance.choice(real)[:200]
            line = normal(f"{before}. Hàng mới, {frame.format(aloud(dong // 1000))}. Cảm ơn")
            at = line.rfind("hàng mới, ")
            right[frame] += [a.value for a in money_in(line) if a.start >= at] == [dong]
    print("| sentence | read right |\n|---|---|")
    for frame, count in right.items():
        print(f"| {frame.format('…')} | {machine.share(count, PLANTED)} |")
    hits = []
    for text in real:
        line = normal(text)
        hits += [
            (one.value, line[max(0, one.start - 45) : one.end + 30])
            for one in spelled_amounts(line)
        ]
    print(f"\n{len(hits):,} amounts in words in {len(real):,} real texts")
    if show:
        print(*(f"    {value:,.0f}: …{words}…" for value, words in hits), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args().show
    set_language("en")
    print(machine.described() + "\n")
    data = machine.real_data()
    if data is not None:
        prices(data, show)
    real = texts(data)
    papers(real, show)
    spelled(real, show)


if __name__ == "__main__":
    main()
