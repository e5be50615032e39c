//! A bar on standard error while a long training runs; nothing where nobody looks.

use indicatif::{ProgressBar, ProgressStyle};

use super::attended::attended;

/// How far training has come.
pub(crate) struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar with a name before it, if the training is a long one. It shows only on a terminal, and goes away in the
    /// end.
    pub(crate) fn new(name: &'static str, long: bool) -> Bar {
        Bar((long && attended()).then(|| {
            let style = ProgressStyle::with_template("{prefix} {bar:40} {pos}/{len} · {eta}");
            // Built without drawing: how much there is to do is not known yet.
            ProgressBar::new(0)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                .with_prefix(name)
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
