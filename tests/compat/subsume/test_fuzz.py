"""Random pairs of schemas: verdicts against brute force, against an oracle, and against themselves.

The brute force knows nothing of the solver: a few hundred values, two validators' worth of truth,
and its own reading of which names a sender may use.
"""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wireproof.compat.subsume import Flow, Options, Proven, Prover, Refuted, Unproven
from wireproof.ir.schema import SchemaId

X = SchemaId("#/components/schemas/X")
NAMES = ("a", "b", "c")
SETTINGS = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def fixed(**keywords: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A schema with all of the keywords that are strategies optional."""
    always = {k: v for k, v in keywords.items() if not isinstance(v, st.SearchStrategy)}
    maybe = {k: v for k, v in keywords.items() if isinstance(v, st.SearchStrategy)}
    return st.fixed_dictionaries({}, optional=maybe).map(lambda chosen: {**always, **chosen})


RESTRICTS_FREE_NAMES = re.compile(
    "additionalProperties|patternProperties|propertyNames|unevaluatedProperties|maxProperties"
)
"""Where a receiver restricts names that were free, an open sender may use undeclared ones."""

CLOSED = st.sampled_from([False])
BOUNDS = st.sampled_from([-2, -1, 0, 1, 2, 2.5, 4])
COUNTS = st.integers(0, 3)
SCALARS = st.one_of(
    st.sampled_from([True, {}, {"type": "null"}, {"type": "boolean"}]),
    st.sampled_from([{"type": ["string", "null"]}, {"type": ["integer", "array"]}]),
    fixed(
        type="integer",
        minimum=BOUNDS,
        exclusiveMaximum=BOUNDS,
        multipleOf=st.sampled_from([1, 2, 3]),
    ),
    fixed(
        type="number",
        exclusiveMinimum=BOUNDS,
        maximum=BOUNDS,
        multipleOf=st.sampled_from([0.5, 1, 1.5]),
    ),
    fixed(
        type="string",
        minLength=COUNTS,
        maxLength=COUNTS,
        pattern=st.sampled_from(["^a", "b$", "^[ab]*$", "a|b", "^(ab)+$", "^.{2}$", "^$"]),
    ),
    st.lists(
        st.sampled_from(["a", "b", "", 1, 0, 2.5, True, None, [1], {"a": 1}]),
        min_size=1,
        max_size=3,
    ).map(lambda values: {"enum": values}),
)


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
    arms = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        fixed(
            type="object",
            properties=st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
            required=names,
            additionalProperties=st.one_of(CLOSED, inner),
            patternProperties=st.dictionaries(st.sampled_from(["^a", "b$"]), inner, max_size=1),
            minProperties=COUNTS,
            maxProperties=COUNTS,
            propertyNames=st.sampled_from([{"pattern": "^[ab]"}, {"maxLength": 1}]),
            dependentRequired=st.just({"a": ["b"]}),
        ),
        fixed(
            type="array",
            prefixItems=st.lists(inner, min_size=1, max_size=2),
            items=inner,
            contains=inner,
            maxContains=COUNTS,
            minItems=COUNTS,
            maxItems=COUNTS,
            uniqueItems=st.booleans(),
        ),
        st.builds(lambda schemas: {"allOf": schemas}, arms),
        st.builds(lambda schemas: {"anyOf": schemas}, arms),
        st.builds(lambda schemas: {"oneOf": schemas}, arms),
        st.builds(lambda schema: {"not": schema}, inner),
        st.builds(lambda a, b, c: {"if": a, "then": b, "else": c}, inner, inner, inner),
        st.builds(
            lambda schemas, rest: {"allOf": schemas, "unevaluatedProperties": rest},
            arms,
            st.one_of(CLOSED, inner),
        ),
    )


SCHEMAS = st.recursive(SCALARS, containers, max_leaves=8)

PATTERNS = st.sampled_from(["^a", "b$", "^[^a]", ".", "^(?!a)", "\\d", "^(a|b)c?$", "^.{2}$", "é"])
ODD_SCALARS = st.one_of(
    SCALARS,
    st.sampled_from([{"const": 1}, {"const": 1.0}, {"const": True}, {"enum": []}, {"const": "é"}]),
    st.sampled_from([{"enum": [0, False]}, {"enum": [1, "1", [True]]}, {"const": 1, "enum": [2]}]),
    fixed(
        minimum=st.sampled_from([-1e-7, 0, 0.1, 10**20, 1e300]),
        exclusiveMaximum=st.sampled_from([0.3, 1, 10**20 + 1]),
        exclusiveMinimum=BOUNDS,
        multipleOf=st.sampled_from([0.1, 0.01, 0.3, 4, 6]),
    ),
    fixed(minLength=COUNTS, maxLength=COUNTS, pattern=PATTERNS),
    fixed(
        type="string",
        format=st.sampled_from(["date", "uuid", "ipv4", "time"]),
        maxLength=COUNTS,
        pattern=PATTERNS,
    ),
)


def odd_containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What is rare, and what applies to any type because none is stated."""
    arms = st.lists(inner, min_size=1, max_size=3)
    names = st.sampled_from([*NAMES, "ab", "é"])
    spelled = [{"pattern": "b$"}, {"const": "a"}, {"minLength": 2}, {"not": {"const": "a"}}]
    return st.one_of(
        containers(inner),
        fixed(
            properties=st.dictionaries(names, inner, max_size=2),
            patternProperties=st.dictionaries(PATTERNS, inner, max_size=2),
            additionalProperties=inner,
            propertyNames=st.sampled_from(spelled),
            maxProperties=COUNTS,
            dependentRequired=st.dictionaries(names, st.lists(names, max_size=1), max_size=1),
            dependentSchemas=st.dictionaries(names, inner, max_size=1),
            unevaluatedProperties=st.one_of(CLOSED, inner),
            anyOf=arms,
        ),
        fixed(
            prefixItems=arms,
            contains=inner,
            minContains=COUNTS,
            maxContains=COUNTS,
            minItems=COUNTS,
            uniqueItems=st.booleans(),
            unevaluatedItems=st.one_of(CLOSED, inner),
        ),
        st.builds(lambda schemas, rest: {"oneOf": schemas, "unevaluatedItems": rest}, arms, inner),
        st.builds(lambda schema: {"not": {"propertyNames": schema}}, st.sampled_from(spelled)),
    )


ODD_SCHEMAS = st.recursive(ODD_SCALARS, odd_containers, max_leaves=8)


@st.composite
def pairs(draw: st.DrawFn, schemas: st.SearchStrategy[Any] = SCHEMAS) -> tuple[Any, Any]:
    """Two schemas that mostly have much in common."""
    schema = draw(schemas)
    if isinstance(schema, bool) or draw(st.integers(0, 3)) == 0:
        return schema, draw(schemas)
    other = dict(schema)
    if other and draw(st.booleans()):
        other.pop(draw(st.sampled_from(sorted(other))))
    else:
        more = draw(schemas)
        other.update(more if isinstance(more, dict) else {})
    return (schema, other) if draw(st.booleans()) else (other, schema)


def sample_values() -> list[Any]:
    scalars = [None, True, False, 0, 1, 2, -1, 3, 0.5, 2.5, "", "a", "b", "ab", "abab", "aab", "c"]
    scalars += [0.1, 0.3, 6, 10**20, "é", "ac", "1", "2024-02-29", "192.0.2.1", "12:30:00Z"]
    arrays = [[], *([each] for each in scalars)]
    arrays += [list(two) for two in itertools.product([0, 1, "a", None], repeat=2)]
    arrays += [[1, 2, 1], ["a", 1, 1], [2, 1, 2, 1], [0, False], [1, True], ["é", "a", 1]]
    arrays += [[1, 2, 3], [1, 1, 1], [0, "a", "b"], [[1]], [{}], [{"a": 1}]]
    objects: list[Any] = [{}]
    for names in itertools.chain(
        [("",), ("ab",), ("é",), ("ab", "a"), ("é", "b")],
        itertools.combinations((*NAMES, "zz"), 1),
        itertools.combinations((*NAMES, "zz"), 2),
        itertools.combinations((*NAMES, "zz"), 3),
    ):
        some = (
            [0, 1, "a", None, True, [], {}, {"a": 1}, "ab"] if len(names) == 1 else [0, "a", None]
        )
        objects += [
            dict(zip(names, values, strict=True))
            for values in itertools.product(some, repeat=len(names))
        ]
    return [*scalars, *arrays, *objects]


VALUES = sample_values()


def is_valid(schema: Any, value: Any) -> bool:
    return jsonschema_rs.is_valid(schema, value, validate_formats=True)


def usable(schemas: list[Any], value: Any) -> bool:
    """Whether some way of reading the sender's schemas declares all names in a value."""
    return any(uses_declared(branch, value) for branch in branches(schemas, value))


def branches(schemas: list[Any], value: Any) -> list[list[dict[str, Any]]]:
    """The schemas that apply together, for each way of choosing arms of unions."""
    found: list[list[dict[str, Any]]] = [[]]
    for schema in schemas:
        if not isinstance(schema, dict):
            continue
        ways = [[schema]]
        for member in schema.get("allOf", ()):
            ways = joined(ways, branches([member], value))
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                held = [arm for arm in schema[keyword] if is_valid(arm, value)]
                ways = joined(ways, [way for arm in held for way in branches([arm], value)])
        if "if" in schema:
            holds = is_valid(schema["if"], value)
            chosen = [schema["if"], schema.get("then")] if holds else [schema.get("else")]
            ways = joined(ways, branches(chosen, value))
        found = joined(found, ways)
    return found


def joined(left: list[Any], right: list[Any]) -> list[Any]:
    return [[*one, *other] for one in left for other in right]


def uses_declared(schemas: list[dict[str, Any]], value: Any) -> bool:
    if isinstance(value, list):
        return all(
            usable([child for s in schemas for child in item_schemas(s, index)], item)
            for index, item in enumerate(value)
        )
    if not isinstance(value, dict):
        return True
    named = {name for s in schemas for name in (*s.get("properties", ()), *s.get("required", ()))}
    named |= {  # what some name requires beside it; it may be sent without that name too
        name
        for s in schemas
        for others in s.get("dependentRequired", {}).values()
        for name in others
    }
    patterns = [pattern for s in schemas for pattern in s.get("patternProperties", ())]
    typed = any(
        not trivial(s.get(keyword, True))
        for s in schemas
        for keyword in ("additionalProperties", "unevaluatedProperties")
    )
    scarce = not patterns and max((s.get("minProperties", 0) for s in schemas), default=0) > len(
        named
    )
    is_open = typed or scarce or not (named or patterns)
    for name, item in value.items():
        if not (is_open or name in named or any(re.search(p, name) for p in patterns)):
            return False
        if not usable([child for s in schemas for child in member_schemas(s, name)], item):
            return False
    return True


def trivial(schema: Any) -> bool:
    return schema is True or schema == {}


def member_schemas(schema: dict[str, Any], name: str) -> list[Any]:
    found = [s for p, s in schema.get("patternProperties", {}).items() if re.search(p, name)]
    if name in schema.get("properties", {}):
        found.append(schema["properties"][name])
    elif not found and "additionalProperties" in schema:
        found.append(schema["additionalProperties"])
    return found


def item_schemas(schema: dict[str, Any], index: int) -> list[Any]:
    prefix = schema.get("prefixItems", [])
    if index < len(prefix):
        return [prefix[index]]
    return [schema["items"]] if "items" in schema else []


@pytest.fixture(scope="module")
def ask(make_contract):
    def prove(
        sender: Any,
        receiver: Any,
        *,
        versions: Any = ("3.1.0", "3.1.0"),
        components: Any = ({}, {}),
        **options: Any,
    ) -> Any:
        ours = make_contract({"X": sender, **components[0]}, versions[0])
        theirs = make_contract({"X": receiver, **components[1]}, versions[1])
        prover = Prover(ours.schemas, theirs.schemas, Flow.REQUEST, Options(**options))
        verdict = prover.prove(X, X)
        assert prover.rejected == []
        return verdict

    return prove


@SETTINGS
@given(st.one_of(pairs(), pairs(ODD_SCHEMAS)))
def test_verdicts_hold_against_brute_force(ask, pair):
    sender, receiver = pair
    verdict = ask(sender, receiver, open_world=True)
    differing = [v for v in VALUES if is_valid(sender, v) and not is_valid(receiver, v)]
    if isinstance(verdict, Proven):
        assert not differing, f"{json.dumps(sender)} -> {json.dumps(receiver)}"
    if isinstance(verdict, Refuted) and not any("oneOf" in each for each in verdict.readings):
        assert is_valid(sender, verdict.witness)
        assert not is_valid(receiver, verdict.witness)


@SETTINGS
@given(pairs())
def test_by_default_only_declared_names_count(ask, pair):
    sender, receiver = pair
    if any(keyword in repr(pair) for keyword in ("'not'", "'contains'")):
        return  # what these declare is a matter of taste; the strict reading is tested above
    verdict = ask(sender, receiver)
    if isinstance(verdict, Proven):
        for value in VALUES:
            if is_valid(sender, value) and not is_valid(receiver, value):
                assert not usable([sender], value), value
    if isinstance(verdict, Refuted) and not any("oneOf" in each for each in verdict.readings):
        blamed = f"{verdict.receiver}/{verdict.keyword}"
        assert usable([sender], verdict.witness) or RESTRICTS_FREE_NAMES.search(blamed)


@SETTINGS
@given(st.one_of(pairs(), pairs(ODD_SCHEMAS)))
def test_an_independent_oracle_does_not_disagree(ask, pair):
    sender, receiver = pair
    if '"format"' in json.dumps(pair):
        return  # a mere annotation to the oracle
    try:
        theirs, ours = (jsonschema_rs.canonicalize(each) for each in (receiver, sender))
        oracle = str(theirs.covers(ours))
    except jsonschema_rs.canonical.CanonicalizationError:
        return
    verdict = ask(sender, receiver, open_world=True)
    if isinstance(verdict, Refuted) and any("oneOf" in each for each in verdict.readings):
        return
    agreed = (oracle, type(verdict)) not in {("yes", Refuted), ("no", Proven)}
    assert agreed, f"{json.dumps(sender)} -> {json.dumps(receiver)}: oracle {oracle}, {verdict}"


@SETTINGS
@given(SCHEMAS, st.data())
def test_refactoring_changes_nothing(ask, schema, data):
    respelled = data.draw(st.sampled_from(REFACTORINGS))(schema)
    for verdict in (ask(schema, respelled), ask(respelled, schema)):
        assert isinstance(verdict, Proven | Unproven)
        if isinstance(verdict, Unproven):
            assert all("could not be told apart" in each.text for each in verdict.reasons)


def reordered(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: reordered(schema[key]) for key in reversed(schema)}
    return schema


def flattened(schema: Any) -> Any:
    """The keywords spread over an allOf, where none of them looks at its neighbours."""
    close = {"additionalProperties", "items", "contains", "if", "unevaluatedProperties"}
    if not isinstance(schema, dict) or close & schema.keys():
        return {"allOf": [schema]}
    return {"allOf": [{key: value} for key, value in schema.items()]}


def listed(schema: Any) -> Any:
    """A list of types as a union of types."""
    if isinstance(schema, dict) and isinstance(schema.get("type"), list):
        return {"anyOf": [{**schema, "type": name} for name in schema["type"]]}
    return {"anyOf": [schema]}


REFACTORINGS = (
    reordered,
    flattened,
    listed,
    lambda schema: {"allOf": [schema]},
    lambda schema: {"anyOf": [schema]},
    lambda schema: {"oneOf": [schema]},
    lambda schema: {"allOf": [schema, schema]},
    lambda schema: {"anyOf": [schema, False]},
    lambda schema: {"not": {"not": schema}},
    lambda schema: {"if": True, "then": schema},
)


OLD_SCALARS = st.one_of(
    fixed(type="integer", minimum=BOUNDS, exclusiveMinimum=st.booleans(), nullable=st.booleans()),
    fixed(type="number", maximum=BOUNDS, exclusiveMaximum=st.booleans(), nullable=st.booleans()),
    fixed(type="string", enum=st.just(["a", None]), maxLength=COUNTS, nullable=st.booleans()),
    st.just({"format": "byte", "type": "string"}),
)


def old_containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    arms = st.lists(inner, min_size=1, max_size=2)
    members = st.dictionaries(st.sampled_from(NAMES), inner, max_size=2)
    return st.one_of(
        fixed(type="object", properties=members, nullable=st.booleans(), maxProperties=COUNTS),
        fixed(type="array", items=inner, nullable=st.booleans(), maxItems=COUNTS),
        fixed(allOf=arms, nullable=st.booleans()),
        fixed(anyOf=arms, nullable=st.booleans()),
    )


OLD_SCHEMAS = st.recursive(OLD_SCALARS, old_containers, max_leaves=6)
EXCLUSIVE = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))


def upgraded(schema: Any) -> Any:
    """A schema of OpenAPI 3.0 as one of 3.1."""
    new = dict(schema)
    for keyword in ("allOf", "anyOf"):
        if keyword in new:
            new[keyword] = [upgraded(each) for each in new[keyword]]
    if "items" in new:
        new["items"] = upgraded(new["items"])
    if "properties" in new:
        new["properties"] = {name: upgraded(each) for name, each in new["properties"].items()}
    for exclusive, plain in EXCLUSIVE:
        if new.pop(exclusive, False) and plain in new:
            new[exclusive] = new.pop(plain)
    if new.pop("nullable", False):
        if "type" not in new:
            return {"anyOf": [{"type": "null"}, new]}
        new["type"] = [new["type"], "null"]
    return new


@SETTINGS
@given(OLD_SCHEMAS)
def test_the_spelling_of_3_0_means_what_3_1_says(ask, schema):
    new = upgraded(schema)
    there = ask(schema, new, versions=("3.0.3", "3.1.0"))
    back = ask(new, schema, versions=("3.1.0", "3.0.3"))
    assert (type(there), type(back)) == (Proven, Proven), f"{json.dumps(schema)}: {there}, {back}"


@SETTINGS
@given(OLD_SCHEMAS, OLD_SCHEMAS)
def test_verdicts_on_3_0_hold_against_brute_force(ask, sender, receiver):
    if isinstance(ask(sender, receiver, versions=("3.0.3", "3.0.3"), open_world=True), Proven):
        ours, theirs = upgraded(sender), upgraded(receiver)
        assert not [v for v in VALUES if is_valid(ours, v) and not is_valid(theirs, v)]


TAG = "k"
MEMBERS = st.dictionaries(
    st.sampled_from(NAMES[:2]), st.sampled_from([{}, {"type": "integer"}, {"type": "string"}])
)
REQUIRED = st.lists(st.sampled_from([*NAMES[:2], TAG]), max_size=2, unique=True)
ARMS = fixed(type="object", properties=MEMBERS, required=REQUIRED, additionalProperties=CLOSED)
MAPPINGS = st.dictionaries(
    st.sampled_from(["A", "B", "p", "q"]), st.sampled_from(["A", "B"]), max_size=3
)


@st.composite
def unions(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A union with a discriminator, its components, and what both mean to JSON Schema."""
    arms = {
        name: (schema | {"properties": {**schema.get("properties", {}), TAG: {"type": "string"}}})
        for name, schema in (("A", draw(ARMS)), ("B", draw(ARMS)))
    }
    keyword = draw(st.sampled_from(["oneOf", "anyOf"]))
    mapping = draw(MAPPINGS)
    beside = draw(fixed(properties=MEMBERS, unevaluatedProperties=CLOSED, required=REQUIRED))
    names = draw(st.sampled_from([("A", "B"), ("B", "A"), ("A",)]))
    union = {keyword: [{"$ref": f"#/components/schemas/{name}"} for name in names]}
    discriminator = {"propertyName": TAG, "mapping": mapping}
    meant = []
    for name in names:
        tags = [tag for tag, target in mapping.items() if target == name] or [name]
        tagged = {"required": [TAG], "properties": {TAG: {"enum": tags}}}
        meant.append({"allOf": [arms[name], {"not": {"not": tagged}}]})
    within = draw(st.booleans())  # what is evaluated in an allOf counts beside it as well
    told = {**union, "discriminator": discriminator}
    if within:
        return {**beside, "allOf": [told]}, arms, {**beside, "allOf": [{keyword: meant}]}
    return {**beside, **told}, arms, {**beside, keyword: meant}


TAGGED = [
    {name: value for name, value in zip((TAG, "a", "b", "zz"), values, strict=True) if value}
    for values in itertools.product(
        [None, "A", "B", "p", "q", 1], [None, 7, "x"], [None, 7, "x"], [None, 7]
    )
]


@SETTINGS
@given(unions(), unions(), st.booleans())
def test_tags_choose_as_brute_force_says(ask, ours, theirs, closed):
    (sender, arms, sent), (receiver, others, taken) = ours, theirs
    if closed:
        nothing_else = {"unevaluatedProperties": False}
        receiver, others, taken = sender | nothing_else, arms, sent | nothing_else
    verdict = ask(sender, receiver, components=(arms, others), open_world=True)
    differing = [v for v in TAGGED if is_valid(sent, v) and not is_valid(taken, v)]
    if isinstance(verdict, Proven):
        assert not differing
    if isinstance(verdict, Refuted) and not any("oneOf" in each for each in verdict.readings):
        assert is_valid(sent, verdict.witness)
        assert not is_valid(taken, verdict.witness)
