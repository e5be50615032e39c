//! What a model says behind some contexts.

use concepts::decoder::fast::Rows;
use concepts::decoder::{Change, Keeping};
use concepts::evaluation::{Interval, total_variation};
use concepts::numerics::softmax::{log_softmax, softmax};
use concepts::numerics::statistics::mean;

use crate::kit::knob::Refusal;
use crate::real::changes::Bench;

/// The next token behind each context.
pub(super) struct Predicted {
    /// Nats at the token that stands there in the text.
    pub(super) nats: Vec<f64>,
    /// The probabilities of all tokens.
    all: Vec<Vec<f64>>,
}

/// Other contexts against those in order.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    /// Nats at the token that stands there, text by text.
    pub(super) nats: Vec<f64>,
    /// Their mean.
    pub(super) mean: f64,
    /// How many more than behind the text in order, text by text.
    pub(super) more: Interval,
    /// How far the prediction moves: total variation.
    pub(super) far: Interval,
}

impl Predicted {
    /// `asked`: the tokens that stand behind the contexts.
    pub(super) fn new(
        bench: &Bench,
        changes: &[Change],
        contexts: &[Vec<u32>],
        asked: &[u32],
    ) -> Result<Predicted, Refusal> {
        let decoder = bench.model.decoder_with(Keeping::F32, changes)?;
        let mut caches = vec![decoder.start_cache(); contexts.len()];
        let mut caches: Vec<_> = caches.iter_mut().collect();
        let contexts: Vec<&[u32]> = contexts.iter().map(Vec::as_slice).collect();
        let logits = decoder.extend(&mut caches, &contexts, Rows::Last)?.mapv(f64::from);
        let rows = || logits.outer_iter();
        let nats = rows().zip(asked).map(|(row, &next)| -log_softmax(row)[next as usize]).collect();
        Ok(Predicted { nats, all: rows().map(|row| softmax(row).to_vec()).collect() })
    }

    /// These contexts against the same texts in order.
    pub(super) fn against(&self, ordered: &Predicted, bench: &Bench) -> Result<Moved, Refusal> {
        let pairs = self.all.iter().zip(&ordered.all);
        let far = pairs.map(|(p, q)| total_variation(p, q)).collect::<Result<Vec<f64>, _>>()?;
        Ok(Moved {
            nats: self.nats.clone(),
            mean: mean(&self.nats),
            more: bench.apart(&self.nats, &ordered.nats)?,
            far: bench.interval(&far)?,
        })
    }

    /// How far the predictions behind neighbouring texts are from each other, in the mean.
    pub(super) fn between(&self) -> Result<f64, Refusal> {
        let pairs = self.all.windows(2).map(|pair| total_variation(&pair[0], &pair[1]));
        Ok(mean(&pairs.collect::<Result<Vec<f64>, _>>()?))
    }
}
