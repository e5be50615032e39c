//! Running a model: a text at once, or token by token.

use ndarray::{Array1, Array2, ArrayView1, Axis, Slice};

use super::attention::Attention;
use super::cache::Cache;
use super::change::{Change, Settings};
use super::feed_forward::feed_forward;
use super::model::Model;
use super::rotate::Turns;
use super::seen::{Ask, Seen, Witness};
use super::{Config, DecoderError};

/// Rows of logits that are computed together where all of them are looked at.
const ROWS: usize = 32;

/// A model with the changes that were asked for, ready to run.
///
/// All arithmetic is in `f64`, formula by formula; weights are the numbers of the file. A pass over a text and
/// the same text token by token give the same up to rounding, unless the rotation depends on the length
/// ([`Cache`]).
///
/// # Examples
/// ```
/// use concepts::decoder::{Config, Model};
/// use concepts::numerics::{max_difference, tolerance::EXACT_F64};
/// let model = Model::random(Config::small(), 7)?;
/// let decoder = model.decoder();
/// let at_once = decoder.pass(&[3, 1, 4, 1])?;
/// let mut cache = decoder.start_cache();
/// decoder.extend(&mut cache, &[3, 1, 4])?;
/// let last = decoder.extend(&mut cache, &[1])?;
/// assert!((&at_once.row(3) - &last.row(0)).iter().all(|apart| apart.abs() < EXACT_F64));
/// # Ok::<(), concepts::decoder::DecoderError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decoder<'m> {
    model: &'m Model,
    settings: Settings,
    pub(super) begin: Option<u32>,
    pub(super) end: Option<u32>,
}

impl Model {
    /// The model as it is.
    pub fn decoder(&self) -> Decoder<'_> {
        Decoder { model: self, settings: Settings::plain(&self.config), begin: None, end: None }
    }

    /// The model with changes.
    ///
    /// # Errors
    /// [`DecoderError`] if there is nothing that a change could act on, no such head, or heads do not pool
    /// evenly.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoder::{Change, Config, Model};
    /// let model = Model::random(Config::small(), 7)?;
    /// let (whole, blind) = (model.decoder(), model.decoder_with(&[Change::RopeOff])?);
    /// let text = [3, 1, 4, 1];
    /// assert_ne!(whole.pass(&text)?, blind.pass(&text)?);
    /// # Ok::<(), concepts::decoder::DecoderError>(())
    /// ```
    pub fn decoder_with(&self, changes: &[Change]) -> Result<Decoder<'_>, DecoderError> {
        let settings = Settings::new(&self.config, changes)?;
        Ok(Decoder { model: self, settings, begin: None, end: None })
    }
}

impl<'m> Decoder<'m> {
    /// The same, with a token that begins every text and one that ends it, as a language model that
    /// strategies of decoding ask.
    pub fn with_ends(self, begin: Option<u32>, end: Option<u32>) -> Decoder<'m> {
        Decoder { begin, end, ..self }
    }

    /// What is run, with its changes.
    pub fn config(&self) -> &Config {
        &self.settings.config
    }

    /// An empty cache.
    pub fn start_cache(&self) -> Cache {
        Cache::new(&self.settings.config, self.settings.kv_heads, self.settings.keeping)
    }

    /// The logits after each token of a text.
    ///
    /// # Shapes
    /// → `(tokens, vocab)`
    ///
    /// # Errors
    /// [`DecoderError::NoTokens`], [`DecoderError::UnknownToken`], [`DecoderError::TooLong`].
    pub fn pass(&self, tokens: &[u32]) -> Result<Array2<f64>, DecoderError> {
        self.extend(&mut self.start_cache(), tokens)
    }

    /// As [`Decoder::pass`], with what was asked for.
    ///
    /// # Errors
    /// As [`Decoder::pass`]; [`DecoderError::NoSuch`] for a layer or head that is not there.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoder::{Ask, Config, Heads, Model};
    /// let model = Model::random(Config::small(), 7)?;
    /// let ask = Ask { attention: Heads::Of(vec![(1, 3)]), ..Ask::default() };
    /// let (_, seen) = model.decoder().look(&[3, 1, 4], &ask)?;
    /// let ((layer, head), weights) = &seen.attention[0];
    /// assert_eq!((*layer, *head, weights.dim()), (1, 3, (3, 3)));
    /// assert_eq!(weights[[0, 0]], 1.0); // the first token sees itself alone
    /// # Ok::<(), concepts::decoder::DecoderError>(())
    /// ```
    pub fn look(&self, tokens: &[u32], ask: &Ask) -> Result<(Array2<f64>, Seen), DecoderError> {
        ask.check(&self.settings.config)?;
        let mut witness = Witness { ask, seen: Seen::default() };
        let x = self.stream(&mut self.start_cache(), tokens, &mut witness)?;
        Ok((self.logits_of(&x), witness.seen))
    }

    /// What was asked for in a pass, without the logits.
    ///
    /// # Errors
    /// As [`Decoder::look`].
    pub fn watch(&self, tokens: &[u32], ask: &Ask) -> Result<Seen, DecoderError> {
        ask.check(&self.settings.config)?;
        let mut witness = Witness { ask, seen: Seen::default() };
        self.stream(&mut self.start_cache(), tokens, &mut witness)?;
        Ok(witness.seen)
    }

    /// Shows the logits after each token of a text, one row after the other: all at once they may not fit in
    /// memory.
    ///
    /// # Errors
    /// As [`Decoder::pass`].
    pub fn each_row(
        &self,
        tokens: &[u32],
        mut show: impl FnMut(usize, ArrayView1<f64>),
    ) -> Result<(), DecoderError> {
        let mut witness = Witness { ask: &Ask::default(), seen: Seen::default() };
        let x = self.stream(&mut self.start_cache(), tokens, &mut witness)?;
        for (chunk, rows) in x.axis_chunks_iter(Axis(0), ROWS).enumerate() {
            for (i, logits) in self.logits_of(&rows.to_owned()).outer_iter().enumerate() {
                show(chunk * ROWS + i, logits);
            }
        }
        Ok(())
    }

    /// Reads more tokens of a text: the logits after each of them.
    ///
    /// # Shapes
    /// → `(tokens, vocab)`
    ///
    /// # Errors
    /// As [`Decoder::pass`]; [`DecoderError::ForeignCache`] if the cache is another model's.
    pub fn extend(&self, cache: &mut Cache, tokens: &[u32]) -> Result<Array2<f64>, DecoderError> {
        let mut witness = Witness { ask: &Ask::default(), seen: Seen::default() };
        let x = self.stream(cache, tokens, &mut witness)?;
        Ok(self.logits_of(&x))
    }

    /// As [`Decoder::extend`], of the last token alone: of a long prompt the others are not needed, and they
    /// take `d_model · vocab` operations each.
    ///
    /// # Shapes
    /// → `(vocab)`
    ///
    /// # Errors
    /// As [`Decoder::extend`].
    pub fn extend_last(&self, cache: &mut Cache, tokens: &[u32]) -> Result<Array1<f64>, DecoderError> {
        let last = self.last_stream(cache, tokens)?;
        Ok(self.logits_of(&last).row(0).to_owned())
    }

    /// What leaves the last layer at the last token, `(1, d_model)`.
    pub(super) fn last_stream(&self, cache: &mut Cache, tokens: &[u32]) -> Result<Array2<f64>, DecoderError> {
        let mut witness = Witness { ask: &Ask::default(), seen: Seen::default() };
        let x = self.stream(cache, tokens, &mut witness)?;
        Ok(x.slice_axis(Axis(0), Slice::from(-1..)).to_owned())
    }

    /// From what leaves the last layer to logits: `cap(N(x) Headᵀ)`.
    pub(super) fn logits_of(&self, x: &Array2<f64>) -> Array2<f64> {
        let normed = self.model.last_norm.apply(x.view());
        let head = self.model.head.as_ref().unwrap_or(&self.model.embedding);
        let logits = head.apply(&normed);
        match self.settings.config.logit_cap {
            Some(cap) => logits.mapv(|z| cap * libm::tanh(z / cap)),
            None => logits,
        }
    }

    /// New tokens through all layers: `(tokens, d_model)`.
    fn stream(
        &self,
        cache: &mut Cache,
        tokens: &[u32],
        witness: &mut Witness,
    ) -> Result<Array2<f64>, DecoderError> {
        let config = &self.settings.config;
        let first = cache.len();
        self.check(cache, tokens)?;
        let turns = self.turns(first + tokens.len())?;
        let mut x = self.embedded(tokens, first);
        for (number, layer) in self.model.layers.iter().enumerate() {
            witness.residual(number, &x);
            let turns = config.layers[number].rope.and_then(|rope| turns.get(rope));
            let attention = Attention { settings: &self.settings, number, layer, turns };
            let taken = attention.apply(&layer.attention_norm.apply(x.view()), cache, witness);
            x += &layer.after_attention.as_ref().map_or(taken.clone(), |norm| norm.apply(taken.view()));
            let normed = layer.network_norm.apply(x.view());
            let made = feed_forward(layer, number, config.activation, &normed, witness);
            x += &layer.after_network.as_ref().map_or(made.clone(), |norm| norm.apply(made.view()));
        }
        witness.residual(config.layers.len(), &x);
        Ok(x)
    }

    /// The tables of every rotary embedding, for a text of this length.
    fn turns(&self, len: usize) -> Result<Vec<Turns>, DecoderError> {
        let config = &self.settings.config;
        let positions: Vec<i64> = (0..len).map(|place| self.settings.position(place)).collect();
        config.ropes.iter().map(|rope| Turns::new(rope, config.layout, &positions)).collect()
    }

    /// The rows of the embedding, and those of the positions if they are learned.
    fn embedded(&self, tokens: &[u32], first: usize) -> Array2<f64> {
        let scale = self.settings.config.embedding_scale;
        let mut x = Array2::zeros((tokens.len(), self.settings.config.d_model));
        for (i, (mut row, &token)) in x.outer_iter_mut().zip(tokens).enumerate() {
            row.assign(&(self.model.embedding.row(token as usize) * scale));
            if let Some((positions, place)) = self.model.positions.as_ref().zip(self.settings.row(first + i))
            {
                row += &positions.row(place);
            }
        }
        x
    }

    /// Can these tokens follow?
    fn check(&self, cache: &Cache, tokens: &[u32]) -> Result<(), DecoderError> {
        let config = &self.settings.config;
        if tokens.is_empty() {
            return Err(DecoderError::NoTokens);
        }
        if let Some(&token) = tokens.iter().find(|&&token| token as usize >= config.vocab) {
            return Err(DecoderError::UnknownToken { token, vocab: config.vocab });
        }
        let (layers, width) = (config.layers.len(), self.settings.kv_heads * config.head_dim);
        if cache.layers.len() != layers || layers > 0 && cache.width() != width {
            let (found, found_width) = (cache.layers.len(), cache.width());
            return Err(DecoderError::ForeignCache { found, found_width, layers, width });
        }
        let places = cache.len()..cache.len() + tokens.len();
        self.model.positions.as_ref().map_or(Ok(()), |table| self.settings.check_rows(places, table.rows()))
    }
}
