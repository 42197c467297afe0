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
