//! The pictures.

use super::WORDS;
use super::experiments::{share, standard_error};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::Log;
use crate::kit::sketch::Sketch;

/// How far the mean is off, beside its standard error.
pub(crate) fn spread(seed: u64) -> Figure {
    let sizes = [10, 100, 1000, 10_000];
    let off = |n: usize| (share(n, 0.5, seed) - 0.5).abs().max(1.0 / n as f64);
    Sketch::lines("spread", &WORDS, [Log, Log])
        .measured("off", sizes.map(|n| (n as f64, off(n))))
        .formula("error", sizes.map(|n| (n as f64, standard_error(n, 0.5))))
        .figure()
}
