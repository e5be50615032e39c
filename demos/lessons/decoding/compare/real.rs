//! A model that a person has, as a writer.

use concepts::comparison::{Plan, Recipe, Strength, Written, strength};
use concepts::decoder::Keeping;
use concepts::decoder::fast::{FastDecoder, FastModel, Rows};
use concepts::numerics::softmax::log_softmax;
use concepts::tokenizer::{Allowed, TokenId};
use ndarray::Array1;

use super::writer::Writer;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::real::{self, Real};

/// Contexts on which strengths are measured; a row of logits is long, and each recipe sorts it.
const CONTEXTS: usize = 24;
/// Tokens before each.
const BEFORE: usize = 24;

/// The model, and a text that others wrote.
pub(super) struct RealWriter {
    real: Real,
    held_out: Vec<TokenId>,
    contexts: Vec<Vec<f32>>,
    /// Marks of a chat, and rows that the tokenizer has no text for: no part of a text that goes on.
    never: Vec<TokenId>,
}

impl RealWriter {
    pub(super) fn new(real: Real, held_out: &str) -> Result<RealWriter, Refusal> {
        let held_out = real.tokenizer.ids(held_out, Allowed::None)?;
        let marks = real.tokenizer.added().iter().filter(|added| added.special).map(|added| added.id);
        let nameless = real.tokenizer.len() as TokenId..real.config().vocab as TokenId;
        let never = marks.chain(nameless).collect();
        let mut writer = RealWriter { real, held_out, contexts: Vec::new(), never };
        writer.contexts = writer.seen()?;
        Ok(writer)
    }

    fn decoder<'m, 'b>(&self, model: &'m FastModel<'b>) -> Result<FastDecoder<'m, 'b>, Refusal> {
        let decoder = model.decoder(Keeping::F16)?;
        Ok(decoder.with_ends(self.real.begin(), None).without(self.never.iter().copied()))
    }

    /// Logits after places of the held-out text that lie evenly apart.
    fn seen(&self) -> Result<Vec<Vec<f32>>, Refusal> {
        let model = self.real.fast()?;
        let decoder = self.decoder(&model)?;
        let apart = (self.held_out.len() / (CONTEXTS + 1)).max(1);
        let end = |i: usize| (i + 1) * apart;
        let windows = (0..CONTEXTS).map(end).take_while(|&end| end <= self.held_out.len());
        let texts: Vec<Vec<TokenId>> = windows
            .map(|end| {
                let window = &self.held_out[end.saturating_sub(BEFORE)..end];
                self.real.begin().into_iter().chain(window.iter().copied()).collect()
            })
            .collect();
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let mut caches: Vec<_> = texts.iter().map(|_| decoder.start_cache()).collect();
        let texts: Vec<&[TokenId]> = texts.iter().map(Vec::as_slice).collect();
        let rows = decoder.extend(&mut caches.iter_mut().collect::<Vec<_>>(), &texts, Rows::Last)?;
        Ok(rows.rows().into_iter().map(|row| self.allowed(row.iter().copied())).collect())
    }

    /// Logits with what is never said taken away.
    fn allowed<T: From<f32>>(&self, row: impl Iterator<Item = T>) -> Vec<T> {
        let mut row: Vec<T> = row.collect();
        self.never.iter().for_each(|&token| row[token as usize] = f32::NEG_INFINITY.into());
        row
    }
}

impl Writer for RealWriter {
    fn held_out(&self) -> &[u32] {
        &self.held_out
    }

    fn decode(&self, tokens: &[u32]) -> String {
        self.real.text(tokens)
    }

    fn encode(&self, text: &str) -> Result<Vec<u32>, Refusal> {
        Ok(self.real.tokenizer.ids(text, Allowed::None)?)
    }

    fn round(&self, plan: &Plan, number: usize, prompt: &[u32]) -> Result<Vec<Vec<Written>>, Refusal> {
        let model = self.real.fast()?;
        Ok(plan.round_together(&self.decoder(&model)?, number, prompt)?)
    }

    /// All tokens at once: nobody has to wait for a draw.
    fn log_probs(&self, prompt: &[u32], tokens: &[u32]) -> Result<Vec<f64>, Refusal> {
        let model = self.real.fast()?;
        let decoder = self.decoder(&model)?;
        let text: Vec<u32> = self.real.begin().into_iter().chain([prompt, tokens].concat()).collect();
        let rows = decoder.pass(&text)?;
        let places = text.len() - tokens.len()..text.len();
        let each = places.map(|place| {
            let row = self.allowed(rows.row(place - 1).iter().map(|&z| f64::from(z)));
            log_softmax(Array1::from_vec(row).view())[text[place] as usize]
        });
        Ok(each.collect())
    }

    fn strength(&self, recipe: &Recipe) -> Option<Strength> {
        strength(recipe, &self.contexts).ok().flatten()
    }

    fn marks(&self, text: &str) -> Option<Text> {
        real::marks(&self.real, text)
    }
}
