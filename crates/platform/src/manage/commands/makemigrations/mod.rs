//! `makemigrations`: writes the migrations that bring the recorded tables to the described ones (in a checkout).

mod answers;
mod write;

use clap::{Arg, ArgAction, ArgMatches};

use crate::db::migrate::detect::{self, Compared, Described, Draft};
use crate::db::state::ModuleState;
use crate::db::system;
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output, setup};
use answers::{Guess, Told};

pub(super) const COMMAND: Command = Command {
    name: "makemigrations",
    about: "Write the migrations for tables that are described otherwise than recorded (in a checkout)",
    arguments: |command| {
        let flag = |name: &'static str, help: &'static str| {
            Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
        };
        let several = |name: &'static str, value: &'static str, help: &'static str| {
            Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(help)
        };
        command
            .arg(Arg::new("module").num_args(0..).help("Only these modules"))
            .arg(flag("empty", "Write an empty migration, to be filled by hand").requires("module"))
            .arg(
                Arg::new("name")
                    .long("name")
                    .short('n')
                    .value_parser(name)
                    .help("Name behind the number; made up from the changes if not said"),
            )
            .arg(flag("dry-run", "Only tell what would be written"))
            .arg(
                flag("check", "Write nothing; exit 1 if something would be written")
                    .conflicts_with_all(["dry-run", "empty"]),
            )
            .arg(flag("noinput", "Ask nothing; what must be asked is refused").visible_alias("no-input"))
            .arg(several(
                "rename",
                "table.old=new | old=new",
                "A column or a table that got another name; nothing after the = says that it was removed",
            ))
            .arg(several(
                "default",
                "table.column=value",
                "What rows that are there get in a column that must not be empty",
            ))
    },
    run,
};

fn name(text: &str) -> std::result::Result<String, String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if text.is_empty() || text.len() > 90 || !text.chars().all(fits) {
        return Err("a name is small letters, digits and underscores, such as add_notes".into());
    }
    Ok(text.to_owned())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let wanted: Vec<&str> =
        matches.get_many::<String>("module").into_iter().flatten().map(String::as_str).collect();
    for module in &wanted {
        super::refuse_unknown_module(context.program(), module)?;
    }
    let name = matches.get_one::<String>("name").map(String::as_str);
    let mut modules = described(context)?;
    for module in &mut modules {
        if !wanted.is_empty() && !wanted.contains(&module.module.as_str()) {
            module.described.clone_from(&module.recorded);
        }
    }
    let drafts = if matches.get_flag("empty") {
        modules.retain(|module| wanted.contains(&module.module.as_str()));
        modules.iter().map(|module| empty(module, name)).collect()
    } else if matches.get_flag("check") {
        detect::drafts_of(&modules, &mut Guess, name)?
    } else {
        let mut told = Told::read(matches)?;
        let drafts = detect::drafts_of(&modules, &mut told, name)?;
        told.refuse_unused()?;
        drafts
    };
    if drafts.is_empty() {
        output::line(match wanted.as_slice() {
            [] => "No changes detected".to_owned(),
            [one] => format!("No changes detected in module '{one}'"),
            several => format!("No changes detected in modules '{}'", several.join("', '")),
        });
        return Ok(());
    }
    let is_checking = matches.get_flag("check");
    tell_and_write(&drafts, is_checking || matches.get_flag("dry-run"))?;
    if is_checking {
        let mut names: Vec<&str> = drafts.iter().map(|draft| draft.module.as_str()).collect();
        names.dedup();
        return Err(Error::Failed(format!(
            "migrations are missing for: {}; run `manage makemigrations`",
            names.join(", ")
        )));
    }
    Ok(())
}

fn tell_and_write(drafts: &[Draft], only_tell: bool) -> Result<()> {
    let root = setup::folder()?;
    if !only_tell {
        // All or nothing: a folder that is missing is told before the first file is written.
        drafts.iter().try_for_each(|draft| write::refuse_elsewhere(&root, draft))?;
    }
    for draft in drafts {
        let folder = write::home(&root, &draft.module).join(&draft.name);
        output::line(format!("Migrations for '{}':", draft.module));
        output::line(format!("  {}", folder.strip_prefix(&root).unwrap_or(&folder).display()));
        for line in &draft.told {
            output::line(format!("    {line}"));
        }
        if !only_tell {
            write::write(&folder, draft)?;
        }
        let depends: Vec<String> = draft
            .depends
            .iter()
            .map(|(module, name)| format!("(\"{module}\", \"{name}\")"))
            .collect();
        let (root, folder) = match draft.module.as_str() {
            "platform" => ("crate", "migrations"),
            _ => ("platform", "."),
        };
        output::line(format!(
            "  add to its list: {root}::migration!(\"{}\", \"{}\", \"{folder}\", [{}])",
            draft.module,
            draft.name,
            depends.join(", ")
        ));
    }
    Ok(())
}

fn empty(module: &Compared, name: Option<&str>) -> Draft {
    let text = "-- Each statement ends with a semicolon at the end of its line.\n";
    Draft {
        module: module.module.clone(),
        name: format!("{:04}_{}", module.migrations.len() + 1, name.unwrap_or("by_hand")),
        depends: Vec::new(),
        sqlite: text.to_owned(),
        mysql: text.to_owned(),
        state: ModuleState { tables: module.recorded.clone() },
        told: Vec::new(),
    }
}

fn described(context: &Context) -> Result<Vec<Compared>> {
    let mut modules = vec![Described {
        module: "platform",
        tables: system::TABLES,
        migrations: system::MIGRATIONS,
    }];
    modules.extend(context.program().modules.iter().map(|module| Described {
        module: module.name,
        tables: module.tables,
        migrations: module.migrations,
    }));
    modules.iter().map(Described::compared).collect()
}
