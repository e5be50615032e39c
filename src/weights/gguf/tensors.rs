//! The tensors of a directory: shapes, types and places.

use super::cursor::Cursor;
use super::types::{encoding, name};
use crate::weights::words::{GgufFault, Part};
use crate::weights::{Encoding, Tensor, WeightsError};

/// A tensor takes at least the length of its name, a number of dimensions, its type and its place.
pub(super) const LEAST: u64 = 8 + 4 + 4 + 8;

/// The most dimensions that ggml has.
const MOST_DIMENSIONS: u32 = 4;

/// What the directory says of a tensor.
#[derive(Debug, Clone)]
pub(super) struct Info<'b> {
    name: &'b str,
    shape: Vec<usize>,
    encoding: Encoding,
    /// Its first byte, counted from the beginning of the data.
    offset: u64,
    /// Its bytes.
    length: u64,
}

/// The directory of so many tensors.
pub(super) fn infos<'b>(cursor: &mut Cursor<'b>, count: usize) -> Result<Vec<Info<'b>>, WeightsError> {
    // The metadata have taken some of the bytes that seemed to be left for them.
    let mut infos = Vec::with_capacity(count.min(cursor.left() / LEAST as usize));
    for _ in 0..count {
        infos.push(info(cursor)?);
    }
    Ok(infos)
}

fn info<'b>(cursor: &mut Cursor<'b>) -> Result<Info<'b>, WeightsError> {
    let part = Part::Tensor;
    let name = cursor.text(Part::TensorName, None)?;
    let dimensions = cursor.u32(part)?;
    if dimensions > MOST_DIMENSIONS {
        let fault = GgufFault::Dimensions { found: dimensions, limit: MOST_DIMENSIONS };
        return Err(wrong(name, fault));
    }
    let mut shape = Vec::with_capacity(dimensions as usize);
    for _ in 0..dimensions {
        shape.push(cursor.u64(part)?);
    }
    let number = cursor.u32(part)?;
    let encoding = encoding(number)
        .ok_or_else(|| wrong(name, GgufFault::TensorType { number, name: self::name(number) }))?;
    let length = length(&shape, encoding).map_err(|fault| wrong(name, fault))?;
    let offset = cursor.u64(part)?;
    let shape = shape.iter().rev().map(|&dimension| usize::try_from(dimension));
    let shape = shape.collect::<Result<_, _>>().map_err(|_| wrong(name, GgufFault::Overflow))?;
    Ok(Info { name, shape, encoding, offset, length })
}

/// The bytes of a tensor. `shape`: as the file has it, the dimension of a row first.
fn length(shape: &[u64], encoding: Encoding) -> Result<u64, GgufFault> {
    if shape.contains(&0) {
        return Err(GgufFault::Empty);
    }
    let (columns, block) = (shape.first().copied().unwrap_or(1), encoding.block_len());
    if columns % block as u64 != 0 {
        return Err(GgufFault::PartialBlock { columns, block });
    }
    let elements = shape.iter().try_fold(1, |all: u64, &dimension| all.checked_mul(dimension));
    elements
        .and_then(|elements| (elements / block as u64).checked_mul(encoding.block_bytes() as u64))
        .ok_or(GgufFault::Overflow)
}

/// The tensors with their bytes. `directory_end`: where the directory ends and, once aligned, the data begin.
pub(super) fn placed<'b>(
    infos: Vec<Info<'b>>,
    bytes: &'b [u8],
    directory_end: usize,
    alignment: u64,
) -> Result<Vec<Tensor<'b>>, WeightsError> {
    let start = (directory_end as u64).checked_next_multiple_of(alignment).unwrap_or(u64::MAX);
    for info in &infos {
        if info.offset % alignment != 0 {
            return Err(wrong(info.name, GgufFault::Misaligned { offset: info.offset, alignment }));
        }
    }
    apart(&infos)?;
    infos.into_iter().map(|info| tensor(info, bytes, start)).collect()
}

fn tensor<'b>(info: Info<'b>, bytes: &'b [u8], start: u64) -> Result<Tensor<'b>, WeightsError> {
    let Info { name, shape, encoding, offset, length } = info;
    let end = start.saturating_add(offset).saturating_add(length);
    let first = end.saturating_sub(length);
    let place = usize::try_from(first).ok().zip(usize::try_from(end).ok());
    match place.and_then(|(first, end)| bytes.get(first..end)) {
        Some(bytes) => Ok(Tensor { name, shape, encoding, bytes }),
        None => Err(WeightsError::Beyond { tensor: name.into(), end, bytes: bytes.len() }),
    }
}

/// No two tensors share a byte.
fn apart(infos: &[Info<'_>]) -> Result<(), WeightsError> {
    let mut order: Vec<&Info<'_>> = infos.iter().collect();
    order.sort_by_key(|info| (info.offset, info.length));
    for pair in order.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let end = first.offset.saturating_add(first.length);
        if end > second.offset {
            let (start, [first, second]) = (second.offset, [first.name, second.name].map(str::to_owned));
            return Err(WeightsError::Overlap { first, second, end, start });
        }
    }
    Ok(())
}

fn wrong(name: &str, fault: GgufFault) -> WeightsError {
    WeightsError::Wrong { part: Part::Tensor, name: name.into(), fault }
}
