/// Logits are looked at in blocks of this many: a few vectors, so that the maximum of a block is cheap, and
/// few enough blocks to select among their maxima.
pub(super) const BLOCK: usize = 128;

/// The logits in full blocks; the last one, if it is not full, comes as a copy filled up with `filler`.
pub(super) fn blocks(logits: &[f32], filler: f32) -> (&[[f32; BLOCK]], Option<[f32; BLOCK]>) {
    let (full, rest) = logits.as_chunks();
    let last = (!rest.is_empty()).then(|| {
        let mut last = [filler; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        last
    });
    (full, last)
}

/// How many numbers a buffer needs that is written in full blocks.
pub(super) fn padded(len: usize) -> usize {
    len.next_multiple_of(BLOCK)
}
