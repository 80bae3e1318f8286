"""What a text promises: cures, guarantees, absolute words, endorsements, before and after.

`patterns` says of each kind how it is put in Vietnamese, with the words that may stand between;
`finding` looks for them and leaves out what is denied; `sentence` looks for the mandatory
sentence; `signal` is what a rulebook names.
"""
