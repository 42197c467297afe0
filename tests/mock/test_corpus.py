"""Every specification of the corpus is served, and a second validator agrees with the answers.

A dozen operations of each are called here; `WIREPROOF_SWEEP=all` calls every one.
"""

import json
import os
import re
from pathlib import Path

import jsonschema
import orjson
import pytest
from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.emit.server.bodies import reply_kind
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.ir.build import build
from wireproof.ir.samples.find import Finder
from wireproof.ir.samples.request import sample_request
from wireproof.mock.message import Request
from wireproof.mock.service import Mock
from wireproof.source.workspace import load

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("WIREPROOF_SHARED", ROOT.parent / "shared"))
SPECS = sorted((SHARED / "corpus" / "specs").glob("*.json"), key=lambda path: path.name)
SAMPLE = 100_000 if os.environ.get("WIREPROOF_SWEEP") == "all" else 12


def pattern(validator, regex, instance, schema):
    """Patterns that Python's `re` does not know (`\\p{L}`) are the first validator's alone."""
    try:
        re.compile(regex)
    except re.error:
        return
    yield from jsonschema.Draft202012Validator.VALIDATORS["pattern"](
        validator, regex, instance, schema
    )


Second = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": pattern})

# Operations that no valid request, or no valid answer, was found for, and why.
UNANSWERABLE = {
    "vercel-com": {  # `type: null` beside `oneOf` of other types, on a required member
        "getEdgeConfigItem", "getEdgeConfigItems", "get_v1_integrations_search_repo",
    },
    "rebilly": {"StorefrontGetKycDocument"},  # arms of oneOf admit each other's values
}  # fmt: skip
UNASKABLE = {
    # {pageName}{mediaTypeExtension}: two parameters with nothing between them
    "healthcare-gov": {
        "get_blog_by_pageName_mediaTypeExtension", "get_by_pageName_mediaTypeExtension",
        "get_es_blog_by_pageName_mediaTypeExtension", "get_es_by_pageName_mediaTypeExtension",
        "get_es_glossary_by_pageName_mediaTypeExtension",
        "get_es_question_by_pageName_mediaTypeExtension",
        "get_glossary_by_pageName_mediaTypeExtension",
        "get_question_by_pageName_mediaTypeExtension",
    },
    # arms of oneOf admit each other's values, the documented example's too
    "portfoliooptimizer-io": {"post_portfolio_analysis_alpha", "post_portfolio_analysis_beta"},
    "rebilly": {
        "PatchPaymentInstrument", "PostKycDocument", "PutKycDocument", "StorefrontPostKycDocument",
        "StorefrontPatchKycDocument",
    },
    "shutterstock-com": {"getKeywords"},
    "sinao-app": {
        # patterns written as /.../i, which no text matches
        "app.create", "app.accounting.export.AcdComptaSetUuid", "app.contacts.organizations.create",
        "app.contacts.organizations.batch", "app.contacts.persons.batch",
        "app.documents.sales.invoices.batch",
        "app.documents.sales.quotes.batch", "app.documents.sales.recurringinvoices.batch",
        # two exploded objects that both have a member `type`
        "app.payments.reconciliation.reconcile",
    },
    "whatsapp-local": {"SetShards"},  # an integer whose enum lists texts
    "zuora-com": {"DELETE_DataQueryJob"},  # an UUID of at least 64 characters
}  # fmt: skip

AMBIGUOUS_OPTIONS = {
    "apacta-com",  # an enum of booleans in a query
    "directus",  # one text or a list of texts, both in the style `form`
    "shutterstock-com",  # arms of oneOf admit each other's values
    "sinao-app",  # exploded objects that share names
}
"""Optional parameters that nobody can send and be understood; only required ones are sent."""


@pytest.mark.skipif(not SPECS, reason=f"SKIPPED LOUDLY: no corpus in {SHARED}")
def test_the_corpus_is_whole():
    assert len(SPECS) == 60


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", [None, 7])
def test_every_good_request_gets_a_valid_answer(path: Path, seed):
    contract = build(load(path).contract)
    mock = Mock(contract, seed=seed)
    left_out = [one for one in mock.diagnostics if one.rule == "server-operation"]
    assert len(mock.operations) + len(left_out) == len(contract.operations)
    leaf = Prover(contract.schemas, contract.schemas, Flow.REQUEST).smallest
    find = Finder(contract, leaf, outbound=False).find
    step = max(1, len(mock.operations) // SAMPLE)
    optional = seed is not None and path.stem not in AMBIGUOUS_OPTIONS
    for operation in mock.operations[::step]:
        answer = mock.handle(request(contract, operation, find, optional=optional))
        if operation.id in UNASKABLE.get(path.stem, ()):
            assert answer.refused
            continue
        assert not answer.refused, (operation.id, answer.body)
        if operation.id in UNANSWERABLE.get(path.stem, ()):
            assert dict(answer.headers)["Wireproof-Notice"].startswith("no value was found that")
        else:
            judge(contract, operation, answer)


def request(contract, operation, find, *, optional):
    sample = sample_request(operation, find, optional=optional)
    fields, query = credentials(contract, operation)
    fields += [(name.lower(), value) for name, value in sample.headers]
    if sample.content_type:
        fields.append(("content-type", sample.content_type))
    query = [pair for pair in query if f"{pair.partition('=')[0]}=" not in sample.query]
    joined = "&".join([*filter(None, [sample.query]), *dict.fromkeys(query)])
    target = f"{sample.path}?{joined}" if joined else sample.path
    return Request(sample.method, target, tuple(fields), sample.body)


def credentials(contract, operation):
    fields, query = [], []
    for use in operation.security[0] if operation.security else ():
        scheme = contract.security_schemes[use.scheme]
        match scheme.kind, scheme.api_key_in:
            case "apiKey", "query":
                query.append(f"{scheme.api_key_name}=key")
            case "apiKey", "cookie":
                fields.append(("cookie", f"{scheme.api_key_name}=key"))
            case "apiKey", _:
                fields.append((scheme.api_key_name.lower(), "key"))
            case kind, _ if kind != "mutualTLS":
                fields.append(("authorization", f"{scheme.http_scheme or 'Bearer'} token"))
    return fields, query


def judge(contract, operation, answer):
    headers = {name.lower(): value for name, value in answer.headers}
    assert "wireproof-notice" not in headers, (operation.id, headers)
    declared = {response.status.upper(): response for response in operation.responses}
    code = str(answer.status)
    response = declared.get(code) or declared.get(f"{code[0]}XX") or declared["DEFAULT"]
    if "content-type" not in headers:
        assert not answer.body
        return
    kinds = {media.media_type: media for media in response.content}
    media = kinds.get(headers["content-type"]) or next(iter(kinds.values()))
    if reply_kind(media) != "json" or media.schema is None:
        return
    body = orjson.loads(answer.body)
    document = SchemaDocument(contract)
    key = document.key(media.schema, "out")
    if key is None:
        return
    defs = json.loads(document.render())
    token = key.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    formats = jsonschema.Draft202012Validator.FORMAT_CHECKER
    second = Second({**defs, "$ref": f"#/$defs/{token}"}, format_checker=formats)
    second.validate(body)
