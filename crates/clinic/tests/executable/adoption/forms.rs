//! The forms that the former tables really have: what its shipped migrations made, what older versions had.

use super::{Old, empty_old, old};

/// Tables as the shipped migrations made them, where they differ from what the program needed.
const SHIPPED: &str = "
SET foreign_key_checks = 0;
DROP TABLE users_verification_code;
DROP TABLE payment_status;
ALTER TABLE roles MODIFY name varchar(255) NOT NULL, MODIFY guard_name varchar(255) NOT NULL;
ALTER TABLE role_has_permissions DROP KEY role_has_permissions_permission_id_role_id_9c3f_uniq;
DROP TABLE therapists;
CREATE TABLE therapists (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, specialization varchar(255) NOT NULL, license_number varchar(100) NOT NULL UNIQUE, years_experience int NOT NULL, is_active tinyint(1) NOT NULL, created_at datetime(6) NOT NULL, updated_at datetime(6) NOT NULL, user_id bigint NOT NULL UNIQUE, FOREIGN KEY (user_id) REFERENCES users (id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
DROP TABLE histories;
CREATE TABLE histories (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(255) NOT NULL, description longtext NULL, created_at datetime(6) NOT NULL, updated_at datetime(6) NOT NULL) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
DROP TABLE payment_types;
CREATE TABLE payment_types (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(100) NOT NULL, description longtext NULL, created_at datetime(6) NOT NULL, updated_at datetime(6) NOT NULL) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
ALTER TABLE predetermined_prices MODIFY name varchar(255) NOT NULL, MODIFY price decimal(10,2) NOT NULL, ADD description longtext NULL;
ALTER TABLE appointment_statuses MODIFY name varchar(100) NOT NULL, DROP KEY name;
DROP TABLE tickets;
CREATE TABLE tickets (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_number varchar(20) NOT NULL, generated_at datetime(6) NOT NULL, is_used tinyint(1) NOT NULL, appointment_id bigint NOT NULL, FOREIGN KEY (appointment_id) REFERENCES appointments (id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
ALTER TABLE countries DROP COLUMN phone_code, DROP COLUMN ISO2;
ALTER TABLE table_company_data MODIFY company_name varchar(255) NOT NULL, ADD address longtext NOT NULL, ADD phone varchar(20) NOT NULL;
SET foreign_key_checks = 1;
";

/// Rows that such a database can have.
const ROWS: &str = "
INSERT INTO countries (id, name, created_at, updated_at) VALUES (1, 'Perú', NOW(), NOW());
INSERT INTO payment_types (id, name, description, created_at, updated_at) VALUES (3, 'Efectivo', 'en caja', NOW(), NOW());
INSERT INTO payment_statuses (id, name, description, created_at, updated_at) VALUES (4, 'Pagado', REPEAT('x', 255), NOW(), NOW());
INSERT INTO predetermined_prices (id, name, price, description, created_at, updated_at) VALUES (5, 'Consulta', 50, 'una hora', NOW(), NOW());
INSERT INTO table_company_data (id, company_name, address, phone, created_at, updated_at) VALUES (6, 'La Salud', 'Jr. Unión 1', '', NOW(), NOW());
";

fn shipped() -> Option<Old> {
    let old = empty_old()?;
    old.execute_all(SHIPPED.trim());
    old.execute_all(ROWS.trim());
    Some(old)
}

#[test]
fn tables_of_the_shipped_migrations_are_taken_over() {
    let Some(old) = shipped() else { return };
    let plan = old.fine(&["adopt", "--plan"]);
    for line in [
        "payment_statuses (becomes payment_status): 1 rows",
        "of another form, but without rows",
        "description: not taken, filled in 1 rows; it stays in the kept table",
        "address: not taken, filled in 1 rows",
        "phone: not taken, filled in 0 rows",
        "price: decimal(10,2) becomes decimal(8,2)",
    ] {
        assert!(plan.contains(line), "{line}: {plan}");
    }
    old.fine(&["adopt", "--noinput"]);
    for (table, id) in
        [("countries", 1), ("payment_types", 3), ("payment_status", 4), ("predetermined_prices", 5)]
    {
        assert_eq!(
            old.number(&format!("SELECT COUNT(*) FROM {table} WHERE id = {id}")),
            1,
            "{table}"
        );
    }
    let kept =
        "SELECT COUNT(*) FROM django_backup_table_company_data WHERE address = 'Jr. Unión 1'";
    assert_eq!(old.number(kept), 1);
}

#[test]
fn rows_in_a_table_of_another_form_are_refused() {
    let Some(old) = shipped() else { return };
    old.execute_all(
        "INSERT INTO histories (name, created_at, updated_at) VALUES ('a', NOW(), NOW())",
    );
    let told = old.refused(&["adopt", "--plan"]);
    assert!(told.contains("! the required column patient_id is missing"), "{told}");
}

#[test]
fn a_column_of_a_type_that_cannot_be_read_is_refused() {
    let Some(old) = old() else { return };
    old.execute_all("ALTER TABLE tickets MODIFY amount double NOT NULL");
    let told = old.refused(&["adopt", "--noinput"]);
    assert!(
        told.contains("! the column amount is double, which cannot be read as decimal(10,2)"),
        "{told}"
    );
}

#[test]
fn columns_that_older_versions_had_are_taken_along() {
    let Some(old) = old() else { return };
    old.execute_all(
        "ALTER TABLE users ADD phone varchar(15) NULL, ADD sex varchar(20) NULL, ADD account_statement char(1) NOT NULL \
         DEFAULT 'A', ADD country_id bigint NULL, ADD deleted_at datetime(6) NULL, CHANGE last_login last_session \
         datetime(6) NULL;\n\
         UPDATE users SET phone = '+51987654321', sex = 'Femenino', account_statement = 'I', country_id = 1 WHERE id = 2;\n\
         UPDATE users SET phone = '', sex = '' WHERE id = 5",
    );
    old.fine(&["adopt", "--noinput", "--fix"]);
    let said = "SELECT CONCAT_WS('|', phone, sex, account_statement, country_id) FROM users WHERE id IN (2, 5) ORDER BY id";
    assert_eq!(old.texts(said), [Some("+51987654321|F|I|1".into()), Some("A".into())]);
    let login = "SELECT CAST(last_login AS CHAR) FROM users WHERE id = 1";
    assert_eq!(old.texts(login), [Some("2025-09-07 14:34:31.685685".into())]);
}

#[test]
fn one_that_was_migrated_by_half_is_still_taken_over() {
    let Some(old) = old() else { return };
    // What an older version did when somebody typed `migrate` on such a database.
    old.fine(&["adopt", "--noinput"]);
    old.execute_all(&undone());
    let said = old.fine(&["migrate", "--fake-initial"]);
    assert!(said.contains("patients: 1503 → 1503"), "{said}");
}

/// Puts the former tables back by hand and leaves this program's own ones, with their ledger.
fn undone() -> String {
    let mut text = String::from("SET foreign_key_checks = 0;\nDROP TABLE schema_adoption;\n");
    let tables = clinic::MODULES.iter().flat_map(|module| module.tables);
    for table in tables {
        text.push_str(&format!("DROP TABLE IF EXISTS {0}_words;\nDROP TABLE {0};\n", table.name));
    }
    text.push_str(
        "DELETE FROM schema_migrations WHERE app <> 'platform';\nSET foreign_key_checks = 1;\n",
    );
    for line in super::SCHEMA.lines() {
        if let Some(name) = line.strip_prefix("CREATE TABLE `") {
            let name = name.trim_end_matches("` (");
            text.push_str(&format!("RENAME TABLE django_backup_{name} TO {name};\n"));
        }
    }
    text.push_str("DELETE FROM row_counts");
    text
}

#[test]
fn a_database_with_tables_of_both_programs_is_refused() {
    let Some(old) = old() else { return };
    old.fine(&["adopt", "--noinput"]);
    old.execute_all("DROP TABLE schema_adoption;\nDROP TABLE tickets;\nRENAME TABLE django_backup_tickets TO tickets");
    old.execute_all("DELETE FROM schema_migrations WHERE app = 'appointments'");
    let told = old.refused(&["adopt", "--plan"]);
    assert!(told.contains("tables that this program's migrations made"), "{told}");
}
