//! Remarks that depend on the knobs.

use concepts::attention::MultiHeadTrace;
use ndarray::Axis;

use super::heads::SHOWN;
use crate::kit::findings::Findings;
use crate::kit::text::Text;
use crate::lessons::attention::WORDS;
use crate::lessons::attention::setup::{PAD, Setup};
use crate::named;

pub(crate) fn notes(setup: &Setup, trace: &MultiHeadTrace, f: &mut Findings) {
    f.note("note_repeated", repeated(setup, trace));
    let rows = trace.heads[0].weights.sum_axis(Axis(1)).iter().filter(|sum| **sum == 0.0).count();
    f.note("note_blind", (rows > 0).then(|| WORDS.with("note_blind", &named![rows])));
    f.note("note_example", setup.example.then(|| WORDS.get("note_example")));
    let hidden = setup.layer.heads().saturating_sub(SHOWN);
    f.note("note_more_heads", (hidden > 0).then(|| WORDS.with("note_more_heads", &named![hidden])));
}

/// Two places with the same word: without positions nothing tells them apart.
fn repeated(setup: &Setup, trace: &MultiHeadTrace) -> Option<Text> {
    if setup.causal || setup.example || setup.cross {
        return None;
    }
    let tokens = &setup.tokens;
    let (first, second) = (0..tokens.len()).find_map(|i| {
        (i + 1..tokens.len()).find(|&j| tokens[i] == tokens[j] && tokens[i] != PAD).map(|j| (i, j))
    })?;
    let apart = &trace.output.row(first) - &trace.output.row(second);
    let apart = apart.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let (word, i, j) = (&tokens[first], first + 1, second + 1);
    Some(WORDS.with("note_repeated", &named![word, i, j, apart]))
}
