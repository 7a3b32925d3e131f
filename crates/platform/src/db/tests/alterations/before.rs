//! The tables of these tests with rows in them, about to change.

use super::*;

/// Tables before a change, each with rows.
pub(super) struct Before {
    pub(super) scratch: Scratch,
    pub(super) tables: Vec<TableState>,
}

impl Before {
    pub(super) fn new() -> Self {
        let scratch = Scratch::new();
        let insert = |tx: &mut Tx<'_>| {
            let team = tx.insert(&TEAMS, Changes::new().with("name", "Río Ñuble"))?;
            for (name, email) in [("José", "a@b.c"), ("Ana", "d@e.f"), ("Gone", "a@b.c")] {
                let row = person(name).with("last_name", "Soto").with("team_id", team);
                let row = row.with("visits", 3).with("email", email);
                let is_gone = name == "Gone";
                let id =
                    tx.insert(&PEOPLE, if is_gone { row.with("deleted_at", at(0)) } else { row })?;
                let visit = Changes::new().with("person_id", id).with("team_id", team);
                tx.insert(&VISITS, visit.with("at", at(id)))?;
            }
            let sample = Changes::new().with("line", "a line").with("whole", 7);
            tx.insert(&SAMPLES, sample.with("day", at(0).date_naive()))
        };
        scratch.write(insert).unwrap();
        Self { scratch, tables: states(TABLES) }
    }

    /// Changes the described tables, writes and applies the migrations, and looks at the schema.
    #[track_caller]
    pub(super) fn change(
        &mut self,
        answers: Known,
        change: impl FnOnce(&mut Tables<'_>),
    ) -> (Conn, Vec<Draft>) {
        let mut new = self.tables.clone();
        change(&mut Tables(&mut new));
        let drafts = drafts(&self.tables, &new, answers.clone()).unwrap();
        let mut conn = self.scratch.db.connect().unwrap();
        let migrations: Vec<_> = drafts.iter().map(compiled).collect();
        apply(&mut conn, &migrations).unwrap();
        assert_as_described(&mut conn, &new);
        assert_eq!(drafts.last().unwrap().state.tables, new);
        assert_eq!(
            super::drafts(&new, &new, Known::default()).unwrap(),
            [],
            "nothing is left to do"
        );
        self.tables = new;
        (conn, drafts)
    }
}

pub(super) struct Tables<'t>(pub(super) &'t mut Vec<TableState>);

impl Tables<'_> {
    pub(super) fn table(&mut self, name: &str) -> &mut TableState {
        self.0.iter_mut().find(|table| table.name == name).unwrap()
    }

    pub(super) fn column(&mut self, table: &str, column: &str) -> &mut ColumnState {
        self.table(table).columns.iter_mut().find(|c| c.name == column).unwrap()
    }

    pub(super) fn add(&mut self, table: &str, column: Column) {
        self.table(table).columns.push(ColumnState::from(&column));
    }

    pub(super) fn remove(&mut self, table: &str, column: &str) {
        self.table(table).columns.retain(|c| c.name != column);
    }
}

pub(super) fn count(conn: &mut Conn, sql: &str) -> i64 {
    conn.one(sql, &[]).unwrap()
}
