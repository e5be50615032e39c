//! Which pieces begin at a byte of a text.

use rustc_hash::FxHashMap;

/// The pieces as a tree of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trie {
    children: FxHashMap<(u32, u8), u32>,
    /// For each node the piece that ends there.
    ends: Vec<Option<u32>>,
}

impl Trie {
    pub(super) fn new<'a>(pieces: impl Iterator<Item = &'a str>) -> Self {
        let mut trie = Self { children: FxHashMap::default(), ends: vec![None] };
        for (id, piece) in (0u32..).zip(pieces) {
            let end = piece.bytes().fold(0, |node, byte| trie.child(node, byte));
            trie.ends[end as usize] = Some(id);
        }
        trie
    }

    fn child(&mut self, node: u32, byte: u8) -> u32 {
        // A node takes more than a byte of memory: 2³² of them are not reached.
        let next = self.ends.len() as u32;
        let child = *self.children.entry((node, byte)).or_insert(next);
        if child == next {
            self.ends.push(None);
        }
        child
    }

    /// The pieces that `text` begins with, the shortest first: length and id.
    pub(super) fn prefixes<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (usize, u32)> + 'a {
        let walk = text.iter().scan(0, |node, &byte| {
            *node = *self.children.get(&(*node, byte))?;
            Some(*node)
        });
        (1..).zip(walk).filter_map(|(length, node)| Some((length, self.ends[node as usize]?)))
    }
}
