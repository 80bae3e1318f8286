"""Words written so as not to be found: `v.a.p.e`, `t h u ố c`, `th4ốc`, letters of other alphabets.

`finding` proposes places quickly, `judging` says of each what was done to the word and whether
that is a disguise at all; `letters` knows which characters look like which letter, `spellings` how
a word is written in teencode.
"""
