//! Which piece a pair makes. Several pairs may make the same one.

use rustc_hash::FxHashMap;

use crate::tokenizer::wordpiece::corpus::{Names, Pair};

/// No further pair.
const END: u32 = u32::MAX;

/// A name that pairs make.
#[derive(Debug)]
struct Made {
    /// Its number, once it is a piece.
    piece: Option<u32>,
    /// The pair that makes it and was met last.
    last: u32,
}

/// The names that pairs make.
#[derive(Debug, Default)]
pub(super) struct Makes {
    names: FxHashMap<String, u32>,
    made: Vec<Made>,
    /// For each pair, in the order of their numbers: what it makes, and the pair before it that makes the same.
    of: Vec<(u32, u32)>,
}

impl Makes {
    /// The next pair; returns the piece that it makes, if it exists already.
    pub(super) fn enter(&mut self, pair: Pair, names: &Names) -> Option<u32> {
        let number = self.of.len() as u32;
        let made = &mut self.made;
        let at = *self.names.entry(names.joined(pair)).or_insert_with(|| {
            made.push(Made { piece: names.find(pair), last: END });
            made.len() as u32 - 1
        });
        let made = &mut self.made[at as usize];
        let before = std::mem::replace(&mut made.last, number);
        self.of.push((at, before));
        made.piece
    }

    /// What the pair makes is a piece from now on; returns all pairs that make it.
    pub(super) fn make(&mut self, number: u32, piece: u32) -> Vec<u32> {
        let made = &mut self.made[self.of[number as usize].0 as usize];
        made.piece = Some(piece);
        let next = |number: u32| (number != END).then_some(number);
        std::iter::successors(next(made.last), |&number| next(self.of[number as usize].1)).collect()
    }
}
