//! The distinct words as one list of pieces, linked so that a merge removes a piece in one step.

use crate::tokenizer::wordpiece::WordPieceError;
use crate::tokenizer::wordpiece::corpus::{Pair, Word};

/// No piece, or no neighbour.
pub(super) const NONE: u32 = u32::MAX;

/// A piece of a word and its neighbours. Its place in the list never changes, and places ascend in the order
/// in which a reader meets them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) piece: u32,
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) word: u32,
}

/// All distinct words.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) nodes: Vec<Node>,
    /// How often each word occurs.
    pub(super) counts: Vec<u64>,
}

impl Text {
    pub(super) fn new(words: &[Word]) -> Result<Self, WordPieceError> {
        let characters = words.iter().map(|word| word.pieces.len()).sum();
        if characters >= NONE as usize {
            return Err(WordPieceError::CorpusTooLarge { characters, limit: NONE as usize });
        }
        let mut nodes = Vec::with_capacity(characters);
        for (word, number) in words.iter().zip(0..) {
            let first = nodes.len() as u32;
            let end = first + word.pieces.len() as u32;
            nodes.extend(word.pieces.iter().zip(first..).map(|(&piece, at)| Node {
                piece,
                before: if at == first { NONE } else { at - 1 },
                after: if at + 1 == end { NONE } else { at + 1 },
                word: number,
            }));
        }
        Ok(Self { nodes, counts: words.iter().map(|word| word.count).collect() })
    }

    /// The pair whose left piece stands at a place; none at the end of a word, nor where a merge has taken the
    /// piece away.
    #[inline]
    pub(super) fn pair_at(&self, place: u32) -> Option<Pair> {
        let left = self.nodes[place as usize];
        (left.piece != NONE && left.after != NONE)
            .then(|| (left.piece, self.nodes[left.after as usize].piece))
    }

    /// The words as they are cut now.
    pub(super) fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> =
            self.counts.iter().map(|&count| Word { pieces: Vec::new(), count }).collect();
        for node in self.nodes.iter().filter(|node| node.piece != NONE) {
            words[node.word as usize].pieces.push(node.piece);
        }
        words
    }
}
