"""Field names are a promise: a change of any result type shows up in the committed schema."""

from scripts.write_contract import CONTRACT, contract_text


def test_the_committed_schema_is_the_one_of_the_result_types() -> None:
    assert CONTRACT.read_text(encoding="utf-8") == contract_text(), "Run make contract and look at what changed."
