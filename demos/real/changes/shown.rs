//! What all pages on a trained model show.

use std::path::Path;

use concepts::evaluation::Interval;

use super::{Bench, WORDS};
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::named;

/// Shorter runs are over before a line could be read.
const LONG: f64 = 4.0;
/// Seconds for a byte of weights and a pass over the windows, about, on two cores.
const A_BYTE: f64 = 2e-8;

/// Which model this is, and what it is measured on.
pub(crate) fn about(bench: &Bench) -> Result<Text, Refusal> {
    let (real, config) = (bench.real, bench.model.config());
    let plain = bench.interval(&bench.plain)?;
    let values = named![
        name = &real.name,
        parameters = real.parameters() as f64,
        layers = config.layers.len(),
        heads = config.heads,
        kv_heads = config.kv_heads,
        width = config.d_model,
        context = config.context,
        windows = bench.windows.len(),
        tokens = bench.windows.first().map_or(0, Vec::len),
        nats = plain.estimate,
        range = range(&plain),
    ];
    Ok(WORDS.with("about.model", &values))
}

/// A difference with its sign.
pub(crate) fn signed(value: f64) -> String {
    format!("{value:+.3}").replace('-', "−")
}

/// From the lower to the upper end.
pub(crate) fn range(interval: &Interval) -> String {
    let end = |value: f64| format!("{value:.3}").replace('-', "−");
    format!("{} … {}", end(interval.low), end(interval.high))
}

/// Seconds that so many passes over the windows take, about.
pub(crate) fn seconds(path: &Path, passes: usize) -> f64 {
    let bytes =
        |path: &Path| path.metadata().map_or(0, |there| if there.is_file() { there.len() } else { 0 });
    let inside = std::fs::read_dir(path).into_iter().flatten().flatten();
    let all = bytes(path) + inside.map(|entry| bytes(&entry.path())).sum::<u64>();
    all as f64 * passes as f64 * A_BYTE
}

/// What to say while so many passes go on, if they take long.
pub(crate) fn waiting(path: &Path, passes: usize) -> Option<Text> {
    let seconds = seconds(path, passes);
    (seconds >= LONG).then(|| WORDS.with("waiting.passes", &named![passes, seconds]))
}
