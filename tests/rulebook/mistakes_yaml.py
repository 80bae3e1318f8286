"""Mistakes in the YAML itself."""

from planted import Mistake

VAPES, HEAD, LAW = "sops/vapes.yaml", "rulebook.yaml", "law.yaml"

YAML = [
    Mistake("a byte order of Windows inside", "BL-103", VAPES, "subject: listing", "«\ufeff»subject: listing"),
    Mistake("a control character", "BL-103", VAPES, "en: E-cigarettes}", "en: E-«\x07»cigarettes}"),
    Mistake("a control character written as a code", "BL-103", VAPES, "en: E-cigarettes}", 'en: «"E\\u0000c"»}'),
    Mistake("a quote left open", "BL-104", VAPES, 'vi: "Đã gỡ: thuốc lá."', "vi: «\"»Đã gỡ: thuốc lá."),
    Mistake("a text with a colon and no quotes", "BL-104", VAPES, "  en: Keep e-cigarettes off the market.", "  en: Note«:» keep them off."),
    Mistake("a colon without its space", "BL-104", VAPES, "owner: safety\n", "«o»wner:safety\n"),
    Mistake("a bracket left open", "BL-104", VAPES, "basis: [policy]", "basis: «[»policy"),
    Mistake("a tab for indentation", "BL-104", VAPES, "    points: 12", "«\t»points: 12"),
    Mistake("an indentation that fits nothing", "BL-104", VAPES, "    points: 12", "   «p»oints: 12"),
    Mistake("a text that starts with an at sign", "BL-104", LAW, "owner: legal\n    recheck_by: 2027-02-28\n  draft-2", "owner: «@»legal\n    recheck_by: 2027-02-28\n  draft-2"),
    Mistake("an unknown code after a backslash", "BL-104", VAPES, 'en: "Removed: tobacco."', 'en: "Removed: «\\»tobacco."'.replace("«\\»t", "\\«q»")),
    Mistake("an anchor", "BL-105", VAPES, "scope: {category", "scope: «&here» {category"),
    Mistake("an alias", "BL-105", VAPES, "owner: safety", "owner: «*here»"),
    Mistake("a tag", "BL-105", VAPES, "owner: safety", "owner: «!!str safety»"),
    Mistake("a merge of another mapping", "BL-105", VAPES, "  cheap: {", "  <<: «*other»\n  cheap: {"),
    Mistake("a second document", "BL-105", VAPES, "cannot_tell: escalate", "cannot_tell: escalate\n«---»"),
    Mistake("a key given twice", "BL-106", VAPES, "    points: 12", "    points: 12\n    «points»: 6"),
    Mistake("a fact declared twice", "BL-106", VAPES, "  price:\n    kind: number", "  «claims»:\n    kind: yes_no\n  price:\n    kind: number"),
    Mistake("a law listed twice", "BL-106", LAW, "  draft-2:", "  «res-1»:"),
    Mistake("a key without a value", "BL-107", VAPES, "owner: safety", "«owner»:"),
    Mistake("null for a value", "BL-107", VAPES, "owner: safety", "owner: «null»"),
    Mistake("true for yes", "BL-108", VAPES, "otherwise: yes", "otherwise: «true»"),
    Mistake("False in a test", "BL-108", VAPES, "claims: yes, item: accessory", "claims: «False», item: accessory"),
    Mistake("a number for a key", "BL-109", VAPES, "      other: {vi: Khác, en: Other}", "      other: {vi: Khác, en: Other}\n      «7»: {vi: Bảy, en: Seven}"),
    Mistake("a list for a key", "BL-109", HEAD, "teams:", "teams:\n  ? «[a, b]»\n  : {vi: a, en: b}"),
    Mistake("an id with letters taken apart", "BL-109", HEAD, "  counsel:", "  «ca\u0301n»: {vi: Luật, en: Law}\n  counsel:"),
]
