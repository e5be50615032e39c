//! One or many texts through all layers.

use ndarray::Array2;
use rayon::prelude::*;

use super::FastError;
use super::asked::Asked;
use super::attend::{Span, attend};
use super::cache::{FastCache, Side};
use super::model::{FastLayer, FastModel, check_rotation};
use super::network::{network, project};
use super::norm::FastNorm;
use crate::decoder::change::Settings;
use crate::decoder::{Config, DecoderError, Keeping};
use crate::linear::Threads;
use crate::numerics::Scratch;

/// Which tokens' logits are wanted: the others are not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Those of every new token.
    All,
    /// Those of the last token of each text.
    Last,
}

/// Rows above which norms and turns are shared out among threads.
const MANY: usize = 32;

/// A fast model, ready to run.
///
/// Weights stay as they are stored, arithmetic is in `f32`, several texts go through the matrices together. The same
/// tokens give the same bits on any number of threads.
///
/// # Examples
/// ```no_run
/// use concepts::decoder::fast::{FastCache, FastModel, Rows};
/// use concepts::decoder::{Config, Keeping, Naming};
/// use concepts::weights::Gguf;
/// # fn run(bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
/// let file = Gguf::parse(bytes)?;
/// let config = Config::from_gguf(&file, &file)?.config;
/// let model = FastModel::new(config, Naming::Gguf, file.tensors().cloned())?;
/// let decoder = model.decoder(Keeping::F16)?;
/// let mut cache = decoder.start_cache();
/// let logits = decoder.extend(&mut [&mut cache], &[&[1, 2, 3]], Rows::Last)?;
/// assert_eq!(logits.dim(), (1, model.config().vocab));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FastDecoder<'m, 'b> {
    pub(super) model: &'m FastModel<'b>,
    /// With as many key/value heads as there are after pooling.
    pub(super) settings: Settings,
    /// The frequencies of each rotary embedding.
    pub(super) frequencies: Vec<Vec<f64>>,
    pub(super) empty: FastCache,
    pub(super) begin: Option<u32>,
    pub(super) end: Option<u32>,
    pub(super) never: Vec<u32>,
}

impl<'b> FastModel<'b> {
    /// The model, with caches that keep numbers like this.
    ///
    /// # Errors
    /// [`FastError::CacheBits`].
    pub fn decoder(&self, keeping: Keeping) -> Result<FastDecoder<'_, 'b>, FastError> {
        let empty = FastCache::new(&self.config, keeping)?;
        let (settings, frequencies) = (Settings::plain(&self.config), self.frequencies.clone());
        let never = Vec::new();
        Ok(FastDecoder { model: self, settings, frequencies, empty, begin: None, end: None, never })
    }
}

impl<'m, 'b> FastDecoder<'m, 'b> {
    /// The same, with a token that begins every text and one that ends it, as a language model that strategies of
    /// decoding ask.
    pub fn with_ends(self, begin: Option<u32>, end: Option<u32>) -> FastDecoder<'m, 'b> {
        FastDecoder { begin, end, ..self }
    }

    /// The same, as a language model that never says these tokens: marks of a chat in the middle of a story, rows of
    /// the table that the tokenizer has no text for. Those that are not in the vocabulary are ignored.
    pub fn without(self, tokens: impl IntoIterator<Item = u32>) -> FastDecoder<'m, 'b> {
        let vocab = self.config().vocab;
        let never = tokens.into_iter().filter(|&token| (token as usize) < vocab).collect();
        FastDecoder { never, ..self }
    }

    /// What is run, with its changes.
    pub fn config(&self) -> &Config {
        &self.settings.config
    }

    /// An empty cache.
    pub fn start_cache(&self) -> FastCache {
        self.empty.clone()
    }

    /// The logits after each token of a text.
    ///
    /// # Shapes
    /// → `(tokens, vocab)`
    ///
    /// # Errors
    /// As [`FastDecoder::extend`].
    pub fn pass(&self, tokens: &[u32]) -> Result<Array2<f32>, FastError> {
        self.extend(&mut [&mut self.start_cache()], &[tokens], Rows::All)
    }

    /// Reads more tokens of each text. If one cannot be read, none is, and the caches stay as they were.
    ///
    /// # Shapes
    /// → `(rows, vocab)`, the rows of the first text first
    ///
    /// # Errors
    /// [`FastError::Texts`], [`FastError::MovingRotation`]; [`DecoderError::NoTokens`], [`DecoderError::UnknownToken`], [`DecoderError::TooLong`],
    /// [`DecoderError::ForeignCache`].
    pub fn extend(
        &self,
        caches: &mut [&mut FastCache],
        texts: &[&[u32]],
        rows: Rows,
    ) -> Result<Array2<f32>, FastError> {
        let mut result = None;
        rayon::scope(|_| {
            result = Some(self.streams(caches, texts, rows).and_then(|(x, _)| self.logits_of(&x)));
        });
        result.unwrap_or(Err(DecoderError::NoTokens.into()))
    }

    /// What leaves the last layer, `(rows, d_model)`, and whose rows they are.
    ///
    /// The last layer needs keys and values of every token, and all else only of those that are wanted.
    pub(super) fn streams(
        &self,
        caches: &mut [&mut FastCache],
        texts: &[&[u32]],
        rows: Rows,
    ) -> Result<(Vec<f32>, Vec<Span>), FastError> {
        let (settings, frequencies) = (&self.settings, &self.frequencies);
        let new = Asked::new(settings, frequencies, self.spans(caches, texts)?);
        let last = if rows == Rows::Last { new.last(settings, frequencies) } else { None };
        let (layers, d) = (self.model.layers.len(), settings.config.d_model);
        let mut x = self.embedded(texts, &new.spans)?;
        for (number, layer) in self.model.layers.iter().enumerate() {
            let fewer = last.as_ref().filter(|_| number + 1 == layers);
            let taken = self.attention(number, layer, &x, &new, fewer, caches)?;
            if fewer.is_some() {
                x = new.last_rows(&x, d).to_vec();
            }
            add(&mut x, taken, layer.after_attention.as_ref());
            let read = normed(&layer.network_norm, &x);
            let made = network(layer, settings.config.activation, &read, x.len() / d)?;
            add(&mut x, made, layer.after_network.as_ref());
        }
        for (cache, span) in caches.iter_mut().zip(&new.spans) {
            cache.grow(span.rows.len());
        }
        let Some(last) = last else { return Ok((x, new.spans)) };
        if layers == 0 {
            x = new.last_rows(&x, d).to_vec();
        }
        Ok((x, last.spans))
    }

    /// From what leaves the last layer to logits: `cap(N(x) Headᵀ)`.
    pub(super) fn logits_of(&self, x: &[f32]) -> Result<Array2<f32>, FastError> {
        let config = &self.settings.config;
        let d = config.d_model;
        let x = normed(&self.model.last_norm, x);
        let n = x.len() / d;
        let mut logits = Array2::zeros((n, config.vocab));
        let head = self.model.head.as_ref().unwrap_or(&self.model.embedding);
        head.apply(&x, n, logits.as_slice_mut().unwrap_or_default(), Threads::All)?;
        if let Some(cap) = config.logit_cap {
            logits.mapv_inplace(|z| (cap * libm::tanh(f64::from(z) / cap)) as f32);
        }
        Ok(logits)
    }

    /// What the head reads.
    pub(super) fn normed_last(&self, x: &[f32]) -> Vec<f32> {
        normed(&self.model.last_norm, x).to_vec()
    }

    /// What attention adds to all new tokens or to `fewer` of them, the last of each text; keys and values of all are
    /// appended to the caches.
    fn attention(
        &self,
        number: usize,
        layer: &FastLayer<'_>,
        x: &[f32],
        new: &Asked,
        fewer: Option<&Asked>,
        caches: &mut [&mut FastCache],
    ) -> Result<Scratch, FastError> {
        let config = &self.settings.config;
        let (d, asked) = (config.head_dim, fewer.unwrap_or(new));
        let x = normed(&layer.attention_norm, x);
        let [queries, keys, values] = layer.inputs.each_ref();
        let [mut q, k, v] = if fewer.is_some() {
            let [q] = project([queries], &new.last_rows(&x, config.d_model), asked.len())?;
            let [k, v] = project([keys, values], &x, new.len())?;
            [q, k, v]
        } else {
            project([queries, keys, values], &x, new.len())?
        };
        let [mut k, v] = [self.pooled(k), self.pooled(v)];
        for (rows, norm, tokens) in [(&mut q, &layer.query_norm, asked), (&mut k, &layer.key_norm, new)] {
            if let Some(norm) = norm {
                norm.apply(rows);
            }
            if let Some(turns) = config.layers[number].rope.and_then(|rope| tokens.turns.get(rope)) {
                turns.apply(rows, d);
            }
        }
        let width = config.kv_heads * d;
        for (cache, span) in caches.iter_mut().zip(&new.spans) {
            let rows = span.rows.start * width..span.rows.end * width;
            cache.append(number, Side::Keys, &k[rows.clone()]);
            cache.append(number, Side::Values, &v[rows]);
        }
        let mut joined = Scratch::new(q.len());
        attend(&self.settings, number, &q, caches, &asked.spans, &mut joined);
        self.silence(number, &mut joined);
        let [out] = project([&layer.output], &joined, asked.len())?;
        Ok(out)
    }

    /// The rows of the embedding, and those of the positions if they are learned.
    fn embedded(&self, texts: &[&[u32]], spans: &[Span]) -> Result<Vec<f32>, FastError> {
        let (d, scale) = (self.settings.config.d_model, self.settings.config.embedding_scale as f32);
        let mut x = vec![0.0; spans.last().map_or(0, |span| span.rows.end) * d];
        for (row, &token) in x.chunks_exact_mut(d).zip(texts.iter().copied().flatten()) {
            self.model.embedding.row(token as usize, row)?;
            row.iter_mut().for_each(|x| *x *= scale);
        }
        if let Some(positions) = &self.model.positions {
            let mut place = vec![0.0; d];
            for span in spans {
                for (i, row) in span.rows.clone().enumerate() {
                    let Some(position) = self.settings.row(span.first + i) else { continue };
                    positions.row(position, &mut place)?;
                    x[row * d..][..d].iter_mut().zip(&place).for_each(|(x, p)| *x += p);
                }
            }
        }
        Ok(x)
    }

    /// Can these tokens follow, and where do they stand?
    fn spans(&self, caches: &[&mut FastCache], texts: &[&[u32]]) -> Result<Vec<Span>, FastError> {
        let config = &self.settings.config;
        if caches.len() != texts.len() {
            return Err(FastError::Texts { texts: texts.len(), caches: caches.len() });
        }
        let mut spans = Vec::new();
        let mut start = 0;
        for (cache, tokens) in caches.iter().zip(texts) {
            if let Some(&token) = tokens.iter().find(|&&token| token as usize >= config.vocab) {
                return Err(DecoderError::UnknownToken { token, vocab: config.vocab }.into());
            }
            let (wanted, found) = (self.empty.shape(), cache.shape());
            if wanted != found {
                let ((layers, width), (found, found_width)) = (wanted, found);
                return Err(DecoderError::ForeignCache { found, found_width, layers, width }.into());
            }
            if let Some(table) = &self.model.positions {
                self.settings.check_rows(cache.len()..cache.len() + tokens.len(), table.rows())?;
            }
            check_rotation(config, cache.len() + tokens.len())?;
            spans.push(Span { rows: start..start + tokens.len(), first: cache.len() });
            start += tokens.len();
        }
        match texts.iter().any(|tokens| tokens.is_empty()) || texts.is_empty() {
            true => Err(DecoderError::NoTokens.into()),
            false => Ok(spans),
        }
    }
}

/// A copy, normed.
fn normed(norm: &FastNorm, x: &[f32]) -> Scratch {
    let mut y = Scratch::copy(x);
    apply_norm(norm, &mut y);
    y
}

fn apply_norm(norm: &FastNorm, x: &mut [f32]) {
    let d = norm.width();
    if x.len() / d > MANY {
        x.par_chunks_mut(MANY * d).for_each(|rows| norm.apply(rows));
    } else {
        norm.apply(x);
    }
}

/// `x + N(y)`
fn add(x: &mut [f32], mut y: Scratch, norm: Option<&FastNorm>) {
    if let Some(norm) = norm {
        apply_norm(norm, &mut y);
    }
    x.iter_mut().zip(&y[..]).for_each(|(x, y)| *x += y);
}
