"""The tables of ``project.duckdb`` and how an older project becomes a current one."""

import duckdb

from misnomer.errors import ProjectVersion

SCHEMA_VERSION = 2

# sample_id is the position in the order of adding. A missing value is NULL, never 0.
TABLES = """
create table meta (name varchar not null, value varchar not null);
create table roots (root_id integer not null, location varchar not null, relative varchar);
create table classes (
    class_id integer not null, name varchar not null, position integer, of_labels boolean not null default false
);
create table samples (
    sample_id integer not null, key varchar not null, root_id integer, path varchar,
    label_id integer, label_source varchar, split varchar, random double not null
);
create table attribute_columns (name varchar not null, role varchar not null, position integer not null);
create table attributes (sample_id integer not null);
create table computed (step varchar not null, fingerprint varchar not null);
create table models (model_id integer not null, name varchar not null, missing_policy varchar not null);
create table vectors (
    vector_id integer not null, file varchar not null, kind varchar not null, row_count bigint not null,
    class_ids integer[] not null
);
create table predictions (
    model_id integer not null, sample_id integer not null, class_id integer not null, confidence double,
    margin double, prediction_entropy double, variance double, sum_squares double,
    vector_id integer, vector_row bigint, label_id integer, label_probability double, label_rank integer
);
create table unmatched_predictions (
    model_id integer not null, key varchar not null, class_id integer not null, confidence double,
    margin double, prediction_entropy double, variance double, sum_squares double,
    vector_id integer, vector_row bigint
);
create table unmatched_labels (key varchar not null, label_id integer, split varchar);
create table tags (tag varchar not null, sample_id integer not null);
create table imports (
    import_id integer not null, content varchar not null, source varchar not null, model varchar,
    format varchar not null, counts varchar not null
);
create table findings (
    import_id integer not null, position integer not null, kind varchar not null, count bigint not null,
    detail varchar not null, keys varchar[] not null
);
"""

# What version 2 adds: findings from embeddings, label checks and reviews.
ADDED_IN_2 = """
create table notes (sample_id integer not null, note varchar not null);
create table decisions (
    decision_id integer not null, sample_id integer not null, action varchar not null, label_id integer,
    given_label_id integer, decided_at timestamp not null, undone_at timestamp
);
create view corrected_labels as
    select sample_id, arg_max(label_id, decision_id) as label_id from decisions
    where undone_at is null and action <> 'skip' group by sample_id;
create table label_check_runs (
    model_id integer not null, fingerprint varchar not null, basis varchar not null, in_sample boolean not null
);
create table label_checks (
    model_id integer not null, sample_id integer not null, label_quality double not null,
    suggested_id integer not null, suspected boolean not null
);
create table label_joint (
    model_id integer not null, label_id integer not null, class_id integer not null, sample_count bigint not null
);
create table embeddings (
    embedding_id integer not null, name varchar not null, version varchar not null, dimensions integer not null,
    of_user boolean not null, is_current boolean not null
);
create table embedding_rows (
    embedding_id integer not null, sample_id integer not null, file varchar not null, row integer not null
);
create table neighbor_graphs (
    embedding_id integer not null, version varchar not null, file varchar not null, distances_file varchar not null,
    samples_file varchar not null
);
create table neighbor_metrics (
    sample_id integer not null, uniqueness double, diversity double, annotation_quality double,
    neighbor_count integer not null, majority_label_id integer, majority_share double
);
alter table predictions add column prediction_agreement double;
create table map_points (sample_id integer not null, x float not null, y float not null);
create table full_pixel_hashes (sample_id integer not null, pixel_hash varchar not null);
create table duplicate_links (
    first_id integer not null, second_id integer not null, kind varchar not null, distance double not null
);
"""

# Version n's entry turns a project of version n into one of version n + 1.
MIGRATIONS: dict[int, str] = {1: ADDED_IN_2}


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay out an empty project."""
    connection.execute(TABLES + ADDED_IN_2)
    connection.execute("insert into meta values ('schema_version', ?)", [str(SCHEMA_VERSION)])


def stored_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Schema version of an open project.

    Raises:
        ProjectVersion: newer than this misnomer, or not a project at all.
    """
    try:
        rows = connection.execute("select value from meta where name = 'schema_version'").fetchall()
    except duckdb.CatalogException:
        rows = []
    if not rows:
        raise ProjectVersion(
            "This database is not a misnomer project.", hint="Name a directory made by `misnomer create`."
        )
    version = int(rows[0][0])
    if version > SCHEMA_VERSION:
        raise ProjectVersion(
            f"The project has schema version {version}; this misnomer reads up to {SCHEMA_VERSION}.",
            hint="Upgrade it: pip install --upgrade misnomer.",
        )
    return version


def migrate(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Bring a project of an older version to the current one, within the caller's transaction."""
    for step in range(version, SCHEMA_VERSION):
        connection.execute(MIGRATIONS[step])
    connection.execute("update meta set value = ? where name = 'schema_version'", [str(SCHEMA_VERSION)])
