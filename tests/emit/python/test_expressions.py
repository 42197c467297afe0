"""Long expressions keep their meaning when they are laid out over several lines."""

import ast
import json

from hypothesis import given
from hypothesis import strategies as st
from wireproof.emit.python.expressions import spread
from wireproof.emit.python.text import WIDTH

_TEXTS = st.text(st.sampled_from('ab:,|[{(}])"\\ '), max_size=20)
_NESTED = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=40,
)


@given(st.lists(_NESTED, min_size=1, max_size=4))
def test_a_spread_expression_is_the_same_value(value: list[object]) -> None:
    assert ast.literal_eval(spread(json.dumps(value), "    ")) == value


def test_an_element_that_is_itself_a_table_is_spread_from_its_own_bracket() -> None:
    deep = {f"member_{index}": {"units": "int_text", "nanos": "number"} for index in range(4)}

    text = spread(json.dumps([{"first": deep, "second": [deep]}]), "    ")

    assert ast.literal_eval(text) == [{"first": deep, "second": [deep]}]
    assert max(map(len, text.splitlines())) <= WIDTH
