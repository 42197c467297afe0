import pytest
from wireproof.diagnostics import Diagnostic, Related, Severity, Span
from wireproof.report.text import frame, render


def finding(span, **changes):
    fields = {
        "rule": "unresolved-ref",
        "severity": Severity.ERROR,
        "message": "nothing stands there",
        "span": span,
    }
    return Diagnostic(**(fields | changes))


def test_a_frame_points_at_the_span(tmp_path):
    spec = tmp_path / "a.yaml"
    spec.write_text("paths:\n  größe: {$ref: '#/nowhere'}\n")
    text = render(
        [
            finding(
                Span(str(spec), 2, 17, 2, 28),
                help="did you mean '#/somewhere'?",
                related=(Related("first used here", Span.point(str(spec), 1, 1)),),
            )
        ]
    )
    assert text.replace(str(spec), "a.yaml") == (
        "a.yaml:2:17 error: nothing stands there [unresolved-ref]\n"
        "    2 |   größe: {$ref: '#/nowhere'}\n"
        "      |                 ^^^^^^^^^^^\n"
        "  first used here: a.yaml:1:1\n"
        "  help: did you mean '#/somewhere'?\n"
        "\n"
        "1 error\n"
    )


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first(tmp_path):
    spec = tmp_path / "a.yaml"
    spec.write_text("key: value\nmore: 1\n")
    assert list(frame(Span(str(spec), 1, 6, 2, 3)))[1].endswith("^^^^^")


def test_a_long_line_is_cut_around_the_place(tmp_path):
    spec = tmp_path / "a.json"
    spec.write_text("[" + "1," * 5000 + '"here"]')
    shown, marks = frame(Span(str(spec), 1, 10002, 1, 10008))
    assert len(shown) < 200
    assert shown[marks.index("^") : marks.rindex("^") + 1] == '"here"'


def test_what_cannot_be_read_is_named_without_a_frame():
    assert render([finding(Span.point("main:spec/a.yaml", 4, 2))]) == (
        "main:spec/a.yaml:4:2 error: nothing stands there [unresolved-ref]\n\n1 error\n"
    )


def test_counts_are_summed_by_severity():
    span = Span.point("nowhere.yaml")
    text = render([finding(span), finding(span, severity=Severity.WARNING), finding(span)])
    assert text.endswith("\n2 errors, 1 warning\n")


def test_nothing_to_say_is_nothing():
    assert render([]) == ""


@pytest.mark.parametrize("block", [1, 3, 8, 1 << 14])
@pytest.mark.parametrize(
    "text", ["", "a", "\n", "\n\n", "a\n\nbcd\n" * 5, "\nlong line\n\nx", "x\n" * 9]
)
def test_every_line_is_found_wherever_breaks_are_counted(text, block, monkeypatch, tmp_path):
    monkeypatch.setattr("wireproof.report.text._BLOCK", block)
    path = tmp_path / f"{block}.yaml"
    path.write_text(text)
    written = text.removesuffix("\n").split("\n")
    for number in range(len(written) + 2):
        shown = list(frame(Span(str(path), number, 1, number, 1)))
        wanted = number - 1 in range(len(written))
        assert [line[8:] for line in shown[:1]] == ([written[number - 1]] if wanted else [])
