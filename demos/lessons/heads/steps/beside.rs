//! Sizes beside the memory that they do or do not fit into.

use concepts::budget::gib;

use super::sizes::memory_gib;
use crate::kit::findings::Cell;
use crate::kit::number::{decimals_until, plain};
use crate::lessons::heads::setup::Setup;

/// More digits show nothing: a byte is about 1e-9 GiB.
const MOST: usize = 10;

/// Sizes in GiB and the memory of a device, with as many digits as it takes to see which of them fit: 128.48 does not
/// fit into 128, and neither would read as 128.
pub(super) fn beside_memory(sizes: &[u64], setup: &Setup) -> (Vec<Cell>, String) {
    let finer = |decimals: usize| format!("{:.decimals$}", gib(setup.memory));
    let mut memories = std::iter::once(memory_gib(setup)).chain((2..=MOST).map(finer));
    let told = |memory: String| {
        let sizes: Option<Vec<Cell>> = sizes.iter().map(|bytes| size(*bytes, &memory, setup)).collect();
        Some((sizes?, memory))
    };
    let rounded = || (sizes.iter().map(|bytes| Cell::from(gib(*bytes))).collect(), memory_gib(setup));
    memories.find_map(told).unwrap_or_else(rounded)
}

/// A size, if some number of its digits lies on the right side of what is read as the memory.
fn size(bytes: u64, memory: &str, setup: &Setup) -> Option<Cell> {
    let memory: f64 = memory.parse().ok()?;
    let right = |read: f64| (read > memory) == (bytes > setup.memory);
    let whole = plain(gib(bytes)).parse().is_ok_and(right);
    if whole { Some(gib(bytes).into()) } else { decimals_until(gib(bytes), 2..=MOST, right).map(Cell::from) }
}
