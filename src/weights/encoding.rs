//! How the numbers of a tensor are stored.

use std::fmt::{self, Display, Formatter};

use super::blocks::{
    five, nibbles, plain, super_five, super_four, super_six, super_table, super_three, super_two, table,
    whole,
};

/// How the numbers of a tensor are stored.
///
/// Plain numbers stand one after the other. A *quantised* tensor is cut into blocks of neighbours in a row; a block
/// stores small whole numbers `q` and what scales them, so that the block costs little more than its `q`.
///
/// | | a block holds | a weight is | bits per weight |
/// |---|---|---|---|
/// | `F32`, `F16`, `BF16` | 1 number | itself | 32, 16, 16 |
/// | `Q8_0` | 32 numbers of 8 bits, a scale `d` | `d·q` | 8.5 |
/// | `Q4_0`, `Q5_0` | 32 numbers of 4 or 5 bits, a scale `d` | `d·(q − 8)`, `d·(q − 16)` | 4.5, 5.5 |
/// | `Q4_1`, `Q5_1` | the same and a minimum `m` | `d·q + m` | 5, 6 |
/// | `IQ4_NL` | 32 places in a table, a scale `d` | `d·table[q]` | 4.5 |
/// | `IQ4_XS` | 256 such places in groups whose scale `s` is a number of 6 bits | `d·(s − 32)·table[q]` | 4.25 |
/// | `Q2_K`, `Q4_K`, `Q5_K` | 256 numbers in groups whose own scale `s` and minimum `m` are numbers of few bits | `d·s·q − dmin·m` | 2.625, 4.5, 5.5 |
/// | `Q3_K`, `Q6_K` | the same without minima | `d·s·(q − 4)`, `d·s·(q − 32)` | 3.4375, 6.5625 |
///
/// What rounding loses of normally distributed weights, as a share of their size (what ggml loses;
/// [`relative_error`](super::relative_error) measures it of others): `Q8_0` 0.55 %, `Q6_K` 1.78 %, `Q5_K` 3.63 %,
/// `Q5_1` 3.83 %, `Q5_0` 4.45 %, `Q4_K` 7.33 %, `IQ4_NL` 7.48 %, `IQ4_XS` 7.54 %, `Q4_1` 8.13 %, `Q4_0` 8.65 %, `Q3_K` 15.02 %,
/// `Q2_K` 29.32 %. A bit halves it. Blocks of 256 lose less than blocks of 32 of as many bits a weight, since their
/// scales cost less.
///
/// # Reference
/// `ggml-common.h` and `ggml-quants.c` of ggml.
///
/// # Examples
/// ```
/// use concepts::weights::Encoding;
/// let mut block = [0; 34];
/// block[..4].copy_from_slice(&[0x00, 0x38, 2, 0xff]); // d = 0.5 in half precision, then q = 2, −1, 0, …
/// let mut out = [0.0; 32];
/// Encoding::Q8_0.decode(&block, &mut out);
/// assert_eq!(out[..3], [1.0, -0.5, 0.0]);
/// assert_eq!(Encoding::Q8_0.bits_per_weight(), 8.5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Single precision.
    F32,
    /// Half precision.
    F16,
    /// The upper half of single precision.
    BF16,
    /// Numbers of 8 bits, a scale for 32.
    Q8_0,
    /// Numbers of 4 bits around 0, a scale for 32.
    Q4_0,
    /// Numbers of 4 bits above a minimum, a scale and a minimum for 32.
    Q4_1,
    /// Numbers of 5 bits around 0, a scale for 32.
    Q5_0,
    /// Numbers of 5 bits above a minimum, a scale and a minimum for 32.
    Q5_1,
    /// Numbers of 2 bits, scales of 4 bits and minima of 4 bits for 16.
    Q2K,
    /// Numbers of 3 bits, scales of 6 bits for 16.
    Q3K,
    /// Numbers of 4 bits, scales of 6 bits and minima of 6 bits for 32.
    Q4K,
    /// Numbers of 5 bits, scales of 6 bits and minima of 6 bits for 32.
    Q5K,
    /// Numbers of 6 bits, scales of 8 bits for 16.
    Q6K,
    /// Places of 4 bits in a table of values that are closer near 0, a scale for 32.
    Iq4Nl,
    /// The same with scales of 6 bits for 32.
    Iq4Xs,
}

impl Encoding {
    /// All of them.
    pub const ALL: &'static [Encoding] = &[
        Encoding::F32,
        Encoding::F16,
        Encoding::BF16,
        Encoding::Q8_0,
        Encoding::Q4_0,
        Encoding::Q4_1,
        Encoding::Q5_0,
        Encoding::Q5_1,
        Encoding::Q2K,
        Encoding::Q3K,
        Encoding::Q4K,
        Encoding::Q5K,
        Encoding::Q6K,
        Encoding::Iq4Nl,
        Encoding::Iq4Xs,
    ];

    /// Its name in ggml.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::F32 => "F32",
            Encoding::F16 => "F16",
            Encoding::BF16 => "BF16",
            Encoding::Q8_0 => "Q8_0",
            Encoding::Q4_0 => "Q4_0",
            Encoding::Q4_1 => "Q4_1",
            Encoding::Q5_0 => "Q5_0",
            Encoding::Q5_1 => "Q5_1",
            Encoding::Q2K => "Q2_K",
            Encoding::Q3K => "Q3_K",
            Encoding::Q4K => "Q4_K",
            Encoding::Q5K => "Q5_K",
            Encoding::Q6K => "Q6_K",
            Encoding::Iq4Nl => "IQ4_NL",
            Encoding::Iq4Xs => "IQ4_XS",
        }
    }

    /// Weights in a block.
    pub fn block_len(self) -> usize {
        match self {
            Encoding::F32 | Encoding::F16 | Encoding::BF16 => 1,
            Encoding::Q2K
            | Encoding::Q3K
            | Encoding::Q4K
            | Encoding::Q5K
            | Encoding::Q6K
            | Encoding::Iq4Xs => 256,
            _ => 32,
        }
    }

    /// Bytes of a block.
    pub fn block_bytes(self) -> usize {
        match self {
            Encoding::F32 => 4,
            Encoding::F16 | Encoding::BF16 => 2,
            Encoding::Q8_0 => whole::BYTES,
            Encoding::Q4_0 => nibbles::BYTES_0,
            Encoding::Q4_1 => nibbles::BYTES_1,
            Encoding::Q5_0 => five::BYTES_0,
            Encoding::Q5_1 => five::BYTES_1,
            Encoding::Q2K => super_two::BYTES,
            Encoding::Q3K => super_three::BYTES,
            Encoding::Q4K => super_four::BYTES,
            Encoding::Q5K => super_five::BYTES,
            Encoding::Q6K => super_six::BYTES,
            Encoding::Iq4Nl => table::BYTES,
            Encoding::Iq4Xs => super_table::BYTES,
        }
    }

    /// Bits that a weight costs, with its share of scales and minima.
    ///
    /// # Examples
    /// ```
    /// use concepts::weights::Encoding;
    /// assert_eq!(Encoding::Q4K.bits_per_weight(), 4.5);
    /// assert_eq!(Encoding::Q6K.bits_per_weight(), 6.5625);
    /// ```
    pub fn bits_per_weight(self) -> f64 {
        8.0 * self.block_bytes() as f64 / self.block_len() as f64
    }

    /// The numbers of whole blocks.
    ///
    /// # Shapes
    /// `bytes`: a multiple of [`block_bytes`](Self::block_bytes); `out`: [`block_len`](Self::block_len) numbers for
    /// each of these blocks. What is over on either side stays as it is.
    pub fn decode(self, bytes: &[u8], out: &mut [f32]) {
        match self {
            Encoding::F32 => plain::f32s(bytes, out),
            Encoding::F16 => plain::f16s(bytes, out),
            Encoding::BF16 => plain::bf16s(bytes, out),
            Encoding::Q8_0 => blocks(bytes, out, whole::decode),
            Encoding::Q4_0 => blocks(bytes, out, nibbles::decode_0),
            Encoding::Q4_1 => blocks(bytes, out, nibbles::decode_1),
            Encoding::Q5_0 => blocks(bytes, out, five::decode_0),
            Encoding::Q5_1 => blocks(bytes, out, five::decode_1),
            Encoding::Q2K => blocks(bytes, out, super_two::decode),
            Encoding::Q3K => blocks(bytes, out, super_three::decode),
            Encoding::Q4K => blocks(bytes, out, super_four::decode),
            Encoding::Q5K => blocks(bytes, out, super_five::decode),
            Encoding::Q6K => blocks(bytes, out, super_six::decode),
            Encoding::Iq4Nl => blocks(bytes, out, table::decode),
            Encoding::Iq4Xs => blocks(bytes, out, super_table::decode),
        }
    }
}

impl Display for Encoding {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Block by block: `B` bytes become `L` numbers.
fn blocks<const B: usize, const L: usize>(
    bytes: &[u8],
    out: &mut [f32],
    decode: impl Fn(&[u8; B], &mut [f32; L]),
) {
    for (block, out) in bytes.as_chunks().0.iter().zip(out.as_chunks_mut().0) {
        decode(block, out);
    }
}
