from xml.etree import ElementTree

from misnomer.evaluation.rules import CheckedRule, check_report
from misnomer.writers.check import junit_xml, markdown


def rule(name: str, verdict: str, sentence: str = "why") -> CheckedRule:
    return CheckedRule(name=name, model="m", score="accuracy", verdict=verdict, sample_count=1200, sentence=sentence)


REPORT = check_report(
    [rule("one", "passed"), rule("a|b <script>", "failed", 'is "0.8" & less\x00'), rule("3", "skipped")]
)


def test_every_rule_is_a_test_case():
    suite = ElementTree.fromstring(junit_xml(REPORT))
    assert {name: suite.get(name) for name in ("tests", "failures", "skipped", "errors")} == {
        "tests": "3",
        "failures": "1",
        "skipped": "1",
        "errors": "0",
    }
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == ["one", "a|b <script>", "3"]
    assert [[child.tag for child in case] for case in cases] == [[], ["failure"], ["skipped"]]
    assert cases[1][0].get("message") == 'is "0.8" & less '


def test_markdown_is_a_table_that_no_name_can_leave():
    lines = markdown(REPORT).splitlines()
    assert lines[0] == "## misnomer check failed: 1 of 3 rules"
    assert lines[4] == "| ✅ | one | m | 1,200 | why |"
    assert lines[5] == '| ❌ | a\\|b &lt;script> | m | 1,200 | is "0.8" &amp; less  |'
    assert markdown(check_report([rule("one", "passed")])).startswith("## misnomer check passed")
