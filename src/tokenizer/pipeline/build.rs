//! Tokenizers put together, part by part.

use super::added::Added;
use super::normalize::apply_all;
use super::{AddedToken, Decoder, EncodeError, Model, Normalize, Prepend, Spaces, Step, Tokenizer};
use crate::tokenizer::TokenId;
use crate::tokenizer::pipeline::words::IdOf;
use crate::tokenizer::pretokenize::{BertNormalizer, Cut, Pretokenizer};

impl Tokenizer {
    /// A model alone: text is not changed, and is one word.
    ///
    /// # Errors
    /// [`EncodeError::NoSuchToken`] if the model's unknown token does not exist.
    pub fn new(model: Model) -> Result<Self, EncodeError> {
        model.check()?;
        let decoder = if model.is_byte_level() { Decoder::Bytes } else { Decoder::Joined };
        Ok(Self::of(model, Vec::new(), Spaces::Kept, Pretokenizer::None, decoder))
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
        let (cuts, steps) = (Vec::new(), Vec::new());
        Self { normalize, cuts, spaces, steps, pretokenizer, model, added, decoder, frame }
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

    /// The same with these cuts made first, each in the words of the one before; spaces and the last cut
    /// follow in each word.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::Tokenizer;
    /// use concepts::tokenizer::pretokenize::{Behavior, BertNormalizer, Cut, Split};
    /// use concepts::tokenizer::wordpiece::WordPiece;
    /// let model = WordPiece::new(["?", "4", "##2", "2"].map(String::from).to_vec(), "?")?;
    /// let tokenizer = Tokenizer::bert(model, BertNormalizer::default());
    /// assert_eq!(tokenizer.encode("42")?.tokens, ["4", "##2"]);
    /// let digits = Split::regex(r"\p{N}", Behavior::Isolated, false)?;
    /// let tokenizer = tokenizer.with_cuts(vec![Cut::Split(digits)]);
    /// assert_eq!(tokenizer.encode("42")?.tokens, ["4", "2"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_cuts(mut self, cuts: Vec<Cut>) -> Self {
        self.cuts = cuts;
        self
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

    /// The same with these steps made on each word after the cut.
    #[must_use]
    pub fn with_steps(mut self, steps: Vec<Step>) -> Self {
        self.steps = steps;
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
        let steps = || self.normalize.iter().filter(|step| step.changes_tokens());
        let normalize = |text: &str| Ok(apply_all(steps(), text)?.text);
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
            Some(&id) => Err(EncodeError::NoSuchToken { what: IdOf::Frame, id, tokens }),
            None => Ok(()),
        }
    }
}
