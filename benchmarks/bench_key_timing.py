"""What the time of a refusal tells: key look-up, HMAC and Ed25519, in the venue's own verifier.

    .venv/bin/python benchmarks/bench_key_timing.py [--runs 4000]

Key ids are public, and the contract says by name when one is unknown (`key_unknown`); it is refused
after the same work all the same. What must not be told either is how near a guess came: how much of
an id is that of a real key, and how much of a signature is right.
Each pair below differs only in that, and is measured in turns, so that a busy machine hits both;
the difference of the medians stands beside the spread of one of them (half the range between the
quartiles). A difference well below the spread cannot be told apart over any network.
"""

from __future__ import annotations

import argparse
import asyncio
import hmac
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generated.server import Problem
from generated.server.operations import PLAN
from generated.server.runtime.auth import Identity
from generated.server.runtime.context import Context
from generated.server.runtime.memory import MemoryKeyStore, MemoryNonceStore
from generated.server.runtime.signature import SignatureAuth, SignatureVerifier, SigningKey

NOW = 1_795_339_800
KEY = "key_53r4C1L2zZsgsBMt"
SECRET = b"a secret of the venue's own make"
PRIVATE = Ed25519PrivateKey.generate()
Sign = Callable[[bytes], bytes]
Pair = tuple[str, dict[str, Any], dict[str, Any]]


def context(key_id: str, algorithm: str, sign: Sign) -> Context:
    """A signed GET /v1/balances."""
    names = '"@method" "@authority" "@path" "@query"'
    parameters = (
        f'({names});created={NOW};expires={NOW + 5};nonce="n";keyid="{key_id}"'
        f';alg="{algorithm}";tag="trading-v1"'
    )
    base = (
        '"@method": GET\n"@authority": x\n"@path": /v1/balances\n"@query": ?\n'
        f'"@signature-params": {parameters}'
    )
    signature = b64encode(sign(base.encode())).decode()
    fields = {
        "host": "x",
        "signature-input": f"sig1={parameters}",
        "signature": f"sig1=:{signature}:",
    }
    scope = {
        "method": "GET",
        "scheme": "http",
        "path": "/v1/balances",
        "raw_path": b"/v1/balances",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in fields.items()],
        "client": ("127.0.0.1", 1),
    }
    return Context(scope, "listBalances", ())


def mac(base: bytes) -> bytes:
    """The right HMAC."""
    return hmac.digest(SECRET, base, "sha256")


def wrong(sign: Sign, octet: int) -> Sign:
    """The right signature but for one octet."""

    def bent(base: bytes) -> bytes:
        found = bytearray(sign(base))
        found[octet] ^= 1
        return bytes(found)

    return bent


def pairs() -> Iterator[Pair]:
    """What is compared: a name, a guess that is far off, one that is near."""
    stranger = Ed25519PrivateKey.generate().sign
    yield (
        "unknown key: no letter of a real id, all but the last",
        {"key_id": "nnn_zzzzzzzzzzzzzzzz", "algorithm": "ed25519", "sign": stranger},
        {"key_id": f"{KEY[:-1]}u", "algorithm": "ed25519", "sign": stranger},
    )
    yield (
        "HMAC: the first octet wrong, the last",
        {"key_id": "key_mac", "algorithm": "hmac-sha256", "sign": wrong(mac, 0)},
        {"key_id": "key_mac", "algorithm": "hmac-sha256", "sign": wrong(mac, 31)},
    )
    yield (
        "Ed25519: the first octet of S wrong, one of the last",
        {"key_id": KEY, "algorithm": "ed25519", "sign": wrong(PRIVATE.sign, 32)},
        {"key_id": KEY, "algorithm": "ed25519", "sign": wrong(PRIVATE.sign, 60)},
    )
    yield (
        "Ed25519: a stranger's signature, all but one octet right",
        {"key_id": KEY, "algorithm": "ed25519", "sign": stranger},
        {"key_id": KEY, "algorithm": "ed25519", "sign": wrong(PRIVATE.sign, 32)},
    )
    yield (
        "an unknown key, a known one and a wrong signature",
        {"key_id": "key_nobody", "algorithm": "ed25519", "sign": stranger},
        {"key_id": KEY, "algorithm": "ed25519", "sign": stranger},
    )


def verifier() -> SignatureVerifier:
    """The venue's verifier over two keys."""
    (plan,) = [scheme.signature for scheme in PLAN.schemes if scheme.signature is not None]
    public = PRIVATE.public_key().public_bytes_raw()
    keys = [
        SigningKey(KEY, "ed25519", public, Identity("a")),
        SigningKey("key_mac", "hmac-sha256", SECRET, Identity("b")),
    ]
    auth = SignatureAuth(
        keys=MemoryKeyStore(keys), nonces=MemoryNonceStore(), clock=lambda: float(NOW)
    )
    return SignatureVerifier(plan, auth)


async def nanoseconds(check: SignatureVerifier, guess: Context) -> int:
    """Time of one refusal."""
    started = time.perf_counter_ns()
    try:
        await check.authenticate(guess)
    except Problem:
        return time.perf_counter_ns() - started
    raise RuntimeError("a guess was let in")


async def compare(check: SignatureVerifier, pair: Pair, runs: int) -> str:
    """A line of the table."""
    name, *guesses = pair
    taken: list[list[int]] = [[], []]
    for turn in range(runs * 2):
        which = turn % 2 if turn // 2 % 2 else 1 - turn % 2  # each goes first as often
        taken[which].append(await nanoseconds(check, context(**guesses[which])))
    (low, far, high), (_, near, _) = (quantiles(each, n=4) for each in taken)
    columns = (far / 1e3, near / 1e3, (near - far) / 1e3, (high - low) / 2e3)
    return f"{name:58}" + "".join(f"{value:9.2f}" for value in columns)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=4_000)
    runs = parser.parse_args().runs
    check = verifier()
    print(f"{'microseconds (medians)':58}{'far':>9}{'near':>9}{'differ':>9}{'spread':>9}")
    for pair in pairs():
        print(asyncio.run(compare(check, pair, runs)))


if __name__ == "__main__":
    main()
