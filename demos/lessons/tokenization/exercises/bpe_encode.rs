//! Cutting a word by replaying merges.

use concepts::numerics::rng;
use concepts::tokenizer::Symbol;
use concepts::tokenizer::bpe::{Base, Bpe, WordEnd};
use rand::Rng;
use serde_json::json;

use super::{WORDS, characters, merge, two};
use crate::kit::exercise::value::Value;
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "bpe-encode",
    words: &WORDS,
    section: "4",
    takes: &[Field::new("word", Form::Text, ""), Field::new("merges", Form::Texts, "m")],
    gives: &[Field::new("tokens", Form::Texts, "n")],
    solve,
    right,
    flaws: &[
        Flaw::of("longest-match", "C10"),
        Flaw::of("leftmost", "C10"),
        Flaw::new("rightmost"),
        Flaw::of("rank-turned", "C10"),
        Flaw::new("first-place-only"),
        Flaw::new("plain-replace"),
        Flaw::new("one-merge"),
    ],
    cases,
    twin: Twin::Whiteboard("bpe_encode"),
    follow_ups: ["bpe-train", "wordpiece"],
};

fn right(given: &Given) -> Value {
    let (word, merges) = (given.text("word"), given.texts("merges"));
    let pairs: Vec<(String, String)> = merges.iter().map(|pair| two(pair)).collect();
    // Every character, then what each merge makes.
    let mut tokens: Vec<String> = characters(word);
    tokens.extend(merges.iter().flat_map(|pair| characters(&pair.replace(' ', ""))));
    tokens.extend(pairs.iter().map(|(left, right)| format!("{left}{right}")));
    let mut distinct: Vec<Symbol> = Vec::new();
    for token in &tokens {
        let token = Symbol::from(token.as_str());
        if !distinct.contains(&token) {
            distinct.push(token);
        }
    }
    let symbols =
        |(left, right): &(String, String)| (Symbol::from(left.as_str()), Symbol::from(right.as_str()));
    let pairs: Vec<_> = pairs.iter().map(symbols).collect();
    let bpe = Bpe::from_pairs(Base::Chars, WordEnd::Unmarked, distinct, &pairs).expect("the cases fit");
    let pieces = bpe.encode_word_readable(word.as_bytes()).expect("a text");
    json!(bpe.show(&pieces))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let word = given.text("word");
    let merges: Vec<(String, String)> = given.texts("merges").iter().map(|pair| two(pair)).collect();
    if flaws.has("longest-match") {
        return Solution::new(json!(longest_match(word, &merges)));
    }
    let mut symbols = characters(word);
    if flaws.has("first-place-only") || flaws.has("plain-replace") {
        // Merge after merge over the whole word, in the order learned.
        for pair in &merges {
            symbols = merge(&symbols, pair, flaws);
        }
        symbols.retain(|symbol| !symbol.is_empty());
        return Solution::new(json!(symbols));
    }
    let mut made = Vec::new();
    while let Some(i) = next(&symbols, &merges, flaws) {
        let right = symbols.remove(i + 1);
        symbols[i] += &right;
        made.push(symbols[i].clone());
        if flaws.has("one-merge") {
            break;
        }
    }
    Solution::new(json!(symbols)).step("made", json!(made))
}

/// Where the next merge is.
fn next(symbols: &[String], merges: &[(String, String)], flaws: &Flaws) -> Option<usize> {
    let rank = |two: &[String]| merges.iter().position(|(left, right)| *left == two[0] && *right == two[1]);
    let mut known: Vec<(usize, usize)> =
        symbols.windows(2).enumerate().filter_map(|(i, two)| Some((rank(two)?, i))).collect();
    known.sort_unstable();
    let chosen = if flaws.has("leftmost") {
        known.iter().min_by_key(|(_, i)| *i)
    } else if flaws.has("rank-turned") {
        known.iter().max_by_key(|(rank, i)| (*rank, std::cmp::Reverse(*i)))
    } else if flaws.has("rightmost") {
        known.iter().min_by_key(|(rank, i)| (*rank, std::cmp::Reverse(*i)))
    } else {
        known.first()
    };
    chosen.map(|(_, i)| *i)
}

/// From the left, again and again the longest token that fits.
fn longest_match(word: &str, merges: &[(String, String)]) -> Vec<String> {
    let known: Vec<String> = merges.iter().map(|(left, right)| format!("{left}{right}")).collect();
    let (mut out, mut rest) = (Vec::new(), word);
    while let Some(first) = rest.chars().next() {
        let fits = known.iter().filter(|token| rest.starts_with(token.as_str()));
        let token = fits.max_by_key(|token| token.len()).cloned().unwrap_or_else(|| first.to_string());
        rest = &rest[token.len()..];
        out.push(token);
    }
    out
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise bpe-encode");
    let of = |word: &str, merges: &[&str]| json!({ "word": word, "merges": merges });
    let mut drawn = |length: usize, steps: usize| {
        // Merges that another text has taught, as they are learned: each of two symbols that exist by then.
        let mut symbols: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        let mut merges: Vec<String> = Vec::new();
        while merges.len() < steps {
            let [left, right] = [(); 2].map(|()| symbols[rng.random_range(0..symbols.len().min(6))].clone());
            let token = format!("{left}{right}");
            if !symbols.contains(&token) {
                merges.push(format!("{left} {right}"));
                symbols.push(token);
            }
        }
        let word: String = (0..length).map(|_| ['a', 'b', 'c'][rng.random_range(0..3)]).collect();
        json!({ "word": word, "merges": merges })
    };
    vec![
        Case::hand(of("lowest", &["l o", "lo w", "e s", "es t"])),
        Case::hand(of("abc", &["b c", "a b"])),
        Case::drawn(drawn(8, 4)),
        Case::drawn(drawn(14, 6)),
        Case::drawn(drawn(20, 9)),
        Case::edge("one-character", of("a", &["a b"])),
        Case::edge("same-letters", of("aaaaa", &["a a", "aa a"])),
        Case::edge("longer-token", of("abcd", &["b c", "a b", "bc d", "ab c"])),
        Case::edge("inside-symbol", of("bacabab", &["c a", "a b"])),
        Case::edge("repeats", of("papapa", &["p a"])),
        Case::edge("four-bytes", of("😀𝒳好😀𝒳", &["𝒳 好", "😀 𝒳", "😀 𝒳好"])),
        Case::edge("empty-text", of("", &["a b"])),
    ]
}
