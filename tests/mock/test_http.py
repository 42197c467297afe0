"""The mock on a real socket: raw HTTP, the generated Python SDK, the command itself."""

import http.client
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from wireproof.mock.prefer import Preferences
from wireproof.mock.service import Mock

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec" / "northgate.openapi.yaml"


def test_one_connection_serves_many_requests(northgate, serving):
    server = serving(Mock(northgate))
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    try:
        statuses = []
        for method, path in (("GET", "/v1/time"), ("HEAD", "/v1/time"), ("GET", "/v1/no")):
            connection.request(method, path)
            answer = connection.getresponse()
            body = answer.read()
            statuses.append(answer.status)
            assert bool(body) == (method != "HEAD")
        assert statuses == [200, 200, 404]
    finally:
        connection.close()


def test_chunked_bodies_are_read(northgate, serving):
    server = serving(Mock(northgate, credentials=False))
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    try:
        pieces = iter([b'{"side":', b'"nobody"}'])
        headers = {"content-type": "application/json"}
        connection.request("POST", "/v1/orders", pieces, headers, encode_chunked=True)
        answer = connection.getresponse()
        problem = json.loads(answer.read())
        assert answer.status == 400
        assert "/body/side" in {error["pointer"] for error in problem["errors"]}
    finally:
        connection.close()


@pytest.mark.parametrize(
    "raw",
    [
        b"POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"nonsense\r\n\r\n",
    ],
)
def test_broken_requests_are_answered_and_the_connection_closed(northgate, serving, raw):
    server = serving(Mock(northgate))
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as wire:
        wire.sendall(raw)
        received = b""
        while piece := wire.recv(65536):
            received += piece
    assert b" 400 " in received or b" 413 " in received or b"Error code: 400" in received


def test_the_python_sdk_trades_with_it(northgate, serving, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "generated" / "python"))
    from northgate import Northgate  # noqa: PLC0415 - found through the path set above

    server = serving(Mock(northgate))
    key = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"
    pem = f"-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n"
    with Northgate(base_url=server.url, key_id="k", private_key=pem) as client:
        order = client.orders.create(
            client_order_id="a-1", instrument_id="BTC-USD", side="buy", type="limit",
            quantity="0.25", time_in_force="gtc", limit_price="60000.10",
        )  # fmt: skip
        assert order.status
        assert client.market_data.list_instruments().items


def test_every_declared_answer_of_northgate_can_be_had(northgate):
    mock = Mock(northgate, credentials=False)
    for operation in northgate.operations:
        served = mock._compile(operation)
        for response in operation.responses:
            reply = served.answers.reply(Preferences(code=response.status), "")
            assert reply.status == int(response.status)


def test_the_command_serves_until_it_is_told_to_stop():
    command = [str(Path(sys.executable).with_name("wireproof")), "mock", str(SPEC), "--port", "0"]
    # Who runs the tests in the background has them ignore SIGINT, and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    try:
        line = process.stderr.readline()
        assert "operations at http://127.0.0.1:" in line, line
        port = int(line.rpartition(":")[2])
        hint = process.stderr.readline()
        assert hint == f"try: curl http://127.0.0.1:{port}/v1/time\n"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/v1/time", headers={"Prefer": "code=429"})
        assert connection.getresponse().status == 429
        connection.close()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
        assert rest == "GET /v1/time -> 429\nstopped\n"
        assert process.returncode == 0
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_a_taken_port_and_a_missing_contract_are_told(tmp_path, monkeypatch):
    from click.testing import CliRunner  # noqa: PLC0415 - of this test only
    from wireproof.cli.main import cli  # noqa: PLC0415 - of this test only
    from wireproof.diagnostics import WireproofError  # noqa: PLC0415 - of this test only

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(cli, ["mock", str(SPEC), "--port", port])
    assert isinstance(result.exception, WireproofError)
    assert "cannot listen" in str(result.exception)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["mock"])
    assert "which contract?" in str(result.exception)
