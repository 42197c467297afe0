"""The documentation site: one static folder from the contract and a project's Markdown.

Reading order: `site` (all files of the site), `samples` (calls in curl, Python and TypeScript),
`pages` (Markdown to HTML), `releases` (a page for each), `tables` (of codes, of limits), `index`
(what the search knows), `redoc` (the reference's renderer).
"""
