//! The code for the whiteboard, held to the library: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`bpe_train`] | learning the merges |
//! | [`bpe_encode`] | replaying them on a word |
//! | [`wordpiece`] | the longest match |
//! | [`unigram`] | the most probable cut |

// The files are shown as they stand; whoever takes one along makes its functions public.
#![allow(unreachable_pub)]

mod bpe_encode;
mod bpe_train;
mod unigram;
mod wordpiece;

use std::collections::HashMap;

use concepts::numerics::rng;
use concepts::tokenizer::bpe::{Pair, TieRule, WordCount, WordEnd};
use concepts::tokenizer::unigram::Unigram;
use concepts::tokenizer::wordpiece::WordPiece;
use rand::Rng;
use serde_json::json;

use super::experiments::learned::tied_corpora;
use super::experiments::whiteboard::{CORPUS, Cut, cut, merges, options};
use crate::kit::whiteboard::python;

/// The library's merges, as strings.
fn library(words: &[WordCount<&str>]) -> Vec<(String, String)> {
    let text = |(left, right): Pair| (left.to_string(), right.to_string());
    merges(words, &options(TieRule::First, WordEnd::Unmarked)).into_iter().map(text).collect()
}

#[test]
fn bpe_learns_the_same_merges() {
    let tied = tied_corpora(7);
    let corpora = tied.iter().map(|words| words.iter().map(|(word, n)| (word.as_str(), *n)).collect());
    for words in corpora.chain([CORPUS.to_vec()]) {
        // a word that stands there twice would be one entry of a dictionary
        let mut words: Vec<WordCount<&str>> = words;
        let mut seen = Vec::new();
        words.retain(|(word, _)| !seen.contains(word) && (seen.push(*word), true).1);
        let expected = library(&words);
        assert_eq!(bpe_train::bpe_train(&words, 1000), expected);
        assert_eq!(bpe_train::bpe_train(&words, 3), expected[..expected.len().min(3)]);
        let call = "bpe_train(dict(args[0]), args[1])";
        let learned = python(include_str!("bpe_train.py"), call, &json!([words, 1000]));
        assert!(learned.is_none_or(|learned| learned == json!(expected)));
    }
}

#[test]
fn bpe_replays_the_merges_in_the_same_order() {
    let pairs = merges(&CORPUS, &options(TieRule::First, WordEnd::Unmarked));
    let learned = library(&CORPUS);
    for word in ["lowest", "newer", "lower", "wenewest", "lolow", "o"] {
        let expected = cut(&pairs, word, Cut::ByRank);
        assert_eq!(bpe_encode::bpe_encode(word, &learned), expected);
        let pieces = python(include_str!("bpe_encode.py"), "bpe_encode(*args)", &json!([word, learned]));
        assert!(pieces.is_none_or(|pieces| pieces == json!(expected)));
    }
}

#[test]
fn wordpiece_takes_the_same_pieces() {
    let vocabulary = ["[UNK]", "play", "##ing", "##i", "##ng", "playing", "low", "##er", "##e", "我", "##爱"];
    let model = WordPiece::new(vocabulary.map(String::from).to_vec(), "[UNK]").unwrap();
    for word in ["playing", "plays", "lower", "lowering", "lowe", "我爱", "爱"] {
        let expected = model.cut(word);
        assert_eq!(wordpiece::wordpiece(word, &vocabulary, "[UNK]"), expected);
        let source = include_str!("wordpiece.py");
        let pieces = python(source, "wordpiece(args[0], set(args[1]))", &json!([word, vocabulary]));
        assert!(pieces.is_none_or(|pieces| pieces == json!(expected)));
    }
}

#[test]
fn unigram_finds_the_same_cut() {
    let mut rng = rng(7, "whiteboard unigram");
    let pieces = ["a", "b", "c", "ab", "bc", "ca", "abc", "bca", "aa", "cab"];
    for _ in 0..20 {
        let scored: Vec<(String, f64)> =
            pieces.iter().map(|piece| (piece.to_string(), -10.0 * rng.random::<f64>())).collect();
        let log_p: HashMap<String, f64> = scored.iter().cloned().collect();
        let model = Unigram::new(scored, None).unwrap();
        let words = ["abcabc", "aabbcc", "cabca", "b"];
        let expected = words.map(|word| model.text(&model.best(word)));
        for (word, expected) in words.iter().zip(&expected) {
            assert_eq!(unigram::unigram(word, &log_p).unwrap(), *expected);
        }
        let call = "[unigram(word, args[1]) for word in args[0]]";
        let cuts = python(include_str!("unigram.py"), call, &json!([words, log_p]));
        assert!(cuts.is_none_or(|cuts| cuts == json!(expected)));
    }
    assert_eq!(unigram::unigram("ad", &HashMap::from([("a".into(), -1.0)])), None);
}
