//! Numpy's own format, as `numpy.save` writes it: a line of Python that says what the numbers are, and then
//! the numbers. It is short enough to be read here, without a dependency.

use super::WORDS;
use crate::kit::knob::Refusal;
use crate::named;

/// What such a file begins with.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";

/// How one number is stored, and its bytes.
type Kind = (&'static str, usize, fn(&[u8]) -> f64);

const KINDS: [Kind; 6] = [
    ("f8", 8, |b| f64::from_le_bytes(first(b))),
    ("f4", 4, |b| f32::from_le_bytes(first(b)).into()),
    ("f2", 2, |b| half(u16::from_le_bytes(first(b)))),
    ("i8", 8, |b| i64::from_le_bytes(first(b)) as f64),
    ("i4", 4, |b| i32::from_le_bytes(first(b)).into()),
    ("i2", 2, |b| i16::from_le_bytes(first(b)).into()),
];

/// The rows of the last axis; several axes before it are counted through.
pub(crate) fn rows(bytes: &[u8], file: &str) -> Result<Vec<Vec<f64>>, Refusal> {
    let broken = || Refusal(WORDS.with("refused.npy", &named![file]));
    let (header, data) = header(bytes).ok_or_else(broken)?;
    let described = after(header, "descr").ok_or_else(broken)?;
    let described = described.trim_start().trim_matches(['\'', '"']);
    let order = described.chars().next().ok_or_else(broken)?;
    let name: String = described.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
    let kind = KINDS.iter().find(|(known, ..)| *known == name).filter(|_| "<>=|".contains(order));
    let Some(&(_, width, decode)) = kind else {
        let found: String =
            described.chars().take_while(|sign| !['\'', '"'].contains(sign)).take(20).collect();
        return Err(Refusal(WORDS.with("refused.npy-kind", &named![file, found])));
    };
    if after(header, "fortran_order").is_some_and(|value| value.trim_start().starts_with("True")) {
        return Err(Refusal(WORDS.with("refused.npy-fortran", &named![file])));
    }
    let shape = shape(header).ok_or_else(broken)?;
    let Some(&wide) = shape.last() else {
        return Err(Refusal(WORDS.with("refused.npy-scalar", &named![file])));
    };
    let count = shape.iter().try_fold(1_usize, |count, &size| count.checked_mul(size)).ok_or_else(broken)?;
    if count.checked_mul(width) != Some(data.len()) {
        return Err(broken());
    }
    let number = |bytes: &[u8]| match order {
        '>' => decode(&bytes.iter().rev().copied().collect::<Vec<_>>()),
        _ => decode(bytes),
    };
    let numbers: Vec<f64> = data.chunks_exact(width).map(number).collect();
    Ok(if wide == 0 { vec![Vec::new()] } else { numbers.chunks_exact(wide).map(<[f64]>::to_vec).collect() })
}

/// The line of Python, and what follows it. Version 1 has a length of two bytes, later ones of four.
fn header(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (version, rest) = bytes.strip_prefix(MAGIC)?.split_first()?;
    let rest = rest.get(1..)?;
    let (length, rest) = match version {
        1 => (u16::from_le_bytes(rest.get(..2)?.try_into().ok()?).into(), rest.get(2..)?),
        _ => (u32::from_le_bytes(rest.get(..4)?.try_into().ok()?), rest.get(4..)?),
    };
    let length = usize::try_from(length).ok()?;
    Some((std::str::from_utf8(rest.get(..length)?).ok()?, rest.get(length..)?))
}

/// What stands behind a key of the line.
fn after<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let (_, behind) = header.split_once(key)?;
    behind.trim_start_matches(['\'', '"']).trim_start().strip_prefix(':')
}

fn shape(header: &str) -> Option<Vec<usize>> {
    let (inside, _) = after(header, "shape")?.trim_start().strip_prefix('(')?.split_once(')')?;
    let sizes = inside.split(',').map(str::trim).filter(|size| !size.is_empty());
    sizes.map(|size| size.parse().ok()).collect()
}

/// As many bytes as a number has; a slice that is too short has zeros at its end.
fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    std::array::from_fn(|i| bytes.get(i).copied().unwrap_or_default())
}

/// A number of 16 bits, IEEE: sign, five bits of exponent, ten of fraction.
fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023) / 1024.0);
    sign * match exponent {
        0 => fraction * 2_f64.powi(-14),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction) * 2_f64.powi(exponent - 15),
    }
}
