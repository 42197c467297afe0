import pytest
from wireproof.emit.words import camel, kebab, pascal, snake, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("client_orderID", ("client", "order", "id")),
        ("HTTPServer", ("http", "server")),
        ("sha256Digest", ("sha256", "digest")),
        ("OAuth2Token", ("oauth2", "token")),
        ("listIDs", ("list", "ids")),
        ("APIKeys", ("api", "keys")),
        ("get /v1/orders/{order_id}", ("get", "v1", "orders", "order", "id")),
        ("größe in_Metern", ("größe", "in", "metern")),
        ("注文", ("注文",)),
        ("2fa", ("2fa",)),
        ("--", ()),
        ("", ()),
    ],
)
def test_words(name, expected):
    assert words(name) == expected


def test_spellings_of_several_names_make_one():
    assert pascal("list orders", "response") == "ListOrdersResponse"
    assert camel("list orders", "response") == "listOrdersResponse"
    assert snake("list orders", "response") == "list_orders_response"
    assert kebab("list orders", "response") == "list-orders-response"


def test_spelling_again_changes_nothing():
    for name in ("orderId", "HTTPServer", "list-items", "OAuth2"):
        assert snake(snake(name)) == snake(name)
        assert pascal(pascal(name)) == pascal(name)
