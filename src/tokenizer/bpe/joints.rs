//! Where a text falls apart by itself.
//!
//! A merge joins the last character of one token and the first of the next, and both then stand side by side in what
//! it makes. So two characters that stand side by side in no token that is made are never joined, and what is before
//! them is encoded apart from what is behind: a text without any cut becomes short words, mostly those between
//! spaces. Without this the queue of a long text does not fit into a processor's cache.

use rustc_hash::FxHashSet;

use super::Merge;
use crate::tokenizer::{Symbol, TokenId, Vocabulary};

/// The tokens of characters that stand side by side in a token that a merge makes.
#[derive(Debug, Clone)]
pub(super) struct Joints(FxHashSet<(TokenId, TokenId)>);

impl Joints {
    pub(super) fn new(vocabulary: &Vocabulary, merges: &[Merge]) -> Self {
        let id = |c: char| vocabulary.id(c.encode_utf8(&mut [0; 4]).as_bytes());
        let mut joints = FxHashSet::default();
        let mut before = None;
        for merge in merges.iter().filter(|merge| before.replace(merge.token) != Some(merge.token)) {
            let text = vocabulary.token(merge.token).and_then(Symbol::as_str).unwrap_or_default();
            let ids: Vec<Option<TokenId>> = text.chars().map(id).collect();
            joints.extend(ids.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?))));
        }
        Self(joints)
    }

    /// Whether two symbols may end up in one token.
    pub(super) fn meet(&self, left: TokenId, right: TokenId) -> bool {
        self.0.contains(&(left, right))
    }
}
