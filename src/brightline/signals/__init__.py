"""From raw attributes to facts: signals read a listing's words and numbers, nothing else decides.

`supplying.Supplier` fills the facts of one kind of case, `registry` finds the signals (ours and
those of plug-ins), `checking` says what is wrong with the parameters a rulebook gives them.
Importing this package costs nothing: each signal loads what it needs when it is first used.
"""
