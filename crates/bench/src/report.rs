//! The table.

use std::fmt::Write;

use crate::cases::{CHECK_TARGET_MS, Case, FLOOR_TARGET, IDLE_TARGET_KIB, Kind, START_TARGET_MS};
use crate::site::Engine;
use crate::wrk::Load;

/// One measurement.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What wrk told.
    pub load: Load,
    /// CPU time of the server a request, microseconds.
    pub server_us: f64,
    /// CPU time of the database server a request, where there is one.
    pub database_us: Option<f64>,
}

impl Measured {
    fn cpu_us(&self) -> f64 {
        self.server_us + self.database_us.unwrap_or(0.0)
    }
}

/// How the floor's bytes compare with the product's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// Byte for byte.
    Same,
    /// Where they first differ.
    Differs(String),
    /// The floor has no such address.
    NoFloor,
}

/// What a case came to.
#[derive(Clone, Debug)]
pub struct Line {
    /// The case.
    pub case: Case,
    /// Length of the body.
    pub bytes: usize,
    /// The product; none where it has no such address.
    pub product: Option<Measured>,
    /// The floor.
    pub floor: Option<Measured>,
    /// Whether both say the same.
    pub same: Sameness,
    /// Status of the first request, for what is missing.
    pub status: u16,
}

impl Line {
    /// A case that the product cannot answer yet.
    pub fn missing(case: Case, status: u16) -> Self {
        Self { case, bytes: 0, product: None, floor: None, same: Sameness::NoFloor, status }
    }

    fn ratio(&self) -> Option<f64> {
        let (product, floor) = (self.product.as_ref()?, self.floor.as_ref()?);
        (floor.load.per_second > 0.0).then(|| product.load.per_second / floor.load.per_second)
    }

    /// The same by CPU time, database included: what a machine with other work to do cannot distort.
    fn cpu_ratio(&self) -> Option<f64> {
        let (product, floor) = (self.product.as_ref()?.cpu_us(), self.floor.as_ref()?.cpu_us());
        (product > 0.0).then(|| floor / product)
    }

    fn factor(&self) -> Option<f64> {
        Some(self.product.as_ref()?.load.per_second / self.case.django?)
    }
}

/// What is measured once.
pub struct Facts {
    /// Engine.
    pub engine: Engine,
    /// `manage check`, median, ms.
    pub check_ms: f64,
    /// Start to healthy, median, ms.
    pub start_ms: f64,
    /// Memory at rest, KiB.
    pub idle_kib: u64,
    /// Memory after the last case, KiB.
    pub loaded_kib: u64,
}

/// A word while the run goes on.
pub fn progress(line: &Line) -> String {
    let Some(product) = &line.product else {
        return format!("  {}: missing (answered {})", line.case.name, line.status);
    };
    let ratio = line.ratio().map_or(String::new(), |ratio| format!(", {ratio:.2} of the floor"));
    let same = match &line.same {
        Sameness::Same => format!(", the same {} bytes as the floor", line.bytes),
        Sameness::Differs(what) => format!(", NOT the floor's bytes: {what}"),
        Sameness::NoFloor => String::new(),
    };
    format!("  {}: {:.0} req/s{ratio}{same}", line.case.name, product.load.per_second)
}

/// Everything at the end.
pub fn table(facts: &Facts, lines: &[Line]) -> String {
    let mut text = String::new();
    let _ = write_table(&mut text, facts, lines);
    text
}

fn write_table(text: &mut String, facts: &Facts, lines: &[Line]) -> std::fmt::Result {
    writeln!(
        text,
        "{:<26}{:>9}{:>8}{:>8}{:>8}{:>8}{:>6} |{:>9}{:>8}{:>8}{:>7}{:>7} |{:>9}",
        facts.engine.name(),
        "req/s",
        "p50 ms",
        "p99 ms",
        "cpu us",
        "db us",
        "err",
        "floor/s",
        "cpu us",
        "db us",
        "ratio",
        "by cpu",
        "x Django"
    )?;
    for line in lines {
        write!(text, "{:<26}", line.case.name)?;
        let Some(product) = &line.product else {
            writeln!(text, "  missing: the product answered {}", line.status)?;
            continue;
        };
        measured(text, product)?;
        write!(text, "{:>6} |", product.load.errors)?;
        match &line.floor {
            Some(floor) => {
                write!(text, "{:>9.0}{:>8.0}", floor.load.per_second, floor.server_us)?;
                optional(text, floor.database_us, 8)?;
                write!(
                    text,
                    "{:>7.2}{:>7.2} |",
                    line.ratio().unwrap_or(0.0),
                    line.cpu_ratio().unwrap_or(0.0)
                )?;
            }
            None => write!(text, "{:>9}{:>8}{:>8}{:>7}{:>7} |", "-", "-", "-", "-", "-")?,
        }
        match line.factor() {
            Some(factor) => writeln!(text, "{factor:>9.1}")?,
            None => writeln!(text, "{:>9}", "-")?,
        }
    }
    for line in lines.iter().filter(|line| matches!(line.case.kind, Kind::Write(_))) {
        if let Some(product) = &line.product {
            let statuses =
                product.load.statuses.iter().map(|(status, number)| format!("{status}: {number}"));
            writeln!(text, "{}: {}", line.case.name, statuses.collect::<Vec<_>>().join(", "))?;
        }
    }
    writeln!(text)?;
    for line in lines {
        if let Sameness::Differs(what) = &line.same {
            writeln!(text, "NOT THE SAME BYTES, {}: {what}", line.case.name)?;
        }
        if let Some(ratio) = line.ratio() {
            verdict(
                text,
                ratio >= FLOOR_TARGET,
                &format!("{}: {ratio:.2} of the floor, aim {FLOOR_TARGET:.2}", line.case.name),
            )?;
        }
        // The figures to beat were measured on MariaDB.
        if let (Some(factor), Some(aim), Engine::Mysql) =
            (line.factor(), line.case.target, facts.engine)
        {
            verdict(
                text,
                factor >= aim,
                &format!("{}: {factor:.0} times Django, aim {aim:.0}", line.case.name),
            )?;
        }
    }
    let mib = |kib: u64| f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0;
    let idle =
        format!("idle memory {:.1} MiB, aim {:.0}", mib(facts.idle_kib), mib(IDLE_TARGET_KIB));
    verdict(text, facts.idle_kib <= IDLE_TARGET_KIB, &idle)?;
    let start =
        format!("start to healthy {:.0} ms (median), aim {START_TARGET_MS:.0}", facts.start_ms);
    verdict(text, facts.start_ms <= START_TARGET_MS, &start)?;
    let check = format!("check {:.0} ms (median), aim {CHECK_TARGET_MS:.0}", facts.check_ms);
    verdict(text, facts.check_ms <= CHECK_TARGET_MS, &check)?;
    writeln!(text, "           memory after load {:.1} MiB", mib(facts.loaded_kib))
}

fn measured(text: &mut String, measured: &Measured) -> std::fmt::Result {
    let load = &measured.load;
    write!(
        text,
        "{:>9.0}{:>8.2}{:>8.2}{:>8.0}",
        load.per_second, load.p50, load.p99, measured.server_us
    )?;
    optional(text, measured.database_us, 8)
}

fn optional(text: &mut String, value: Option<f64>, width: usize) -> std::fmt::Result {
    match value {
        Some(value) => write!(text, "{value:>width$.0}"),
        None => write!(text, "{:>width$}", "-"),
    }
}

fn verdict(text: &mut String, is_met: bool, what: &str) -> std::fmt::Result {
    writeln!(text, "{:<11}{what}", if is_met { "met" } else { "NOT MET" })
}
