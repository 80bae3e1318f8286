"""Ways of reaching someone outside the platform, by their shape: phone, e-mail, site, account.

Words that merely name a channel or invite to leave are for the signal `lexicon`; what stands here
is an address that a buyer could use. `digits` reads digits however they are written, `numbers`
finds phone numbers and bank accounts among them, `addresses` the rest, `finding` puts them
together, `signal` is what a rulebook names.
"""
