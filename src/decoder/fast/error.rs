//! What can be wrong with a model or a question to the fast decoder.

use crate::decoder::DecoderError;
use crate::linear::LinearError;

/// What can be wrong with a model or a question to the fast decoder.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FastError {
    /// What is wrong for the readable decoder too.
    #[error(transparent)]
    Decoder(#[from] DecoderError),
    /// A matrix that cannot be multiplied.
    #[error(transparent)]
    Linear(#[from] LinearError),
    /// A rotation that changes as the text grows.
    #[error(
        "decoder: beyond {most} tokens the rotation of this model ({kind}) changes with every token, and here keys are kept as they were turned; shorten the text to {most} tokens"
    )]
    MovingRotation {
        /// What the file calls it.
        kind: String,
        /// Tokens up to which it stays the same.
        most: usize,
    },
    /// A cache of another precision.
    #[error("decoder: the fast decoder keeps keys and values in 32, 16, 8 or 4 bits, not in {bits}")]
    CacheBits {
        /// What was asked for.
        bits: u32,
    },
    /// Not a cache for each text.
    #[error("decoder: {texts} texts and {caches} caches; each text needs its own")]
    Texts {
        /// How many texts.
        texts: usize,
        /// How many caches.
        caches: usize,
    },
}
