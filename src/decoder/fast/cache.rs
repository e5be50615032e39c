//! Keys and values of a text, in 32, 16, 8 or 4 bits.

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
/// assert!(FastCache::new(&Config::small(), Keeping::F64).is_err());
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
    /// Whole numbers from −7 to 7, two in a byte with 8 added, and a scale for each head. Each head begins a byte.
    Int4(Vec<u8>, Vec<f32>),
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
    /// [`FastError::CacheBits`] if it is to keep anything but 32, 16, 8 or 4 bits.
    pub fn new(config: &Config, keeping: Keeping) -> Result<FastCache, FastError> {
        let empty = match keeping {
            Keeping::F32 => Kept::F32(Vec::new()),
            Keeping::F16 => Kept::F16(Vec::new()),
            Keeping::Int8 => Kept::Int8(Vec::new(), Vec::new()),
            Keeping::Int4 => Kept::Int4(Vec::new(), Vec::new()),
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
            Kept::Int4(rows, scales) => size_of_val(rows.as_slice()) + size_of_val(scales.as_slice()),
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
                    kept.extend(steps(head, 127.0, scales).map(|step| step as i8));
                }
            }
            Kept::Int4(kept, scales) => {
                for head in rows.chunks_exact(head_dim) {
                    let all: Vec<u8> = steps(head, 7.0, scales).map(|step| (step + 8.0) as u8).collect();
                    kept.extend(
                        all.chunks(2).map(|pair| pair[0] | pair.get(1).map_or(0, |second| second << 4)),
                    );
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
                Kept::Int4(kept, scales) => {
                    let place = row * self.kv_heads + head;
                    let bytes = &kept[place * d.div_ceil(2)..];
                    let step = |i: usize| bytes[i / 2] >> (i % 2 * 4) & 15;
                    let scale = scales[place];
                    to.iter_mut().enumerate().for_each(|(i, to)| *to = (f32::from(step(i)) - 8.0) * scale);
                }
            }
        }
    }
}

/// The numbers of a head in whole steps, the largest of which is `most`; the size of a step is appended to `scales`.
fn steps(head: &[f32], most: f32, scales: &mut Vec<f32>) -> impl Iterator<Item = f32> {
    let largest = head.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
    let scale = largest / most;
    scales.push(scale);
    let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
    head.iter().map(move |x| (x * inverse).round())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_steps_are_those_of_the_readable_cache() {
        for head_dim in [3, 4] {
            let config = Config { head_dim, ..Config::small() };
            // Two tokens of two heads each.
            let rows: Vec<f32> = (0..4 * head_dim).map(|i| ((7 * i % 11) as f32 - 4.9) / 3.0).collect();
            for keeping in [Keeping::Int8, Keeping::Int4] {
                let mut cache = FastCache::new(&config, keeping).unwrap();
                cache.append(1, Side::Keys, &rows);
                for (place, head) in rows.chunks_exact(head_dim).enumerate() {
                    let mut read = vec![0.0; head_dim];
                    let (row, number) = (place / 2, place % 2);
                    cache.read(1, Side::Keys, number, row..row + 1, head_dim, &mut read);
                    let exact = keeping.read_back(&head.iter().map(|&x| x.into()).collect::<Vec<f64>>());
                    let near = |(read, exact): (&f32, &f64)| (f64::from(*read) - exact).abs() < 1e-6;
                    assert!(read.iter().zip(&exact).all(near), "{keeping:?} {head_dim}: {read:?} {exact:?}");
                }
            }
        }
    }
}
