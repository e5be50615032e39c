//! A bar on standard error while a long training runs; nothing where nobody looks.

use indicatif::{ProgressBar, ProgressStyle};

use super::learn::Algorithm;
use crate::kit::attended::attended;

/// Texts below this are learned before a bar could be read.
const LONG: usize = 2_000_000;

/// How far training has come.
pub(crate) struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar for a text of so many bytes. It shows only on a terminal, and goes away in the end.
    pub(crate) fn new(algorithm: Algorithm, bytes: usize) -> Bar {
        Bar((bytes >= LONG && attended()).then(|| {
            let style = ProgressStyle::with_template("{prefix} {bar:40} {pos}/{len} · {eta}");
            // Built without drawing: how much there is to do is not known yet.
            ProgressBar::new(0)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                .with_prefix(algorithm.name())
        }))
    }

    /// So much is done; `usize::MAX` if nobody knows of how much.
    pub(crate) fn show(&mut self, done: usize, wanted: usize) {
        let Some(bar) = &self.0 else { return };
        if wanted != usize::MAX && bar.length() != Some(wanted as u64) {
            bar.set_length(wanted as u64);
        }
        bar.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
