//! Rows of the published thresholds.

use concepts::emergence::{Threshold, WEI_2022};

/// The line that the written answer draws.
pub(crate) const LINE: f64 = 1e10;

/// By rising size; rows of one size in the paper's order.
pub(crate) fn by_size() -> Vec<Threshold> {
    let mut rows = WEI_2022.to_vec();
    rows.sort_by(|a, b| a.parameters.total_cmp(&b.parameters));
    rows
}

/// Rows whose ability is named so, by rising size.
pub(crate) fn called(part: &str) -> Vec<Threshold> {
    by_size().into_iter().filter(|row| row.ability.contains(part)).collect()
}

/// How many rows need fewer parameters.
pub(crate) fn below(rows: &[Threshold], size: f64) -> usize {
    rows.iter().filter(|row| row.parameters < size).count()
}
