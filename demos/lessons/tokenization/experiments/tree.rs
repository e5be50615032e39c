//! How merges put one word together.

use std::collections::HashMap;

use concepts::tokenizer::Symbol;
use concepts::tokenizer::bpe::Base;

use crate::lessons::tokenization::trained::Trained;

/// Symbols of a word that are drawn.
const WIDEST: usize = 24;

/// A word and its merges.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub symbols: Vec<String>,
    pub joins: Vec<Join>,
    /// What is left in the end: the tokens.
    pub pieces: Vec<String>,
    /// Whether the word has more symbols than are drawn.
    pub cut: bool,
}

/// One merge.
#[derive(Debug, Clone)]
pub(crate) struct Join {
    /// What is joined.
    pub parts: [String; 2],
    /// For each symbol of the word, the merge of this word that made the token it is in by now; 0: it stands
    /// alone.
    pub made: Vec<usize>,
}

/// A part of the word.
#[derive(Debug, Clone)]
struct Part {
    id: Option<u32>,
    text: String,
    /// How many symbols it has, and the merge that made it.
    symbols: usize,
    made: usize,
}

/// The merges of the longest word of a text.
pub(crate) fn tree(trained: &Trained, text: &str) -> Tree {
    let word = trained.pre.split(text).max_by_key(|word| word.trim().len()).unwrap_or_default();
    let mut parts = parts(trained, word);
    let drawn = parts.len();
    let all = match trained.bpe.base() {
        Base::Chars => word.chars().count(),
        Base::Bytes(_) => word.len(),
    };
    let symbols = parts.iter().map(|part| part.text.clone()).collect();
    let merges = trained.bpe.merges();
    let ranks: HashMap<(u32, u32), usize> =
        merges.iter().enumerate().map(|(rank, merge)| ((merge.left, merge.right), rank)).collect();
    let mut joins: Vec<Join> = Vec::new();
    while let Some((rank, at)) = lowest(&parts, &ranks) {
        let right = parts.remove(at + 1);
        let left = &mut parts[at];
        let joined = [left.text.clone(), right.text];
        let token = trained.bpe.vocabulary().token(merges[rank].token);
        left.id = Some(merges[rank].token);
        left.text = token.map_or_else(String::new, ToString::to_string);
        left.symbols += right.symbols;
        left.made = joins.len() + 1;
        joins.push(Join { parts: joined, made: made(&parts) });
    }
    Tree { symbols, joins, pieces: parts.into_iter().map(|part| part.text).collect(), cut: all > drawn }
}

fn parts(trained: &Trained, word: &str) -> Vec<Part> {
    let symbols: Vec<Vec<u8>> = match trained.bpe.base() {
        Base::Chars => word.chars().map(|c| c.to_string().into_bytes()).collect(),
        Base::Bytes(_) => word.bytes().map(|byte| vec![byte]).collect(),
    };
    let part = |symbol: &Vec<u8>| Part {
        id: trained.bpe.vocabulary().id(symbol),
        text: Symbol::from(symbol.clone()).to_string(),
        symbols: 1,
        made: 0,
    };
    symbols.iter().take(WIDEST).map(part).collect()
}

/// The merge of the lowest rank, and where it is.
fn lowest(parts: &[Part], ranks: &HashMap<(u32, u32), usize>) -> Option<(usize, usize)> {
    let rank = |pair: &[Part]| ranks.get(&(pair[0].id?, pair[1].id?)).copied();
    parts.windows(2).enumerate().filter_map(|(at, pair)| Some((rank(pair)?, at))).min()
}

fn made(parts: &[Part]) -> Vec<usize> {
    parts.iter().flat_map(|part| std::iter::repeat_n(part.made, part.symbols)).collect()
}
