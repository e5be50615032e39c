//! What `demo emergence` says.

use demos::kit::findings::Findings;

use super::{Knobs, numbers, tables};

pub(super) const KNOBS: Knobs = &[
    ("length", &["1", "5", "10000"]),
    ("items", &["1", "30", "100000"]),
    ("alpha", &["0.05", "0.35", "2"]),
    ("scale", &["1", "2e7", "1e15"]),
    ("sizes", &["1K,2K", "1K,1M", "100M,1B,10B", "7B,1e16"]),
    ("metric", &["choice", "errors", "brier", "log-likelihood"]),
    ("mix", &["mixed"]),
    ("chance", &["0", "0.25"]),
    ("examples", &["1", "8", "100"]),
    ("dim", &["1", "4"]),
    ("layers", &["1", "3"]),
];

/// What a test most likely reads is what its table says; a rise within a decade is called steep; a law that explains better has the higher likelihood; own
/// labels teach more than foreign ones.
pub(super) fn rules(findings: &Findings, said: &str) -> Vec<String> {
    let numbers = |id, name| numbers(findings, id, name);
    let mut faults = Vec::new();
    let zero = numbers("zero", "probability that it reads 0");
    // Those too small for a number are words.
    let rows = tables(findings, "zero")[0].rows.len();
    let dark = zero.iter().filter(|p| **p >= 0.5).count();
    let sentence = match dark {
        0 => "more likely than not show something",
        _ if dark == rows => "more likely than not read zero, although",
        _ => "on it will not",
    };
    if !said.contains(sentence) {
        faults.push(format!("{dark} of {rows} sizes read zero, and the page does not say so"));
    }
    if !tables(findings, "laws").is_empty() {
        let likelihood = numbers("laws", "log-likelihood");
        let lead = likelihood[0] - likelihood[1];
        if said.contains("no jump is needed") && lead < 1.0
            || said.contains("The step explains") && lead > -1.0
        {
            faults.push(format!("the smooth law leads by {lead}"));
        }
    }
    let decades = numbers("lengths", "decades from 10% to 90%");
    if said.contains("steep by itself; with") != decades.iter().any(|decades| *decades <= 1.0) {
        faults.push(format!("from 10% to 90% within {decades:?} decades, and the page calls it otherwise"));
    }
    let (own, foreign) = (numbers("depth", "own labels"), numbers("depth", "labels of another function"));
    if own.iter().zip(&foreign).any(|(own, foreign)| own >= foreign) {
        faults.push(format!("own labels leave {own:?}, foreign ones {foreign:?}"));
    }
    faults
}
