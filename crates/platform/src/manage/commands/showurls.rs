//! `showurls`: every address, who may call it and what it does.

use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Value as Json, json};

use crate::error::{Error, Result};
use crate::http::{Access, Route, route_tables};
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "showurls",
    about: "List every URL with its verb, the permission it needs and what it does",
    arguments: |command| {
        command
            .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Print a JSON list"))
            .arg(
                Arg::new("module")
                    .value_name("MODULE")
                    .help("Only this module's; platform means what belongs to none"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let mut tables = route_tables(context.program());
    if let Some(wanted) = matches.get_one::<String>("module") {
        let names: Vec<&str> = tables.iter().map(|(name, ..)| *name).collect();
        if !names.contains(&wanted.as_str()) {
            return Err(Error::Failed(format!(
                "no module '{wanted}'; there are {}",
                names.join(", ")
            )));
        }
        tables.retain(|(name, ..)| name == wanted);
    }
    let mut rows: Vec<[String; 4]> = Vec::new();
    let mut list: Vec<Json> = Vec::new();
    for (module, prefix, routes) in &tables {
        for route in routes {
            let path = format!("{prefix}{}", route.path);
            let access = access(route);
            list.push(json!({
                "module": module, "method": route.method.as_str(), "path": path, "access": access,
                "summary": route.doc.summary,
            }));
            let method = route.method.as_str().to_owned();
            rows.push([method, path, access.to_owned(), route.doc.summary.to_owned()]);
        }
    }
    if matches.get_flag("json") {
        output::line(format!("{:#}", Json::Array(list)));
    } else {
        rows.sort_by(|[method, path, ..], [other_method, other, ..]| {
            (path, method).cmp(&(other, other_method))
        });
        columns(&rows).iter().for_each(output::line);
    }
    Ok(())
}

/// The permission's name, or `public`, or `authenticated`.
fn access(route: &Route) -> &'static str {
    match route.access {
        Access::Public => "public",
        Access::Authenticated => "authenticated",
        Access::Permission(name) => name,
    }
}

fn columns(rows: &[[String; 4]]) -> Vec<String> {
    let longest = |pick: fn(&[String; 4]) -> &String| {
        rows.iter().map(|row| pick(row).len()).max().unwrap_or(0)
    };
    let [verb, path, access] = [
        longest(|[verb, ..]| verb),
        longest(|[_, path, ..]| path),
        longest(|[_, _, access, _]| access),
    ];
    rows.iter()
        .map(|[a, b, c, d]| format!("{a:verb$}  {b:path$}  {c:access$}  {d}").trim_end().to_owned())
        .collect()
}
