//! One head on a person's sentence.

use concepts::decoder::{Ask, Head, Heads, Model};
use concepts::numerics::statistics::mean;
use ndarray::Array2;

use super::kinds::{Catalogue, Kind};
use super::place;
use crate::kit::figure::Figure;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::lessons::attention::WORDS;
use crate::named;
use crate::real::changes::Bench;

/// Tokens that are drawn; of a longer sentence the first.
const DRAWN: usize = 24;
/// Characters of a token's name.
const NAME: usize = 9;

/// The head of the catalogue that follows its rule most on this sentence.
pub(super) struct Map {
    kind: Kind,
    head: Head,
    /// Its mean weight where the rule points, on this sentence; nothing where it points nowhere.
    score: Option<f64>,
    names: Vec<Text>,
    weights: Array2<f64>,
    /// Tokens of the sentence.
    tokens: usize,
}

impl Map {
    pub(super) fn new(
        bench: &Bench,
        twin: &Model,
        catalogue: &Catalogue,
        sentence: &str,
    ) -> Result<Map, Refusal> {
        let ids = bench.real.ids(sentence)?;
        let tokens = ids.len();
        let ids = &ids[..tokens.min(DRAWN)];
        let kinds = [Kind::Previous, Kind::Induction, Kind::Same, Kind::Sink];
        let best = kinds.map(|kind| (kind, catalogue.first(kind, 1).first().copied().unwrap_or((0, 0))));
        let ask =
            Ask { attention: Heads::Of(best.iter().map(|(_, head)| *head).collect()), ..Ask::default() };
        let seen = twin.decoder().watch(ids, &ask)?.attention;
        let on = |(kind, head): &(Kind, Head)| {
            let weights = seen.iter().find(|(place, _)| place == head)?.1.clone();
            Some((*kind, *head, followed(*kind, &weights, ids), weights))
        };
        // The sink last, and only if no other rule points anywhere.
        let all: Vec<_> = best.iter().filter_map(on).collect();
        let of = |score: Option<f64>| score.unwrap_or(0.0);
        let rules = all.iter().filter(|found| found.0 != Kind::Sink);
        let shown = rules.max_by(|a, b| of(a.2).total_cmp(&of(b.2)));
        let chosen = shown.filter(|found| of(found.2) > 0.0).or(all.last());
        let (kind, head, score, weights) =
            chosen.cloned().unwrap_or((Kind::Sink, (0, 0), None, Array2::zeros((ids.len(), ids.len()))));
        let names = ids.iter().map(|&id| Text::same(name(&bench.real.shown(id)))).collect();
        Ok(Map { kind, head, score, names, weights, tokens })
    }

    pub(super) fn figure(&self) -> Figure {
        let kind = WORDS.get(&format!("catalogue.{}", self.kind.id()));
        Sketch::heat("real-map", &WORDS, self.names.clone(), self.names.clone(), self.weights.clone())
            .value("head", place(self.head))
            .value("kind", kind)
            .figure()
    }

    /// Which head this is, and how much of the sentence is drawn.
    pub(super) fn note(&self) -> Option<Text> {
        let (head, score, tokens) = (place(self.head), self.score.unwrap_or(0.0), self.tokens);
        let kind = WORDS.get(&format!("catalogue.{}", self.kind.id()));
        let id = match self.score {
            None => "real-map.nowhere",
            Some(_) if tokens > DRAWN => "real-map.cut",
            Some(_) => "real-map.whole",
        };
        Some(WORDS.with(id, &named![head, kind, score, tokens, drawn = tokens.min(DRAWN)]))
    }
}

/// The mean weight where a rule points, over the tokens for which it points somewhere: at one place, or at every
/// earlier copy, as in the catalogue.
fn followed(kind: Kind, weights: &Array2<f64>, ids: &[u32]) -> Option<f64> {
    let copies = |i: usize| (1..i).filter(move |&j| ids[j] == ids[i]);
    let targets = |i: usize| -> Vec<usize> {
        match kind {
            Kind::Sink if i > 0 => vec![0],
            Kind::Previous if i > 1 => vec![i - 1],
            Kind::Same => copies(i).collect(),
            Kind::Induction => copies(i).next_back().map(|j| j + 1).filter(|&j| j < i).into_iter().collect(),
            Kind::Sink | Kind::Previous | Kind::Sentence => Vec::new(),
        }
    };
    let on = |i: usize| -> Option<f64> {
        let targets = targets(i);
        (!targets.is_empty()).then(|| targets.iter().map(|&j| weights[[i, j]]).sum())
    };
    let followed: Vec<f64> = (0..ids.len()).filter_map(on).collect();
    (!followed.is_empty()).then(|| mean(&followed))
}

/// A token as the name of a row: a blank in front is part of it.
fn name(token: &str) -> String {
    token.replace('\n', "⏎").chars().take(NAME).collect()
}
