//! Work that the command line times. Nothing here reads a clock: a page is a function of its inputs, a time is not.

use concepts::decoder::Keeping;
use concepts::decoder::fast::{FastCache, FastDecoder, Rows};

use crate::kit::knob::Refusal;
use crate::real::Real;

/// Tokens that are read at once.
pub const PREFILL: usize = 128;
/// Tokens that are then written one after the other.
pub const DECODED: usize = 32;

/// Tokens of any text: what they are is no matter to the time.
pub fn some_tokens(vocab: usize) -> Vec<u32> {
    (0..PREFILL).map(|place| (place * 37 % vocab) as u32).collect()
}

/// Reads the tokens at once, into a new cache.
///
/// # Errors
/// [`Refusal`] of tokens that the model does not know.
pub fn prefill(decoder: &FastDecoder<'_, '_>, tokens: &[u32]) -> Result<FastCache, Refusal> {
    let mut cache = decoder.start_cache();
    decoder.extend(&mut [&mut cache], &[tokens], Rows::Last)?;
    Ok(cache)
}

/// Writes tokens one after the other: each reads all weights once.
///
/// # Errors
/// [`Refusal`] of tokens that the model does not know.
pub fn decode(decoder: &FastDecoder<'_, '_>, cache: &mut FastCache) -> Result<(), Refusal> {
    for _ in 0..DECODED {
        decoder.extend(&mut [&mut *cache], &[&[1]], Rows::Last)?;
    }
    Ok(())
}

/// Names of the embedding end like that, in all formats.
const EMBEDDING: [&str; 3] = ["token_embd.weight", "embed_tokens.weight", "wte.weight"];

/// Bytes of weights that are read to write one token: of an embedding that is not the matrix of the logits, too, one
/// row is enough.
pub fn read_bytes(real: &Real) -> u64 {
    let looked_up = |name: &str| !real.config().tied && EMBEDDING.iter().any(|ending| name.ends_with(ending));
    let read = real.tensors().into_iter().filter(|tensor| !looked_up(tensor.name));
    read.map(|tensor| tensor.bytes.len() as u64).sum()
}

/// How keys and values are kept while the clock runs.
pub const KEEPING: Keeping = Keeping::F16;
