"""`screen` on what it cannot use: one precise sentence and a hint, in both languages."""

from __future__ import annotations

import json

import pytest

GOOD = "id,subject,title\n1,listing,Pod\n"
ONE = '{"subject": "listing"}\n'
BAD = [
    ("cases.txt", GOOD, None, "a file of cases ends in .csv", "tệp vụ việc có đuôi"),
    ("cases", GOOD, None, "a file of cases ends in .csv", "tệp vụ việc có đuôi"),
    ("cases.xlsx", "PK", None, "is a spreadsheet", "là bảng tính"),
    ("cases.csv.gz", "\x1f", None, "is compressed", "đang ở dạng nén"),
    ("cases.csv", b"\x1f\x8b\x08", None, "is compressed", "đang ở dạng nén"),
    ("cases.csv", GOOD.encode("utf-16"), None, "is written in UTF-16", "UTF-16"),
    ("cases.csv", "", None, "has no header", "không có dòng tiêu đề"),
    ("cases.csv", "id,id\n1,2\n", None, "has two columns named id", "có hai cột cùng tên id"),
    ("cases.csv", "id,title\n1,x\n", None, "no column says what", "không cột nào cho biết"),
    ("cases.parquet", "nothing", None, "is no Parquet file", "không phải tệp Parquet"),
    ("cases.csv", GOOD, "subjct: listing\n", "no key named subjct", "không có khóa nào tên subjct"),
    ("cases.csv", GOOD, "a: [\n", "is not YAML", "không phải YAML"),
    ("cases.csv", GOOD, "- a\n", "has the keys", "có các khóa"),
    (
        "cases.csv", GOOD, "subject: listing\nattributes: {title: name}\n",
        "names a column name, which the file does not have", "nêu cột name mà tệp vụ việc không có",
    ),
    (
        "cases.csv", GOOD, "subject: listing\nattributes: {titl: title}\n",
        "names an attribute titl, which", "nêu thuộc tính titl mà",
    ),
    ("cases.csv", GOOD, "subject: listing\nfacts: {itm: title}\n", "no fact named itm", "dữ kiện"),
    ("cases.csv", GOOD, "subject: [1]\n", "subject is the name", "subject là tên"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "mapping", "english", "vietnamese"), BAD)
def test_it_is_told_in_one_sentence(
    run, good, tmp_path, monkeypatch, name, content, mapping, english, vietnamese
):
    monkeypatch.chdir(tmp_path)
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    (tmp_path / name).write_bytes(data)
    options = ["-o", "out.csv"]
    if mapping is not None:
        (tmp_path / "map.yaml").write_text(mapping, encoding="utf-8")
        options += ["--map", "map.yaml"]
    for language, begins, said in (("en", "Error: ", english), ("vi", "Lỗi: ", vietnamese)):
        result = run("screen", good, name, *options, "--lang", language)
        assert result.exit_code == 2
        assert result.stderr.startswith(begins)
        assert said in result.stderr
        assert len(result.stderr.splitlines()) <= 2
        assert result.stdout == ""
    assert not list(tmp_path.glob("*out.csv*"))


@pytest.mark.parametrize(
    ("cases", "options", "said"),
    [
        ("nowhere.csv", ["-o", "out.csv"], "nowhere.csv cannot be read"),
        ("folder.csv", ["-o", "out.csv"], "folder.csv cannot be read"),
        ("cases.jsonl", ["-o", "cases.jsonl"], "would be written over the cases"),
        ("cases.jsonl", ["-o", "nowhere/out.csv"], "nowhere/out.csv cannot be written"),
        ("cases.jsonl", ["-o", "folder.csv"], "folder.csv cannot be written"),
        ("cases.jsonl", ["-o", "out.xls"], "out.xls is a spreadsheet"),
        ("cases.jsonl", ["-o", "out.csv", "--map", "none.yaml"], "none.yaml cannot be read"),
        ("cases.jsonl", ["-o", "out.csv", "--workers", "0"], "0 is not in the range 1<=x<=64"),
        ("cases.jsonl", ["-o", "out.csv", "--engine", "cloud"], "'cloud' is not"),
        ("cases.jsonl", ["-o", "out", "--engine", "spark"], "cases and decisions are Parquet"),
        ("cases.jsonl", ["-o", "out.csv", "--spark-conf", "spark.a=b"], "no use without --engine"),
        ("cases.jsonl", ["-o", "o", "--engine", "spark", "--spark-conf", "a=b"], "no setting of"),
    ],
)
def test_a_place_or_an_option_that_cannot_be(
    run, good, tmp_path, monkeypatch, cases, options, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "cases.jsonl").write_text(ONE, encoding="utf-8")
    result = run("screen", good, cases, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert (tmp_path / "cases.jsonl").read_text("utf-8") == ONE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.jsonl", "folder.csv"]


def test_errors_are_json_where_json_is_asked_for(run, good):
    result = run("screen", good, "none.csv", "-o", "out.csv", "--format", "json")
    assert result.exit_code == 2
    assert "none.csv" in json.loads(result.stdout)["error"]["message"]
