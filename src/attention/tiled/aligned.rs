//! Working memory that starts on a cache line.

/// A vector of zeros whose first element lies on a cache line.
///
/// The widest vector is one cache line long, and a load that straddles two lines costs two loads.
pub(in crate::attention) struct Aligned {
    storage: Vec<f32>,
    start: usize,
    len: usize,
}

/// Length of a cache line in bytes.
const LINE: usize = 64;

impl Aligned {
    /// `len` zeros.
    pub(in crate::attention) fn zeros(len: usize) -> Self {
        let spare = LINE / size_of::<f32>();
        let storage = vec![0.0; len + spare];
        // `align_offset` may decline to answer; the start is then merely not aligned.
        let start = storage.as_ptr().align_offset(LINE).min(spare);
        Self { storage, start, len }
    }

    /// All of it.
    #[inline(always)]
    pub(in crate::attention) fn as_mut_slice(&mut self) -> &mut [f32] {
        &mut self.storage[self.start..][..self.len]
    }
}
