import pytest

import misnomer
from misnomer.cli.evaluation_tables import say_evaluations
from misnomer.evaluation.results import Evaluation, MetricImportance


@pytest.fixture
def evaluation() -> Evaluation:
    labels = ["cat"] * 4 + ["dog"] * 4 + ["eel"] * 2
    predictions = ["cat"] * 3 + ["dog"] * 5 + ["dog", "eel"]
    return misnomer.score(labels, predictions)


def test_scores_stand_first_with_their_intervals(evaluation: Evaluation, capsys: pytest.CaptureFixture[str]) -> None:
    say_evaluations([evaluation], limit=None)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("10 samples, 10 with label, 10 of these with prediction")
    assert lines[3].split() == ["accuracy", "0.8000", "[0.4902,0.9433]"]


def test_the_worst_class_comes_first(evaluation: Evaluation, capsys: pytest.CaptureFixture[str]) -> None:
    say_evaluations([evaluation], limit=None)
    rows = _section(capsys.readouterr().out, "classes, lowest F1 first")
    assert [row.split()[0] for row in rows[1:]] == ["eel", "dog", "cat"]


def test_what_the_limit_leaves_out_is_told(evaluation: Evaluation, capsys: pytest.CaptureFixture[str]) -> None:
    say_evaluations([evaluation], limit=1)
    captured = capsys.readouterr()
    assert len(_section(captured.out, "classes, lowest F1 first")) == 2
    assert "2 more classes; --limit 0 shows all" in captured.err


def test_what_is_not_available_is_said_with_the_reason(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    say_evaluations([evaluation], limit=None)
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "log_loss" in line]
    assert line.startswith("not available: log_loss, ")
    assert line.endswith("Needs probabilities; only classes were given.")


def test_the_confusion_matrix_has_labels_as_rows(evaluation: Evaluation, capsys: pytest.CaptureFixture[str]) -> None:
    say_evaluations([evaluation], limit=None)
    rows = _section(capsys.readouterr().out, "confusion: rows are labels, columns predictions")
    assert [row.split() for row in rows] == [
        ["cat", "dog", "eel"],
        ["cat", "3", "1", "0"],
        ["dog", "0", "4", "0"],
        ["eel", "0", "1", "1"],
    ]


def test_models_stand_side_by_side(evaluation: Evaluation, capsys: pytest.CaptureFixture[str]) -> None:
    named = [evaluation.model_copy(update={"model": name}) for name in ("first", "second")]
    say_evaluations(named, limit=None)
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].split() == ["score", "first", "second"]
    assert "classes of second, lowest F1 first" in lines


def test_importance_shows_the_floor_and_its_sentence(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    row = MetricImportance(
        metric="brightness",
        title="Brightness",
        sample_count=10,
        importance=0.1,
        noise_floor=0.2,
        significant=False,
    )
    ranked = evaluation.model_copy(update={"importance": (row,), "importance_sentence": "Nothing stands out."})
    say_evaluations([ranked], limit=None)
    rows = _section(capsys.readouterr().out, "importance: what a metric tells about the model being right, 0 to 1")
    assert rows[1].split() == ["brightness", "no", "0.100", "0.200", "–", "–", "–"]
    assert rows[2] == "Nothing stands out."


def _section(text: str, heading: str) -> list[str]:
    lines = text.splitlines()
    rest = lines[lines.index(heading) + 1 :]
    return rest[: rest.index("")] if "" in rest else rest
