//! A small untrained transformer of each kind.

use crate::architecture::words::{Dimension, Operand};
use ndarray::{Array2, ArrayView2, Axis, concatenate};
use rand::Rng;

use super::error::{at_least_one, same};
use super::{Architecture, ArchitectureError, Block, LayerNorm};
use crate::attention::Mask;

/// A transformer of any [`Architecture`], from vectors to vectors: without vocabulary, without positions,
/// untrained. It shows what can depend on what; that does not change with training.
///
/// # Formula
/// The blocks one after the other, then a layer normalisation; an encoder–decoder has two such stacks
///
/// # Shapes
/// `x (n, d_model)` → `(n, d_model)`
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3; Raffel et al. 2020 (T5), section 3.2.
///
/// # Examples
/// ```
/// use concepts::architecture::{Architecture, Transformer};
/// use concepts::numerics::{normal, rng};
/// let mut rng = rng(7, "doc");
/// // Four tokens for the encoder, three for the decoder.
/// let model = Transformer::random(Architecture::EncoderDecoder { source: 4 }, 2, 8, 2, &mut rng)?;
/// let (source, target) = (normal((4, 8), 1.0, &mut rng), normal((3, 8), 1.0, &mut rng));
/// let memory = model.encode(source.view())?;
/// assert_eq!(model.decode(target.view(), memory.view())?.dim(), (3, 8));
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Transformer {
    architecture: Architecture,
    d_model: usize,
    /// Only of an encoder–decoder.
    encoder: Option<Stack>,
    /// The one that makes the outputs.
    stack: Stack,
}

/// Blocks one after the other, and a normalisation of what they leave.
#[derive(Debug, Clone, PartialEq)]
struct Stack {
    blocks: Vec<Block>,
    norm: LayerNorm,
}

impl Stack {
    fn random(
        (layers, d_model, heads): (usize, usize, usize),
        cross: bool,
        rng: &mut impl Rng,
    ) -> Result<Stack, ArchitectureError> {
        let blocks =
            (0..layers).map(|_| Block::random(d_model, heads, cross, rng)).collect::<Result<_, _>>()?;
        Ok(Stack { blocks, norm: LayerNorm::new(d_model)? })
    }

    fn forward(
        &self,
        x: ArrayView2<f64>,
        mask: &Mask,
        memory: Option<ArrayView2<f64>>,
    ) -> Result<Array2<f64>, ArchitectureError> {
        let mut x = x.to_owned();
        for block in &self.blocks {
            x = block.forward(x.view(), mask, memory)?;
        }
        self.norm.forward(x.view())
    }

    fn parameters(&self) -> usize {
        self.blocks.iter().map(Block::parameters).sum::<usize>() + self.norm.parameters()
    }
}

impl Transformer {
    /// An untrained model. `layers` is the number of blocks of each stack.
    ///
    /// # Errors
    /// [`ArchitectureError`] if a number is 0 or the heads do not divide `d_model`.
    pub fn random(
        architecture: Architecture,
        layers: usize,
        d_model: usize,
        heads: usize,
        rng: &mut impl Rng,
    ) -> Result<Transformer, ArchitectureError> {
        at_least_one(&[(Dimension::Layers, layers), (Dimension::DModel, d_model)])?;
        let two = matches!(architecture, Architecture::EncoderDecoder { .. });
        let sizes = (layers, d_model, heads);
        let encoder = if two { Some(Stack::random(sizes, false, rng)?) } else { None };
        let stack = Stack::random(sizes, two, rng)?;
        Ok(Transformer { architecture, d_model, encoder, stack })
    }

    /// Which kind it is.
    pub fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// Width of the model.
    pub fn d_model(&self) -> usize {
        self.d_model
    }

    /// Number of weights, of both stacks if there are two.
    pub fn parameters(&self) -> usize {
        self.stack.parameters() + self.encoder.as_ref().map_or(0, Stack::parameters)
    }

    /// The output of every token. An encoder–decoder takes its source tokens first, then its target
    /// tokens, and returns what the encoder and the decoder make of them in the same order.
    ///
    /// # Errors
    /// [`ArchitectureError`] if the width or the number of tokens does not fit.
    pub fn forward(&self, x: ArrayView2<f64>) -> Result<Array2<f64>, ArchitectureError> {
        let Architecture::EncoderDecoder { source } = self.architecture else {
            self.check(x)?;
            return self.stack.forward(x, &self.architecture.self_mask(x.nrows())?, None);
        };
        self.architecture.target(x.nrows())?;
        let (source, target) = x.split_at(Axis(0), source);
        let memory = self.encode(source)?;
        let decoded = self.decode(target, memory.view())?;
        Ok(concatenate(Axis(0), &[memory.view(), decoded.view()]).expect("both are d_model wide"))
    }

    /// What the encoder of an encoder–decoder makes of any number of source tokens.
    ///
    /// # Errors
    /// [`ArchitectureError::OneStack`] for any other kind; others if the shape does not fit.
    pub fn encode(&self, source: ArrayView2<f64>) -> Result<Array2<f64>, ArchitectureError> {
        let Some(encoder) = &self.encoder else { return Err(ArchitectureError::OneStack) };
        self.check(source)?;
        encoder.forward(source, &Mask::None, None)
    }

    /// What the decoder of an encoder–decoder makes of target tokens that also read `memory`, the output of
    /// [`Transformer::encode`].
    ///
    /// # Errors
    /// [`ArchitectureError::OneStack`] for any other kind; others if a shape does not fit.
    pub fn decode(
        &self,
        target: ArrayView2<f64>,
        memory: ArrayView2<f64>,
    ) -> Result<Array2<f64>, ArchitectureError> {
        if self.encoder.is_none() {
            return Err(ArchitectureError::OneStack);
        }
        self.check(target)?;
        self.check(memory)?;
        self.stack.forward(target, &self.architecture.self_mask(target.nrows())?, Some(memory))
    }

    /// There are tokens, and they are as wide as the model.
    fn check(&self, x: ArrayView2<f64>) -> Result<(), ArchitectureError> {
        at_least_one(&[(Dimension::Tokens, x.nrows())])?;
        same(Dimension::DModel, (Operand::Model, self.d_model), (Operand::Tokens, x.ncols()))
    }
}
