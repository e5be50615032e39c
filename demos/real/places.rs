//! Where each tensor lies.

use std::ops::Range;

use concepts::weights::{Encoding, Tensor};

use super::bytes::WeightFile;

/// Where a tensor lies, without a borrow of the bytes.
#[derive(Debug)]
pub(super) struct Place {
    name: String,
    shape: Vec<usize>,
    encoding: Encoding,
    /// Which file.
    file: usize,
    range: Range<usize>,
}

impl Place {
    /// The place of a tensor that borrows from one of these files.
    pub(super) fn of(tensor: &Tensor<'_>, files: &[WeightFile]) -> Option<Place> {
        let (file, range) =
            files.iter().enumerate().find_map(|(i, file)| Some((i, within(&file.bytes, tensor.bytes)?)))?;
        let Tensor { name, ref shape, encoding, .. } = *tensor;
        Some(Place { name: name.into(), shape: shape.clone(), encoding, file, range })
    }

    /// The tensor.
    pub(super) fn tensor<'r>(&'r self, files: &'r [WeightFile]) -> Tensor<'r> {
        let bytes = &files[self.file].bytes[self.range.clone()];
        Tensor { name: &self.name, shape: self.shape.clone(), encoding: self.encoding, bytes }
    }
}

/// Where a part of some bytes lies in them.
fn within(whole: &[u8], part: &[u8]) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    (end <= whole.len()).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_and_what_is_none_is_not() {
        let (whole, other) = (vec![1, 2, 3, 4], vec![2, 3]);
        assert_eq!(within(&whole, &whole[1..3]), Some(1..3));
        assert_eq!(within(&whole, &whole[4..]), Some(4..4));
        assert_eq!(within(&whole, &other), None);
    }
}
