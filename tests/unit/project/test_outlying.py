"""What a sample's page says of its values that lie far out."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import misnomer
from misnomer.store.database import Database

# Quartiles 2 and 4: moderate fences at -1 and 7, severe ones at -3 and 9.
WIDTHS = [1.0, 2.0, 3.0, 4.0, 5.0]


def project_with(tmp_path: Path, **columns: list[float | None]) -> misnomer.Project:
    count = len(next(iter(columns.values())))
    table = pd.DataFrame({"key": [f"{i:03}.jpg" for i in range(count)], **columns})
    return misnomer.create(tmp_path / "p.misnomer", images=table)


def flags(project: misnomer.Project, row: int) -> list[tuple[str, str]]:
    return [(flag.kind, flag.sentence) for flag in project.sample(row).flags]


def test_severe_outliers_are_told_before_moderate_ones(tmp_path: Path) -> None:
    filling = WIDTHS * 20
    project = project_with(tmp_path, near=[*filling, 8.0], far=[*filling, -48213.0])
    assert flags(project, 100) == [
        ("severe_outlier", "Severe outlier: far −48,213 is below −1."),
        ("outlier", "Outlier: near 8 is above 7."),
    ]
    assert flags(project, 0) == []


@pytest.mark.parametrize("value", [7.0, -1.0, None])
def test_a_value_on_a_fence_and_a_missing_one_are_not_flagged(tmp_path: Path, value: float | None) -> None:
    assert flags(project_with(tmp_path, near=[*WIDTHS * 20, value]), 100) == []


def test_a_metric_whose_quartiles_are_equal_flags_nothing(tmp_path: Path) -> None:
    assert flags(project_with(tmp_path, same=[1.0] * 99 + [1000.0]), 99) == []


def test_the_flags_are_the_outliers_of_the_report(tmp_path: Path) -> None:
    project = project_with(tmp_path, near=[*WIDTHS * 20, 8.0, 9.0, 10.0, -7.0])
    report = {row.metric: row for row in project.outliers().metrics}["near"]
    kinds = [kind for row in range(104) for kind, sentence in flags(project, row) if "near" in sentence]
    assert kinds.count("severe_outlier") == report.severe_count == 2
    assert kinds.count("outlier") == report.moderate_count == 2


@pytest.mark.parametrize("condition", ["age > -10", "age > 0"])
def test_the_report_is_the_same_of_columns_that_are_too_many_to_keep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, condition: str
) -> None:
    draw = np.random.default_rng(0)
    ages, ties = draw.standard_cauchy(2000), draw.integers(0, 3, 2000) ** 3.0
    ages[::50] = np.nan
    project = project_with(
        tmp_path, age=ages.tolist(), ties=ties.tolist(), far=np.sort(draw.normal(size=2000)).tolist()
    )
    kept = project.outliers(where=misnomer.where(condition), limit=7)
    assert sum(metric.severe_count for metric in kept.metrics) > 50
    for module in ("misnomer.project.outlying", "misnomer.evaluation.quartiles"):
        monkeypatch.setattr(f"{module}.SAMPLE", 100)
    monkeypatch.setattr("misnomer.store.columns._PIECE_ROWS", 333)
    monkeypatch.setattr(Database, "memory_bytes", 0)
    assert project.outliers(where=misnomer.where(condition), limit=7) == kept


def test_a_sample_that_misleads_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ages = np.random.default_rng(0).standard_cauchy(2000)
    project = project_with(tmp_path, age=ages.tolist())
    right = project.outliers(limit=3)
    for module in ("misnomer.project.outlying", "misnomer.evaluation.quartiles"):
        monkeypatch.setattr(f"{module}.SAMPLE", 100)
    monkeypatch.setattr("misnomer.evaluation.quartiles._DEVIATIONS", 0)
    assert project.outliers(limit=3) == right
