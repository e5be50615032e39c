use crate::tokenizer::EncodeError;

named! {
    /// A list beside the tokens.
    GgufList {
        Types = "token_type",
        Scores = "scores",
        Merges = "merges",
    }
    /// What an entry should have been.
    GgufWanted {
        Text = "a text",
        Texts = "a list of texts",
        Fractions = "a list of numbers in floating point",
        Wholes = "a list of whole numbers",
        Flag = "true or false",
        Id = "a whole number below 2^32",
    }
}

/// What can be wrong with the tokenizer of a file of weights in GGUF.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GgufError {
    /// A model that is not known.
    #[error("gguf: tokenizer.ggml.model is \"{found}\"; known are gpt2, llama, bert and t5")]
    Model {
        /// Its name.
        found: String,
    },
    /// No model is named.
    #[error("gguf: tokenizer.ggml.model is missing or empty; known are gpt2, llama, bert and t5")]
    NoModel,
    /// An entry of another type.
    #[error("gguf: {entry} is {found}; it must be {wanted}")]
    WrongType {
        /// Its name.
        entry: String,
        /// Its value.
        found: String,
        /// What would be right.
        wanted: GgufWanted,
    },
    /// A cut that is not known: with another one every id could be wrong.
    #[error(
        "gguf: tokenizer.ggml.pre is \"{found}\", a way to cut text that is not known; give the model's tokenizer.json"
    )]
    Cut {
        /// Its name.
        found: String,
    },
    /// No tokens.
    #[error("gguf: tokenizer.ggml.tokens has no tokens")]
    NoTokens,
    /// A list that does not go with the tokens.
    #[error("gguf: tokenizer.ggml.{list} has {count} entries for {tokens} tokens; each token needs one")]
    Unpaired {
        /// The list.
        list: GgufList,
        /// Its entries.
        count: usize,
        /// Number of tokens.
        tokens: usize,
    },
    /// A list that the model needs.
    #[error("gguf: tokenizer.ggml.{list} is missing, and the model needs it")]
    Missing {
        /// The list.
        list: GgufList,
    },
    /// A merge that is none.
    #[error("gguf: merge {place} is {found:?}; a merge is two tokens with a space between")]
    Merge {
        /// Its place, from 0.
        place: usize,
        /// What stands there.
        found: String,
    },
    /// A token that is not written as a byte-level vocabulary writes bytes.
    #[error("gguf: token {id}, {token:?}, is not written in the characters that stand for bytes")]
    NotBytes {
        /// Its id.
        id: usize,
        /// How it is written.
        token: String,
    },
    /// A piece that its characters cannot make.
    #[error("gguf: the token {token:?} has a character that is no token")]
    NoCharacter {
        /// The token.
        token: String,
    },
    /// A token that should stand around each text and is not named.
    #[error("gguf: a token is to be put around each text, but tokenizer.ggml.{name} is missing")]
    NoId {
        /// The entry that should name it.
        name: &'static str,
    },
    /// Tokens that make no tokenizer.
    #[error("gguf: {source}")]
    Inconsistent {
        /// Why not.
        source: EncodeError,
    },
}

/// An error of a part.
pub(super) fn within<E: Into<EncodeError>>(error: E) -> GgufError {
    GgufError::Inconsistent { source: error.into() }
}
