//! The pieces to begin with, and where each of them stands.

use super::super::corpus::WordCount;
use super::super::{UnigramError, UnigramOptions};
use super::lattice::Lattice;
use super::pieces::Pieces;
use super::suffixes::Suffixes;
use super::text::Text;

/// A substring that goes on in more than one way, or ends a word: a range of suffixes that begin with it.
struct Node {
    left: u32,
    right: u32,
    chars: u32,
    count: u64,
}

impl Node {
    fn weight(&self) -> f64 {
        self.count as f64 * f64::from(self.chars)
    }
}

/// Characters and frequent substrings with a first guess of their probabilities, as
/// [`seed`](super::super::seed::seed) of the readable trainer finds them, and every place where one stands.
pub(in super::super) fn seed(
    words: &[WordCount<'_>],
    options: &UnigramOptions,
) -> Result<(Pieces, Lattice), UnigramError> {
    let text = Text::new(words)?;
    let suffixes = Suffixes::new(&text, options.max_chars);
    let counts = counts_before(&text, &suffixes);
    let mut nodes = nodes(&text, &suffixes, &counts, options.max_chars);
    // Stable: of equal weights the smaller text, which is the order of the suffixes.
    nodes.sort_by_key(|node| (node.left, node.chars));
    nodes.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
    nodes.truncate(options.seed_pieces.saturating_sub(text.alphabet.len()));
    let model = pieces(&text, &suffixes, &nodes);
    let lattice = places(text, &suffixes, &nodes);
    Ok((model, lattice))
}

/// How often the suffixes before each occur, and all.
fn counts_before(text: &Text, suffixes: &Suffixes) -> Vec<u64> {
    let mut of_place = vec![0; text.chars.len()];
    for (word, count) in text.words() {
        of_place[word].fill(count);
    }
    let mut sum = 0u64;
    let mut before = vec![0];
    before.extend(suffixes.places.iter().map(|&place| {
        sum = sum.saturating_add(of_place[place as usize]);
        sum
    }));
    before
}

/// Every substring that is no shorter part of one that occurs as often, found by one walk over the suffixes
/// with a stack of those that still go on.
fn nodes(text: &Text, suffixes: &Suffixes, before: &[u64], max_chars: usize) -> Vec<Node> {
    let mut found = Vec::new();
    let mut open: Vec<(u32, u32)> = Vec::new(); // characters, first suffix
    let mut rest = vec![0u32; text.chars.len()]; // characters to the end of the word
    for (word, _) in text.words() {
        for (left, place) in (1..).zip(word.rev()) {
            rest[place] = left;
        }
    }
    for at in 0..=suffixes.places.len() {
        let shared = suffixes.shared.get(at).copied().unwrap_or(0);
        let mut left = at as u32;
        while let Some(&(chars, first)) = open.last().filter(|(chars, _)| *chars > shared) {
            open.pop();
            left = first;
            let count = before[at] - before[first as usize];
            if chars >= 2 && count >= 2 {
                found.push(Node { left: first, right: at as u32, chars, count });
            }
        }
        let outer = open.last().map_or(0, |(chars, _)| *chars);
        if shared > outer {
            open.push((shared, left));
        }
        if let Some(&place) = suffixes.places.get(at) {
            // The suffix itself, if it is no longer than a piece may be.
            let whole = u64::from(rest[place as usize]).min(max_chars as u64) as u32;
            if whole > shared {
                open.push((whole, at as u32));
            }
        }
    }
    found
}

/// The pieces with the shares of the text that they cover.
fn pieces(text: &Text, suffixes: &Suffixes, nodes: &[Node]) -> Pieces {
    let mut characters = vec![(0u32, 0u64); text.alphabet.len()];
    for (word, count) in text.words() {
        for place in word {
            let entry = &mut characters[text.chars[place] as usize - 1];
            *entry = (place as u32, entry.1.saturating_add(count));
        }
    }
    let weights = characters.iter().map(|(_, count)| *count as f64).chain(nodes.iter().map(Node::weight));
    let total: f64 = weights.sum();
    let mut model = Pieces::new(text.alphabet.len());
    for (place, count) in characters {
        model.push(place, 1, libm::log(count as f64 / total));
    }
    for node in nodes {
        model.push(suffixes.places[node.left as usize], node.chars, libm::log(node.weight() / total));
    }
    model
}

/// The places of the nodes: a walk over the suffixes with a stack of the nodes that hold it, once to count and once
/// to write.
fn places(text: Text, suffixes: &Suffixes, nodes: &[Node]) -> Lattice {
    let characters = text.alphabet.len() as u32;
    let mut order: Vec<(u32, u32, u32)> =
        (characters..).zip(nodes).map(|(id, node)| (node.left, node.chars, id)).collect();
    order.sort_unstable();
    let end = |id: u32| nodes[(id - characters) as usize].right;
    let walk = |visit: &mut dyn FnMut(usize, &[u32])| {
        let mut open: Vec<u32> = Vec::new();
        let mut next = order.iter().peekable();
        for (at, &place) in (0u32..).zip(&suffixes.places) {
            while open.last().is_some_and(|&id| end(id) <= at) {
                open.pop();
            }
            while let Some(&(_, _, id)) = next.next_if(|(left, _, _)| *left == at) {
                open.push(id);
            }
            visit(place as usize, &open);
        }
    };
    let mut first = vec![0; text.chars.len() + 1];
    walk(&mut |place, open| first[place + 1] = open.len());
    for place in 1..first.len() {
        first[place] += first[place - 1];
    }
    let mut ids = vec![0; first[text.chars.len()]];
    walk(&mut |place, open| ids[first[place]..][..open.len()].copy_from_slice(open));
    Lattice { text, first, ids }
}
