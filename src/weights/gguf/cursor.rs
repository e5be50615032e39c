//! Reading on within the bytes of a file.

use crate::weights::WeightsError;
use crate::weights::words::{GgufFault, Part};

/// A place in a file.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Cursor { bytes, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The next bytes.
    pub(super) fn take(&mut self, bytes: u64, part: Part) -> Result<&'b [u8], WeightsError> {
        let rest = &self.bytes[self.at..];
        let taken = usize::try_from(bytes).ok().and_then(|bytes| rest.get(..bytes));
        let taken =
            taken.ok_or(WeightsError::CutOff { part, at: self.at, needed: bytes, left: rest.len() })?;
        self.at += taken.len();
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self, part: Part) -> Result<[u8; N], WeightsError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N as u64, part)?);
        Ok(array)
    }

    pub(super) fn u32(&mut self, part: Part) -> Result<u32, WeightsError> {
        self.array(part).map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self, part: Part) -> Result<u64, WeightsError> {
        self.array(part).map(u64::from_le_bytes)
    }

    /// A number of things of which each takes at least some bytes: no more than there is room for.
    pub(super) fn count(&mut self, least: u64, part: Part) -> Result<usize, WeightsError> {
        let count = self.u64(part)?;
        let left = self.left();
        let fits = count.checked_mul(least).is_some_and(|bytes| bytes <= left as u64);
        match usize::try_from(count) {
            Ok(count) if fits => Ok(count),
            _ => Err(WeightsError::TooMany { part, count, bytes: left }),
        }
    }

    /// A length and so many bytes of UTF-8. `whose`: whom to name if they are none.
    pub(super) fn text(&mut self, part: Part, whose: Option<&str>) -> Result<&'b str, WeightsError> {
        let length = self.u64(part)?;
        let bytes = self.take(length, part)?;
        str::from_utf8(bytes).map_err(|_| WeightsError::Wrong {
            part,
            name: whose.map_or_else(|| shown(bytes), str::to_owned),
            fault: GgufFault::NotUtf8,
        })
    }
}

/// The beginning of what should have been a name.
fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned()
}
