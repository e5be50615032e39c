//! What is in the file: sizes, and how its numbers are stored.

use concepts::decoder::Config;
use concepts::decoder::fast::FastModel;
use concepts::weights::{Encoding, Tensor};

use super::WORDS;
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::real::Real;
use crate::{named, row};

/// Names of what is not used, at most.
const NAMED: usize = 8;
/// Millions and MiB below this are shown to the thousandth.
const SMALL: f64 = 10.0;
/// Bytes of a MiB.
pub(super) const MIB: f64 = (1 << 20) as f64;

pub(super) fn findings(real: &Real, model: &FastModel<'_>) -> Findings {
    let mut findings = Findings::default();
    findings.table("file", file(real));
    findings.table("architecture", architecture(real.config()));
    findings.table("types", types(&real.tensors()));
    findings.number("bits", 8.0 * stored(&real.tensors()) as f64 / real.parameters() as f64);
    let unused = real.unused().chain(model.unused().iter().map(String::as_str));
    findings.note("unused", listed(unused).map(|names| WORDS.with("unused", &named![names])));
    let assumed = real.assumed().iter().map(|(field, value)| format!("{field} = {value}"));
    let assumed: Vec<String> = assumed.collect();
    let listed = listed(assumed.iter().map(String::as_str));
    findings.note("assumed", listed.map(|fields| WORDS.with("assumed", &named![fields])));
    findings
}

/// Bytes of tensors as they are stored.
pub(super) fn stored(tensors: &[Tensor<'_>]) -> u64 {
    tensors.iter().map(|tensor| tensor.bytes.len() as u64).sum()
}

fn file(real: &Real) -> Table {
    let fitting = |value: f64| format!("{value:.*}", if value < SMALL { 3 } else { 1 });
    let mut grid = Grid::new("file", &WORDS)
        .said("name", row![name(&real.name)])
        .said("format", row![real.format.name()])
        .said("size", row![fitting(real.bytes() as f64 / MIB)])
        .said("parameters", row![fitting(real.parameters() as f64 / 1e6)]);
    for (file, hash) in real.hashes() {
        let label = Text::same(name(file));
        grid = grid.row(row![grid_label(&label), hash]);
    }
    grid.table()
}

/// `SHA-256` and the file that it is of.
fn grid_label(file: &Text) -> Text {
    WORDS.with("file.hash", &named![file = file.clone()])
}

fn architecture(config: &Config) -> Table {
    let windowed = config.layers.iter().filter(|layer| layer.window.is_some()).count();
    let window = config.layers.iter().find_map(|layer| layer.window);
    let mut grid = Grid::new("architecture", &WORDS)
        .said("family", row![format!("{:?}", config.family)])
        .said("layers", row![config.layers.len()])
        .said("d_model", row![config.d_model])
        .said("heads", row![format!("{} / {}", config.heads, config.kv_heads)])
        .said("head_dim", row![config.head_dim])
        .said("d_ff", row![config.d_ff])
        .said("vocab", row![config.vocab])
        .said("context", row![config.context]);
    if let Some(window) = window {
        grid = grid.said("window", row![format!("{window} ({windowed} / {})", config.layers.len())]);
    }
    let bases: Vec<String> = config.ropes.iter().map(|rope| rope.base.to_string()).collect();
    if !bases.is_empty() {
        grid = grid.said("rope", row![bases.join(", ")]);
    }
    let tied = grid.word(if config.tied { "tied" } else { "own" });
    grid.said("logits", row![tied]).table()
}

/// How the numbers are stored: a row for each way, and one for all.
fn types(tensors: &[Tensor<'_>]) -> Table {
    let all = stored(tensors);
    let cells = |of: &[&Tensor<'_>]| {
        let weights: u64 = of.iter().map(|tensor| tensor.elements() as u64).sum();
        let bytes: u64 = of.iter().map(|tensor| tensor.bytes.len() as u64).sum();
        let bits = 8.0 * bytes as f64 / weights as f64;
        let share = 100.0 * bytes as f64 / all as f64;
        // Nothing is rounded here: of a small share the page would show digits that it has not.
        row![of.len(), weights as f64 / 1e6, bytes as f64 / MIB, bits, share]
    };
    let mut grid = Grid::new("types", &WORDS);
    for &encoding in Encoding::ALL {
        let of: Vec<_> = tensors.iter().filter(|tensor| tensor.encoding == encoding).collect();
        if !of.is_empty() {
            let label = Text::same(encoding.name());
            grid = grid.row([row![label], cells(&of)].concat());
        }
    }
    let every: Vec<_> = tensors.iter().collect();
    grid.said("all", cells(&every)).table()
}

/// Some names with commas between; `None` of none.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> Option<Text> {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(NAMED).map(|part| name(part)).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => None,
        count if count > NAMED => Some(WORDS.with("more", &named![shown, count])),
        _ => Some(Text::same(shown)),
    }
}
