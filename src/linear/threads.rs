//! Who computes.

/// Who computes. The bits of the result do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// The thread that asks.
    One,
    /// All threads of the current rayon pool.
    All,
}
