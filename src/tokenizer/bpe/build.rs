//! Models from the parts that files have.

use std::collections::HashMap;

use super::{Base, Bpe, Marks, Merge, Pair, WordEnd};
use crate::tokenizer::{TokenId, TokenizerError, Vocabulary};

impl Bpe {
    /// The same from a vocabulary that may have gaps.
    ///
    /// # Errors
    /// As [`Bpe::from_pairs`].
    pub fn of_vocabulary(
        base: Base,
        word_end: WordEnd,
        vocabulary: Vocabulary,
        pairs: &[Pair],
    ) -> Result<Self, TokenizerError> {
        let merges = Marks::default().merges(&vocabulary, pairs)?;
        Bpe::new(base, word_end, vocabulary, merges)
    }

    /// A model on characters that marks their places in the word.
    ///
    /// # Errors
    /// As [`Bpe::from_pairs`].
    pub fn marked(marks: Marks, vocabulary: Vocabulary, pairs: &[Pair]) -> Result<Self, TokenizerError> {
        let merges = marks.merges(&vocabulary, pairs)?;
        Self::build(Base::Chars, WordEnd::Unmarked, marks, vocabulary, merges, false)
    }

    /// A model without a list of merges: two neighbours may merge if together they are a token of `order`, the
    /// earliest of these first. So tiktoken reads its ranks and SentencePiece its scores.
    ///
    /// # Errors
    /// As [`Bpe::new`]; [`TokenizerError::NoSuchToken`] if `order` names an id without a token.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::bpe::{Base, Bpe};
    /// use concepts::tokenizer::{Symbol, Vocabulary};
    /// let vocabulary = Vocabulary::new(["a", "b", "ab", "aba"].map(Symbol::from).to_vec())?;
    /// // `aba` comes first, but only `ab` can be made of two tokens in `aba`.
    /// let bpe = Bpe::by_token(Base::Chars, vocabulary, &[3, 2])?;
    /// assert_eq!(bpe.show(&bpe.encode_word(b"aba")?), ["aba"]);
    /// # Ok::<(), concepts::tokenizer::TokenizerError>(())
    /// ```
    pub fn by_token(base: Base, vocabulary: Vocabulary, order: &[TokenId]) -> Result<Self, TokenizerError> {
        let mut merges = Vec::with_capacity(2 * order.len());
        for &token in order {
            let missing = || TokenizerError::NoSuchToken { id: token, tokens: vocabulary.len() };
            let bytes = vocabulary.token(token).ok_or_else(missing)?.as_bytes();
            merges.extend((1..bytes.len()).filter_map(|at| {
                let (left, right) = bytes.split_at(at);
                Some(Merge { left: vocabulary.id(left)?, right: vocabulary.id(right)?, token })
            }));
        }
        Self::build(base, WordEnd::Unmarked, Marks::default(), vocabulary, merges, true)
    }

    /// The same on characters by scores: the highest first, and of equal ones the leftmost.
    ///
    /// # Errors
    /// As [`Bpe::by_token`].
    pub fn by_score(vocabulary: Vocabulary, mut scores: Vec<(TokenId, f32)>) -> Result<Self, TokenizerError> {
        scores.sort_by(|(a, of_a), (b, of_b)| of_b.total_cmp(of_a).then(a.cmp(b)));
        let order: Vec<TokenId> = scores.iter().map(|&(id, _)| id).collect();
        let mut bpe = Self::by_token(Base::Chars, vocabulary, &order)?;
        let mut turns = HashMap::with_capacity(order.len());
        let mut turn = 0;
        for (place, &(id, score)) in scores.iter().enumerate() {
            turn += u32::from(place > 0 && score != scores[place - 1].1);
            turns.insert(id, turn);
        }
        if (turn as usize) + 1 < order.len() {
            bpe.ranks = bpe.ranks.with_turns(|token| turns.get(&token).copied().unwrap_or(u32::MAX));
        }
        Ok(bpe)
    }
}
