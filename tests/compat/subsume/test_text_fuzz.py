"""Random schemas of parameters: a proof about text holds for every way of reading it, by trial."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wireproof.compat.subsume import Flow, Options, Proven, Prover, Refuted
from wireproof.ir.schema import SchemaId

X = SchemaId("#/components/schemas/X")
SETTINGS = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SCALARS = [None, True, False, 0, 1, 2, -1, 10, 0.5, "", "a", "b", "ab", "0", "1", "10", "-1"]
SCALARS += ["0.5", "true", "false", "null", "x1", "2024-02-29"]
LISTS = [[], *([each] for each in SCALARS), *map(list, itertools.product([0, "0", "a"], repeat=2))]
TYPES = ["string", "integer", "number", "boolean", "null"]
TYPE = st.one_of(
    st.sampled_from(TYPES), st.lists(st.sampled_from(TYPES), min_size=2, max_size=2, unique=True)
)


def some(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keywords)


PLAIN = st.one_of(
    some(type=TYPE),
    some(
        type=st.sampled_from(["integer", "number"]),
        minimum=st.sampled_from([0, 1, 5]),
        maximum=st.sampled_from([0, 1, 5]),
        multipleOf=st.sampled_from([1, 2, 0.5]),
    ),
    some(
        type=st.just("string"),
        minLength=st.integers(0, 2),
        maxLength=st.integers(0, 2),
        pattern=st.sampled_from(["^[ab]*$", "^[0-9]+$", "1", "^x"]),
        format=st.just("date"),
    ),
    some(
        type=st.sampled_from(TYPES),
        enum=st.lists(
            st.sampled_from(["a", "1", "true", 1, 0, 0.5]), min_size=1, max_size=3, unique=True
        ),
        minimum=st.just(1),
        pattern=st.just("^a"),
    ),
)


def combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    arms = st.lists(inner, min_size=1, max_size=2)
    beside = some(allOf=arms, anyOf=arms, oneOf=arms)
    return st.one_of(
        st.builds(lambda one, other: {**one, **other}, PLAIN, beside),
        st.builds(lambda one, other: {"allOf": [one, other]}, PLAIN, inner),
        st.builds(lambda one, other: {**one, "not": other}, PLAIN, inner),
        st.builds(lambda a, b, c: {"if": a, "then": b, "else": c}, inner, inner, inner),
    )


SINGLE = st.recursive(PLAIN, combined, max_leaves=5)
PARAMETERS = st.one_of(
    SINGLE,
    some(
        type=st.just("array"),
        items=SINGLE,
        contains=PLAIN,
        maxItems=st.integers(0, 2),
        uniqueItems=st.booleans(),
    ),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Any, Any]:
    """Two schemas: any two, the first and some more, or one of a type that the other reads."""
    schema, more = draw(PARAMETERS), draw(PARAMETERS)
    if draw(st.booleans()):
        typed = draw(TYPE)
        return {"type": typed}, {"type": draw(TYPE), **draw(combined(PLAIN))}
    other = draw(st.sampled_from([more, {**schema, **more}, {"allOf": [schema, more]}]))
    return (schema, other) if draw(st.booleans()) else (other, schema)


def texts(value: Any) -> list[Any]:
    """A value, its text, and what the text looks like: to all of a list alike."""
    if isinstance(value, list):
        return [value, [spelled(each) for each in value], [looked_at(each) for each in value]]
    return [value, spelled(value), looked_at(value)]


def spelled(value: Any) -> Any:
    return value if isinstance(value, str | list | dict) else json.dumps(value)


def looked_at(value: Any) -> Any:
    """Numbers and the words true, false and null; what else is JSON stays text."""
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return value if isinstance(found, str | list | dict) else found


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


@pytest.fixture(scope="module")
def valid():
    def judge(schema: Any) -> Any:
        validator = jsonschema_rs.validator_for(schema, validate_formats=True)
        return validator.is_valid

    return judge


@SETTINGS
@given(pairs())
def test_verdicts_hold_for_every_reading(make_contract, valid, pair):
    sender, receiver = pair
    ours, theirs = (make_contract({"X": schema}).schemas for schema in pair)
    prover = Prover(ours, theirs, Flow.REQUEST, Options(text=True, open_world=True))
    verdict = prover.prove(X, X)
    assert prover.rejected == []
    sent, taken = valid(sender), valid(receiver)
    if isinstance(verdict, Proven):
        for value in [*SCALARS, *LISTS]:
            refused = sent(value) and not any(map(taken, texts(value)))
            assert not refused, f"{value!r}: {json.dumps(sender)} -> {json.dumps(receiver)}"
    if isinstance(verdict, Refuted) and not verdict.readings:
        assert sent(plain(verdict.witness))
        assert not any(map(taken, texts(plain(verdict.witness))))
