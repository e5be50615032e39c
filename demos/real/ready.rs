//! Is there a model that can be run? Only then is it true that something long goes on: what is refused ends soon.

use std::sync::atomic::{AtomicBool, Ordering};

static READY: AtomicBool = AtomicBool::new(false);

/// A model was made of a file, or is refused.
pub(super) fn is_there_if<M, E>(made: &Result<M, E>) {
    if made.is_ok() {
        READY.store(true, Ordering::Relaxed);
    }
}

/// Has this program a model that can be run?
pub fn ready() -> bool {
    READY.load(Ordering::Relaxed)
}
