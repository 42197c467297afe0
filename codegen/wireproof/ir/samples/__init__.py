"""Values that a contract admits, for whoever has to show, send or answer with some.

Reading order: `values` (a value of a schema), `conjunction` (what several schemas ask together),
`numbers`, `texts` and `patterns` (scalars), `check` (whether a schema admits a value), `encode` (a
value as octets). What is made is readable, small, and the same each time.
"""
