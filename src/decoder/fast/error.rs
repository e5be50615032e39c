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
    /// A matrix that lies the other way.
    #[error(
        "decoder: the matrix \"{name}\" is stored with its inputs outermost, and the fast decoder reads rows; give a GGUF file of this model, or run the readable decoder"
    )]
    Transposed {
        /// Its name.
        name: String,
    },
    /// A rotation that changes as the text grows.
    #[error(
        "decoder: the rotation of this model ({kind}) depends on the length of the text, and the fast decoder keeps keys as they were turned; run the readable decoder"
    )]
    MovingRotation {
        /// What the file calls it.
        kind: String,
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
