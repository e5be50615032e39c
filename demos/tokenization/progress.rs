//! A bar on standard error while a long training runs; nothing where nobody looks.

use std::time::Duration;

use concepts::tokenizer::bpe::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// Texts below this are learned before a bar could be read.
const LONG: usize = 2_000_000;
/// Merges between two drawings.
const EVERY: usize = 64;

/// How far training has come.
pub(super) struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar for a text of so many bytes. It shows only on a terminal, and goes away in the end.
    pub(super) fn new(bytes: usize) -> Bar {
        Bar((bytes >= LONG).then(|| {
            let style = ProgressStyle::with_template("{bar:40} {pos}/{len} · {eta}");
            let bar = ProgressBar::new(0);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        }))
    }

    /// A sign of life where it is not known how far it is.
    pub(super) fn waiting(bytes: usize) -> Bar {
        Bar((bytes >= LONG).then(|| {
            let style = ProgressStyle::with_template("{spinner} {elapsed}");
            let bar = ProgressBar::new_spinner();
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        }))
    }

    pub(super) fn show(&mut self, progress: Progress) {
        let Some(bar) = &self.0 else { return };
        if progress.merges.is_multiple_of(EVERY) {
            if progress.wanted != usize::MAX {
                bar.set_length(progress.wanted as u64);
            }
            bar.set_position(progress.merges as u64);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
