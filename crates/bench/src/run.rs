//! One run of the benchmark, from the build to the table.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::cases::{self, Case, Kind};
use crate::options::{Engines, Load as Options};
use crate::process::{self, Server};
use crate::report::{self, Facts, Line, Measured, Sameness};
use crate::site::{EMAIL, Engine, PASSWORD, Site};
use crate::wrk::{self, Target};
use crate::{Outcome, during, http};

/// Starts whose median is reported.
const STARTS: usize = 5;
/// How often product and floor take turns.
const TURNS: usize = 2;

/// Everything.
pub fn run(options: &Options) -> Outcome<()> {
    let manage = product(options.no_build)?;
    println!(
        "Product: {}, release build. Load: wrk -t2 -c{} -d{}s.",
        manage.display(),
        options.clients,
        options.seconds
    );
    let engines: &[Engine] = match options.engine {
        Engines::Sqlite => &[Engine::Sqlite],
        Engines::Mysql => &[Engine::Mysql],
        Engines::Both => &[Engine::Sqlite, Engine::Mysql],
    };
    for engine in engines {
        measure(*engine, &manage, options)?;
    }
    Ok(())
}

/// Builds `manage` and says where it is: beside this program, whatever profile this was built with.
fn product(is_built: bool) -> Outcome<PathBuf> {
    let own = std::env::current_exe().map_err(during("this program"))?;
    let target =
        own.parent().and_then(Path::parent).ok_or("this program lies in no target folder")?;
    let manage = target.join("release").join("manage");
    if !is_built {
        println!("Building the product ...");
        let mut command = Command::new(option_env!("CARGO").unwrap_or("cargo"));
        command
            .args(["build", "--release", "--locked", "-p", "clinic", "--target-dir"])
            .arg(target);
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        let status = command.status().map_err(during("cargo"))?;
        if !status.success() {
            return Err(format!("the product does not build ({status})"));
        }
    }
    if manage.is_file() { Ok(manage) } else { Err(format!("{} is not there", manage.display())) }
}

fn measure(engine: Engine, manage: &Path, options: &Options) -> Outcome<()> {
    println!("\n== {} ==", engine.name());
    let started = Instant::now();
    let site = Site::set_up(engine, manage)?;
    site.manage(&["importubigeo"])?;
    site.seed(options.patients, options.appointments)?;
    site.add_administrator()?;
    println!(
        "Data: {} patients, {} appointments with tickets, by seeddemo; {:.1} s with migrations.",
        options.patients,
        options.appointments,
        started.elapsed().as_secs_f64()
    );
    let check_ms = check_time(&site)?;
    let start_ms = start_time(&site)?;
    let (server, base, _) = site.serve()?;
    thread::sleep(Duration::from_secs(1));
    let idle_kib = process::resident_kib(server.pid());
    let token = log_in(&base)?;
    let (floor, floor_base) = site.serve_floor(&base)?;
    let bench = Bench { site: &site, options, server, base, floor, floor_base, token };
    let mut lines = Vec::new();
    for case in cases::all(&site)? {
        if options.only.as_deref().is_some_and(|only| !case.name.contains(only)) {
            continue;
        }
        let line = bench.measure(case)?;
        println!("{}", report::progress(&line));
        lines.push(line);
    }
    let facts = Facts {
        engine,
        check_ms,
        start_ms,
        idle_kib,
        loaded_kib: process::resident_kib(bench.server.pid()),
    };
    println!("\n{}", report::table(&facts, &lines));
    Ok(())
}

/// Median time from the start of the program to its first healthy answer, ms.
fn start_time(site: &Site) -> Outcome<f64> {
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let (server, _, took) = site.serve()?;
        drop(server);
        times.push(took.as_secs_f64() * 1_000.0);
    }
    Ok(median(times))
}

/// Median time of `manage check`, ms.
fn check_time(site: &Site) -> Outcome<f64> {
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let started = Instant::now();
        site.manage(&["check"])?;
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(median(times))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}

fn log_in(base: &str) -> Outcome<String> {
    let body = serde_json::json!({ "email": EMAIL, "password": PASSWORD }).to_string();
    let reply = http::post(&format!("{base}/api/architect/auth/login/"), None, &body)?;
    let answer: serde_json::Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let token = answer.get("access").and_then(serde_json::Value::as_str).map(str::to_owned);
    token.ok_or_else(|| {
        format!("log-in failed ({}): {}", reply.status, String::from_utf8_lossy(&reply.body))
    })
}

struct Bench<'b> {
    site: &'b Site,
    options: &'b Options,
    server: Server,
    base: String,
    floor: Server,
    floor_base: String,
    token: String,
}

impl Bench<'_> {
    fn measure(&self, case: Case) -> Outcome<Line> {
        match case.kind.clone() {
            Kind::Read => self.measure_read(case),
            Kind::Write(script) => self.measure_write(case, &script),
        }
    }

    fn token(&self, case: &Case) -> Option<&str> {
        case.with_token.then_some(self.token.as_str())
    }

    fn measure_read(&self, case: Case) -> Outcome<Line> {
        let url = format!("{}{}", self.base, case.path);
        let answer = http::get(&url, self.token(&case))?;
        if answer.status != 200 {
            return Ok(Line::missing(case, answer.status));
        }
        let floor_url = format!("{}{}", self.floor_base, case.path);
        let floor_answer = http::get(&floor_url, None)?;
        let same = if floor_answer.status == 404 {
            Sameness::NoFloor
        } else if floor_answer.body == answer.body {
            Sameness::Same
        } else {
            Sameness::Differs(difference(&answer.body, &floor_answer.body))
        };
        let product = Target { url: &url, token: self.token(&case), script: None };
        let floor = Target { url: &floor_url, token: None, script: None };
        let (mut by_product, mut by_floor) = (Vec::new(), Vec::new());
        for turn in 0..TURNS {
            if turn == 0 {
                wrk::run(&product, self.options.clients, 1)?;
            }
            by_product.push(self.load(&product, self.server.pid())?);
            if same != Sameness::NoFloor {
                if turn == 0 {
                    wrk::run(&floor, self.options.clients, 1)?;
                }
                by_floor.push(self.load(&floor, self.floor.pid())?);
            }
        }
        let product = best(by_product).ok_or("nothing was measured")?;
        Ok(Line {
            case,
            bytes: answer.body.len(),
            product: Some(product),
            floor: best(by_floor),
            same,
            status: 200,
        })
    }

    fn measure_write(&self, case: Case, script: &str) -> Outcome<Line> {
        let url = format!("{}{}", self.base, case.path);
        // Nobody's body: told apart from a missing address without writing anything.
        let probe = http::post(&url, self.token(&case), "{}")?;
        if matches!(probe.status, 404 | 405) {
            return Ok(Line::missing(case, probe.status));
        }
        let mut runs = Vec::new();
        for round in 0..=TURNS {
            let file = self.site.folder().join("script.lua");
            fs::write(&file, script.replace("@ROUND@", &round.to_string()))
                .map_err(during("script"))?;
            let target = Target { url: &url, token: self.token(&case), script: Some(&file) };
            if round == 0 {
                wrk::run(&target, self.options.clients, 1)?;
            } else {
                runs.push(self.load(&target, self.server.pid())?);
            }
        }
        let product = best(runs).ok_or("nothing was measured")?;
        Ok(Line {
            case,
            bytes: 0,
            product: Some(product),
            floor: None,
            same: Sameness::NoFloor,
            status: 0,
        })
    }

    fn load(&self, target: &Target<'_>, pid: u32) -> Outcome<Measured> {
        let database = self.site.database_pid();
        let before = (process::cpu(pid), database.map(process::cpu));
        let load = wrk::run(target, self.options.clients, self.options.seconds)?;
        let after = (process::cpu(pid), database.map(process::cpu));
        let each = |used: Duration| {
            used.as_secs_f64() * 1e6
                / f64::from(u32::try_from(load.requests.max(1)).unwrap_or(u32::MAX))
        };
        let database_us =
            before.1.zip(after.1).map(|(before, after)| each(after.saturating_sub(before)));
        Ok(Measured { server_us: each(after.0.saturating_sub(before.0)), database_us, load })
    }
}

/// The fastest of some runs: noise on a shared machine only ever slows down.
fn best(runs: Vec<Measured>) -> Option<Measured> {
    runs.into_iter().max_by(|one, other| one.load.per_second.total_cmp(&other.load.per_second))
}

fn difference(product: &[u8], floor: &[u8]) -> String {
    let at = product.iter().zip(floor).position(|(one, other)| one != other);
    let at = at.unwrap_or(product.len().min(floor.len()));
    let around = |body: &[u8]| {
        let (_, rest) = body.split_at(at.saturating_sub(40).min(body.len()));
        String::from_utf8_lossy(rest.get(..90).unwrap_or(rest)).into_owned()
    };
    format!("at byte {at}: product …{}… floor …{}…", around(product), around(floor))
}
