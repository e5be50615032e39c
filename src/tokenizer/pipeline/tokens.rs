//! The chain and its parts.

use std::ops::Range;

use super::added::Added;
use super::{AddedToken, Decoder, Model, Normalize, Spaces, Step};
use crate::tokenizer::TokenId;
use crate::tokenizer::pretokenize::{Cut, Pretokenizer};

/// A tokenizer: what is done to text, how it is cut, which model makes tokens of the words, and the way back.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{Base, BpeOptions, ByteOrder, train_readable};
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// use concepts::tokenizer::{AddedToken, Allowed, Tokenizer};
/// let options = BpeOptions { base: Base::Bytes(ByteOrder::Gpt2), merges: 3, ..BpeOptions::default() };
/// let (_, bpe) = train_readable(&[("low", 3), (" lower", 2), (" newest", 4)], &options)?;
/// let tokenizer = Tokenizer::byte_level(bpe, Pretokenizer::Gpt2)
///     .with_added(vec![AddedToken::special("<|end|>", 259)])?;
/// let encoding = tokenizer.encode("lower 🙂<|end|>")?;
/// assert_eq!(encoding.tokens[..3], ["lo", "we", "r"]);
/// assert_eq!(tokenizer.decode(&encoding.ids)?, "lower 🙂<|end|>");
/// // From outside, the special token is ordinary text; the program's own text may hold it.
/// assert!(!encoding.ids.contains(&259));
/// assert_eq!(tokenizer.encode_with("<|end|>", Allowed::All)?.ids, [259]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tokenizer {
    pub(super) normalize: Vec<Normalize>,
    pub(super) cuts: Vec<Cut>,
    pub(super) spaces: Spaces,
    pub(super) pretokenizer: Pretokenizer,
    pub(super) steps: Vec<Step>,
    pub(super) model: Model,
    pub(super) added: Added,
    pub(super) decoder: Decoder,
    pub(super) frame: (Vec<TokenId>, Vec<TokenId>),
}

/// The tokens of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Encoding {
    /// Their ids.
    pub ids: Vec<TokenId>,
    /// Their names. Of a byte-level model: in printable characters, `Ġ` for a space.
    pub tokens: Vec<String>,
    /// The bytes of the text that each comes from. Tokens of single bytes may share a character, and what
    /// was put in, such as a `▁` before the text, comes from no byte at all.
    pub offsets: Vec<Range<usize>>,
}

impl Tokenizer {
    /// What is done to text first.
    pub fn normalize(&self) -> &[Normalize] {
        &self.normalize
    }

    /// The cuts that are made before spaces change; most tokenizers have none.
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// What becomes of spaces.
    pub fn spaces(&self) -> Spaces {
        self.spaces
    }

    /// How text is cut, or what the cuts before left of it.
    pub fn pretokenizer(&self) -> Pretokenizer {
        self.pretokenizer
    }

    /// What is done to each word after that; most tokenizers have nothing.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The added tokens by id.
    pub fn added(&self) -> &[AddedToken] {
        self.added.tokens()
    }

    /// The way back.
    pub fn decoder(&self) -> &Decoder {
        &self.decoder
    }

    /// What [`framed`](Self::framed) puts before and after.
    pub fn frame(&self) -> (&[TokenId], &[TokenId]) {
        (&self.frame.0, &self.frame.1)
    }

    /// Number of ids: one more than the largest. Between added tokens there may be ids without a token.
    pub fn len(&self) -> usize {
        self.added.total
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of a token.
    pub fn token(&self, id: TokenId) -> Option<String> {
        self.added.get(id).map(|token| token.content.clone()).or_else(|| self.model.token(id))
    }
}
