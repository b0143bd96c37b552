"""A project whose tables another state of misnomer laid out ends in advice, not in DuckDB's words."""

from pathlib import Path

import duckdb
import pytest

from misnomer.errors import ProjectVersion
from misnomer.store import tables
from misnomer.store.database import DATABASE_FILE, Database
from misnomer.store.image_metrics import prepare_image_metrics


def changed(database: Database, statement: str) -> Database:
    """The same project after a statement that no misnomer runs."""
    database.close()
    with duckdb.connect(str(database.directory / DATABASE_FILE)) as connection:
        connection.execute(statement)
    return Database(database.directory)


def test_a_missing_column_is_named_with_what_to_do(database: Database) -> None:
    older = changed(database, "alter table predictions drop column prediction_agreement")
    with pytest.raises(ProjectVersion, match=r"no predictions\.prediction_agreement \(DOUBLE\)\.\n.*misnomer create"):
        older.rows("select prediction_agreement from predictions")


def test_a_missing_table_is_named(database: Database) -> None:
    older = changed(database, "drop table map_points")
    with pytest.raises(ProjectVersion, match=r"no table map_points\."):
        older.arrow("select * from map_points")


def test_what_fails_while_streaming_and_writing_is_named_too(database: Database) -> None:
    older = changed(database, "drop table notes")
    with pytest.raises(ProjectVersion, match="no table notes"):
        older.batches("select * from notes")
    with pytest.raises(ProjectVersion, match="no table notes"), older.transaction():
        older.execute("delete from tags")
        older.execute("delete from notes")


def test_a_column_too_many_is_named(database: Database) -> None:
    older = changed(database, "alter table tags add column colour varchar")
    with pytest.raises(ProjectVersion, match=r"also tags\.colour \(VARCHAR\)"):
        older.execute("insert into tags values ('odd', 1)")


def test_a_column_of_another_type_is_named_with_both(database: Database) -> None:
    older = changed(database, "alter table tags alter column sample_id type uuid using null")
    with pytest.raises(ProjectVersion, match=r"no tags\.sample_id \(INTEGER\), also tags\.sample_id \(UUID\)"):
        older.execute("insert into tags values ('odd', 1)")


def test_many_differences_are_counted(database: Database) -> None:
    dropped = ["notes", "tags", "map_points", "imports", "findings", "label_joint", "unmatched_labels"]
    older = changed(database, "".join(f"drop table {name};" for name in dropped))
    with pytest.raises(ProjectVersion, match=r"no table label_joint, .* and 2 more"):
        older.rows("select * from tags")


def test_nothing_is_lost_when_something_is_missing(database: Database) -> None:
    older = changed(database, "drop table notes")
    with pytest.raises(ProjectVersion), older.transaction():
        older.execute("delete from samples")
        older.execute("delete from notes")
    assert older.value("select count(*) from samples") == 6


def test_a_project_that_cannot_become_a_current_one_says_so(database: Database) -> None:
    with pytest.raises(ProjectVersion, match="are not those of this misnomer"):
        changed(database, "update meta set value = '1'; drop table decisions cascade")


def test_the_users_columns_and_metrics_are_no_difference(database: Database) -> None:
    prepare_image_metrics(database, {"brightness": "double"}, "1")
    database.execute("alter table attributes add column camera varchar")
    with pytest.raises(duckdb.BinderException, match="nonsense"):
        database.rows("select nonsense from samples")


def test_an_unknown_table_in_a_current_project_stays_an_error_of_ours(database: Database) -> None:
    with pytest.raises(duckdb.CatalogException):
        database.rows("select * from nowhere")


def test_a_shared_project_is_told_the_same(database: Database, tmp_path: Path) -> None:
    changed(database, "drop table notes").close()
    with pytest.raises(ProjectVersion, match="no table notes"):
        Database(tmp_path / "pets.misnomer", shared=True).execute("delete from notes")


def test_every_version_becomes_one_with_the_tables_of_a_new_project(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / DATABASE_FILE)) as connection:
        connection.execute(tables.TABLES)
        connection.execute("insert into meta values ('schema_version', '1')")
    migrated = Database(tmp_path)
    with pytest.raises(duckdb.BinderException):
        migrated.rows("select nonsense from notes")
