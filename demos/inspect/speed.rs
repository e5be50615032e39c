//! Work that the command line times. Nothing here reads a clock: a page is a function of its inputs, a time is not.

use concepts::decoder::fast::{FastCache, FastDecoder, Rows};
use concepts::decoder::{Config, Keeping};

use crate::kit::knob::Refusal;
use crate::real::Real;

/// Tokens that are read at once.
const PREFILL: usize = 128;
/// Tokens that are then written one after the other.
const DECODED: usize = 32;

/// How many tokens are read at once, and how many are then written in each of so many runs on the same cache: fewer
/// where a learned table of positions ends before; `None` where it has no room.
pub fn lengths(config: &Config, runs: usize) -> Option<[usize; 2]> {
    let rows = if config.learned_positions { config.context } else { usize::MAX };
    let read = PREFILL.min(rows / 2);
    let written = DECODED.min((rows - read) / runs);
    (read > 0 && written > 0).then_some([read, written])
}

/// Tokens of any text: what they are is no matter to the time.
pub fn some_tokens(read: usize, vocab: usize) -> Vec<u32> {
    (0..read).map(|place| (place * 37 % vocab) as u32).collect()
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

/// Writes so many tokens one after the other: each reads all weights once.
///
/// # Errors
/// [`Refusal`] of tokens that the model does not know.
pub fn decode(decoder: &FastDecoder<'_, '_>, cache: &mut FastCache, written: usize) -> Result<(), Refusal> {
    for _ in 0..written {
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
