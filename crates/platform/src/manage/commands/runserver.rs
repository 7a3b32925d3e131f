//! `runserver`: the web server.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};

use clap::{Arg, ArgMatches};
use tokio::net::TcpListener;

use super::migrate::migrate_all;
use crate::app::App;
use crate::backup::restore;
use crate::db::migrate::{adopt, ledger, runner};
use crate::error::{Error, Result};
use crate::http::{home, serve};
use crate::machine::ports;
use crate::manage::{Command, Context, output, setup};

pub(super) const COMMAND: Command = Command {
    name: "runserver",
    about: "Serve the API and its pages",
    arguments: |command| {
        command.arg(
            Arg::new("address")
                .value_name("port | address:port")
                .default_value("127.0.0.1:8000")
                .help("Where to listen; a port alone means this machine only"),
        )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let asked = matches.get_one::<String>("address").map_or("", String::as_str);
    let address = parse_address(asked)?;
    let app = context.app()?;
    let _flush_on_exit = crate::log::start(app.config());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::failed("runtime", error))?;
    runtime.block_on(async {
        let listener =
            TcpListener::bind(address).await.map_err(|error| cannot_listen(address, &error))?;
        let address = listener.local_addr().unwrap_or(address);
        if let Some(Err(reason)) = app.cache().redis_state().await {
            output::refuse(format!("Warning: {reason}. Counting goes on in memory until then."));
        }
        let app_for_start = app.clone();
        let started = tokio::task::spawn_blocking(move || prepare(&app_for_start, address)).await;
        started.map_err(|error| Error::failed("start", error))??;
        serve::run(app, listener).await
    })
}

/// Says what runs where, and brings an empty embedded database of a developer into use.
fn prepare(app: &App, address: SocketAddr) -> Result<()> {
    let program = app.program();
    let mode = if app.config().debug { " (DEBUG)" } else { "" };
    output::line(format!("{} {}{mode}", program.name, program.version));
    output::line(format!("Database: {}", app.config().database.described()));
    match state_of_schema(app) {
        Ok(()) => {}
        // A server that is away now is waited for by each request; the program itself is up.
        Err(Error::Db(error)) => {
            output::refuse(format!("Warning: {error}. Requests answer 503 until it is back."));
        }
        Err(error) => return Err(error),
    }
    if app.config().debug
        && let Ok(Some(path)) = home::first_administrator_path(app)
    {
        output::line(format!("Create the first administrator (one time): http://{address}{path}"));
    }
    output::line(format!("Listening on http://{address}/ — stop with Ctrl-C"));
    Ok(())
}

fn state_of_schema(app: &App) -> Result<()> {
    let mut conn = app.db().connect()?;
    restore::refuse_half_restored(&mut conn)?;
    adopt::refuse_unfinished(&mut conn)?;
    let pending = runner::pending(&mut conn, &app.migrations()?)?;
    if pending.is_empty() {
        return Ok(());
    }
    let is_new = ledger::load(&mut conn)?.is_empty();
    drop(conn);
    if app.config().debug && setup::is_embedded(app.config()) && is_new {
        let applied = migrate_all(app, &mut |_, _| {})?;
        output::line(format!(
            "New database: {applied} migrations applied, loading the catalogues ..."
        ));
        let load = app.program().load_catalogues;
        return app.write_blocking("catalogues", true, load);
    }
    let modules: Vec<&str> = pending.iter().map(|step| step.module).collect();
    output::refuse(format!(
        "You have {} unapplied migration(s). The program may not work properly until you apply the migrations for: {}.\nRun 'manage migrate' to apply them.",
        pending.len(),
        modules.join(", ")
    ));
    Ok(())
}

fn parse_address(text: &str) -> Result<SocketAddr> {
    if let Ok(port) = text.parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    let named = text
        .strip_prefix("localhost:")
        .map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    named.parse().map_err(|_| {
        Error::Failed(format!(
            "\"{text}\" is neither a port nor address:port, such as 8000 or 0.0.0.0:8000"
        ))
    })
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Error {
    if error.kind() != ErrorKind::AddrInUse {
        return Error::failed(&format!("cannot listen on {address}"), error);
    }
    let free = (address.port().saturating_add(1)..=u16::MAX)
        .take(100)
        .find(|port| std::net::TcpListener::bind((address.ip(), *port)).is_ok());
    let holder = ports::holder(address.port())
        .map_or_else(String::new, |holder| format!(", by process {} ({})", holder.id, holder.name));
    // What was asked for, with another port: an address stays an address.
    let again = |port: u16| match address.ip() {
        ip if ip == IpAddr::from([127, 0, 0, 1]) => port.to_string(),
        ip => SocketAddr::new(ip, port).to_string(),
    };
    let hint = free.map_or_else(String::new, |port| {
        format!("; port {port} is free: manage runserver {}", again(port))
    });
    Error::Failed(format!("that port is already in use: {address}{holder}{hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_listens_on_this_machine_only() {
        assert_eq!(parse_address("8000").unwrap().to_string(), "127.0.0.1:8000");
        assert_eq!(parse_address("0.0.0.0:80").unwrap().to_string(), "0.0.0.0:80");
        assert_eq!(parse_address("localhost:81").unwrap().to_string(), "127.0.0.1:81");
        assert!(parse_address("70000").unwrap_err().to_string().contains("neither a port"));
    }
}
