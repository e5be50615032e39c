//! Kinds of heads, and the score of every head in each.

use std::collections::BTreeSet;

use concepts::decoder::{Ask, Head, Model, head_scores};
use concepts::numerics::statistics::mean;

use crate::kit::knob::Refusal;
use crate::real::changes::{Bench, begun, sentence_starts, twice};

/// Tokens of text on which heads are scored.
const TOKENS: usize = 128;
/// Above this a head does it more often than everything else together.
const HALF: f64 = 0.5;

/// What a head looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sink,
    Previous,
    Induction,
    Same,
    Sentence,
}

impl Kind {
    pub(super) const ALL: [Kind; 5] =
        [Kind::Sink, Kind::Previous, Kind::Induction, Kind::Same, Kind::Sentence];

    /// Its name in the words.
    pub(super) fn id(self) -> &'static str {
        match self {
            Kind::Sink => "sink",
            Kind::Previous => "previous",
            Kind::Induction => "induction",
            Kind::Same => "same",
            Kind::Sentence => "sentence",
        }
    }
}

/// The score of every head in every kind.
pub(super) struct Catalogue {
    /// By kind, best first; heads whose score could not be measured are left out.
    scores: Vec<Vec<(Head, f64)>>,
    /// How many heads there are.
    pub(super) heads: usize,
    /// Tokens of the text.
    pub(super) tokens: usize,
    /// Random tokens that are said twice.
    pub(super) once: usize,
}

impl Catalogue {
    pub(super) fn new(bench: &Bench, twin: &Model, seed: u64) -> Result<Catalogue, Refusal> {
        let (real, config) = (bench.real, twin.config());
        let tokens = TOKENS.min(config.context).min(bench.text.len()).saturating_sub(1);
        let text = begun(real, &bench.text[..tokens]);
        let scored = head_scores(&twin.decoder(), &text, &sentence_starts(real, &text))?;
        let (once, texts) = twice(real, &bench.text, 1, seed);
        let second = induction(twin, &texts[0], once)?;
        let of = |kind: Kind| -> Vec<(Head, f64)> {
            let scores = scored.iter().filter_map(|head| {
                let score = match kind {
                    Kind::Sink => head.sink,
                    Kind::Previous => head.previous,
                    Kind::Same => head.same,
                    Kind::Sentence => head.sentence,
                    Kind::Induction => None,
                };
                Some(((head.layer, head.head), score?))
            });
            let mut scores = if kind == Kind::Induction { second.clone() } else { scores.collect() };
            scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            scores
        };
        let heads = config.layers.len() * config.heads;
        Ok(Catalogue { scores: Kind::ALL.map(of).to_vec(), heads, tokens: text.len(), once })
    }

    /// The heads by their score, best first.
    pub(super) fn of(&self, kind: Kind) -> &[(Head, f64)] {
        &self.scores[kind as usize]
    }

    /// The best score; 0 where none was measured.
    pub(super) fn best(&self, kind: Kind) -> f64 {
        self.of(kind).first().map_or(0.0, |(_, score)| *score)
    }

    /// How many heads do it more than half of the time.
    pub(super) fn above_half(&self, kind: Kind) -> usize {
        self.of(kind).iter().filter(|(_, score)| *score > HALF).count()
    }

    /// How many heads are above one half in some kind.
    pub(super) fn of_some_kind(&self) -> usize {
        let above = Kind::ALL.iter().flat_map(|kind| self.of(*kind)).filter(|(_, score)| *score > HALF);
        above.map(|(head, _)| *head).collect::<BTreeSet<Head>>().len()
    }

    /// The first heads of a kind.
    pub(super) fn first(&self, kind: Kind, count: usize) -> Vec<Head> {
        self.of(kind).iter().take(count).map(|(head, _)| *head).collect()
    }
}

/// The mean weight in the second copy on the token behind the earlier copy, as
/// [`induction_scores`](concepts::decoder::induction_scores) has it, of a text with what begins it.
fn induction(twin: &Model, text: &[u32], once: usize) -> Result<Vec<(Head, f64)>, Refusal> {
    let seen = twin.decoder().watch(text, &Ask::attention())?;
    let second = text.len() - once..text.len();
    let score = |weights: &ndarray::Array2<f64>| {
        mean(&second.clone().map(|i| weights[[i, i + 1 - once]]).collect::<Vec<_>>())
    };
    Ok(seen.attention.iter().map(|(head, weights)| (*head, score(weights))).collect())
}
