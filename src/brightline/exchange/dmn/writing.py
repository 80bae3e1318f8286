"""A rulebook to DMN 1.3: a decision table an SOP; what DMN has no place for beside it.

Any DMN tool reads the tables as they are. Our own part stands in `extensionElements`: the files
of the rulebook without what the tables say (docs/reference/exchange.md).
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from brightline.exchange import yaml_text
from brightline.exchange.dmn.tables import DecisionTable, Input, names_of, table_of
from brightline.exchange.planning import lexicon_text, singles
from brightline.exchange.written import Data, Files, files_of
from brightline.i18n import language
from brightline.rulebook.model import Clause, Kind, Rulebook, Text
from brightline.rulebook.tests import option_ids

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
OURS = "https://brightline.invalid/exchange/1"
"""Our own namespace. The name `.invalid` belongs to nobody and never will."""
IN_TABLE = ("id", "action", "points")
"""What of a clause the table itself says."""
TYPES = {Kind.YES_NO: "boolean", Kind.CHOICE: "string", Kind.NUMBER: "number"}


def to_dmn(rulebook: Rulebook) -> str:
    """The DMN file, labels in the language in force."""
    files, names = files_of(rulebook), names_of(rulebook)
    tables = [table_of(rulebook, sop, names) for sop in rulebook.sops]
    inputs = {one.name: one for table in tables for one in table.inputs}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<definitions xmlns={quoteattr(DMN)} xmlns:bl={quoteattr(OURS)}"
        f' id="{_id("rulebook", rulebook.rulebook)}" name={quoteattr(rulebook.rulebook)}'
        f" namespace={quoteattr(f'{OURS}/{rulebook.rulebook}')}>",
        *_extension(_head(files)),
    ]
    for one in inputs.values():
        lines += _input_data(one)
    for table in tables:
        lines += _decision(table, files.sops[table.sop.sop])
    return "\n".join([*lines, "</definitions>", ""])


def _id(kind: str, name: str) -> str:
    return f"{kind}.{name}"


def _said(text: Text | None) -> str:
    if not text:
        return ""
    return text.get(language()) or next(iter(text.values()))


def _extension(inner: list[str]) -> list[str]:
    return ["<extensionElements>", *inner, "</extensionElements>"] if inner else []


def _file(name: str, text: str) -> str:
    return f"<bl:file name={quoteattr(name)}>{escape(text)}</bl:file>"


def _head(files: Files) -> list[str]:
    found = [_file("rulebook.yaml", yaml_text.document(singles(files.head)))]
    if files.law:
        found.append(_file("law.yaml", yaml_text.document({"law": files.law})))
    for name, terms in files.lexicons.items():
        found.append(_file(f"lexicons/{name}.csv", lexicon_text(terms)))
    return found


def _input_data(one: Input) -> list[str]:
    name = quoteattr(one.name)
    return [
        f'<inputData id="{_id("input", one.name)}" name={name}{_label(one)}>',
        f'<variable name={name} typeRef="{TYPES[one.fact.kind]}"/>',
        "</inputData>",
    ]


def _label(one: Input) -> str:
    label = _said(one.fact.title)
    return f" label={quoteattr(label)}" if label else ""


def _decision(table: DecisionTable, data: Data) -> list[str]:
    sop = table.sop
    lines = [
        f'<decision id="{_id("sop", sop.sop)}" name={quoteattr(sop.sop)} '
        f"label={quoteattr(_said(sop.title))}>",
        *_extension([_sop_part(table, data), *_idle_parts(table, data)]),
    ]
    for one in table.inputs:
        href = quoteattr(f"#{_id('input', one.name)}")
        lines.append(
            f'<informationRequirement id="need.{sop.sop}.{one.name}">'
            f"<requiredInput href={href}/></informationRequirement>"
        )
    lines.append(f'<decisionTable id="table.{sop.sop}" hitPolicy="{table.hit}">')
    for one in table.inputs:
        lines += _input(one, sop.sop)
    values = ",".join(f'"{name}"' for name in table.order)
    lines += [
        f'<output id="clause.{sop.sop}" name="clause" typeRef="string">'
        f"<outputValues><text>{escape(values)}</text></outputValues></output>",
        f'<output id="action.{sop.sop}" name="action" typeRef="string"/>',
        f'<output id="points.{sop.sop}" name="points" typeRef="number"/>',
    ]
    parts = {clause["id"]: clause for clause in data["clauses"]}
    for number, rule in enumerate(table.rules):
        new = not number or table.rules[number - 1].clause.id != rule.clause.id
        lines += _rule(rule.clause, rule.entries, parts[rule.clause.id], number, sop.sop, new)
    return [*lines, "</decisionTable>", "</decision>"]


def _sop_part(table: DecisionTable, data: Data) -> str:
    rest = {key: value for key, value in data.items() if key != "clauses"}
    order = quoteattr(" ".join(clause.id for clause in table.sop.clauses))
    return f"<bl:sop clauses={order}>{escape(yaml_text.document(singles(rest)))}</bl:sop>"


def _idle_parts(table: DecisionTable, data: Data) -> list[str]:
    """Clauses that hold nowhere in the scope: DMN has no row for them, so they stand whole."""
    parts = {clause["id"]: clause for clause in data["clauses"]}
    return [
        f"<bl:clause>{escape(yaml_text.document(singles(parts[clause.id])))}</bl:clause>"
        for clause in table.idle
    ]


def _input(one: Input, sop: str) -> list[str]:
    lines = [
        f'<input id="column.{sop}.{one.name}"{_label(one)}>',
        *_extension([f"<bl:fact>{escape(one.key[1])}</bl:fact>"]),
        f'<inputExpression id="expression.{sop}.{one.name}" typeRef="{TYPES[one.fact.kind]}">'
        f"<text>{one.name}</text></inputExpression>",
    ]
    if one.fact.kind is Kind.CHOICE:
        values = ",".join(f'"{name}"' for name in option_ids(one.fact))
        lines.append(f"<inputValues><text>{escape(values)}</text></inputValues>")
    return [*lines, "</input>"]


def _rule(
    clause: Clause, entries: tuple[str, ...], part: Data, number: int, sop: str, first: bool
) -> list[str]:
    name = f"{sop}.{number}"
    rest = {key: value for key, value in part.items() if key not in IN_TABLE}
    ours = f"<bl:clause>{escape(yaml_text.document(singles(rest)))}</bl:clause>"
    outputs = (f'"{clause.id}"', f'"{clause.action}"', str(clause.points))
    return [
        f'<rule id="rule.{name}">',
        f"<description>{escape(_said(clause.title))}</description>",
        *_extension([ours] if first else []),
        *(_entry("inputEntry", f"in.{name}.{n}", text) for n, text in enumerate(entries)),
        *(_entry("outputEntry", f"out.{name}.{n}", text) for n, text in enumerate(outputs)),
        "</rule>",
    ]


def _entry(kind: str, name: str, text: str) -> str:
    return f'<{kind} id="{name}"><text>{escape(text)}</text></{kind}>'
