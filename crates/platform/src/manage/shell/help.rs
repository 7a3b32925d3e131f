//! What `help()` and `help(Model)` say.

use super::session::Session;
use crate::db::{Kind, Table};

/// The methods of models and queries, for the help and for completion.
pub(super) const METHODS: &[&str] = &[
    "all()",
    "count()",
    "create(",
    "delete()",
    "exclude(",
    "exists()",
    "filter(",
    "first()",
    "get(",
    "last()",
    "limit(",
    "list()",
    "objects",
    "order_by(",
    "update(",
    "values(",
    "with_deleted()",
];

/// Everything else with a name, for completion.
pub(super) const WORDS: &[&str] = &[
    "cache.get(",
    "cache.set(",
    "cache.delete(",
    "connection.queries",
    "connection.vendor",
    "exit()",
    "help()",
    "len(",
    "list(",
    "models()",
    "print(",
    "quit()",
    "reset_queries()",
    "None",
    "True",
    "False",
    "from ",
    "import ",
];

pub(super) fn general(session: &Session) -> String {
    format!(
        "Models: {}\n\
         \n\
         User.count()                      User.get(1)                 User.get(email='a@b.c')\n\
         User.filter(name__icontains='an', id__gte=10).order_by('-id').limit(5)\n\
         User.first()  User.last()  User.all()  User.values('id', 'name')  User.exclude(is_active=True)\n\
         for row in User.filter(is_active=True) {{ print(row.name) }}\n\
         Deleted rows are left out unless .with_deleted() is asked for.\n\
         Lookups: exact iexact contains icontains startswith istartswith endswith iendswith gt gte lt lte in range isnull\n\
         \n\
         With --write: row.name = 'x'; row.save()   row.delete()   User.filter(…).update(name='x')   User.create(…)\n\
         cache.set('key', 'value', 10)  cache.get('key')  cache.delete('key')\n\
         connection.queries  connection.vendor  reset_queries()\n\
         help(User) lists its fields; exit() or Ctrl-D leaves. The language is Rhai (https://rhai.rs/book), with Python's\n\
         quotes, None/True/False, keyword arguments and imports of models.",
        session.model_names().join(", ")
    )
}

/// The fields of a model.
pub(super) fn of_model(table: &Table) -> String {
    let mut lines = vec![format!("{} ({}), table {}", table.model, table.label.0.en, table.name)];
    for column in table.columns {
        let kind = match column.kind {
            Kind::Id => "id".to_owned(),
            Kind::Int => "whole number".to_owned(),
            Kind::Ref => column
                .references
                .map_or_else(|| "id of a row".to_owned(), |(parent, _)| format!("id in {parent}")),
            Kind::Bool => "True or False".to_owned(),
            Kind::Decimal { digits, places } => {
                format!("decimal, {digits} digits, {places} places")
            }
            Kind::Text(max) => format!("text of at most {max}"),
            Kind::LongText => "text".to_owned(),
            Kind::Date => "day".to_owned(),
            Kind::Time => "time of day".to_owned(),
            Kind::DateTime => "moment (UTC)".to_owned(),
        };
        let null = if column.null { ", may be None" } else { "" };
        let choices = if column.choices.is_empty() {
            String::new()
        } else {
            format!(", one of {}", column.choices.join(" "))
        };
        let secret = if column.secret { ", secret: never shown" } else { "" };
        lines.push(format!("  {}: {kind}{null}{choices}{secret}", column.name));
    }
    lines.join("\n")
}
