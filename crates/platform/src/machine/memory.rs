//! Memory of the machine, and of this process.

/// Memory, bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// What programs may still take.
    pub available: u64,
    /// What there is.
    pub total: u64,
}

/// The machine's memory, where the system tells (Linux).
#[must_use]
pub fn of_machine() -> Option<Memory> {
    parse(&std::fs::read_to_string("/proc/meminfo").ok()?)
}

fn parse(text: &str) -> Option<Memory> {
    let kib = |name: &str| -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_start_matches(':').split_whitespace().next()?.parse().ok()
    };
    Some(Memory { available: kib("MemAvailable")? * 1_024, total: kib("MemTotal")? * 1_024 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_tells_in_kibibytes() {
        let text = "MemTotal:        2048 kB\nMemFree:   10 kB\nMemAvailable:    1024 kB\n";
        assert_eq!(parse(text), Some(Memory { available: 1 << 20, total: 2 << 20 }));
        assert_eq!(parse("something else"), None);
    }
}
