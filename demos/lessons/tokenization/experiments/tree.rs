//! How merges put one word together.

use std::collections::HashMap;

use concepts::tokenizer::bpe::{Base, Merge};

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
}

/// One merge.
#[derive(Debug, Clone)]
pub(crate) struct Join {
    pub token: String,
    /// 1 for the first merge of this word.
    pub step: usize,
    /// Place and height of the two parts.
    pub parts: [(f64, f64); 2],
}

/// A part of the word, with its place in the picture.
#[derive(Debug, Clone)]
struct Part {
    id: Option<u32>,
    text: String,
    place: f64,
    height: f64,
}

/// The merges of the longest word of a text.
pub(crate) fn tree(trained: &Trained, text: &str) -> Tree {
    let word = trained.pre.split(text).max_by_key(|word| word.trim().len()).unwrap_or_default();
    let mut parts = parts(trained, word);
    let symbols = parts.iter().map(|part| part.text.clone()).collect();
    let merges = trained.bpe.merges();
    let ranks: HashMap<(u32, u32), usize> =
        merges.iter().enumerate().map(|(rank, merge)| ((merge.left, merge.right), rank)).collect();
    let mut joins: Vec<Join> = Vec::new();
    while let Some((rank, at)) = lowest(&parts, &ranks) {
        let joined = join(trained, &merges[rank], &parts[at], &parts[at + 1], joins.len() + 1);
        joins.push(Join {
            token: joined.text.clone(),
            step: joins.len() + 1,
            parts: [(parts[at].place, parts[at].height), (parts[at + 1].place, parts[at + 1].height)],
        });
        parts[at] = joined;
        parts.remove(at + 1);
    }
    Tree { symbols, joins, pieces: parts.into_iter().map(|part| part.text).collect() }
}

fn parts(trained: &Trained, word: &str) -> Vec<Part> {
    let symbols: Vec<Vec<u8>> = match trained.bpe.base() {
        Base::Chars => word.chars().map(|c| c.to_string().into_bytes()).collect(),
        Base::Bytes(_) => word.bytes().map(|byte| vec![byte]).collect(),
    };
    let part = |(i, symbol): (usize, &Vec<u8>)| Part {
        id: trained.bpe.vocabulary().id(symbol),
        text: concepts::tokenizer::Symbol::from(symbol.clone()).to_string(),
        place: (i + 1) as f64,
        height: 0.0,
    };
    symbols.iter().take(WIDEST).enumerate().map(part).collect()
}

/// The merge of the lowest rank, and where it is.
fn lowest(parts: &[Part], ranks: &HashMap<(u32, u32), usize>) -> Option<(usize, usize)> {
    let rank = |pair: &[Part]| ranks.get(&(pair[0].id?, pair[1].id?)).copied();
    parts.windows(2).enumerate().filter_map(|(at, pair)| Some((rank(pair)?, at))).min()
}

fn join(trained: &Trained, merge: &Merge, left: &Part, right: &Part, step: usize) -> Part {
    let token = trained.bpe.vocabulary().token(merge.token);
    Part {
        id: Some(merge.token),
        text: token.map_or_else(String::new, ToString::to_string),
        place: f64::midpoint(left.place, right.place),
        height: step as f64,
    }
}
