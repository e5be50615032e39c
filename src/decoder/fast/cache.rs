//! Keys and values of a text, in 32, 16 or 8 bits.

use std::ops::Range;

use half::f16;

use super::FastError;
use crate::decoder::{Config, Keeping};

/// The keys, as they were turned, and values of the tokens of one text so far.
///
/// # Examples
/// ```
/// use concepts::decoder::fast::FastCache;
/// use concepts::decoder::{Config, Keeping};
/// let cache = FastCache::new(&Config::small(), Keeping::F16)?;
/// assert_eq!((cache.len(), cache.bytes()), (0, 0));
/// assert!(FastCache::new(&Config::small(), Keeping::Int4).is_err());
/// # Ok::<(), concepts::decoder::fast::FastError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FastCache {
    head_dim: usize,
    kv_heads: usize,
    len: usize,
    /// Keys and values of each layer.
    layers: Vec<[Kept; 2]>,
}

/// Rows `(len, kv_heads · head_dim)`.
#[derive(Debug, Clone, PartialEq)]
enum Kept {
    F32(Vec<f32>),
    F16(Vec<f16>),
    /// Whole numbers from −127 to 127, and a scale for each head.
    Int8(Vec<i8>, Vec<f32>),
}

/// Keys or values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Keys = 0,
    Values = 1,
}

impl FastCache {
    /// An empty one for a model of this configuration.
    ///
    /// # Errors
    /// [`FastError::CacheBits`] if it is to keep anything but 32, 16 or 8 bits.
    pub fn new(config: &Config, keeping: Keeping) -> Result<FastCache, FastError> {
        let empty = match keeping {
            Keeping::F32 => Kept::F32(Vec::new()),
            Keeping::F16 => Kept::F16(Vec::new()),
            Keeping::Int8 => Kept::Int8(Vec::new(), Vec::new()),
            other => return Err(FastError::CacheBits { bits: other.bits() }),
        };
        let layers = vec![[empty.clone(), empty]; config.layers.len()];
        Ok(FastCache { head_dim: config.head_dim, kv_heads: config.kv_heads, len: 0, layers })
    }

    /// Tokens read so far.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes that are kept.
    pub fn bytes(&self) -> usize {
        let bytes = |kept: &Kept| match kept {
            Kept::F32(rows) => size_of_val(rows.as_slice()),
            Kept::F16(rows) => size_of_val(rows.as_slice()),
            Kept::Int8(rows, scales) => size_of_val(rows.as_slice()) + size_of_val(scales.as_slice()),
        };
        self.layers.iter().flatten().map(bytes).sum()
    }

    /// Layers, and numbers kept for a token in each.
    pub(super) fn shape(&self) -> (usize, usize) {
        (self.layers.len(), self.kv_heads * self.head_dim)
    }

    /// Appends rows to one layer; the text is longer only after [`FastCache::grow`].
    pub(super) fn append(&mut self, layer: usize, side: Side, rows: &[f32]) {
        let head_dim = self.head_dim;
        match &mut self.layers[layer][side as usize] {
            Kept::F32(kept) => kept.extend_from_slice(rows),
            Kept::F16(kept) => kept.extend(rows.iter().map(|&x| f16::from_f32(x))),
            Kept::Int8(kept, scales) => {
                for head in rows.chunks_exact(head_dim) {
                    let largest = head.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
                    let scale = largest / 127.0;
                    scales.push(scale);
                    let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
                    kept.extend(head.iter().map(|x| (x * inverse).round() as i8));
                }
            }
        }
    }

    /// Counts `n` tokens that every layer has got.
    pub(super) fn grow(&mut self, n: usize) {
        self.len += n;
    }

    /// Rows of one head as `f32`, each `stride` long with zeros behind the head.
    pub(super) fn read(
        &self,
        layer: usize,
        side: Side,
        head: usize,
        rows: Range<usize>,
        stride: usize,
        to: &mut [f32],
    ) {
        let (width, d) = (self.kv_heads * self.head_dim, self.head_dim);
        for (row, to) in rows.zip(to.chunks_exact_mut(stride)) {
            let at = row * width + head * d..row * width + (head + 1) * d;
            let to = &mut to[..d];
            match &self.layers[layer][side as usize] {
                Kept::F32(kept) => to.copy_from_slice(&kept[at]),
                Kept::F16(kept) => to.iter_mut().zip(&kept[at]).for_each(|(to, x)| *to = x.to_f32()),
                Kept::Int8(kept, scales) => {
                    let scale = scales[row * self.kv_heads + head];
                    to.iter_mut().zip(&kept[at]).for_each(|(to, &x)| *to = f32::from(x) * scale);
                }
            }
        }
    }
}
