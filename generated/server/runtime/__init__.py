"""The server's runtime: written by hand, copied verbatim into every generated server.

Reading order: `plan` (what the generated tables say), `operation` (what happens to a request),
`routing`, `params`, `body` and `validation` (how it is read), `auth` and `signature` (who sent it),
`reply` (what goes back), `problem` (what goes back when it cannot be done), `app` (how it all
becomes a connexion application).
"""
