"""Places, trails, levels, exceptions."""

from __future__ import annotations

import pytest
from wireproof.diagnostics import Severity, UsageError
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.rules import ALL

SHARED = """
paths:
  /a:
    get: {parameters: [{$ref: 'shared.yaml#/Price'}], responses: {'200': {description: ok}}}
  /b:
    get: {parameters: [{$ref: 'shared.yaml#/Price'}], responses: {'200': {description: ok}}}
"""
SHARED_FILE = """\
# the shared parameters
Price:
  name: price
  in: query
  schema: {type: number}
"""
WITHOUT_SECOND = tuple(rule for rule in ALL if rule.id != "second-opinion")
SILENT = "paths:\n  /a: {get: {responses: {'200': {description: ok}}}}\n"


def only(rule, level="warning", **options):
    return {"extends": "none", "rules": {rule: {"level": level, **options}}}


def test_a_flaw_behind_a_reference_is_told_once_where_it_is_written(check):
    """Other linters report it at the reference, or once for each use."""
    [found] = check(SHARED, others={"shared.yaml": SHARED_FILE}, **only("money-decimal"))
    assert str(found.diagnostic.span) == "shared.yaml:5:18"
    assert [(one.message, str(one.span)) for one in found.diagnostic.related] == [
        ("used by GET /a", "api.yaml:6:31")
    ]


def test_the_trail_has_every_reference_on_the_shortest_way(check):
    contract = """
    paths:
      /a:
        get:
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {$ref: '#/components/schemas/List'}}}
    components:
      schemas:
        List: {type: array, items: {$ref: '#/components/schemas/Order'}}
        Order: {type: object, properties: {price: {type: number}}}
    """
    [found] = check(contract, **only("money-decimal"))
    assert [one.message for one in found.diagnostic.related] == [
        "used by GET /a",
        "through this reference",
    ]
    assert [one.span.line for one in found.diagnostic.related] == [10, 13]


def test_a_component_that_refers_to_itself_has_a_trail_that_ends(check):
    contract = """
    paths: {}
    components:
      schemas:
        Node:
          properties: {fee: {type: number}, next: {$ref: '#/components/schemas/Node'}}
    """
    [found] = check(contract, **only("money-decimal"))
    assert found.diagnostic.related == ()


def test_levels_come_from_the_configuration(check):
    [found] = check(SILENT, **only("operation-summary", "error"))
    assert found.diagnostic.severity is Severity.ERROR
    assert check(SILENT, extends="none") == ()
    assert check(SILENT, **only("operation-summary", "off")) == ()


def test_yaml_reads_off_as_false_in_some_readers(check):
    assert check(SILENT, extends="none", rules={"operation-summary": False}) == ()


def test_recommended_is_less_than_all(check):
    contract = "paths:\n  /a: {post: {responses: {'200': {description: ok}}}}\n"
    rules = [
        {one.diagnostic.rule for one in check(contract, extends=x)} for x in ("recommended", "all")
    ]
    assert rules[0] < rules[1]
    assert "idempotency-declared" in rules[1] - rules[0]


def test_an_override_holds_for_its_paths_and_files(check):
    contract = """
    paths:
      /a: {get: {responses: {'200': {description: ok}}}}
      /internal/b: {get: {responses: {'200': {description: ok}}}}
    """
    off = [{"paths": ["/internal/*"], "rules": {"operation-summary": "off"}}]
    found = check(contract, overrides=off, **only("operation-summary"))
    assert [one.diagnostic.message for one in found] == ["GET /a does not say what it does"]
    elsewhere = [{"files": ["other.yaml"], "rules": {"operation-summary": "off"}}]
    assert len(check(contract, overrides=elsewhere, **only("operation-summary"))) == 2


def test_a_rule_may_be_on_for_an_override_alone(check):
    on = [{"paths": ["/a"], "rules": {"operation-summary": "error"}}]
    [found] = check(SILENT, extends="none", overrides=on)
    assert found.diagnostic.severity is Severity.ERROR


def test_conformance_has_levels_too(check):
    twice = """
    paths:
      /a:
        get: {operationId: x, responses: {'200': {description: ok}}}
        put: {operationId: x, responses: {'200': {description: ok}}}
    """
    [found] = check(twice, **only("duplicate-operation-id", "info"))
    assert found.diagnostic.severity is Severity.INFO
    assert check(twice, extends="none") == ()


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ({"rules": {"operation-sumary": "off"}}, "did you mean operation-summary?"),
        ({"rules": {"operation-summary": "warn"}}, "did you mean warning?"),
        ({"rules": {"operation-id-style": {"stile": "snake"}}}, "did you mean style?"),
        ({"rules": {"operation-id-style": {"style": "shout"}}}, "known are snake, camel"),
        ({"rules": []}, "write rule-id: level"),
        ({"extends": "strict"}, "known are recommended, all, none"),
        ({"overides": []}, "did you mean overrides?"),
        ({"overrides": [{"rules": {}}]}, "say where it is meant"),
        (
            {"overrides": [{"paths": ["/a"], "rules": {"nope": "off"}}]},
            "see `wireproof rules lint`",
        ),
        ({"overrides": {}}, "write - paths: [...] below it"),
        ({"overrides": ["/a"]}, "write paths or files"),
    ],
)
def test_a_wrong_configuration_says_what_is_right(check, settings, hint):
    contract = "paths:\n  /a: {get: {operationId: listA, responses: {'200': {description: ok}}}}\n"
    with pytest.raises(UsageError) as error:
        check(contract, **settings)
    [said] = error.value.diagnostics
    assert hint in said.help
    assert said.span.file == "wireproof.yaml"
    assert said.span.line > 1


def test_an_exception_holds_for_its_object_and_below(check):
    contract = """
    paths:
      /a:
        x-wireproof-ignore: {operation-summary: older than the rule}
        get: {responses: {'200': {description: ok}}}
      /b:
        get: {responses: {'200': {description: ok}}}
    """
    [found] = check(contract, **only("operation-summary"))
    assert found.diagnostic.pointer == "/paths/~1b/get"


def test_an_exception_does_not_reach_through_a_reference(check):
    contract = """
    paths:
      /a:
        get:
          x-wireproof-ignore: {money-decimal: not here}
          parameters: [{$ref: '#/components/parameters/Price'}]
          responses: {'200': {description: ok}}
    components:
      parameters:
        Price: {name: price, in: query, schema: {type: number}}
    """
    on = {"money-decimal": "warning", "suppression": "warning"}
    assert [one.diagnostic.rule for one in check(contract, extends="none", rules=on)] == [
        "suppression",
        "money-decimal",
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[operation-summary]", "must map rules to reasons"),
        ("{operation-summary: ''}", "has no reason"),
        ("{operation-summary: true}", "has no reason"),
        ("{operation-sumary: why}", "there is no rule operation-sumary"),
        ("{operation-id: why}", "operation-id finds nothing here"),
    ],
)
def test_an_exception_has_a_reason_and_a_use(check, written, message):
    contract = f"""
    paths:
      /a:
        get:
          operationId: listA
          x-wireproof-ignore: {written}
          responses: {{'200': {{description: ok}}}}
    """
    told = [one.diagnostic for one in check(contract) if one.diagnostic.rule == "suppression"]
    assert any(message in one.message for one in told)


def test_findings_are_in_the_order_of_their_places(check):
    contract = "paths:\n  /b: {get: {}}\n  /a: {get: {}}\n"
    lines = [one.diagnostic.span.line for one in check(contract)]
    assert lines == sorted(lines)


def test_a_rule_sees_each_node_of_its_kinds_once(check):
    seen = []

    def look(node, scope):
        seen.append((node.pointer, scope.options["depth"]))
        yield Problem(node, "seen", "no help")

    rule = Rule("seen", Severity.INFO, ("parameter",), look, options={"depth": 3})
    found = check(SHARED, others={"shared.yaml": SHARED_FILE}, rule_set=(rule,))
    assert seen == [("/components/parameters/Price", 3)]
    assert len(found) == 1


WRONG_PLACES = (
    "paths: {/a: VALUE}",
    "paths: {/a: {get: VALUE}}",
    "paths: {/a: {get: {tags: VALUE, security: VALUE, responses: VALUE}}}",
    "paths: {/a: {get: {parameters: VALUE, requestBody: VALUE, x-pagination: VALUE}}}",
    "paths: {/a: {post: {x-idempotency: VALUE, x-rate-limit-cost: VALUE, servers: VALUE}}}",
    "paths: {/a: {get: {responses: {'200': VALUE, default: VALUE}, callbacks: VALUE}}}",
    "paths: {/a: {get: {responses: {'200': {content: {application/json: VALUE}}}}}}",
    "paths: {/a: {get: {responses: {'200': {content: {text/json: {schema: VALUE}}}}}}}",
    "paths: {/a: {get: {parameters: [{name: VALUE, in: VALUE, schema: VALUE}]}}}",
    "components: {schemas: {A: {type: VALUE, enum: VALUE, required: VALUE, default: VALUE}}}",
    "components: {schemas: {A: {properties: VALUE, required: VALUE, pattern: VALUE}}}",
    "components: {schemas: {A: {format: VALUE, type: string, minimum: VALUE, maximum: 3}}}",
    "components: {schemas: {A: {oneOf: VALUE, discriminator: VALUE, examples: VALUE}}}",
    "components: {schemas: {A: {oneOf: [VALUE], discriminator: {propertyName: VALUE}}}}",
    "components: {schemas: {A: {discriminator: {propertyName: a, mapping: VALUE}}}}",
    "components: {securitySchemes: VALUE, schemas: VALUE, parameters: VALUE}",
    "components: {securitySchemes: {o: {type: oauth2, flows: VALUE}}}\nsecurity: [{o: [x]}]",
    "components: {securitySchemes: {o: {type: oauth2, flows: {implicit: VALUE}}}}",
    "servers: VALUE\ntags: VALUE\nsecurity: VALUE\nx-rate-limits: VALUE\npaths: VALUE",
    "tags: [VALUE]\nservers: [VALUE]\nsecurity: [VALUE]\nx-wireproof-ignore: VALUE",
    "webhooks: {a: VALUE}\ncomponents: VALUE",
)


@pytest.mark.parametrize("value", ["3", "[]", "[1, {}]", "{a: 1}", "text", "null"])
@pytest.mark.parametrize("place", WRONG_PLACES)
def test_no_value_in_the_wrong_place_crashes_a_rule(check, place, value):
    found = check(place.replace("VALUE", value), extends="all", rule_set=WITHOUT_SECOND)
    assert found == tuple(sorted(found, key=lambda one: one.diagnostic.sort_key()))


def test_what_loading_warns_of_stays_a_warning(check):
    contract = "paths: {$ref: paths.yaml}\n"
    others = {"paths.yaml": "/a: {get: {responses: {'200': {description: ok}}}}\n"}
    [found] = check(contract, others=others, **only("misplaced-ref", "error"))
    assert (str(found.diagnostic.span), found.diagnostic.severity) == (
        "api.yaml:3:15",
        Severity.WARNING,
    )


def test_a_finding_behind_references_stands_where_it_is_written(check):
    """Spectral's known fault: places of the resolved document, in the wrong file or once a use."""
    contract = """
    paths:
      /a: {$ref: 'paths.yaml#/a'}
      /b: {get: {responses: {'200': {$ref: 'answers.yaml#/Order'}}}}
    """
    others = {
        "paths.yaml": "a: {get: {responses: {'200': {$ref: 'answers.yaml#/Order'}}}}\n",
        "answers.yaml": """\
            Order:
              description: ok
              content: {application/json: {schema: {$ref: 'schemas.yaml#/Order'}}}
            """,
        "schemas.yaml": """\
            Order:
              type: object
              properties:
                id:
                  type: string
                  example: 7
            """,
    }
    [found] = check(contract, others=others, **only("example-valid"))
    assert str(found.diagnostic.span) == "schemas.yaml:6:16"
    trail = [(one.message, str(one.span)) for one in found.diagnostic.related]
    assert trail == [
        ("the schema", "schemas.yaml:5:7"),
        ("used by GET /a", "paths.yaml:1:37"),
        ("through this reference", "answers.yaml:3:47"),
    ]
