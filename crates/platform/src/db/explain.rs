//! Why no work can be done with the database, told so that the operator knows the next step. Never the password.

use std::error::Error as _;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind};
use std::path::Path;

use mysql::{DriverError, Error as MyError, Opts};
use rusqlite::ErrorCode;

/// A connection to a server that could not be had.
pub(super) fn mysql_connect(error: &MyError, options: &Opts) -> String {
    let place = format!("{}:{}", options.get_ip_or_hostname(), options.get_tcp_port());
    let user = options.get_user().unwrap_or_default();
    let database = options.get_db_name().unwrap_or_default();
    match error {
        MyError::MySqlError(error) => {
            let (code, said) = (error.code, &error.message);
            match code {
                1045 => format!(
                    "{place} refuses the user \"{user}\" (error 1045: {said}): check user and password in DATABASE_URL, \
                     percent-encoded there, and that the account may come from this machine{}",
                    if options.get_ssl_opts().is_none() {
                        "; if the server demands TLS, add ?root_cert_path=/path/to/ca.pem"
                    } else {
                        ""
                    }
                ),
                1044 => format!(
                    "the user \"{user}\" has no privileges on the database \"{database}\" at {place} (error 1044): as an \
                     administrator of the server run GRANT ALL ON `{database}`.* TO the account"
                ),
                1049 => format!(
                    "the server at {place} has no database \"{database}\" (error 1049): run `manage createdb`, or correct \
                     the name in DATABASE_URL"
                ),
                1040 | 1203 | 1226 => format!(
                    "the server at {place} takes no more connections (error {code}: {said}): raise its max_connections \
                     (or the account's limit), or lower DATABASE_CONNECTIONS of each process"
                ),
                1129 | 1130 => format!(
                    "the server at {place} does not let this machine in (error {code}: {said}): create the account for \
                     this host, or run FLUSH HOSTS after too many failed attempts"
                ),
                3159 | 4151 => format!(
                    "the server at {place} wants TLS (error {code}): add ?root_cert_path=/path/to/ca.pem to DATABASE_URL"
                ),
                1053 | 1927 | 4031 => {
                    format!(
                        "the server at {place} is stopping (error {code}): try again when it is up"
                    )
                }
                _ => format!("the server at {place} refused the connection (error {code}: {said})"),
            }
        }
        MyError::DriverError(DriverError::ConnectTimeout) => silent(&place),
        MyError::DriverError(DriverError::CouldNotConnect(Some((_, said, kind)))) => {
            unreachable(&place, options, *kind, said)
        }
        MyError::IoError(error) => transport(&place, options, error),
        MyError::DriverError(DriverError::TlsNotSupported) => format!(
            "DATABASE_URL asks for TLS, and the server at {place} has none: give the server a certificate, or remove the \
             TLS parameters from DATABASE_URL"
        ),
        MyError::TlsError(error) => tls(&place, error),
        MyError::DriverError(DriverError::UnknownAuthPlugin(plugin)) => format!(
            "the account \"{user}\" at {place} logs in by \"{plugin}\", which this program does not know: let it use \
             mysql_native_password or caching_sha2_password"
        ),
        MyError::CodecError(error) => match error.source().and_then(|inner| inner.downcast_ref()) {
            Some(inner) => transport(&place, options, inner),
            None => not_mysql(&place, error),
        },
        MyError::DriverError(error) => not_mysql(&place, error),
        other => format!("no connection to {place} ({other})"),
    }
}

/// What the operating system says of a connection.
fn transport(place: &str, options: &Opts, error: &io::Error) -> String {
    match error.kind() {
        // What a read gives back when its time is over.
        ErrorKind::WouldBlock | ErrorKind::TimedOut => silent(place),
        ErrorKind::InvalidData => tls(place, error),
        kind @ (ErrorKind::ConnectionRefused | ErrorKind::NotFound) => {
            unreachable(place, options, kind, &error.to_string())
        }
        ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => {
            format!(
                "{place} hung up during the greeting ({error}): the server is starting, stopping or overloaded, or \
                     something else than MySQL listens there; look at its log"
            )
        }
        _ => format!("no connection to {place} ({error}): check host and port in DATABASE_URL"),
    }
}

fn silent(place: &str) -> String {
    format!(
        "{place} does not answer in time: check host and port in DATABASE_URL, the network and the firewall between, and \
         that the server is not overloaded"
    )
}

fn tls(place: &str, error: &dyn std::fmt::Display) -> String {
    format!(
        "no secure connection to {place} ({error}): the certificate must be valid for that name and signed by the \
         authority in root_cert_path of DATABASE_URL"
    )
}

fn not_mysql(place: &str, error: &dyn std::fmt::Display) -> String {
    format!(
        "what listens at {place} does not speak MySQL's protocol ({error}): check the port in DATABASE_URL (MySQL's is 3306)"
    )
}

fn unreachable(place: &str, options: &Opts, kind: ErrorKind, said: &str) -> String {
    if kind == ErrorKind::ConnectionRefused {
        return format!(
            "no server listens at {place} (connection refused): start it, for example `systemctl start mariadb`, or \
             correct host and port in DATABASE_URL"
        );
    }
    if said.contains("lookup address") {
        return format!(
            "no machine is called \"{}\" here ({said}): correct the host in DATABASE_URL",
            options.get_ip_or_hostname()
        );
    }
    format!("no way to {place} ({said}): check host and port in DATABASE_URL and the network")
}

/// A connection that was lost while it was used.
pub(super) fn mysql_lost(error: &dyn std::fmt::Display) -> String {
    format!(
        "the connection to the database server was lost in the middle ({error}): the server was stopped or restarted, or \
         the network failed; look at the server's log, and try again when it is up"
    )
}

/// A SQLite file that cannot be worked with. `place` names it, or says "the database file".
pub(super) fn sqlite(code: ErrorCode, said: &str, place: &str) -> Option<String> {
    Some(match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => format!(
            "{place} is locked by another process ({said}): wait for it, or end it; `fuser` on the file names it"
        ),
        ErrorCode::DiskFull => {
            format!(
                "the disk is full ({said}): {place} cannot grow; make room and try again, nothing was half-written"
            )
        }
        ErrorCode::ReadOnly => format!(
            "{place} may only be read ({said}): this user must be able to write the file and its folder"
        ),
        ErrorCode::NotADatabase => format!(
            "{place} is not a SQLite database ({said}): correct DATABASE_URL or DATA_DIR, or move that file away"
        ),
        ErrorCode::DatabaseCorrupt => {
            format!(
                "{place} is damaged ({said}): stop the program and restore the last backup, `manage restore`"
            )
        }
        ErrorCode::SystemIoFailure => {
            format!(
                "{place} cannot be read or written ({said}): check the disk; the system's log says more"
            )
        }
        ErrorCode::CannotOpen => format!("{place} cannot be opened ({said})"),
        ErrorCode::PermissionDenied => format!("{place} may not be opened by this user ({said})"),
        _ => return None,
    })
}

/// A SQLite file that cannot be opened: the operating system says more than the engine.
pub(super) fn sqlite_open(code: ErrorCode, said: &str, path: &Path) -> Option<String> {
    let place = path.display();
    if path.is_dir() {
        return Some(format!("{place} is a folder: name a file in it in DATABASE_URL"));
    }
    if matches!(code, ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
        && let Err(error) = OpenOptions::new().read(true).append(true).open(path)
    {
        return Some(file(path, &error));
    }
    sqlite(code, said, &place.to_string())
}

/// A file or folder that the operating system refuses.
pub(super) fn file(path: &Path, error: &io::Error) -> String {
    let place = path.display();
    match error.kind() {
        ErrorKind::PermissionDenied => format!(
            "this user may not open {place} ({error}): give the file and its folder to the user that runs the program, \
             for example with chown"
        ),
        ErrorKind::ReadOnlyFilesystem => {
            format!(
                "{place} is on a file system that may only be read: mount it for writing, or use another DATA_DIR"
            )
        }
        ErrorKind::NotFound => {
            format!(
                "the folder of {place} is not there and cannot be made ({error}): make it, or correct DATABASE_URL"
            )
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("the disk is full: {place} cannot be made; make room and try again")
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            format!(
                "{place} cannot be a folder, since a part of that path is a file: correct DATABASE_URL or DATA_DIR"
            )
        }
        _ => format!("{place} cannot be opened ({error})"),
    }
}
