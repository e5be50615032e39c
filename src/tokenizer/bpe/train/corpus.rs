//! The distinct words as one list of symbols, linked so that a merge removes a symbol in one step.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::tokenizer::bpe::words::base_symbols;
use crate::tokenizer::bpe::{BpeOptions, WordCount};
use crate::tokenizer::{Symbol, TokenId, TokenizerError};

/// No symbol, or no neighbour.
pub(super) const NONE: u32 = u32::MAX;

/// A symbol of a word and its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) symbol: TokenId,
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) word: u32,
}

/// All distinct words.
#[derive(Debug)]
pub(super) struct Corpus {
    pub(super) nodes: Vec<Node>,
    /// How often each word occurs.
    pub(super) counts: Vec<u64>,
}

impl Corpus {
    /// Cuts the words into symbols of the alphabet; returns the alphabet by id as well.
    pub(super) fn new<W: AsRef<[u8]>>(
        words: &[WordCount<W>],
        options: &BpeOptions,
    ) -> Result<(Self, Vec<Symbol>), TokenizerError> {
        let bytes: usize = words.iter().map(|(word, _)| word.as_ref().len() + 1).sum();
        if bytes >= NONE as usize {
            return Err(TokenizerError::CorpusTooLarge { bytes, limit: NONE as usize });
        }
        let mut corpus = Corpus { nodes: Vec::with_capacity(bytes), counts: Vec::with_capacity(words.len()) };
        let mut alphabet = Alphabet::new(options);
        for (word, count) in words {
            alphabet.cut(word.as_ref(), options)?;
            corpus.push(&alphabet.word, *count);
        }
        let tokens = alphabet.number(&mut corpus);
        Ok((corpus, tokens))
    }

    fn push(&mut self, symbols: &[TokenId], count: u64) {
        let (first, word) = (self.nodes.len() as u32, self.counts.len() as u32);
        let last = symbols.len().saturating_sub(1);
        for (i, (&symbol, at)) in symbols.iter().zip(first..).enumerate() {
            let before = if i == 0 { NONE } else { at - 1 };
            let after = if i == last { NONE } else { at + 1 };
            self.nodes.push(Node { symbol, before, after, word });
        }
        self.counts.push(count);
    }
}

/// The symbols before any merge. Until all are known they are numbered as they come.
struct Alphabet {
    /// The 256 bytes, if the base is bytes.
    bytes: Option<[TokenId; 256]>,
    symbols: Vec<Symbol>,
    known: usize,
    numbers: FxHashMap<Symbol, TokenId>,
    /// The word that was cut last.
    word: Vec<TokenId>,
}

impl Alphabet {
    fn new(options: &BpeOptions) -> Self {
        let order = options.base.bytes();
        let symbols: Vec<Symbol> = order.iter().flatten().map(|&byte| Symbol::from(vec![byte])).collect();
        let bytes = order.map(|order| {
            let mut ids = [0; 256];
            for (&byte, id) in order.iter().zip(0..) {
                ids[usize::from(byte)] = id;
            }
            ids
        });
        let numbers = symbols.iter().cloned().zip(0..).collect();
        Alphabet { bytes, known: symbols.len(), symbols, numbers, word: Vec::new() }
    }

    /// Cuts a word into symbols.
    fn cut(&mut self, word: &[u8], options: &BpeOptions) -> Result<(), TokenizerError> {
        self.word.clear();
        if let (Some(ids), super::super::WordEnd::Unmarked) = (&self.bytes, options.word_end) {
            self.word.extend(word.iter().map(|&byte| ids[usize::from(byte)]));
            return Ok(());
        }
        for symbol in base_symbols(word, options)? {
            let number = match self.numbers.get(&symbol) {
                Some(&number) => number,
                None => {
                    let number = self.symbols.len() as TokenId;
                    self.symbols.push(symbol.clone());
                    self.numbers.insert(symbol, number);
                    number
                }
            };
            self.word.push(number);
        }
        Ok(())
    }

    /// Numbers the symbols in their order, after the bytes; returns them by id.
    fn number(self, corpus: &mut Corpus) -> Vec<Symbol> {
        let Alphabet { mut symbols, known, .. } = self;
        let others: BTreeMap<Symbol, usize> = symbols.drain(known..).zip(known..).collect();
        let mut ids: Vec<TokenId> = (0..(known + others.len()) as TokenId).collect();
        for (symbol, number) in others {
            ids[number] = symbols.len() as TokenId;
            symbols.push(symbol);
        }
        for node in &mut corpus.nodes {
            node.symbol = ids[node.symbol as usize];
        }
        symbols
    }
}
