"""The README's pictures are what the tool shows now; `python -m demo.pictures` draws them anew."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from demo.pictures import FOLDER, pictures

PICTURES = pictures()


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_current(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PICTURES[name]
    assert {path.name for path in FOLDER.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_small_and_stand_alone(name):
    text = PICTURES[name]
    assert len(text.encode()) < 20_000
    root = ET.fromstring(text)  # noqa: S314 - made a moment ago
    assert root.get("aria-label")
    assert re.findall(r"https?://[^\s\"<]+", text)[0] == "http://www.w3.org/2000/svg"
    assert "href" not in text


def test_the_gates_picture_shows_a_witness():
    shown = unescape(re.sub(r"<[^>]+>", "", PICTURES["gate.svg"])).replace("\u00a0", " ")
    assert "property-became-required" in shown
    assert (
        "required: [client_order_id, instrument_id, side, type, quantity, time_in_force]" in shown
    )
    assert '"time_in_force" is a required property' in shown
    assert "the smallest honest step is major" in shown
