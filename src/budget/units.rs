//! GiB and GB are not the same: say which.

use super::BudgetError;

/// Bytes in GiB, 2³⁰ bytes each.
///
/// # Examples
/// ```
/// use concepts::budget::{gb, gib};
/// assert_eq!(gib(1 << 30), 1.0);
/// assert_eq!(gb(1_000_000_000), 1.0);
/// ```
pub fn gib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 30)
}

/// Bytes in GB, 10⁹ bytes each.
pub fn gb(bytes: u64) -> f64 {
    bytes as f64 / 1e9
}

/// Reads a size of memory with its unit: `80GiB`, `24 GB`, `512MiB`.
///
/// # Errors
/// [`BudgetError::BadSize`] without a unit, with another unit, or if it is no number;
/// [`BudgetError::SizeOutOfRange`] of less than a byte or of more than 10¹⁸.
///
/// # Examples
/// ```
/// use concepts::budget::parse_bytes;
/// assert_eq!(parse_bytes("80GiB")?, 80 << 30);
/// assert_eq!(parse_bytes("1.5 GB")?, 1_500_000_000);
/// assert!(parse_bytes("80").is_err()); // GiB or GB?
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn parse_bytes(text: &str) -> Result<u64, BudgetError> {
    const UNITS: [(&str, u64); 6] = [
        ("tib", 1 << 40),
        ("gib", 1 << 30),
        ("mib", 1 << 20),
        ("tb", 1_000_000_000_000),
        ("gb", 1_000_000_000),
        ("mb", 1_000_000),
    ];
    let lower = text.trim().to_lowercase();
    let size = UNITS.iter().find_map(|(unit, bytes)| {
        let number: f64 = lower.strip_suffix(unit)?.trim().parse().ok()?;
        number.is_finite().then_some(number * *bytes as f64)
    });
    match size {
        Some(size) if (1.0..1e18).contains(&size) => Ok(size as u64),
        Some(_) => Err(BudgetError::SizeOutOfRange { text: text.into() }),
        None => Err(BudgetError::BadSize { text: text.into() }),
    }
}
