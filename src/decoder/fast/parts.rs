//! Tensors of a file, each at its place.

use std::collections::{BTreeMap, BTreeSet};

use super::FastError;
use super::norm::FastNorm;
use crate::decoder::model::{Part, Within, is_computed, within};
use crate::decoder::{Config, DecoderError, Naming, Norm};
use crate::linear::Linear;
use crate::weights::Tensor;

/// A matrix and its bias; without one the bias is empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Projection<'b> {
    pub(super) weight: Linear<'b>,
    pub(super) bias: Vec<f32>,
}

/// The tensors that nobody has taken yet.
pub(super) struct Parts<'c, 'b> {
    config: &'c Config,
    naming: Naming,
    /// By their names in the language model.
    tensors: BTreeMap<String, Tensor<'b>>,
    /// Parts of the file that are not of it.
    beside: BTreeSet<&'static str>,
    /// What the file leaves out at the beginning of its names.
    left_out: &'static str,
}

impl<'c, 'b> Parts<'c, 'b> {
    pub(super) fn new(
        config: &'c Config,
        naming: Naming,
        tensors: impl IntoIterator<Item = Tensor<'b>>,
    ) -> Self {
        let (mut of_language, mut beside) = (BTreeMap::new(), BTreeSet::new());
        for tensor in tensors {
            match within(tensor.name) {
                Within::Language(inner) => drop(of_language.insert(inner.into_owned(), tensor)),
                Within::Other(part) => drop(beside.insert(part)),
            }
        }
        let tensors = of_language;
        let prefix = naming.prefix(config.family);
        let embedding = format!("{}.weight", naming.stem(config.family, Part::Embedding, 0));
        let bare = embedding.strip_prefix(prefix).unwrap_or_default();
        let whole = tensors.contains_key(embedding.as_str()) || !tensors.contains_key(bare);
        Self { config, naming, tensors, beside, left_out: if whole { "" } else { prefix } }
    }

    fn take(
        &mut self,
        part: Part,
        layer: usize,
        end: &str,
        wanted: &[usize],
    ) -> Result<Tensor<'b>, DecoderError> {
        let name = format!("{}.{end}", self.naming.stem(self.config.family, part, layer));
        let name = name.strip_prefix(self.left_out).map_or(name.clone(), str::to_owned);
        match self.tensors.remove(name.as_str()) {
            None => Err(DecoderError::MissingTensor { name, wanted: wanted.to_vec() }),
            Some(tensor) if tensor.shape != wanted => {
                Err(DecoderError::Shape { name, found: tensor.shape, wanted: wanted.to_vec() })
            }
            Some(tensor) => Ok(tensor),
        }
    }

    fn vector(&mut self, part: Part, layer: usize, end: &str, len: usize) -> Result<Vec<f32>, DecoderError> {
        Ok(self.take(part, layer, end, &[len])?.decode())
    }

    /// A norm over `d` features.
    pub(super) fn norm(&mut self, part: Part, layer: usize, d: usize) -> Result<FastNorm, DecoderError> {
        let gain = self.vector(part, layer, "weight", d)?;
        let bias = match self.config.norm {
            Norm::Layer => self.vector(part, layer, "bias", d)?,
            Norm::Rms { .. } => Vec::new(),
        };
        Ok(FastNorm::new(self.config.norm, self.config.eps, gain, bias))
    }

    /// A table as it is stored, `(rows, columns)`.
    pub(super) fn table(&mut self, part: Part, shape: [usize; 2]) -> Result<Linear<'b>, FastError> {
        Ok(Linear::new(&self.take(part, 0, "weight", &shape)?)?)
    }

    /// A projection of a layer, `(outputs, inputs)`.
    pub(super) fn projection(
        &mut self,
        part: Part,
        layer: usize,
        shape: [usize; 2],
        bias: bool,
    ) -> Result<Projection<'b>, FastError> {
        let weight = match self.naming.is_transposed(self.config) {
            true => Linear::turned(&self.take(part, layer, "weight", &[shape[1], shape[0]])?)?,
            false => Linear::new(&self.take(part, layer, "weight", &shape)?)?,
        };
        let bias = if bias { self.vector(part, layer, "bias", shape[0])? } else { Vec::new() };
        Ok(Projection { weight, bias })
    }

    /// Queries, keys and values of a layer, from one matrix or three.
    pub(super) fn queries_keys_values(&mut self, layer: usize) -> Result<[Projection<'b>; 3], FastError> {
        let (d, bias) = (self.config.d_model, self.config.bias.qkv);
        let widths =
            [self.config.heads, self.config.kv_heads, self.config.kv_heads].map(|n| n * self.config.head_dim);
        if !self.config.learned_positions {
            return Ok([
                self.projection(Part::Queries, layer, [widths[0], d], bias)?,
                self.projection(Part::Keys, layer, [widths[1], d], bias)?,
                self.projection(Part::Values, layer, [widths[2], d], bias)?,
            ]);
        }
        let whole = self.projection(Part::Fused, layer, [widths.iter().sum(), d], bias)?;
        let starts = [0, widths[0], widths[0] + widths[1]];
        let part = |i: usize| -> Result<Projection<'b>, FastError> {
            let rows = starts[i]..starts[i] + widths[i];
            let bias = whole.bias.get(rows.clone()).unwrap_or_default().to_vec();
            Ok(Projection { weight: whole.weight.part(rows)?, bias })
        };
        Ok([part(0)?, part(1)?, part(2)?])
    }

    /// Tensors that nothing took: those that nothing needs, or else an error.
    pub(super) fn left_over(self) -> Result<Vec<String>, DecoderError> {
        let head = format!("{}.weight", self.naming.stem(self.config.family, Part::Head, 0));
        // A head that is tied may be stored a second time.
        let needless = |name: &String| is_computed(name) || self.config.tied && *name == head;
        let (needless, surplus): (Vec<String>, Vec<String>) = self.tensors.into_keys().partition(needless);
        match surplus.first() {
            Some(name) => Err(DecoderError::SurplusTensor { name: name.clone(), count: surplus.len() }),
            None => Ok(needless.into_iter().chain(self.beside.into_iter().map(str::to_owned)).collect()),
        }
    }
}
