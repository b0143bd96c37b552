import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import misnomer
from tests.unit.cli.conftest import Command


@pytest.fixture
def check(command: Command, folder: Path, project: Path):
    """Check rules given as TOML; model "m" is right on 4 of 6, "n" on all 6."""
    keys = [f"{name}/{number}.png" for name in ("cat", "dog, wild") for number in range(3)]
    with misnomer.open(project) as opened:
        opened.add_predictions({"keys": keys, "predictions": [key.split("/")[0] for key in keys]}, model="n")

    def run(text: str, *options: object, name: str = "rules.toml"):
        (folder / name).write_text(text)
        return command("check", project, folder / name, *options)

    return run


def verdicts(answer) -> list[str]:
    return [rule["verdict"] for rule in json.loads(answer.out)["rules"]]


def rules(*texts: str) -> str:
    return "\n".join(f"[[rules]]\n{text}" for text in texts)


def test_kept_rules_exit_with_0_and_broken_ones_with_1(check) -> None:
    kept = check(rules('score = "accuracy"\nmodel = "n"\nlower_bound = 1.0'))
    assert (kept.code, kept.out.splitlines()[-1]) == (0, "1 rule: 0 failed")
    broken = check(rules('score = "accuracy"\nmodel = "m"\nlower_bound = 0.7'))
    assert (broken.code, broken.out.splitlines()[-1]) == (1, "1 rule: 1 failed")
    assert "accuracy is 0.6667" in broken.out
    assert "below 0.7" in broken.out


def test_the_interval_asks_for_enough_samples(check) -> None:
    rule = 'score = "accuracy"\nmodel = "n"\nlower_bound = 0.9\n'
    assert verdicts(check(rules(rule, rule + 'bound = "interval"'), "--json")) == ["passed", "failed"]


def test_a_change_is_against_another_model_on_the_same_samples(check) -> None:
    rule = 'score = "accuracy"\nmodel = "m"\nbaseline = "n"\n'
    answer = check(
        rules(rule + "max_drop = 0.34", rule + "max_drop = 0.33", rule + "max_relative_drop = 0.34"), "--json"
    )
    assert verdicts(answer) == ["passed", "failed", "passed"]
    assert json.loads(answer.out)["rules"][0]["baseline"] == 1.0
    surely = check(rules(rule + 'max_drop = 0.5\nbound = "interval"'), "--json")
    assert verdicts(surely) == ["failed"]  # Tango's interval of −2/6 reaches further than −0.5


def test_a_change_may_be_against_a_stored_evaluation(check, command: Command, folder: Path, project: Path) -> None:
    (folder / "before.json").write_text(command("evaluate", project, "--json").out)
    rule = 'score = "recall"\nclass = "cat"\nmodel = "m"\nbaseline = "before.json"\nmax_drop = 0'
    assert verdicts(check(rules(rule), "--json")) == ["passed"]
    stored = json.loads((folder / "before.json").read_text())["evaluations"][0]
    stored["classes"][0]["recall"]["value"] = 0.9
    (folder / "before.json").write_text(json.dumps(stored))
    assert verdicts(check(rules(rule), "--json")) == ["failed"]


def test_slices_and_support(check) -> None:
    rule = 'score = "accuracy"\nmodel = "m"\nlower_bound = 1.0\n'
    answer = check(
        rules(rule + 'where = ["brightness < 0.7"]', rule + "minimum_support = 7", rule + 'text = "nowhere"'), "--json"
    )
    assert verdicts(answer) == ["passed", "skipped", "skipped"]
    assert answer.code == 0


def test_rules_may_be_json(check) -> None:
    text = json.dumps({"rules": [{"score": "accuracy", "model": "n", "lower_bound": 0.5}]})
    assert check(text, name="rules.json").code == 0


def test_the_outcome_goes_to_junit_and_to_the_summary(check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("before\n")
    check(rules('name = "good"\nscore = "accuracy"\nmodel = "m"\nlower_bound = 0.9'), "--junit", tmp_path / "c.xml")
    assert ElementTree.parse(tmp_path / "c.xml").getroot().get("failures") == "1"
    assert (tmp_path / "summary.md").read_text().startswith("before\n## misnomer check failed: 1 of 1 rules")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[rules]]\nscore = "accuracy"\nlower_bund = 0.9', "Did you mean 'lower_bound'?"),
        ('[[rules]]\nscore = "acuracy"\nmodel = "m"\nlower_bound = 0.9', "Did you mean 'accuracy'?"),
        ('[[rules]]\nscore = "accuracy"\nmodel = "o"\nlower_bound = 0.9', "Unknown model 'o'"),
        ('[[rules]]\nscore = "accuracy"\nclass = "cat"\nlower_bound = 0.9', "score of a class"),
        ('[[rules]]\nscore = "accuracy"', "asks for nothing"),
        ('[[rules]]\nscore = "accuracy"\nmax_drop = 0.1', "a drop but no baseline"),
        ('[[rules]]\nscore = "accuracy"\nlower_bound = "0.9"', "It is a number."),
        (
            '[[rules]]\nscore = "f1_macro"\nbaseline = "n"\nmax_drop = 0.1\nbound = "interval"',
            "Only a change in accuracy",
        ),
        ('[[rules]]\nscore = "accuracy"\nmodel = "m"\nbaseline = "gone.json"\nmax_drop = 0.1', "neither a model nor"),
        ("rules = []", "has no rules"),
        ("[[rules", "cannot be read"),
        ("[[rule]]\nscore = 1", "Did you mean 'rules'?"),
    ],
)
def test_what_is_wrong_with_rules_is_told(check, text: str, said: str) -> None:
    answer = check(text)
    assert answer.code == 2
    assert said in answer.err


def test_a_file_that_is_not_there_is_told(command: Command, project: Path) -> None:
    assert command("check", project, "gone.toml").code == 2
