//! A long run under the eyes of a person: a bar with the time left, a budget of time, Ctrl-C.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::kit::attended::attended;
use crate::kit::leftover::Grace;

/// The eyes.
pub(crate) struct Watch {
    start: Instant,
    budget: Option<Duration>,
    bar: Option<ProgressBar>,
    grace: Grace,
}

impl Watch {
    /// A run of so many steps. The bar shows only on a terminal, and goes away in the end.
    pub(crate) fn new(steps: usize, budget: Option<Duration>) -> Watch {
        let bar = attended().then(|| {
            let style = ProgressStyle::with_template("{bar:40} {pos}/{len} · {eta}");
            ProgressBar::new(steps as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Watch { start: Instant::now(), budget, bar, grace: Grace::new() }
    }

    /// So many steps are done: is it time to end? A step that would end beyond the budget is not begun.
    pub(crate) fn is_over(&self, done: usize) -> bool {
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
        }
        let spent = self.start.elapsed();
        let next = spent + spent / (done.max(1) as u32);
        self.grace.interrupted() || self.budget.is_some_and(|budget| next > budget)
    }

    /// The seconds that were spent, if there was a budget and they are beyond it.
    pub(crate) fn late(&self) -> Option<f64> {
        let spent = self.start.elapsed();
        self.budget.filter(|budget| spent > *budget).map(|_| spent.as_secs_f64())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
