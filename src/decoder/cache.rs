//! Keys and values of the tokens so far, and how exactly they are kept.

use half::f16;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

use super::{Config, DecoderError};

/// How a cache keeps its numbers.
///
/// # Formula
/// Whole numbers of `b` bits: of each key and each value of a head, `s = max|x| / (2^(b−1) − 1)` and
/// `round(x/s)` are kept, and read as `s · round(x/s)`.
///
/// # Examples
/// ```
/// use concepts::decoder::Keeping;
/// assert_eq!(Keeping::of_bits(8), Ok(Keeping::Int8));
/// assert!(Keeping::of_bits(5).is_err());
/// assert_eq!(Keeping::F16.read_back(&[1.0, 1.0 + 1e-5, 70_000.0]), [1.0, 1.0, f64::INFINITY]);
/// // The largest keeps its value, 127 steps of s; the others are whole steps.
/// assert_eq!(Keeping::Int8.read_back(&[127.0, 0.6, -0.4]), [127.0, 1.0, 0.0]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// As computed.
    F64,
    /// Rounded to 24 bits of mantissa.
    F32,
    /// Rounded to 11 bits of mantissa; above 65504 infinite.
    F16,
    /// Whole numbers from −127 to 127 and one scale a head.
    Int8,
    /// Whole numbers from −7 to 7 and one scale a head.
    Int4,
}

impl Keeping {
    /// By bits a number.
    ///
    /// # Errors
    /// [`DecoderError::CacheBits`] if it is none of 64, 32, 16, 8 and 4.
    pub fn of_bits(bits: u32) -> Result<Keeping, DecoderError> {
        Ok(match bits {
            64 => Keeping::F64,
            32 => Keeping::F32,
            16 => Keeping::F16,
            8 => Keeping::Int8,
            4 => Keeping::Int4,
            _ => return Err(DecoderError::CacheBits { bits }),
        })
    }

    /// Bits a number, without the scales.
    pub fn bits(self) -> u32 {
        match self {
            Keeping::F64 => 64,
            Keeping::F32 => 32,
            Keeping::F16 => 16,
            Keeping::Int8 => 8,
            Keeping::Int4 => 4,
        }
    }

    /// What is read of a vector that was kept.
    pub fn read_back(self, x: &[f64]) -> Vec<f64> {
        match self {
            Keeping::F64 => x.to_vec(),
            Keeping::F32 => x.iter().map(|&x| f64::from(x as f32)).collect(),
            Keeping::F16 => x.iter().map(|&x| f16::from_f64(x).into()).collect(),
            Keeping::Int8 => steps(x, 127.0),
            Keeping::Int4 => steps(x, 7.0),
        }
    }
}

/// Whole steps, `most` of them up to the largest number.
fn steps(x: &[f64], most: f64) -> Vec<f64> {
    let largest = x.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
    if largest == 0.0 {
        return x.to_vec();
    }
    let scale = largest / most;
    x.iter().map(|x| (x / scale).round() * scale).collect()
}

/// Keys and values of one layer, `(tokens, kv_heads · head_dim)` each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LayerCache {
    pub(super) keys: Array2<f64>,
    pub(super) values: Array2<f64>,
}

/// The keys and values of a text.
///
/// Keys are kept before they are turned to their position, and turned when they are read: a scaling that
/// depends on the length of the text may turn all of them anew with every token, and so the text read token by
/// token gives what reading it at once gives. A fast decoder turns first and keeps what it has turned.
///
/// What is kept is held here as the numbers that are read back ([`Keeping::read_back`]), all in `f64`:
/// [`Cache::bytes`] says what a cache that packs them would take.
#[derive(Debug, Clone, PartialEq)]
pub struct Cache {
    keeping: Keeping,
    head_dim: usize,
    pub(super) layers: Vec<LayerCache>,
}

impl Cache {
    pub(super) fn new(config: &Config, kv_heads: usize, keeping: Keeping) -> Cache {
        let empty = || Array2::zeros((0, kv_heads * config.head_dim));
        let layer = || LayerCache { keys: empty(), values: empty() };
        Cache { keeping, head_dim: config.head_dim, layers: config.layers.iter().map(|_| layer()).collect() }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.layers.first().map_or(0, |layer| layer.keys.nrows())
    }

    /// Is nothing kept yet?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What a cache that packs its numbers takes.
    ///
    /// # Formula
    /// `layers · 2 · tokens · kv_heads · (head_dim · bits/8 + scale)`, with a scale of 4 bytes where numbers
    /// are whole steps
    ///
    /// # Examples
    /// ```
    /// use concepts::decoder::{Change, Config, Model};
    /// let model = Model::random(Config::small(), 7)?;
    /// let decoder = model.decoder_with(&[Change::CacheBits(8)])?;
    /// let mut cache = decoder.start_cache();
    /// decoder.extend(&mut cache, &[1, 2, 3])?;
    /// assert_eq!(cache.bytes(), 2 * 2 * 3 * 2 * (4 + 4));
    /// # Ok::<(), concepts::decoder::DecoderError>(())
    /// ```
    pub fn bytes(&self) -> usize {
        let scale = if self.keeping.bits() < 16 { 4 } else { 0 };
        let numbers: usize = self.layers.iter().map(|layer| layer.keys.len() + layer.values.len()).sum();
        numbers * self.keeping.bits() as usize / 8 + numbers / self.head_dim.max(1) * scale
    }

    /// Numbers kept a token and layer, of keys alone.
    pub(super) fn width(&self) -> usize {
        self.layers.first().map_or(0, |layer| layer.keys.ncols())
    }

    /// Appends the keys and values of new tokens to a layer.
    pub(super) fn append(&mut self, layer: usize, keys: &Array2<f64>, values: &Array2<f64>) {
        let (keeping, head_dim) = (self.keeping, self.head_dim);
        let kept = &mut self.layers[layer];
        for (rows, new) in [(&mut kept.keys, keys), (&mut kept.values, values)] {
            for row in new.axis_iter(Axis(0)) {
                let row = packed(row, head_dim, keeping);
                // A row of the same width always fits.
                let _ = rows.push_row(ArrayView1::from(&row));
            }
        }
    }

    /// The keys of a layer.
    pub(super) fn keys(&self, layer: usize) -> ArrayView2<'_, f64> {
        self.layers[layer].keys.view()
    }

    /// The values of a layer.
    pub(super) fn values(&self, layer: usize) -> ArrayView2<'_, f64> {
        self.layers[layer].values.view()
    }
}

/// Each head of a row as it is read back.
fn packed(row: ArrayView1<f64>, head_dim: usize, keeping: Keeping) -> Vec<f64> {
    row.to_vec().chunks(head_dim.max(1)).flat_map(|head| keeping.read_back(head)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bits_are_those_of_the_standard() {
        // Smallest subnormal, half of it (to even: 0), smallest normal, largest, the first that overflows.
        let tiny = libm::ldexp(1.0, -24);
        for (x, rounded) in [
            (tiny, tiny),
            (tiny / 2.0, 0.0),
            (1.5 * tiny, 2.0 * tiny),
            (libm::ldexp(1.0, -14), libm::ldexp(1.0, -14)),
            (65_504.0, 65_504.0),
            (65_519.0, 65_504.0),
            (65_520.0, f64::INFINITY),
            (2049.0, 2048.0),
            (2051.0, 2052.0),
            (0.1, 0.099_975_585_937_5),
        ] {
            assert_eq!(Keeping::F16.read_back(&[x, -x]), [rounded, -rounded], "{x}");
        }
        assert!(Keeping::F16.read_back(&[f64::NAN])[0].is_nan());
    }

    #[test]
    fn whole_steps_are_off_by_half_a_step() {
        let x = [0.3, -1.7, 0.001, 1.69];
        for (keeping, most) in [(Keeping::Int8, 127.0), (Keeping::Int4, 7.0)] {
            let read = keeping.read_back(&x);
            let half_step = 0.5 * 1.7 / most;
            assert!(x.iter().zip(&read).all(|(x, read)| (x - read).abs() <= half_step * (1.0 + 1e-12)));
            assert_eq!(read[1], -1.7);
        }
        assert_eq!(Keeping::Int4.read_back(&[0.0; 3]), [0.0; 3]);
    }
}
