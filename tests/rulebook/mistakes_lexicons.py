"""Mistakes in a word list."""

from planted import Mistake

LIST = "lexicons/vaping.csv"

LEXICONS = [
    Mistake("a misspelt column", "BL-401", LIST, "kind,note,fold", "kind,«notes»,fold"),
    Mistake("a missing column", "BL-401", LIST, "term,kind,note,fold", "«term,note,fold»"),
    Mistake("an empty term", "BL-403", LIST, "pod,device,,no", "«»,device,,no"),
    Mistake("an empty kind", "BL-403", LIST, "pod,device,,no", "pod,«»,,no"),
    Mistake("a term given twice", "BL-403", LIST, "pod,device,,no", "«thuốc lá điện tử»,device,,no"),
    Mistake("a term given twice, written otherwise", "BL-403", LIST, "pod,device,,no", "«thuô\u0301c lá điện tử»,device,,no"),
    Mistake("a fold that is neither yes nor no", "BL-403", LIST, "pod,device,,no", "pod,device,,«true»"),
    Mistake("a cell too many", "BL-403", LIST, "pod,device,,no", "pod,device,big,no,«small»"),
    Mistake("a term that is too long", "BL-403", LIST, "pod,device,,no", "«" + "pod " * 60 + "x»,device,,no"),
    Mistake("a null character", "BL-103", LIST, "pod,device,,no", "po«\x00»d,device,,no"),
    Mistake("a quote left open", "BL-403", LIST, '"also: to suck, to vacuum",', '«"also: to suck,»'.replace("«", "").replace("»", "")),
]
