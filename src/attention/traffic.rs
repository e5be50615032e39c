//! What attention moves: elements between slow and fast memory.
//!
//! On a processor that multiplies faster than it loads, this number decides the time, not the number
//! of multiply-adds. Both functions *walk* the loops of their algorithm and add up what each step
//! loads and stores.

use super::AttentionError;
use crate::attention::words::Dimension;

/// Elements that cross the border between slow memory (HBM) and fast memory (SRAM).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Elements loaded from slow memory.
    pub reads: u64,
    /// Elements stored to slow memory.
    pub writes: u64,
    /// The most elements that any step holds in fast memory at once; 0 where nothing is kept there
    /// from one step to the next.
    pub working_set: u64,
    /// Elements of slow memory that intermediate results take, beside the inputs and the output.
    pub intermediate: u64,
}

impl Traffic {
    /// Elements moved in either direction.
    pub fn total(&self) -> u64 {
        self.reads.saturating_add(self.writes)
    }

    /// A block of `rows · columns` comes in.
    fn load(&mut self, rows: u64, columns: u64) {
        self.reads = self.reads.saturating_add(rows.saturating_mul(columns));
    }

    /// A block of `rows · columns` goes out.
    fn store(&mut self, rows: u64, columns: u64) {
        self.writes = self.writes.saturating_add(rows.saturating_mul(columns));
    }

    /// Slow memory is set aside for an intermediate result of `rows · columns`.
    fn set_aside(&mut self, rows: u64, columns: u64) {
        self.intermediate = self.intermediate.saturating_add(rows.saturating_mul(columns));
    }
}

/// The traffic of attention in three passes that each put their result into slow memory.
///
/// # Formula
/// load `Q, K`, store `S`; load `S`, store `P`; load `P, V`, store `O`: `4nd + 4n²`; intermediate
/// results of `2n²`, or half of that where `P` overwrites `S`
///
/// # Reference
/// Dao et al. 2022, *FlashAttention*, algorithm 0 and theorem 2: `Θ(nd + n²)`.
///
/// # Examples
/// ```
/// use concepts::attention::traffic::naive_traffic;
/// assert_eq!(naive_traffic(1024, 64).total(), 4 * 1024 * 64 + 4 * 1024 * 1024);
/// ```
pub fn naive_traffic(n: u64, d: u64) -> Traffic {
    let mut moved = Traffic::default();
    // S = Q Kᵀ: Q and K in, S out
    moved.load(n, d);
    moved.load(n, d);
    moved.set_aside(n, n);
    moved.store(n, n);
    // P = softmax(S): S in, P out
    moved.load(n, n);
    moved.set_aside(n, n);
    moved.store(n, n);
    // O = P V: P and V in, O out
    moved.load(n, n);
    moved.load(n, d);
    moved.store(n, d);
    moved
}

/// The traffic of FlashAttention's forward pass with `fast_elements` elements of fast memory.
///
/// Key blocks of `B_c = ⌈M/4d⌉` rows are the outer loop, query blocks of `B_r = min(B_c, d)` rows the
/// inner one. `S` and `P` never leave the fast memory. The last block of either kind may be shorter.
///
/// The paper sizes the blocks for `O(M)` elements of fast memory. Whether they fit into `M` exactly is
/// checked here: `K_j, V_j, Q_i, O_i, ℓ_i, m_i` and one block of scores (which `P` overwrites) must be
/// there together. For long sequences that needs `M ≥ 8d² + 8d`, up to rounding.
///
/// # Formula
/// `2nd + T_c (3nd + 4n)`, `T_c = ⌈n/B_c⌉`: `Θ(n²d²/M)`; intermediate results of `2n`
///
/// # Errors
/// [`AttentionError::FastMemoryTooSmall`] if the blocks do not fit, [`AttentionError::Empty`] if a
/// size is 0.
///
/// # Reference
/// Dao et al. 2022, *FlashAttention*, algorithm 1 and theorem 2.
///
/// # Examples
/// ```
/// use concepts::attention::traffic::{naive_traffic, tiled_traffic};
/// // 192 KB of fast memory hold 98 304 elements of 2 bytes.
/// let (naive, tiled) = (naive_traffic(4096, 64), tiled_traffic(4096, 64, 98_304)?);
/// assert!(naive.total() > 7 * tiled.total());
/// assert!(tiled.working_set <= 98_304);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn tiled_traffic(n: u64, d: u64, fast_elements: u64) -> Result<Traffic, AttentionError> {
    for (what, size) in [(Dimension::Tokens, n), (Dimension::D, d), (Dimension::FastMemory, fast_elements)] {
        if size == 0 {
            return Err(AttentionError::Empty { what });
        }
    }
    let key_block = fast_elements.div_ceil(d.saturating_mul(4));
    let query_block = key_block.min(d);
    let needed = working_set(key_block.min(n), query_block.min(n), d);
    // A working set that saturated is larger than any memory.
    if needed > fast_elements || needed == u64::MAX {
        return Err(AttentionError::FastMemoryTooSmall { needed, available: fast_elements });
    }
    let mut moved = Traffic { working_set: needed, ..Traffic::default() };
    // ℓ and m of every query wait in slow memory for the next block of keys.
    moved.set_aside(n, 2);
    for key_rows in blocks(n, key_block) {
        // K_j and V_j in
        moved.load(2 * key_rows, d);
        for query_rows in blocks(n, query_block) {
            // Q_i and O_i in, ℓ_i and m_i in
            moved.load(query_rows, 2 * d);
            moved.load(query_rows, 2);
            // O_i out, ℓ_i and m_i out
            moved.store(query_rows, d);
            moved.store(query_rows, 2);
        }
    }
    Ok(moved)
}

/// Elements alive at once in the largest step: `K_j, V_j`; `Q_i, O_i`; `ℓ_i, m_i`; the block of scores.
fn working_set(key_rows: u64, query_rows: u64, d: u64) -> u64 {
    let block = |rows: u64, columns: u64| rows.saturating_mul(columns).saturating_mul(2);
    block(key_rows, d)
        .saturating_add(block(query_rows, d))
        .saturating_add(block(query_rows, 1))
        .saturating_add(key_rows.saturating_mul(query_rows))
}

/// The sizes of the blocks into which `n` rows are cut.
fn blocks(n: u64, block: u64) -> impl Iterator<Item = u64> {
    (0..n.div_ceil(block)).map(move |i| block.min(n - i * block))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fast memory of an A100: 192 KB in elements of 2 bytes.
    const M: u64 = 98_304;

    #[test]
    fn the_walk_meets_the_closed_form() {
        for n in [1_u64, 63, 64, 385, 1000, 1024, 4096] {
            for (d, m) in [(8, 1024_u64), (64, 40_000), (64, M), (64, 1_000_000)] {
                let passes = n.div_ceil(m.div_ceil(4 * d));
                let tiled = tiled_traffic(n, d, m).unwrap();
                assert_eq!(tiled.total(), 2 * n * d + passes * (3 * n * d + 4 * n));
                assert!(tiled.working_set <= m);
                assert_eq!((tiled.intermediate, naive_traffic(n, d).intermediate), (2 * n, 2 * n * n));
                assert_eq!(naive_traffic(n, d).total(), 4 * n * d + 4 * n * n);
            }
        }
    }

    #[test]
    fn known_sizes() {
        let naive = |n| naive_traffic(n, 64).total();
        let tiled = |n| tiled_traffic(n, 64, M).unwrap().total();
        assert_eq!([naive(1024), naive(4096), naive(16_384)], [4_456_448, 68_157_440, 1_077_936_128]);
        assert_eq!([tiled(1024), tiled(4096), tiled(16_384)], [733_184, 9_355_264, 140_181_504]);
    }

    #[test]
    fn blocks_that_do_not_fit_are_refused() {
        let smallest = 8 * 64 * 64 + 8 * 64;
        assert!(tiled_traffic(4096, 64, smallest).is_ok());
        assert!(tiled_traffic(4096, 64, smallest - 256).is_err());
        // The block sizes of the paper need more than this memory at d = 128.
        let error = tiled_traffic(4096, 128, M).unwrap_err();
        assert_eq!(error, AttentionError::FastMemoryTooSmall { needed: 106_752, available: M });
        assert!(tiled_traffic(0, 64, M).is_err() && tiled_traffic(8, 64, 0).is_err());
        let huge = u64::MAX;
        assert_eq!(naive_traffic(huge, huge).total(), huge);
        assert!(tiled_traffic(huge, huge, huge).is_err());
    }
}
