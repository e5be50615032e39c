//! From named tensors to parts, with all that can be wrong.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array1, Array2, Axis, Slice};

use super::names::{Part, Within, is_computed, within};
use super::{Gains, Linear, Naming};
use crate::decoder::{Config, DecoderError, Norm, Tensors};
use crate::numerics::{normal, rng};

/// Where the numbers come from.
enum Source<'a> {
    File(&'a dyn Tensors),
    /// Drawn with this seed.
    Drawn(u64),
}

/// Takes tensors out of a file one by one.
pub(super) struct Loader<'a> {
    config: &'a Config,
    naming: Naming,
    source: Source<'a>,
    /// What the file leaves out at the beginning of its names.
    left_out: &'static str,
    /// What the file calls each tensor of the language model.
    names: BTreeMap<String, String>,
    /// Parts of the file that are not of it.
    beside: BTreeSet<&'static str>,
    taken: BTreeSet<String>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(config: &'a Config, naming: Naming, tensors: &'a dyn Tensors) -> Loader<'a> {
        let prefix = naming.prefix(config.family);
        let embedding = format!("{}.weight", naming.stem(config.family, Part::Embedding, 0));
        let bare = embedding.strip_prefix(prefix).unwrap_or_default();
        let (mut names, mut beside) = (BTreeMap::new(), BTreeSet::new());
        for name in tensors.names() {
            match within(&name) {
                Within::Language(inner) => drop(names.insert(inner.into_owned(), name.clone())),
                Within::Other(part) => drop(beside.insert(part)),
            }
        }
        let whole = names.contains_key(&embedding) || !names.contains_key(bare);
        let left_out = if whole { "" } else { prefix };
        let source = Source::File(tensors);
        Loader { config, naming, source, left_out, names, beside, taken: BTreeSet::new() }
    }

    /// Takes them from a generator in the place of a file.
    pub(super) fn drawn(config: &'a Config, seed: u64) -> Loader<'a> {
        let (naming, source) = (Naming::Gguf, Source::Drawn(seed));
        let (names, beside, taken) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Loader { config, naming, source, left_out: "", names, beside, taken }
    }

    /// The numbers of one tensor, if it has this shape.
    fn values(
        &mut self,
        part: Part,
        layer: usize,
        end: &str,
        wanted: &[usize],
    ) -> Result<Vec<f32>, DecoderError> {
        let name = format!("{}.{end}", self.naming.stem(self.config.family, part, layer));
        let name = name.strip_prefix(self.left_out).map_or(name.clone(), str::to_owned);
        let tensors = match self.source {
            Source::File(tensors) => tensors,
            Source::Drawn(seed) => return Ok(drawn(seed, &name, wanted)),
        };
        let Some((stored, found)) =
            self.names.get(&name).and_then(|stored| Some((stored, tensors.shape(stored)?)))
        else {
            return Err(DecoderError::MissingTensor { name, wanted: wanted.to_vec() });
        };
        if found != wanted {
            return Err(DecoderError::Shape { name, found, wanted: wanted.to_vec() });
        }
        let values = tensors.values(stored).unwrap_or_default();
        if values.len() != wanted.iter().product::<usize>() {
            return Err(DecoderError::Shape { name, found: vec![values.len()], wanted: wanted.to_vec() });
        }
        self.taken.insert(name);
        Ok(values)
    }

    /// A vector.
    fn vector(
        &mut self,
        part: Part,
        layer: usize,
        end: &str,
        len: usize,
    ) -> Result<Array1<f64>, DecoderError> {
        Ok(self.values(part, layer, end, &[len])?.into_iter().map(f64::from).collect())
    }

    /// A norm over `d` features.
    pub(super) fn norm(&mut self, part: Part, layer: usize, d: usize) -> Result<Gains, DecoderError> {
        let gain = self.vector(part, layer, "weight", d)?;
        let bias = match self.config.norm {
            Norm::Layer => Some(self.vector(part, layer, "bias", d)?),
            Norm::Rms { .. } => None,
        };
        Ok(Gains::new(self.config.norm, self.config.eps, gain, bias))
    }

    /// A table as it is stored, `(rows, columns)`.
    pub(super) fn table(&mut self, part: Part, rows: usize, columns: usize) -> Result<Linear, DecoderError> {
        let values = self.values(part, 0, "weight", &[rows, columns])?;
        Ok(Linear::new(shaped(rows, columns, values), None))
    }

    /// A projection of a layer from `inputs` features to `outputs`.
    pub(super) fn linear(
        &mut self,
        part: Part,
        layer: usize,
        (outputs, inputs): (usize, usize),
        bias: bool,
    ) -> Result<Linear, DecoderError> {
        let (weight, bias) = self.projection(part, layer, (outputs, inputs), bias)?;
        Ok(Linear::new(weight, bias))
    }

    /// Queries, keys and values of a layer, from one matrix or three.
    pub(super) fn queries_keys_values(&mut self, layer: usize) -> Result<[Linear; 3], DecoderError> {
        let config = self.config;
        let (d, bias) = (config.d_model, config.bias.qkv);
        let widths = [config.heads, config.kv_heads, config.kv_heads].map(|heads| heads * config.head_dim);
        if !config.learned_positions {
            let [queries, keys, values] = widths;
            return Ok([
                self.linear(Part::Queries, layer, (queries, d), bias)?,
                self.linear(Part::Keys, layer, (keys, d), bias)?,
                self.linear(Part::Values, layer, (values, d), bias)?,
            ]);
        }
        let (weight, bias) = self.projection(Part::Fused, layer, (widths.iter().sum(), d), bias)?;
        let starts = [0, widths[0], widths[0] + widths[1]];
        Ok([0, 1, 2].map(|i| {
            let rows = Slice::from(starts[i]..starts[i] + widths[i]);
            let bias = bias.as_ref().map(|bias| bias.slice_axis(Axis(0), rows).to_owned());
            Linear::new(weight.slice_axis(Axis(0), rows).to_owned(), bias)
        }))
    }

    fn projection(
        &mut self,
        part: Part,
        layer: usize,
        (outputs, inputs): (usize, usize),
        bias: bool,
    ) -> Result<(Array2<f32>, Option<Array1<f64>>), DecoderError> {
        let weight = if self.naming.is_transposed(self.config) {
            let values = self.values(part, layer, "weight", &[inputs, outputs])?;
            shaped(inputs, outputs, values).t().as_standard_layout().to_owned()
        } else {
            shaped(outputs, inputs, self.values(part, layer, "weight", &[outputs, inputs])?)
        };
        let bias = if bias { Some(self.vector(part, layer, "bias", outputs)?) } else { None };
        Ok((weight, bias))
    }

    /// Tensors that nothing took: those that nothing needs, or else an error.
    pub(super) fn left_over(self) -> Result<Vec<String>, DecoderError> {
        let head = format!("{}.weight", self.naming.stem(self.config.family, Part::Head, 0));
        let mut names: Vec<String> = self.names.into_keys().collect();
        names.retain(|name| !self.taken.contains(name));
        // A head that is tied may be stored a second time.
        let needless = |name: &String| is_computed(name) || self.config.tied && *name == head;
        let (needless, surplus): (Vec<String>, Vec<String>) = names.into_iter().partition(needless);
        match surplus.first() {
            Some(name) => Err(DecoderError::SurplusTensor { name: name.clone(), count: surplus.len() }),
            None => Ok(needless.into_iter().chain(self.beside.into_iter().map(str::to_owned)).collect()),
        }
    }
}

/// Gains near 1, biases near 0, matrices that keep the size of what passes them; a stream for each name.
fn drawn(seed: u64, name: &str, shape: &[usize]) -> Vec<f32> {
    let (rows, columns) = (shape[0], shape.get(1).copied());
    let (mean, spread) = match columns {
        Some(columns) => (0.0, 1.0 / (columns as f64).sqrt()),
        None if name.ends_with("bias") => (0.0, 0.1),
        None => (1.0, 0.1),
    };
    let values = normal((rows, columns.unwrap_or(1)), spread, &mut rng(seed, name));
    values.iter().map(|value| (mean + value) as f32).collect()
}

/// Numbers that were counted before, as rows.
fn shaped(rows: usize, columns: usize, values: Vec<f32>) -> Array2<f32> {
    Array2::from_shape_vec((rows, columns), values).unwrap_or_else(|_| Array2::zeros((rows, columns)))
}
