//! The schema read back.

use super::*;
use crate::db::schema::{described, differences, read};

fn all_tables() -> Vec<&'static Table> {
    system::TABLES.iter().chain(TABLES).copied().collect()
}

/// What differs after statements were run by hand, one text for each engine.
#[track_caller]
fn after(sqlite: &str, mysql: &str) -> Vec<String> {
    let scratch = Scratch::new();
    let mut conn = scratch.db.connect().unwrap();
    let text = if engine() == Engine::Sqlite { sqlite } else { mysql };
    for statement in text.split(';').filter(|statement| !statement.trim().is_empty()) {
        conn.batch(statement).unwrap();
    }
    differences(&described(&all_tables()), &read(&mut conn).unwrap())
}

#[test]
fn a_schema_as_described_is_read_back_equal() {
    let scratch = Scratch::new();
    let mut conn = scratch.db.connect().unwrap();
    crate::db::migrate::ledger::ensure(&mut conn).unwrap();
    let (expected, actual) = (described(&all_tables()), read(&mut conn).unwrap());
    assert_eq!(differences(&expected, &actual), [""; 0]);
    assert_eq!(actual, expected);
    assert_eq!(actual.tables.len(), all_tables().len() + 1, "a word index is a table too");
    let people = &actual.tables["people"];
    let rules = ["balance >= -50", "status in ('known', 'new')", "visits >= 0"];
    assert!(people.checks.iter().eq(rules), "{:?}", people.checks);
    assert!(people.uniques["uq_people_email"].live);
    assert!(people.columns.iter().all(|column| column.name != ddl::LIVE_COLUMN));
}

#[test]
fn the_committed_migrations_make_the_described_bookkeeping() {
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    let migrations: Vec<_> = system::MIGRATIONS.iter().collect();
    let clock = crate::clock::Clock::standing(at(0));
    crate::db::migrate::runner::apply(&mut conn, &migrations, &clock, &mut |_, _| {}).unwrap();
    let actual = read(&mut conn).unwrap();
    assert_eq!(differences(&described(system::TABLES), &actual), [""; 0]);
}

#[test]
fn a_shorter_text_is_told() {
    let found = after(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_master SET sql = replace(sql, 'length(\"line\") <= 40', 'length(\"line\") <= 30')
         WHERE name = 'samples';
         PRAGMA writable_schema = RESET",
        "ALTER TABLE samples MODIFY line VARCHAR(30) NULL",
    );
    let noted = if engine() == Engine::Sqlite { " noted as varchar(40)" } else { "" };
    assert_eq!(found, [format!("samples.line: expected varchar(40), found varchar(30){noted}")]);
}

#[test]
fn added_and_dropped_columns_are_told() {
    let found = after(
        "ALTER TABLE visits ADD COLUMN remark TEXT NULL CHECK (length(remark) <= 5) /* varchar(5) */;
         ALTER TABLE samples DROP COLUMN flag",
        "ALTER TABLE visits ADD COLUMN remark VARCHAR(5) NULL; ALTER TABLE samples DROP COLUMN flag",
    );
    assert_eq!(
        found,
        ["samples.flag: the column is missing", "visits.remark: the column is not described"]
    );
}

#[test]
fn a_column_added_by_a_migration_is_read_as_described() {
    static MORE: Table = Table::new(
        "teams",
        "Team",
        &[
            Column::id(),
            Column::text("name", 60, "", "").folded(),
            Column::text("code", 10, "", "").null(),
            Column::decimal("fee", 8, 2, "", "").min(0).null(),
            Column::reference("head_id", "people", "", "").null(),
        ],
    )
    .uniques(TEAMS.uniques);
    let scratch = Scratch::new();
    let mut conn = scratch.db.connect().unwrap();
    let statements: &[&str] = match engine() {
        Engine::Sqlite => &[
            "ALTER TABLE \"teams\" ADD COLUMN \"fee\" INTEGER NULL CHECK (\"fee\" BETWEEN -99999999 AND \
             99999999 AND \"fee\" >= 0) /* decimal(8,2) */",
            "ALTER TABLE \"teams\" ADD COLUMN \"head_id\" INTEGER NULL REFERENCES \"people\" (\"id\") /* ref */",
            "CREATE INDEX \"ix_teams_head_id\" ON \"teams\" (\"head_id\")",
        ],
        Engine::Mysql => &[
            "ALTER TABLE teams ADD COLUMN fee DECIMAL(8,2) NULL, ADD CONSTRAINT ck_teams_fee CHECK (fee >= 0), \
             ADD COLUMN head_id BIGINT NULL, ADD KEY ix_teams_head_id (head_id), \
             ADD CONSTRAINT fk_teams_head_id FOREIGN KEY (head_id) REFERENCES people (id)",
        ],
    };
    for statement in statements {
        conn.batch(statement).unwrap();
    }
    let tables: Vec<&Table> =
        system::TABLES.iter().chain(&TABLES[1..]).copied().chain([&MORE]).collect();
    assert_eq!(differences(&described(&tables), &read(&mut conn).unwrap()), [""; 0]);
}

#[test]
fn lost_and_strange_indexes_keys_and_tables_are_told() {
    let found = after(
        "DROP INDEX uq_people_email; CREATE UNIQUE INDEX uq_people_email ON people (email);
         DROP INDEX ix_people_name; CREATE INDEX ix_new ON people (status); CREATE TABLE guests (a TEXT)",
        "ALTER TABLE people DROP KEY uq_people_email, ADD UNIQUE KEY uq_people_email (email),
         DROP KEY ix_people_name, ADD KEY ix_new (status); CREATE TABLE guests (a LONGTEXT)",
    );
    assert_eq!(
        found,
        [
            "people: expected the unique set uq_people_email (email) among live rows, found (email)",
            "people: the index ix_people_name (last_name, first_name) is missing",
            "people: the index ix_new (status) is not described",
            "guests: the table is not described",
        ]
    );
}

#[test]
fn other_rules_keys_and_empties_are_told() {
    let found = after(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_master SET sql = replace(replace(sql, '''new'', ', ''), 'NO ACTION', 'CASCADE')
         WHERE name IN ('people', 'visits');
         UPDATE sqlite_master SET sql = replace(sql, '\"whole\" INTEGER NULL', '\"whole\" INTEGER NOT NULL')
         WHERE name = 'samples';
         PRAGMA writable_schema = RESET",
        "ALTER TABLE people DROP CONSTRAINT ck_people_status, ADD CHECK (status IN ('known'));
         ALTER TABLE visits DROP FOREIGN KEY fk_visits_person_id; ALTER TABLE visits ADD CONSTRAINT fk_visits_person_id
         FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE;
         ALTER TABLE samples MODIFY whole INT NOT NULL",
    );
    assert_eq!(
        found,
        [
            "people: the rule status in ('known', 'new') is missing",
            "people: the rule status in ('known') is not described",
            "samples.whole: expected NULL, found NOT NULL",
            "visits: expected the foreign key fk_visits_person_id (person_id) to people.id on delete no \
             action, found (person_id) to people.id on delete cascade",
        ]
    );
}

#[test]
fn a_missing_table_and_another_order_of_texts_are_told() {
    let found = after(
        "DROP TABLE sessions",
        "DROP TABLE sessions; ALTER TABLE samples MODIFY line VARCHAR(40) COLLATE utf8mb4_general_ci NULL",
    );
    let mut expected = vec!["sessions: the table is missing"];
    if engine() == Engine::Mysql {
        expected.insert(
            0,
            "samples.line: expected varchar(40), found varchar(40) in the order utf8mb4_general_ci",
        );
    }
    assert_eq!(found, expected);
}
