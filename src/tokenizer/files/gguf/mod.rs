//! The tokenizer that the metadata of a file of weights in GGUF describe.
//!
//! Such a file has the tokens in the order of their ids with a kind for each, and scores or merges; how text is cut
//! stands there only by name. This module takes plain data: who has read a file of weights fills a [`GgufVocabulary`].
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `mod` | [`GgufVocabulary`], [`from_gguf`] |
//! | 2 | `kinds` | what a token is: a word, a sign with a meaning, a byte |
//! | 3 | `cuts` | how text is cut, by name |
//! | 4 | `models` | the models: byte-level BPE, SentencePiece's BPE and unigram, WordPiece |
//! | 5 | `error` | what can be wrong: [`GgufError`] |

mod cuts;
mod error;
mod kinds;
mod models;

pub use error::{GgufError, GgufList, GgufWanted};

use crate::tokenizer::{TokenId, Tokenizer};

use models::{bert, byte_level, scores, unigram};

/// What the metadata of a file of weights in GGUF say about its tokenizer. Behind each field the name of its entry,
/// all of which begin with `tokenizer.ggml.`; what the file does not say is empty or `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GgufVocabulary<'a> {
    /// `model`: `gpt2`, `llama`, `bert` or `t5`.
    pub model: &'a str,
    /// `pre`: how text is cut, of a `gpt2`.
    pub pre: Option<&'a str>,
    /// `tokens`, in the order of their ids.
    pub tokens: Vec<&'a str>,
    /// `scores`, one a token, of a `llama` or `t5`.
    pub scores: Vec<f32>,
    /// `token_type`, one a token: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte.
    pub types: Vec<i32>,
    /// `merges`, two tokens with a space between, of a `gpt2`.
    pub merges: Vec<&'a str>,
    /// `precompiled_charsmap`, of a `t5`.
    pub charsmap: Option<Vec<u8>>,
    /// `bos_token_id`; of a `bert` `cls_token_id`, where there is one.
    pub bos: Option<TokenId>,
    /// `eos_token_id`.
    pub eos: Option<TokenId>,
    /// `seperator_token_id`, as the format spells it.
    pub separator: Option<TokenId>,
    /// `unknown_token_id`.
    pub unknown: Option<TokenId>,
    /// `add_bos_token`.
    pub add_bos: Option<bool>,
    /// `add_eos_token`.
    pub add_eos: Option<bool>,
    /// `add_space_prefix`.
    pub add_space_prefix: Option<bool>,
    /// `remove_extra_whitespaces`.
    pub remove_extra_whitespaces: Option<bool>,
}

/// The tokenizer of a file of weights in GGUF. Ids are those of llama.cpp for the same file, except for tokens of a
/// known name, such as `</s>`, that llama.cpp takes for control tokens whatever the file says they are.
///
/// # Errors
/// [`GgufError`]: a model or a cut that is not known, lists that do not go together, tokens that make no model, a
/// token around the text that the file does not name.
///
/// # Reference
/// `llama-vocab.cpp` of llama.cpp.
///
/// # Examples
/// ```
/// use concepts::tokenizer::files::{GgufVocabulary, from_gguf};
/// let tokens = vec!["<unk>", "▁", "a", "b", "ab", "▁ab"];
/// let vocabulary = GgufVocabulary {
///     model: "llama",
///     scores: vec![0.0, -1.0, -2.0, -3.0, -4.0, -5.0],
///     types: vec![2, 1, 1, 1, 1, 1],
///     unknown: Some(0),
///     add_bos: Some(false),
///     tokens,
///     ..GgufVocabulary::default()
/// };
/// let tokenizer = from_gguf(&vocabulary)?;
/// assert_eq!(tokenizer.encode("ab ba")?.tokens, ["▁ab", "▁", "b", "a"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_gguf(vocabulary: &GgufVocabulary<'_>) -> Result<Tokenizer, GgufError> {
    if vocabulary.tokens.is_empty() {
        return Err(GgufError::NoTokens);
    }
    vocabulary.paired(vocabulary.types.len(), GgufList::Types)?;
    match vocabulary.model {
        "gpt2" => byte_level(vocabulary),
        "llama" => scores(vocabulary),
        "t5" => unigram(vocabulary),
        "bert" => bert(vocabulary),
        "" => Err(GgufError::NoModel),
        other => Err(GgufError::Model { found: other.into() }),
    }
}

impl GgufVocabulary<'_> {
    /// A list has one entry a token, or none at all.
    fn paired(&self, count: usize, list: GgufList) -> Result<(), GgufError> {
        let tokens = self.tokens.len();
        if count == 0 || count == tokens { Ok(()) } else { Err(GgufError::Unpaired { list, count, tokens }) }
    }

    /// The tokens around a text. `bos`, `eos`, `separator`: whether they are put there if the file does not say.
    fn frame(
        &self,
        bos: bool,
        eos: bool,
        separator: bool,
    ) -> Result<(Vec<TokenId>, Vec<TokenId>), GgufError> {
        let wanted = |wanted: bool, id: Option<TokenId>, name: &'static str| match id {
            _ if !wanted => Ok(None),
            Some(id) => Ok(Some(id)),
            None => Err(GgufError::NoId { name }),
        };
        let before = wanted(self.add_bos.unwrap_or(bos), self.bos, "bos_token_id")?;
        let after = [
            wanted(separator, self.separator, "seperator_token_id")?,
            wanted(self.add_eos.unwrap_or(eos), self.eos, "eos_token_id")?,
        ];
        Ok((before.into_iter().collect(), after.into_iter().flatten().collect()))
    }
}
