//! The corpus of the written answer, merge by merge: exact counts, exact ties, every tie rule.

use std::collections::BTreeMap;

use concepts::tokenizer::bpe::{
    Base, Bpe, BpeOptions, ByteOrder, Pair, Step, TieRule, WordEnd, all_tie_paths, count_words,
    train_readable,
};
use concepts::tokenizer::pretokenize::{Pretokenizer, escape_spaces};
use concepts::tokenizer::{Symbol, TokenizerError};

const CORPUS: &str = "low low low lower lower newest newest newest newest";

fn train(options: &BpeOptions) -> (Vec<Step>, Bpe) {
    train_readable(&count_words(CORPUS.split(' ')), options).expect("the corpus is fine")
}

/// `"w+e 6"`
fn named(pair: &Pair, count: u64) -> String {
    format!("{}+{} {count}", pair.0, pair.1)
}

fn merges(steps: &[Step]) -> Vec<String> {
    steps.iter().map(|step| named(&step.merged, step.count)).collect()
}

fn table(step: &Step) -> Vec<String> {
    step.counts.iter().map(|pair| named(&pair.pair, pair.count)).collect()
}

fn with(tie: TieRule, word_end: WordEnd) -> BpeOptions {
    BpeOptions { tie, word_end, ..BpeOptions::default() }
}

#[test]
fn the_first_tables() {
    let (steps, _) = train(&with(TieRule::First, WordEnd::Unmarked));
    assert_eq!(table(&steps[0]), ["w+e 6", "l+o 5", "o+w 5", "n+e 4", "e+w 4", "e+s 4", "s+t 4", "e+r 2"]);
    assert_eq!(table(&steps[2]), ["n+e 4", "e+we 4", "we+s 4", "s+t 4", "lo+w 3", "lo+we 2", "we+r 2"]);
    let ties: Vec<String> = steps[2].ties.iter().map(|pair| named(pair, 4)).collect();
    assert_eq!(ties, ["n+e 4", "e+we 4", "we+s 4", "s+t 4"]);
    let (steps, _) = train(&with(TieRule::First, WordEnd::Symbol));
    assert_eq!(
        table(&steps[0]),
        [
            "w+e 6", "l+o 5", "o+w 5", "n+e 4", "e+w 4", "e+s 4", "s+t 4", "t+</w> 4", "w+</w> 3", "e+r 2",
            "r+</w> 2"
        ]
    );
    assert_eq!(steps[2].ties.len(), 5);
}

#[test]
fn every_tie_rule() {
    let cases: [(TieRule, &[&str]); 5] = [
        (
            TieRule::First,
            &["w+e 6", "l+o 5", "n+e 4", "ne+we 4", "newe+s 4", "newes+t 4", "lo+w 3", "lo+we 2", "lowe+r 2"],
        ),
        (
            TieRule::SmallestPair,
            &[
                "w+e 6",
                "l+o 5",
                "e+we 4",
                "ewe+s 4",
                "ewes+t 4",
                "n+ewest 4",
                "lo+w 3",
                "lo+we 2",
                "lowe+r 2",
            ],
        ),
        (
            TieRule::LargestPair,
            &["w+e 6", "l+o 5", "we+s 4", "wes+t 4", "n+e 4", "ne+west 4", "lo+w 3", "we+r 2", "lo+wer 2"],
        ),
        (
            TieRule::SmallestIds,
            &["w+e 6", "l+o 5", "e+we 4", "n+ewe 4", "s+t 4", "newe+st 4", "lo+w 3", "we+r 2", "lo+wer 2"],
        ),
        (
            TieRule::ShortestToken,
            &["w+e 6", "l+o 5", "n+e 4", "s+t 4", "ne+we 4", "newe+st 4", "lo+w 3", "we+r 2", "lo+wer 2"],
        ),
    ];
    for (rule, expected) in cases {
        assert_eq!(merges(&train(&with(rule, WordEnd::Unmarked)).0), expected, "{rule:?}");
    }
}

/// The merges of the trainer of sentencepiece 0.2.3 (`model_type="bpe"`, `vocab_size=23`) on the same text,
/// read off its pieces, and what its model with so many makes of "lowest".
#[test]
fn the_shortest_token_is_the_rule_of_sentencepiece() {
    let text = escape_spaces(CORPUS);
    let words = count_words(Pretokenizer::Metaspace.split(&text));
    let with = |merges| BpeOptions { merges, tie: TieRule::ShortestToken, ..BpeOptions::default() };
    let (steps, _) = train_readable(&words, &with(usize::MAX)).expect("the corpus is fine");
    let made: Vec<String> = steps.iter().map(|step| step.token().to_string()).collect();
    let theirs = ["we", "lo", "▁lo", "ne", "st", "▁ne", "west", "▁newest", "▁low", "wer", "▁lower"];
    assert_eq!(made, theirs);
    let cuts = [
        (0, "▁·l·o·w·e·s·t"),
        (1, "▁·l·o·we·s·t"),
        (2, "▁·lo·we·s·t"),
        (3, "▁lo·we·s·t"),
        (5, "▁lo·we·st"),
        (7, "▁lo·west"),
        (11, "▁lo·west"),
    ];
    for (merges, cut) in cuts {
        let bpe = train_readable(&words, &with(merges)).expect("the corpus is fine").1;
        let pieces = bpe.encode_word_readable("▁lowest".as_bytes()).expect("valid text");
        assert_eq!(bpe.show(&pieces).join("·"), cut, "{merges} merges");
    }
}

#[test]
fn the_length_of_a_token_is_that_of_its_text() {
    let options = |base| BpeOptions { base, tie: TieRule::ShortestToken, ..BpeOptions::default() };
    let made = |words: &[(&str, u64)], base| -> Vec<String> {
        let steps = train_readable(words, &options(base)).expect("the corpus is fine").0;
        steps.iter().map(|step| step.token().to_string()).collect()
    };
    // Of equally short ones the smallest comes first, wherever it stands.
    assert_eq!(made(&[("zy", 1), ("ab", 1)], Base::Chars), ["ab", "zy"]);
    // 我 is one character, though three bytes; two bytes of it are two.
    let bytes = Base::Bytes(ByteOrder::Value);
    assert_eq!(made(&[("我", 1), ("xyz", 1)], bytes), ["xy", r"\x88\x91", "我", "xyz"]);
}

#[test]
fn with_the_end_of_word_marked() {
    let (steps, bpe) = train(&with(TieRule::First, WordEnd::Symbol));
    assert_eq!(
        merges(&steps),
        [
            "w+e 6",
            "l+o 5",
            "n+e 4",
            "ne+we 4",
            "newe+s 4",
            "newes+t 4",
            "newest+</w> 4",
            "lo+w 3",
            "low+</w> 3",
            "lo+we 2",
            "lowe+r 2",
            "lower+</w> 2"
        ]
    );
    assert_eq!(steps[7].ties.len(), 2); // lo+w and w+</w>
    let pieces = bpe.encode_word_readable(b"low").expect("valid text");
    assert_eq!(bpe.show(&pieces), ["low</w>"]);
    let (steps, bpe) = train(&with(TieRule::First, WordEnd::Suffix));
    assert_eq!(merges(&steps)[..2], ["w+e 6", "l+o 5"]);
    let pieces = bpe.encode_word_readable(b"lowest").expect("valid text");
    assert_eq!(bpe.show(&pieces).concat(), "lowest</w>");
}

#[test]
fn lowest_under_every_rule() {
    let encoded = |options: &BpeOptions| {
        let bpe = train(options).1;
        bpe.show(&bpe.encode_word_readable(b"lowest").expect("valid text")).join("·")
    };
    for (rule, expected) in [
        (TieRule::First, "lowe·s·t"),
        (TieRule::SmallestPair, "lowe·s·t"),
        (TieRule::LargestPair, "lo·west"),
        (TieRule::SmallestIds, "lo·we·st"),
        (TieRule::ShortestToken, "lo·we·st"),
    ] {
        assert_eq!(encoded(&with(rule, WordEnd::Unmarked)), expected, "{rule:?}");
        let two = BpeOptions { merges: 2, ..with(rule, WordEnd::Unmarked) };
        assert_eq!(encoded(&two), "lo·we·s·t", "{rule:?}");
    }
}

#[test]
fn all_forty_eight_paths() {
    let words = count_words(CORPUS.split(' '));
    let paths = all_tie_paths(&words, &BpeOptions::default(), 48).expect("48 paths");
    assert_eq!(paths.len(), 48);
    let mut created: BTreeMap<String, usize> = BTreeMap::new();
    let mut lowest: BTreeMap<String, usize> = BTreeMap::new();
    let mut alphabet: Vec<Symbol> = CORPUS.split(' ').flat_map(str::chars).map(symbol).collect();
    alphabet.sort();
    alphabet.dedup();
    for path in &paths {
        let mut tokens = alphabet.clone();
        for (left, right) in path {
            tokens.push(left.joined(right));
            *created.entry(left.joined(right).to_string()).or_default() += 1;
        }
        let bpe = Bpe::from_pairs(Base::Chars, WordEnd::Unmarked, tokens, path).expect("a whole model");
        let pieces = bpe.encode_word_readable(b"lowest").expect("valid text");
        *lowest.entry(bpe.show(&pieces).join("·")).or_default() += 1;
    }
    let expected = [
        ("ewe", 16),
        ("ewes", 8),
        ("ewest", 12),
        ("lo", 48),
        ("low", 48),
        ("lowe", 24),
        ("lower", 48),
        ("ne", 24),
        ("newe", 16),
        ("newes", 12),
        ("newest", 48),
        ("st", 24),
        ("we", 48),
        ("wer", 24),
        ("wes", 16),
        ("west", 16),
    ];
    assert_eq!(created, expected.map(|(token, n)| (token.to_owned(), n)).into());
    let expected = [
        ("lowe·st", 8),
        ("lo·west", 16),
        ("lowe·s·t", 4),
        ("lo·we·st", 8),
        ("lo·wes·t", 8),
        ("lo·we·s·t", 4),
    ];
    assert_eq!(lowest, expected.map(|(cut, n)| (cut.to_owned(), n)).into());
    assert_eq!(
        all_tie_paths(&words, &BpeOptions::default(), 47),
        Err(TokenizerError::TooManyPaths { limit: 47 })
    );
}

fn symbol(c: char) -> Symbol {
    Symbol::from(&*c.to_string())
}

#[test]
fn unknown_characters_are_named() {
    let (_, bpe) = train(&BpeOptions::default());
    let pieces = bpe.encode_word_readable(b"zebra").expect("valid text");
    assert_eq!(bpe.show(&pieces), ["[UNK z]", "e", "[UNK b]", "r", "[UNK a]"]);
    let bytes = BpeOptions { base: Base::Bytes(ByteOrder::Value), ..BpeOptions::default() };
    let (_, bpe) = train(&bytes);
    let pieces = bpe.encode_word_readable(b"zebra\xff").expect("any bytes");
    let ids: Vec<u32> = pieces.iter().filter_map(|piece| piece.id()).collect();
    assert_eq!(ids.len(), pieces.len());
    assert_eq!(bpe.decode(&ids).expect("its own ids"), b"zebra\xff");
}

#[test]
fn what_is_refused() {
    let chars = BpeOptions::default();
    let error = train_readable(&[(b"ab\xffc", 1)], &chars).unwrap_err();
    assert!(error.to_string().contains(r"byte 2 of the word ab\xFFc is not UTF-8"), "{error}");
    let marked = BpeOptions { word_end: WordEnd::Symbol, ..chars };
    let error = train_readable(&[("x</w>y", 1)], &marked).unwrap_err();
    assert!(error.to_string().contains("contains the marker </w>"), "{error}");
    assert!(train_readable(&[("x</w>y", 1)], &chars).is_ok());
    assert_eq!(train_readable(&[("ab", u64::MAX)], &chars).unwrap_err(), TokenizerError::TooManySymbols);
}

#[test]
fn nothing_to_merge() {
    let none: [(&str, u64); 0] = [];
    assert!(train_readable(&none, &BpeOptions::default()).expect("empty is fine").0.is_empty());
    assert!(
        train_readable(&[("", 3), ("a", 2), ("bc", 0)], &BpeOptions::default()).expect("fine").0.is_empty()
    );
    let often = BpeOptions { min_count: 5, ..BpeOptions::default() };
    assert_eq!(merges(&train(&often).0), ["w+e 6", "l+o 5"]);
}
