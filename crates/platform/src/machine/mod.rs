//! The machine as an operator sees it: disks, memory, who may read what, who listens where.
//!
//! What an operating system does not tell is `None`, never a guess.

pub mod disk;
pub mod memory;
pub mod modes;
pub mod ports;

/// Bytes for people.
#[must_use]
pub fn bytes(count: u64) -> String {
    let mut unit = "B";
    let mut value = count;
    let mut tenths = 0;
    for next in ["KiB", "MiB", "GiB", "TiB"] {
        if value < 1_024 {
            break;
        }
        tenths = value % 1_024 * 10 / 1_024;
        value /= 1_024;
        unit = next;
    }
    if unit == "B" { format!("{value} B") } else { format!("{value}.{tenths} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn bytes_are_told_in_the_largest_unit() {
        for (count, text) in [
            (0, "0 B"),
            (1_023, "1023 B"),
            (1_536, "1.5 KiB"),
            (5 << 30, "5.0 GiB"),
            (3 << 50, "3072.0 TiB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }
}
