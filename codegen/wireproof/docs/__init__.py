"""The documentation site: one static folder from the contract and a project's Markdown.

Reading order: `site` (all files of the site), `samples` (calls in curl, Python and TypeScript),
`pages` (Markdown to HTML), `errors` (the table of codes), `reference` (the page around redoc).
"""
