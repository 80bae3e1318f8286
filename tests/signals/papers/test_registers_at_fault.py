"""A register that is at fault is refused whole, and every fault told with file, line and column."""

from __future__ import annotations

import pytest

from brightline.i18n import use
from brightline.signals.papers.kinds import KINDS
from brightline.signals.papers.register import read_register
from brightline.signals.tables import UnusableTable
from tests.signals.making import fact, problems, read, table

KIND = KINDS["cosmetic_notification"]
TAX = KINDS["tax_code"]
FILE = "tables/table.2026-11-20.csv"
HEAD = "number,product,issued,valid_to,status\n"
ROW = "1/21/CBMP-HN,Kem,2021-01-01,2026-01-01,\n"


def told(text: str, lang: str = "en", kind=KIND) -> list[str]:
    with use(lang), pytest.raises(UnusableTable) as refused:
        read_register(table(text), kind)
    return list(refused.value.faults)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("12345,Kem,,,", 'column "number": "12345" is no number like 145280/21/CBMP-QLD'),
        (",Kem,,,", 'column "number": "" is no number like 145280/21/CBMP-QLD'),
        ("=A1&B2,Kem,,,", 'column "number": "=A1&B2" is no number like 145280/21/CBMP-QLD'),
        ("2/21/CBMP-HN,Kem,31/02/2021,,", 'column "issued": "31/02/2021" is no date; '
         "write 2026-06-30 or 30/06/2026"),
        ("2/21/CBMP-HN,Kem,,06/30/2026,", 'column "valid_to": "06/30/2026" is no date; '
         "write 2026-06-30 or 30/06/2026"),
        ("2/21/CBMP-HN,Kem,,2026-06-30abc,", 'column "valid_to": "2026-06-30abc" is no date; '
         "write 2026-06-30 or 30/06/2026"),
        ("2/21/CBMP-HN,Kem,2026-01-01,2021-01-01,",
         'column "valid_to": this paper ends before it was issued'),
        ("2/21/CBMP-HN,Kem,,,có thể", 'column "status": "có thể" is no status; '
         "write in_force, revoked or expired"),
        ("2/21/CBMP-HN,Kem, loại 2,,,,x", "this row has more cells than the header"),
        (f"2/21/CBMP-HN,{'a' * 2001},,,", 'column "product": this cell is longer than '
         "2,000 characters"),
        ('2/21/CBMP-HN,"Kem', "this line cannot be read as a row of a CSV file"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_with_line_and_column(row: str, fault: str) -> None:
    assert told(HEAD + ROW + row) == [f"{FILE}:3: {fault}"]


def test_the_column_is_named_as_the_file_names_it_in_the_readers_language() -> None:
    text = "Số tiếp nhận;Hiệu lực đến\n1/21/CBMP-HN;31/02/2026\n"
    assert told(text, "vi") == [
        f'{FILE}:2: cột "Hiệu lực đến": "31/02/2026" không phải ngày hợp lệ; '
        "hãy viết 2026-06-30 hoặc 30/06/2026"
    ]


def test_all_faults_are_counted_and_the_first_few_told() -> None:
    text = HEAD + "x,,,,\n" * 40
    with pytest.raises(UnusableTable) as refused:
        read_register(table(text), KIND)
    assert len(refused.value.faults) == 5
    assert str(refused.value).startswith(f"{FILE}:2: ")
    assert str(refused.value).endswith(" (and 39 faults more)")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "this table is empty"),
        ("Tên\nKem\n".encode(), "the column number is missing"),
        ("number,Số công bố\n".encode(), "the column number stands here twice"),
        ("number\nCông ty\n".encode("utf-16"), "UTF-16"),
        ("number,product\n1/21/CBMP-HN,Kem dưỡng".encode("cp1258", "ignore"), "save the file"),
        (b"number\n\x00\n", "U+0000"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, fault: str) -> None:
    from datetime import date

    from brightline.rulebook.lookup import Table

    with pytest.raises(UnusableTable, match=FILE) as refused:
        read_register(Table("table", date(2026, 11, 20), FILE, data), KIND)
    assert fault in str(refused.value)


def test_a_register_as_spreadsheets_and_authorities_write_it_is_read() -> None:
    text = (
        "\ufeff\r\nMST\tTình trạng\tHết hạn\r\n"
        '="0100233488"\tNgừng hoạt động\tKhông thời hạn\r\n'
        '"=""0301447426"""\tTẠM NGỪNG KINH DOANH\t30/06/2026 00:00:00\r\n\t\t\r\n'
    )
    register = read_register(table(text), TAX)
    assert {key: rows[0].status for key, rows in register.items()} == {
        "0100233488": "revoked", "0301447426": "revoked",
    }  # fmt: skip
    assert str(register["0301447426"][0].valid_to) == "2026-06-30"


def test_equal_rows_are_one_and_others_are_kept_side_by_side() -> None:
    other = "1/21/CBMP-HN,Son,,,\n"
    assert len(read_register(table(HEAD + ROW + ROW + other), KIND)["1/2021/hn"]) == 2


def test_a_register_at_fault_leaves_the_fact_unknown_with_the_reason_and_check_says_so() -> None:
    declared = fact(
        "yes_no",
        {"signal": "papers", "paper": "cosmetic_notification", "number": "number",
         "register": "cosmetics", "finds": "revoked"},
    )  # fmt: skip
    bad = {"cosmetics": HEAD + "x,,,,\ny,,,,\n"}
    reading = read(declared, {"number": "1/21/CBMP-HN"}, data=bad)
    assert reading.value is None
    assert str(reading.reason).startswith("tables/cosmetics.2026-11-20.csv:2: ")
    assert [message.split(": ")[0] for message in problems(declared, data=bad)] == [
        "tables/cosmetics.2026-11-20.csv:2", "tables/cosmetics.2026-11-20.csv:3",
    ]  # fmt: skip
