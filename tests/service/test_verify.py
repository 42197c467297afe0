"""`wireproof verify` on the running venue, signed through a sidecar as any proxy would sign."""

from __future__ import annotations

import json

from click.testing import CliRunner
from wireproof.cli.main import cli

from tests.service.contract_reading import SPEC
from tests.service.test_schemathesis import serving

# What these take, a schema cannot say all about: cursors are opaque, keys lie on a curve, orders
# and keys that are to expire do so in the future (`UNSAYABLE` in schemathesis_hooks.py).
OPAQUE = {
    *("listInstruments", "listTrades", "listCandles", "listOrders", "listExecutions"),
    *("listApiKeys", "createOrder", "createApiKey", "updateApiKey", "rotateApiKey"),
}


def test_the_venue_keeps_its_contract_but_for_what_no_schema_says(tmp_path, documented_operations):
    report = tmp_path / "report.json"
    with serving(tmp_path) as (served, sidecar):
        arguments = ["verify", served.url, "--spec", str(SPEC), "--max-examples", "3"]
        signed = ["-H", "Authorization: Bearer alice", "--format", f"json={report}"]
        done = CliRunner().invoke(cli, [*arguments, *signed])
    assert done.exit_code in (0, 1), done.output
    names = {f"{each.method.upper()} {each.path}": each.id for each in documented_operations}
    found = {
        (each["rule"], names[each["message"].partition(":")[0]])
        for each in json.loads(report.read_text())["findings"]
    }
    assert found <= {("verify-positive-data-acceptance", name) for name in OPAQUE}
    assert {"alice", ""} <= {name for _, name in sidecar.seen}
