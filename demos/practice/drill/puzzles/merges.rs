//! The tokens of a word, by replaying a short list of merges.

use concepts::tokenizer::Symbol;
use concepts::tokenizer::bpe::{Base, Bpe, WordEnd};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::super::cut;
use super::super::puzzle::{Drawn, PuzzleKind};
use super::super::quantity::Unit;
use super::{between, one_of};
use crate::kit::text::Text;
use crate::named;

/// How a word is cut.
pub(super) static MERGES: PuzzleKind =
    PuzzleKind { id: "merges", lesson: "tokenization", draw: cut_of_a_word };

type Merge = (String, String);

fn cut_of_a_word(rng: &mut ChaCha8Rng) -> Drawn {
    let letters = one_of(&["ban", "los", "tes", "min", "rea"], rng);
    let letters: Vec<char> = letters.chars().collect();
    let length = between(6, 7, rng);
    let mut word: Vec<char> = (0..length).map(|_| letters[rng.random_range(0..3)]).collect();
    if rng.random_bool(0.5) {
        // Three of a kind: places of a pair that overlap.
        let (place, letter) = (rng.random_range(0..length - 2), letters[rng.random_range(0..3)]);
        word[place..place + 3].fill(letter);
    }
    let symbols: Vec<String> = word.iter().map(char::to_string).collect();
    let merges = learned(&symbols, between(3, 4, rng), rng);
    let (right, way) = replayed(&symbols, &merges);
    let last_first =
        |known: Vec<(usize, usize)>| known.into_iter().max_by_key(|&(rank, i)| (rank, usize::MAX - i));
    let others = [
        ("last-first", by(&symbols, last_first, &merges)),
        ("twice", merges.iter().fold(symbols.clone(), |symbols, pair| overlapping(&symbols, pair))),
        ("one-place", merges.iter().fold(symbols.clone(), |symbols, pair| merged(&symbols, pair, 1))),
    ];
    let in_text_order = by(&symbols, |known| known.into_iter().min_by_key(|&(_, i)| i), &merges);
    let list: Vec<String> =
        merges.iter().enumerate().map(|(i, (a, b))| format!("{}. {a} {b}", i + 1)).collect();
    let values = named![
        word = Text::same(word.iter().collect::<String>()),
        merges = Text::same(list.join(", ")),
        way = Text::same(way.join(" → ")),
        right = Text::same(right.join(" ")),
    ];
    let number = |tokens: &[String]| cut::number(&tokens.join(" ")).unwrap_or(f64::NAN);
    // Who goes by the place is to be caught in each; the others where the word gives the occasion. What two of them
    // answer alike names neither.
    let drawn = Drawn::new(&values, number(&right), Unit::Cut).slip("in-text-order", number(&in_text_order));
    let others = others.map(|(id, tokens)| (id, number(&tokens)));
    let alone = |cut: f64| others.iter().filter(|(_, other)| *other == cut).count() == 1;
    let shown = others.iter().filter(|(_, cut)| *cut != number(&right) && alone(*cut));
    shown.fold(drawn, |drawn, &(id, cut)| drawn.slip(id, cut))
}

/// Merges that can be made in the word, in an order in which they can have been learned: each joins symbols that
/// exist by then. What they are learned from is other text, so that neighbours of the word are only a hint.
fn learned(word: &[String], count: usize, rng: &mut ChaCha8Rng) -> Vec<Merge> {
    let mut merges: Vec<Merge> = Vec::new();
    let mut symbols = word.to_vec();
    for _ in 0..count {
        // Most of them from the word as it was, so that merges compete for a letter.
        let from = if rng.random_bool(0.75) || symbols.len() < 2 { word } else { &symbols[..] };
        let i = rng.random_range(0..from.len() - 1);
        let pair = (from[i].clone(), from[i + 1].clone());
        if !merges.iter().any(|known| format!("{}{}", known.0, known.1) == format!("{}{}", pair.0, pair.1)) {
            symbols = merged(&symbols, &pair, usize::MAX);
            merges.push(pair);
        }
    }
    merges
}

/// The library's answer, and the symbols after each merge of our own.
fn replayed(word: &[String], merges: &[Merge]) -> (Vec<String>, Vec<String>) {
    let joined = merges.iter().map(|(left, right)| format!("{left}{right}"));
    let mut tokens: Vec<Symbol> = Vec::new();
    for token in word.iter().cloned().chain(joined) {
        let token = Symbol::from(token.as_str());
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    }
    let pairs: Vec<_> =
        merges.iter().map(|(a, b)| (Symbol::from(a.as_str()), Symbol::from(b.as_str()))).collect();
    let bpe = Bpe::from_pairs(Base::Chars, WordEnd::Unmarked, tokens, &pairs).expect("symbols that exist");
    let right = bpe.show(&bpe.encode_word_readable(word.concat().as_bytes()).expect("a text"));
    let mut way = vec![word.join(" ")];
    let mut symbols = word.to_vec();
    for pair in merges {
        let next = merged(&symbols, pair, usize::MAX);
        if next != symbols {
            way.push(next.join(" "));
        }
        symbols = next;
    }
    (right, way)
}

/// A pair merged from the left, at no more than some places.
fn merged(symbols: &[String], (left, right): &Merge, places: usize) -> Vec<String> {
    let (mut out, mut i, mut made) = (Vec::new(), 0, 0);
    while i < symbols.len() {
        if made < places && i + 1 < symbols.len() && symbols[i] == *left && symbols[i + 1] == *right {
            out.push(format!("{left}{right}"));
            (i, made) = (i + 2, made + 1);
        } else {
            out.push(symbols[i].clone());
            i += 1;
        }
    }
    out
}

/// A pair merged at every place, also where two places share a symbol: that one stands in both.
fn overlapping(symbols: &[String], (left, right): &Merge) -> Vec<String> {
    let fits = |i: usize| i + 1 < symbols.len() && symbols[i] == *left && symbols[i + 1] == *right;
    let mut out = Vec::new();
    for (i, symbol) in symbols.iter().enumerate() {
        if fits(i) {
            out.push(format!("{left}{right}"));
        } else if i == 0 || !fits(i - 1) {
            out.push(symbol.clone());
        }
    }
    out
}

/// Again and again a pair of the list: which of those that fit, each with its rank and place, is chosen.
fn by(
    word: &[String],
    choose: impl Fn(Vec<(usize, usize)>) -> Option<(usize, usize)>,
    merges: &[Merge],
) -> Vec<String> {
    let mut symbols = word.to_vec();
    loop {
        let rank = |two: &[String]| merges.iter().position(|(a, b)| *a == two[0] && *b == two[1]);
        let known = symbols.windows(2).enumerate().filter_map(|(i, two)| Some((rank(two)?, i)));
        let Some((_, i)) = choose(known.collect()) else { return symbols };
        let right = symbols.remove(i + 1);
        symbols[i] += &right;
    }
}
