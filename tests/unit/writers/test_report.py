import base64
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from misnomer.readers.report import ImportReport
from misnomer.writers import report_parts
from misnomer.writers.report import Example, Histogram, ReportContent, render_report, write_report
from tests.unit.charts.evaluations import HOSTILE_NAMES, evaluation, hostile_counts, large_counts, performance

PIXEL = "data:image/webp;base64," + base64.b64encode(b"pixel").decode()
VOID = {"meta", "img", "br", "link", "input", "hr"}
POKEMON = evaluation()


def imported() -> ImportReport:
    report = ImportReport("linear.npz", "predictions", "a matrix of probabilities", {"rows": 165})
    report.add("unknown_class", [f"key {i}" for i in range(30)])
    return report


def content(**changes) -> ReportContent:
    standard = ReportContent(
        title="pokemon.misnomer",
        created=datetime(2026, 11, 24, 12, 30, tzinfo=UTC),
        version="0.1.0",
        summary={"Images": "165", "Filter": "split = test"},
        evaluations=[POKEMON],
        by_metric={"linear": [performance()]},
        metric_units={"red_values": "share"},
        histograms=[Histogram("Brightness", "", [0, 0.5, 1], [100, 65])],
        constants={"Width": "64 px", "Aspect Ratio": "1"},
        class_balance=[(row.name, row.support) for row in POKEMON.classes],
        examples={("linear", "charmander", "pikachu"): [Example("a/1.png", PIXEL)]},
        import_reports=[imported()],
    )
    return replace(standard, **changes)


class Page(HTMLParser):
    """The page as its tags: checks that they close, keeps attributes, texts and headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open_tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.headings: list[int] = []
        self.feed(html)
        self.close()
        assert self.open_tags == []

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open_tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open_tags.pop() == tag

    def handle_data(self, data):
        self.texts.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(filter(None, self.texts))

    def values(self, tag: str, name: str) -> list[str]:
        return [value for t, n, value in self.attributes if (t, n) == (tag, name)]


@pytest.fixture(scope="module")
def html() -> str:
    return render_report(content())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_it_shows_the_headline_scores_with_their_intervals(page):
    for text in ("Accuracy", "78.8%", "70.8 – 86.8", "Mean F1", "0.788"):
        assert text in page.texts


def test_it_names_the_metrics_that_are_the_same_for_all_samples(page):
    assert "The same for all samples: Width 64 px, Aspect Ratio 1." in page.text


def test_it_says_how_many_samples_the_scores_rest_on(page):
    assert "linear: 165 of 175 labelled samples have a prediction, the others are in no score." in page.text
    assert "10 of 185 samples have no label and are in no score." in page.text


def test_it_has_every_chart(page):
    assert {
        "Precision and recall by class",
        "Confusion matrix",
        "What goes with being right",
        "Correlation with being right",
        "Reliability",
        "Recall by Red Values",
        "Samples by class",
        "Brightness",
    } <= set(page.texts)
    assert page.text.count("noise floor") >= 2


def test_a_confusion_has_its_direction_and_images_with_their_keys(page):
    assert "15 of 53 labelled · back 4 · one way" in page.text
    assert page.values("img", "src") == [PIXEL]
    assert page.values("img", "alt") == page.values("img", "title") == ["a/1.png"]


def test_it_lists_what_the_import_met(page):
    assert "30 name a class that no label has" in page.text
    assert "key 9" in page.texts
    assert "key 10" not in page.texts
    assert "and 20 more" in page.text


def test_it_says_why_a_score_is_not_there(page):
    assert "Not available: ROC AUC, one against the rest. Needs the probabilities of all classes." in page.text


def test_it_loads_nothing_and_runs_nothing(html, page):
    assert all(tag != "script" and not name.startswith("on") for tag, name, _ in page.attributes)
    assert "<script" not in html
    assert "@import" not in html
    assert "url(" not in html
    for tag, name, value in page.attributes:
        if name in ("src", "href", "xlink:href", "srcset", "action", "data"):
            assert value.startswith(("#", "data:image/")), (tag, name, value)


def test_links_lead_to_sections_of_the_page(page):
    targets = {value for _, name, value in page.attributes if name == "id"}
    assert {value.removeprefix("#") for value in page.values("a", "href")} <= targets
    assert len(page.values("section", "id")) == len(targets)


def test_headings_skip_no_level_and_tables_have_headers(page):
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert set(page.values("th", "scope")) == {"col", "row"}


def test_drawings_have_a_text_for_those_who_do_not_see_them(page):
    roles, labels = page.values("svg", "role"), page.values("svg", "aria-label")
    assert len(labels) == roles.count("img") == 8
    assert all(labels)


def test_it_is_written_whole(tmp_path):
    write_report(tmp_path / "report.html", content(evaluations=[], by_metric={}))
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_empty_project_has_a_report_that_says_what_to_do():
    empty = content(
        evaluations=[], by_metric={}, histograms=[], class_balance=[], examples={}, import_reports=[], summary={}
    )
    page = Page(render_report(empty))
    assert "misnomer add-predictions" in page.text
    assert "Nothing has been imported." in page.text


def test_several_models_stand_side_by_side():
    models = [POKEMON, evaluation(model="nearest")]
    page = Page(render_report(content(evaluations=models)))
    assert {"linear", "nearest"} <= set(page.texts)
    assert page.texts.count("Confusion matrix") == 2
    assert len([value for value in page.values("th", "scope") if value == "col"]) > 8


def test_hostile_names_stay_text_everywhere():
    hostile = evaluation(hostile_counts(), HOSTILE_NAMES, model="<script>alert(2)</script>\x00")
    note = ImportReport("<img src=x>\x01", "labels", "CSV", {"<b>": 1})
    note.add("extra_key", HOSTILE_NAMES)
    html = render_report(
        content(
            title="<script>alert(3)</script>",
            summary={"<i>": "</style>\x02"},
            evaluations=[hostile],
            by_metric={"</svg>": [performance(title="</title><script>")]},
            histograms=[Histogram("</svg><script>", "\x03", [0, 1], [2])],
            class_balance=[(name, 2) for name in HOSTILE_NAMES],
            examples={
                (hostile.model, pair.label, pair.prediction): [Example('"><script>', PIXEL)]
                for pair in hostile.confused_pairs
            },
            import_reports=[note],
        )
    )
    page = Page(html)
    assert "<script" not in html
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", html)
    assert set(page.values("img", "src")) == {PIXEL}
    assert "<script>alert(3)</script>" in page.texts


def test_an_example_that_is_not_an_image_within_the_file_is_left_out():
    uris = ["https://example.org/a.png", "data:text/html;base64,AAAA", PIXEL + '" onload="x']
    examples = {("linear", "charmander", "pikachu"): [Example("a", uri) for uri in uris]}
    assert not Page(render_report(content(examples=examples))).values("img", "src")


def test_of_a_thousand_densely_confused_classes_it_stays_small():
    """Four models in detail, each of the size of this one, and everything else at its largest: under 4 MB."""
    names = tuple(f"class number {i} of a thousand" for i in range(1000))
    dense = evaluation(large_counts(1000) + 1, names, metrics=60)
    big = content(
        evaluations=[dense],
        by_metric={"linear": [performance(metric=f"m{i}", title=f"Metric {i}") for i in range(30)]},
        histograms=[Histogram(f"Metric {i}", "", list(range(101)), [5] * 100) for i in range(60)],
        class_balance=[(name, i) for i, name in enumerate(names)],
        import_reports=[imported() for _ in range(100)],
    )
    html = render_report(big)
    section = html[html.index('<section id="model-1">') : html.index('<section id="by-metric">')]
    thumbnails = report_parts.ALL_EXAMPLE_BYTES
    assert len(html.encode()) + 3 * len(section.encode()) + thumbnails < 4_000_000
    assert "12 of 60 histograms" in Page(html).text


def test_thumbnails_share_a_room():
    heavy = PIXEL + "A" * 30_000
    examples = {
        ("linear", pair.label, pair.prediction): [Example(f"{i}.webp", heavy) for i in range(50)]
        for pair in POKEMON.confused_pairs
    }
    (part,) = report_parts.model_parts(content(examples=examples))
    used = [len(example.data_uri) for pair in part.pairs for example in pair.examples]
    assert 0.9 * report_parts.ALL_EXAMPLE_BYTES < sum(used) <= report_parts.ALL_EXAMPLE_BYTES


def test_it_says_what_it_leaves_out():
    many = content(evaluations=[POKEMON] * 30, import_reports=[imported()] * 21)
    assert report_parts.left_out(many) == [
        "4 of 30 models in detail",
        "24 of 30 models in the tables of scores",
        "20 of 21 imports, the latest ones",
    ]
