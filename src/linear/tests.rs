//! The fast products against the readable one, for every encoding, at ordinary and hostile numbers.

use pulp::{Scalar, Simd, WithSimd};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::many::Products;
use super::{Linear, LinearError, Operand, Threads, apply_together, turned};
use crate::numerics::rng;
use crate::weights::{Encoding, Tensor};

/// Random blocks whose scales are ordinary numbers.
fn blocks(encoding: Encoding, elements: usize, random: &mut ChaCha8Rng) -> Vec<u8> {
    let bytes = elements / encoding.block_len() * encoding.block_bytes();
    if let Encoding::F32 = encoding {
        return (0..elements).flat_map(|_| random.random_range(-1.0f32..1.0).to_le_bytes()).collect();
    }
    let mut bytes: Vec<u8> = (0..bytes).map(|_| random.random()).collect();
    let halves: &[usize] = match encoding {
        Encoding::F16 | Encoding::BF16 | Encoding::Q4_0 | Encoding::Q5_0 | Encoding::Q8_0 => &[0],
        Encoding::Q4_1 | Encoding::Q5_1 | Encoding::Q4K | Encoding::Q5K => &[0, 2],
        Encoding::Q2K => &[80, 82],
        Encoding::Q3K => &[108],
        Encoding::Q6K => &[208],
        _ => &[0],
    };
    for block in bytes.chunks_exact_mut(encoding.block_bytes()) {
        for &at in halves {
            // An exponent of moderate size: in half precision 2⁻⁶ to 2⁻², in the other 2⁻⁷ and less.
            block[at + 1] = block[at + 1] & 0x8b | 0x24;
        }
    }
    bytes
}

fn activations(n: usize, random: &mut ChaCha8Rng) -> Vec<f32> {
    (0..n).map(|_| random.random_range(-2.0f32..2.0)).collect()
}

/// Each shape, with rows and tokens that leave remainders of every kind.
const SHAPES: [(usize, usize, usize); 8] = [
    (1, 256, 1),
    (4, 512, 1),
    (71, 256, 1),
    (7, 768, 2),
    (70, 256, 5),
    (19, 512, 16),
    (33, 256, 37),
    (107, 256, 83),
];

fn check(matrix: &Linear, x: &[f32], n: usize) {
    let name = matrix.encoding();
    let expected = matrix.apply_readable(x, n).unwrap();
    let bounds = matrix.rounding_bound(x, n).unwrap();
    let mut one = vec![f32::NAN; expected.len()];
    matrix.apply(x, n, &mut one, Threads::One).unwrap();
    let mut all = vec![f32::NAN; expected.len()];
    matrix.apply(x, n, &mut all, Threads::All).unwrap();
    for (i, (fast, (exact, bound))) in one.iter().zip(expected.iter().zip(&bounds)).enumerate() {
        assert_eq!(fast.to_bits(), all[i].to_bits(), "{name}, number {i}: threads change bits");
        if exact.is_finite() {
            let far = (f64::from(*fast) - exact).abs();
            assert!(far <= *bound, "{name}, {n} tokens, number {i}: {fast} for {exact}, bound {bound}");
        } else {
            assert!(
                exact.is_nan() && fast.is_nan() || f64::from(*fast) == *exact,
                "{name}: {fast} for {exact}"
            );
        }
    }
}

#[test]
fn every_encoding_is_within_rounding_of_its_twin() {
    for &encoding in Encoding::ALL {
        let mut random = rng(1, encoding.name());
        for (rows, columns, n) in SHAPES {
            let bytes = blocks(encoding, rows * columns, &mut random);
            let tensor = Tensor { name: "w", shape: vec![rows, columns], encoding, bytes: &bytes };
            check(&Linear::new(&tensor).unwrap(), &activations(n * columns, &mut random), n);
        }
    }
}

#[test]
fn widths_that_are_no_whole_parts() {
    for encoding in [Encoding::F32, Encoding::F16, Encoding::BF16] {
        let mut random = rng(2, encoding.name());
        for columns in [1, 7, 31, 33, 65] {
            for n in [1, 3, 4] {
                let bytes = blocks(encoding, 9 * columns, &mut random);
                let tensor = Tensor { name: "w", shape: vec![9, columns], encoding, bytes: &bytes };
                check(&Linear::new(&tensor).unwrap(), &activations(n * columns, &mut random), n);
            }
        }
    }
}

#[test]
fn a_number_that_is_none_spoils_its_token_only_and_as_the_twin_says() {
    for &encoding in Encoding::ALL {
        let mut random = rng(3, encoding.name());
        let bytes = blocks(encoding, 9 * 256, &mut random);
        let tensor = Tensor { name: "w", shape: vec![9, 256], encoding, bytes: &bytes };
        let matrix = Linear::new(&tensor).unwrap();
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e35, -1e35] {
            for n in [1, 4] {
                let mut x = activations(n * 256, &mut random);
                x[100] = bad;
                check(&matrix, &x, n);
            }
        }
    }
}

#[test]
fn blocks_of_zeros_and_scales_that_are_none() {
    for (encoding, at) in
        [(Encoding::Q8_0, 0), (Encoding::Q4_1, 0), (Encoding::Q4_1, 2), (Encoding::Q6K, 208)]
    {
        let mut random = rng(4, encoding.name());
        let mut bytes = blocks(encoding, 5 * 512, &mut random);
        let x = activations(2 * 512, &mut random);
        for half in [0x0000u16, 0x8000, 0x0001, 0x7bff, 0x7c00, 0xfc00, 0x7e00] {
            bytes[at..at + 2].copy_from_slice(&half.to_le_bytes());
            let tensor = Tensor { name: "w", shape: vec![5, 512], encoding, bytes: &bytes };
            let matrix = Linear::new(&tensor).unwrap();
            let expected = matrix.apply_readable(&x, 2).unwrap();
            if expected.iter().all(|y| y.is_finite()) {
                check(&matrix, &x[..512], 1);
                check(&matrix, &x, 2);
            } else {
                // The scale of the first row is infinite: what comes out of it is no number, the others are untouched.
                let mut out = vec![0.0; 10];
                matrix.apply(&x, 2, &mut out, Threads::One).unwrap();
                assert!(!out[0].is_finite() && !out[5].is_finite(), "{encoding}");
                assert!(out[1..5].iter().chain(&out[6..]).all(|y| y.is_finite()), "{encoding}");
            }
        }
    }
}

#[test]
fn together_is_each_alone() {
    let mut random = rng(5, "together");
    let (a, b) = (blocks(Encoding::Q4_1, 70 * 64, &mut random), blocks(Encoding::Q8_0, 9 * 64, &mut random));
    let a = Tensor { name: "a", shape: vec![70, 64], encoding: Encoding::Q4_1, bytes: &a };
    let b = Tensor { name: "b", shape: vec![9, 64], encoding: Encoding::Q8_0, bytes: &b };
    let (a, b) = (Linear::new(&a).unwrap(), Linear::new(&b).unwrap());
    for n in [1, 6] {
        let x = activations(n * 64, &mut random);
        let [mut a1, mut a2] = [vec![0.0; 70 * n], vec![0.0; 70 * n]];
        let [mut b1, mut b2] = [vec![0.0; 9 * n], vec![0.0; 9 * n]];
        a.apply(&x, n, &mut a1, Threads::One).unwrap();
        b.apply(&x, n, &mut b1, Threads::One).unwrap();
        apply_together(&[&a, &b], &x, n, &mut [&mut a2, &mut b2], Threads::All).unwrap();
        assert_eq!((a1, b1), (a2, b2));
    }
}

/// Rows times tokens, `(n, rows)`, with vectors of one kind.
struct Turned<'a> {
    columns: usize,
    rows: &'a [f32],
    x: &'a [f32],
}

impl WithSimd for Turned<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        let Turned { columns, rows, x } = self;
        let height = rows.len() / columns;
        let mut out = vec![f32::NAN; x.len() / columns * height];
        let mut rooms: Vec<&mut [f32]> = out.chunks_exact_mut(height).collect();
        let turned = turned::<S>(x, columns, Threads::One);
        Products { columns, rows, x: [x, &turned], first: 0, out: &mut rooms }.with_simd(simd);
        out
    }
}

#[test]
fn every_kind_of_vector_gives_the_same() {
    let mut random = rng(6, "vectors");
    for (height, columns, n) in [(1, 16, 1), (11, 32, 7), (25, 48, 16), (29, 64, 53)] {
        let (rows, x) = (activations(height * columns, &mut random), activations(n * columns, &mut random));
        let task = || Turned { columns, rows: &rows, x: &x };
        let mut kinds = vec![Simd::vectorize(Scalar, task())];
        #[cfg(target_arch = "x86_64")]
        {
            kinds.extend(pulp::x86::V3::try_new().map(|simd| Simd::vectorize(simd, task())));
            kinds.extend(pulp::x86::V4::try_new().map(|simd| Simd::vectorize(simd, task())));
        }
        for (t, x) in x.chunks_exact(columns).enumerate() {
            for (r, row) in rows.chunks_exact(columns).enumerate() {
                let terms = || row.iter().zip(x).map(|(w, x)| f64::from(*w) * f64::from(*x));
                let (exact, size) = (terms().sum::<f64>(), terms().map(f64::abs).sum::<f64>());
                let bound = columns as f64 * f64::from(f32::EPSILON) / 2.0 * size;
                for found in &kinds {
                    let far = (f64::from(found[t * height + r]) - exact).abs();
                    assert!(far <= bound, "{height} rows, {n} tokens, row {r} of token {t}: {far}");
                }
            }
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let bytes = [0u8; 40];
    let tensor =
        |shape: &[usize], encoding| Tensor { name: "w", shape: shape.to_vec(), encoding, bytes: &bytes };
    let refused = |shape: &[usize], encoding| Linear::new(&tensor(shape, encoding)).unwrap_err();
    let name = || "w".to_string();
    assert_eq!(refused(&[10], Encoding::F32), LinearError::NotAMatrix { name: name(), dimensions: 1 });
    assert_eq!(refused(&[0, 10], Encoding::F32), LinearError::Empty { name: name(), rows: 0, columns: 10 });
    assert_eq!(
        refused(&[2, 20], Encoding::Q4_1),
        LinearError::BrokenBlock { name: name(), columns: 20, block: 32 }
    );
    assert_eq!(
        refused(&[3, 32], Encoding::Q4_1),
        LinearError::Length { what: Operand::Bytes, found: 40, expected: 60 }
    );
    let matrix = Linear::new(&tensor(&[2, 32], Encoding::Q4_1)).unwrap();
    assert_eq!(
        matrix.apply(&[0.0; 33], 1, &mut [0.0; 2], Threads::One).unwrap_err(),
        LinearError::Length { what: Operand::Activations, found: 33, expected: 32 }
    );
    assert_eq!(matrix.row(2, &mut [0.0; 32]).unwrap_err(), LinearError::NoSuchRow { row: 2, rows: 2 });
    assert!(matrix.apply(&[], 0, &mut [], Threads::All).is_ok());
}
