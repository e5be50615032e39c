//! The chain from text to ids.

use std::ops::Range;

use super::added::Added;
use super::model::{BpeCutter, Cutter, lossy};
use super::normalize::apply_all;
use super::{AddedToken, Decoder, EncodeError, Model, Normalize, Prepend, Spaces};
use crate::tokenizer::pretokenize::{BertNormalizer, Pretokenizer};
use crate::tokenizer::{Allowed, Segment, SpecialTokens, TokenId, byte_of_char};

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
    normalize: Vec<Normalize>,
    spaces: Spaces,
    pretokenizer: Pretokenizer,
    model: Model,
    added: Added,
    decoder: Decoder,
    frame: (Vec<TokenId>, Vec<TokenId>),
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
    /// A model alone: text is not changed, and is one word.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`] if the model's unknown token does not exist.
    pub fn new(model: Model) -> Result<Self, EncodeError> {
        model.check()?;
        Ok(Self::of(model, Vec::new(), Spaces::Kept, Pretokenizer::None, Decoder::Joined))
    }

    fn of(
        model: Model,
        normalize: Vec<Normalize>,
        spaces: Spaces,
        pretokenizer: Pretokenizer,
        decoder: Decoder,
    ) -> Self {
        let added = Added::none(&model);
        let frame = (Vec::new(), Vec::new());
        Self { normalize, spaces, pretokenizer, model, added, decoder, frame }
    }

    /// Byte-level BPE, as of GPT-2 and its successors.
    pub fn byte_level(bpe: crate::tokenizer::bpe::Bpe, pretokenizer: Pretokenizer) -> Self {
        let model = Model::Bpe(bpe, super::BpeRules::default());
        let decoder = if model.is_byte_level() { Decoder::Bytes } else { Decoder::Joined };
        Self::of(model, Vec::new(), Spaces::Kept, pretokenizer, decoder)
    }

    /// WordPiece, as of BERT.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::Tokenizer;
    /// use concepts::tokenizer::pretokenize::BertNormalizer;
    /// use concepts::tokenizer::wordpiece::WordPiece;
    /// let pieces = ["[UNK]", "play", "##ing", "!"].map(String::from).to_vec();
    /// let model = WordPiece::new(pieces, "[UNK]")?;
    /// let tokenizer = Tokenizer::bert(model, BertNormalizer::default());
    /// assert_eq!(tokenizer.encode("Playing chess!")?.tokens, ["play", "##ing", "[UNK]", "!"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bert(model: crate::tokenizer::wordpiece::WordPiece, normalizer: BertNormalizer) -> Self {
        let decoder = Decoder::WordPiece { prefix: model.continuation().into(), cleanup: true };
        let normalize = vec![Normalize::Bert(normalizer)];
        Self::of(Model::WordPiece(model), normalize, Spaces::Kept, Pretokenizer::Bert, decoder)
    }

    /// A model on raw text with `▁` for spaces, as SentencePiece trains it.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::Tokenizer;
    /// use concepts::tokenizer::unigram::Unigram;
    /// let model = Unigram::new(vec![("<unk>".into(), 0.0), ("▁a".into(), -1.0), ("▁".into(), -2.0)], Some(0))?;
    /// let tokenizer = Tokenizer::sentencepiece(model);
    /// let encoding = tokenizer.encode("a  a")?;
    /// assert_eq!(encoding.tokens, ["▁a", "▁", "▁a"]);
    /// assert_eq!(tokenizer.decode(&encoding.ids)?, "a  a");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sentencepiece(model: crate::tokenizer::unigram::Unigram) -> Self {
        let spaces = Spaces::Metaspace(Prepend::Always);
        let decoder = Decoder::Metaspace(Prepend::Always);
        Self::of(Model::Unigram(model), Vec::new(), spaces, Pretokenizer::Metaspace, decoder)
    }

    /// The same with these changes made to text first, one after the other.
    ///
    /// # Errors
    /// [`EncodeError::Tokenizer`] if two added tokens become one.
    pub fn with_normalize(mut self, steps: Vec<Normalize>) -> Result<Self, EncodeError> {
        self.normalize = steps;
        let tokens = self.added.tokens().to_vec();
        self.with_added(tokens)
    }

    /// The same with spaces treated in another way.
    #[must_use]
    pub fn with_spaces(mut self, spaces: Spaces) -> Self {
        self.spaces = spaces;
        self
    }

    /// The same, cutting words in another way.
    #[must_use]
    pub fn with_pretokenizer(mut self, pretokenizer: Pretokenizer) -> Self {
        self.pretokenizer = pretokenizer;
        self
    }

    /// The same with another way back.
    #[must_use]
    pub fn with_decoder(mut self, decoder: Decoder) -> Self {
        self.decoder = decoder;
        self
    }

    /// The same with these added tokens in place of those it had.
    ///
    /// # Errors
    /// [`EncodeError`]: an id that belongs to another token, a token twice, or an empty one.
    pub fn with_added(mut self, tokens: Vec<AddedToken>) -> Result<Self, EncodeError> {
        let normalize = |text: &str| apply_all(&self.normalize, text).text;
        self.added = Added::new(&self.model, tokens, normalize)?;
        self.check_frame()?;
        Ok(self)
    }

    /// The same with tokens that [`framed`](Self::framed) puts before and after: `[CLS]` and `[SEP]`.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`].
    pub fn with_frame(mut self, before: Vec<TokenId>, after: Vec<TokenId>) -> Result<Self, EncodeError> {
        self.frame = (before, after);
        self.check_frame()?;
        Ok(self)
    }

    fn check_frame(&self) -> Result<(), EncodeError> {
        let tokens = self.len();
        match self.frame.0.iter().chain(&self.frame.1).find(|&&id| id as usize >= tokens) {
            Some(&id) => Err(EncodeError::NoSuchToken { what: "a token of the frame", id, tokens }),
            None => Ok(()),
        }
    }

    /// What is done to text first.
    pub fn normalize(&self) -> &[Normalize] {
        &self.normalize
    }

    /// What becomes of spaces.
    pub fn spaces(&self) -> Spaces {
        self.spaces
    }

    /// How words are cut.
    pub fn pretokenizer(&self) -> Pretokenizer {
        self.pretokenizer
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

    /// Encodes text from outside: special tokens in it are ordinary text.
    ///
    /// # Errors
    /// [`EncodeError::UnknownCharacter`] if there is a character without a token, and no unknown token.
    pub fn encode(&self, text: &str) -> Result<Encoding, EncodeError> {
        self.encode_with(text, Allowed::None)
    }

    /// Encodes text that may hold special tokens.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn encode_with(&self, text: &str, allowed: Allowed) -> Result<Encoding, EncodeError> {
        let mut encoding = Encoding::default();
        self.visit(text, allowed, |id, bytes| {
            encoding.ids.push(id);
            encoding.tokens.push(self.token(id).unwrap_or_default());
            encoding.offsets.push(bytes);
        })?;
        Ok(encoding)
    }

    /// The ids alone.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn ids(&self, text: &str, allowed: Allowed) -> Result<Vec<TokenId>, EncodeError> {
        let mut ids = Vec::new();
        self.visit(text, allowed, |id, _| ids.push(id))?;
        Ok(ids)
    }

    /// Encodes bytes that need not be text.
    ///
    /// A byte-level tokenizer that changes no text takes any bytes; no special token is looked for. Any other
    /// reads them as text.
    ///
    /// # Errors
    /// [`EncodeError::NotText`]; otherwise as [`encode`](Self::encode).
    pub fn encode_bytes(&self, bytes: &[u8]) -> Result<Vec<TokenId>, EncodeError> {
        let error = match str::from_utf8(bytes) {
            Ok(text) => return self.ids(text, Allowed::None),
            Err(error) => error,
        };
        match &self.model {
            Model::Bpe(bpe, rules)
                if self.model.is_byte_level()
                    && self.normalize.is_empty()
                    && self.spaces == Spaces::Kept
                    && self.pretokenizer.is_lossless() =>
            {
                let mut ids = Vec::new();
                let mut cutter = BpeCutter::new(bpe, *rules);
                for word in self.pretokenizer.split_bytes(bytes) {
                    ids.extend(cutter.word(word)?.into_iter().map(|(id, _)| id));
                }
                Ok(ids)
            }
            _ => Err(EncodeError::NotText { offset: error.valid_up_to() }),
        }
    }

    /// Ids between the tokens that the model wants around them.
    ///
    /// # Examples
    /// ```
    /// # use concepts::tokenizer::{Tokenizer, pretokenize::BertNormalizer, wordpiece::WordPiece};
    /// let pieces = ["[UNK]", "[CLS]", "[SEP]", "a"].map(String::from).to_vec();
    /// let tokenizer = Tokenizer::bert(WordPiece::new(pieces, "[UNK]")?, BertNormalizer::default())
    ///     .with_frame(vec![1], vec![2])?;
    /// assert_eq!(tokenizer.framed(&tokenizer.encode("a")?.ids), [1, 3, 2]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn framed(&self, ids: &[TokenId]) -> Vec<TokenId> {
        [&self.frame.0, ids, &self.frame.1].concat()
    }

    /// The text of ids, special tokens included.
    ///
    /// Bytes that are no text become `�`; [`decode_bytes`](Self::decode_bytes) has them as they are. What
    /// normalisation or a cut at spaces took away does not come back.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`].
    pub fn decode(&self, ids: &[TokenId]) -> Result<String, EncodeError> {
        if self.decoder == Decoder::Bytes {
            return Ok(String::from_utf8_lossy(&self.decode_bytes(ids)?).into_owned());
        }
        let names: Result<Vec<String>, EncodeError> = ids.iter().map(|&id| self.plain_name(id)).collect();
        Ok(self.decoder.text(&names?))
    }

    /// The text of ids without the special tokens.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`].
    pub fn decode_without_special(&self, ids: &[TokenId]) -> Result<String, EncodeError> {
        let special = |id: TokenId| self.added.get(id).is_some_and(|token| token.special);
        self.decode(&ids.iter().copied().filter(|&id| !special(id)).collect::<Vec<_>>())
    }

    /// The bytes of ids.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`].
    pub fn decode_bytes(&self, ids: &[TokenId]) -> Result<Vec<u8>, EncodeError> {
        if self.decoder != Decoder::Bytes {
            return Ok(self.decode(ids)?.into_bytes());
        }
        let mut bytes = Vec::new();
        for &id in ids {
            match (&self.model, self.added.get(id)) {
                (_, Some(token)) => bytes.extend_from_slice(token.content.as_bytes()),
                (Model::Bpe(bpe, _), None) if self.model.is_byte_level() => {
                    let symbol = bpe.vocabulary().token(id).ok_or_else(|| self.no_such(id))?;
                    bytes.extend_from_slice(symbol.as_bytes());
                }
                _ => bytes.extend(printed(&self.plain_name(id)?)),
            }
        }
        Ok(bytes)
    }

    /// The name of a token with its characters as they are.
    fn plain_name(&self, id: TokenId) -> Result<String, EncodeError> {
        let name = match (&self.model, self.added.get(id)) {
            (Model::Bpe(bpe, _), None) if self.decoder != Decoder::Bytes => {
                bpe.vocabulary().token(id).map(lossy)
            }
            _ => self.token(id),
        };
        name.ok_or_else(|| self.no_such(id))
    }

    fn no_such(&self, id: TokenId) -> EncodeError {
        EncodeError::NoSuchToken { what: "an id", id, tokens: self.len() }
    }

    /// Calls `found` for each token, with the bytes of the text that it comes from.
    fn visit(
        &self,
        text: &str,
        allowed: Allowed,
        mut found: impl FnMut(TokenId, Range<usize>),
    ) -> Result<(), EncodeError> {
        let permitted = self.added.permitted(allowed);
        let mut cutter = self.model.cutter();
        for (segment, given) in placed(&self.added.in_given, text, &permitted) {
            let part = match segment {
                Segment::Special(id) => {
                    found(id, given);
                    continue;
                }
                Segment::Text(part) => part,
            };
            let aligned = apply_all(&self.normalize, part);
            for (segment, place) in placed(&self.added.in_normalized, &aligned.text, &permitted) {
                let origin = |range: Range<usize>| {
                    let range = aligned.origin(place.start + range.start..place.start + range.end);
                    given.start + range.start..given.start + range.end
                };
                match segment {
                    Segment::Special(id) => found(id, origin(0..place.len())),
                    Segment::Text(part) => {
                        let first = given.start == 0 && place.start == 0;
                        self.visit_words(&mut cutter, part, first, |id, range| found(id, origin(range)))
                            .map_err(|error| moved(error, |at| origin(at..at).start))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn visit_words(
        &self,
        cutter: &mut Cutter<'_>,
        text: &str,
        first: bool,
        mut found: impl FnMut(TokenId, Range<usize>),
    ) -> Result<(), EncodeError> {
        let spaced = self.spaces.apply(text, first);
        let base = spaced.text.as_ptr().addr();
        for word in self.pretokenizer.split(&spaced.text) {
            // Words are slices of the text, in order.
            let at = word.as_ptr().addr() - base;
            let tokens = cutter
                .word(word)
                .map_err(|error| moved(error, |offset| spaced.origin(at + offset..at + offset).start))?;
            for (id, range) in tokens {
                found(id, spaced.origin(at + range.start..at + range.end));
            }
        }
        Ok(())
    }
}

/// The segments of a text with their places.
fn placed<'a>(
    tokens: &'a SpecialTokens,
    text: &'a str,
    permitted: &'a [TokenId],
) -> impl Iterator<Item = (Segment<'a>, Range<usize>)> {
    let mut end = 0;
    tokens.split(text, Allowed::Only(permitted)).map(move |segment| {
        let start = end;
        end += match segment {
            Segment::Text(part) => part.len(),
            Segment::Special(id) => tokens.token(id).map_or(0, str::len),
        };
        (segment, start..end)
    })
}

/// An error whose place is counted from the beginning of the whole text.
fn moved(error: EncodeError, place: impl Fn(usize) -> usize) -> EncodeError {
    match error {
        EncodeError::UnknownCharacter { character, offset } => {
            EncodeError::UnknownCharacter { character, offset: place(offset) }
        }
        other => other,
    }
}

/// The bytes that a name stands for, or its own if it is not made of printable bytes.
fn printed(name: &str) -> Vec<u8> {
    let bytes: Option<Vec<u8>> = name.chars().map(byte_of_char).collect();
    bytes.unwrap_or_else(|| name.as_bytes().to_vec())
}
