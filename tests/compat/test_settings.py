"""What is documented is what is read: the policy, waivers, rules' headlines and upgrade notes."""

import re
import textwrap
from datetime import date
from pathlib import Path

import pytest
from wireproof.cli.documentation import headline, names, page, topics, upgrade
from wireproof.compat.finding import Tier
from wireproof.compat.rules import ALL
from wireproof.compat.settings import FAIL_ON, Override, Settings, read_settings
from wireproof.compat.waivers import read_waivers
from wireproof.source.parse import parse


def example(topic):
    block = re.search(r"((?:^    .*\n)+)", page(topic), re.MULTILINE)[1]
    return parse(f"{topic}.yaml", textwrap.dedent(block).encode()).document.root


def test_the_documented_policy_is_read():
    settings = read_settings(example("compat").get("compat"), Path("team"))
    assert settings == Settings(
        fail_on="breaking",
        tiers=frozenset({Tier.WIRE, Tier.BEHAVIOUR}),
        overrides=(Override(("/internal/*",), frozenset({Tier.WIRE})),),
        notice={"stable": 180, "beta": 30},
        waivers=Path("team/spec/waivers.yaml"),
    )


def test_no_policy_is_the_default_one():
    assert read_settings(None, Path()) == Settings()
    policy = Settings().policy(date(2026, 1, 1))
    assert {policy.strict, policy.open_world, policy.sdk, bool(policy.notice)} == {False}
    assert FAIL_ON[Settings().fail_on] is not None


def test_types_are_read_only_where_some_path_asks_for_it():
    override = Override(("/public/*",), frozenset({Tier.SDK}))
    assert Settings(overrides=(override,)).policy(date(2026, 1, 1)).sdk


def test_the_documented_waiver_is_read():
    [waiver] = read_waivers(example("waivers"), (rule.id for rule in ALL))
    assert waiver.expires == date(2027, 1, 31)


def test_topics_are_no_rules():
    assert topics() == ["compat", "lint", "own-rules", "verify", "waivers"]
    assert not set(topics()) & set(names())


def test_headlines_are_the_pages_first_lines():
    for rule in names():
        assert headline(rule) == page(rule).partition("\n")[0]
        assert headline(rule).endswith(".")


def test_a_name_that_is_neither_has_no_page():
    for name in ("", "no-such-rule", "--init--", "../settings"):
        with pytest.raises(KeyError):
            page(name)


@pytest.mark.parametrize("rule", [rule.id for rule in ALL])
def test_upgrade_notes_are_one_sentence(rule):
    notes = {side: upgrade(rule, side) for side in ("request", "response", "")}
    for note in filter(None, notes.values()):
        assert re.fullmatch(r"[A-Z].{10,100}\.", note)
    if notes[""]:  # it is no matter of direction
        assert len(set(notes.values())) == 1
