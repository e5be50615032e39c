//! The hand-written splitters against the regular expressions that they stand for.

use concepts::tokenizer::pretokenize::{
    BertNormalizer, Pattern, Pretokenizer, escape_spaces, unescape_spaces,
};
use fancy_regex::Regex;
use proptest::prelude::*;
use std::sync::LazyLock;

const PATTERNS: [Pretokenizer; 3] = [Pretokenizer::Gpt2, Pretokenizer::Cl100k, Pretokenizer::Qwen];
const ALL: [Pretokenizer; 7] = [
    Pretokenizer::None,
    Pretokenizer::Whitespace,
    Pretokenizer::Metaspace,
    Pretokenizer::Gpt2,
    Pretokenizer::Cl100k,
    Pretokenizer::Qwen,
    Pretokenizer::Bert,
];

static REGEXES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    PATTERNS.map(|how| Regex::new(how.regex().expect("it has a pattern")).expect("a valid pattern"))
});

/// Patterns that files bring along, which end as those do: of GPT-4o, of Qwen 3.5, of DeepSeek V3 without its first list
/// of signs; one whose beginning takes whitespace, and one that looks ahead elsewhere too.
const BROUGHT: [&str; 5] = [
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"[!',.1][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"\t{2}|  |\w+|\s+(?!\S)|\s+",
    r"\s(?=a)|\w|\s+(?!\S)|\s+",
];

static BROUGHT_AS_THEY_ARE: LazyLock<[Regex; 5]> =
    LazyLock::new(|| BROUGHT.map(|pattern| Regex::new(pattern).expect("a valid pattern")));

static BROUGHT_HERE: LazyLock<[Pattern; 5]> =
    LazyLock::new(|| BROUGHT.map(|pattern| Pattern::tiktoken(pattern).expect("a valid pattern")));

/// The words of a text, by hand and by the expression.
fn both(which: usize, text: &str) -> (Vec<&str>, Vec<&str>) {
    let found = REGEXES[which].find_iter(text).map(|found| found.expect("no limit is met").as_str());
    (PATTERNS[which].split(text).collect(), found.collect())
}

fn check(text: &str) {
    for which in 0..PATTERNS.len() {
        let (hand, regex) = both(which, text);
        // Only the first difference: some of these texts are long.
        let differing = hand.iter().zip(&regex).find(|(hand, regex)| hand != regex);
        assert_eq!(differing, None, "{:?}", PATTERNS[which]);
        assert_eq!(hand.len(), regex.len(), "{:?}", PATTERNS[which]);
    }
}

/// Pieces that patterns trip over.
fn tricky() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "'s", "'S", "'ll", "'LL", "'lL", "'re", "'ve", "'v", "'d", "'m", "'t", "'", "''", "'ſ", "ſ", "K",
            "'x", "can't", "I'll", "we'RE",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            " ", "  ", "   ", "\n", "\r\n", "\n\n", " \n", "\n ", "\t", "\u{a0}", "\u{3000}", "\u{2028}",
            "\u{85}", "\u{b}", "\u{200b}", "\r",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            "a", "Word", "é", "e\u{301}", "我", "我们爱", "ß", "ﬁ", "ǅ", "ʰ", "ا", "हिन्दी", "ไทย", "한국", "ひらがな",
            "𝔘", "ª",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            "0", "12", "345", "6789", "１", "٣", "Ⅷ", "½", "²", "௧", "〇",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            ".", "...", "!?", "，", "。", "🙂", "👩‍👩‍👧", "🇨🇳", "\u{301}", "\u{20dd}", "$", "_", "//", "{}", "\0",
            "\u{feff}", "\u{e000}", "▁", "\u{10ffff}",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => any::<char>().prop_filter("a character of the first plane", |&c| c < '\u{3000}').prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn patterns_without_looking_ahead_match_where_they_match(text in tricky()) {
        for (pattern, whole) in BROUGHT_HERE.iter().zip(&*BROUGHT_AS_THEY_ARE) {
            let wanted: Vec<_> = whole.find_iter(&text).map(|found| found.unwrap().range()).collect();
            prop_assert_eq!(pattern.places(&text).unwrap(), wanted, "{} in {:?}", pattern.as_str(), text);
        }
    }

    #[test]
    fn equal_to_the_expressions(text in tricky()) {
        for which in 0..PATTERNS.len() {
            let (hand, regex) = both(which, &text);
            prop_assert_eq!(hand, regex, "{:?}", PATTERNS[which]);
        }
    }

    /// Long stretches of ASCII, which are read 64 bytes at a time.
    #[test]
    fn equal_on_ascii(text in "[a-cA-C '0-9.\n\t]{0,40}|[ -~\n]{0,300}|([a-z]{1,9}('(s|ll|re|x|))? {0,3}|é){0,60}") {
        for which in 0..PATTERNS.len() {
            let (hand, regex) = both(which, &text);
            prop_assert_eq!(hand, regex, "{:?}", PATTERNS[which]);
        }
    }

    #[test]
    fn equal_on_any_text(text in any::<String>()) {
        for which in 0..PATTERNS.len() {
            let (hand, regex) = both(which, &text);
            prop_assert_eq!(hand, regex, "{:?}", PATTERNS[which]);
        }
    }

    #[test]
    fn nothing_is_lost(text in tricky()) {
        for how in ALL {
            let words: Vec<&str> = how.split(&text).collect();
            prop_assert!(words.iter().all(|word| !word.is_empty()));
            if how.is_lossless() {
                prop_assert_eq!(words.concat(), text.as_str());
            } else {
                let kept: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(words.concat(), kept);
            }
        }
    }

    #[test]
    fn a_safe_cut_moves_no_word(text in tricky(), from in 0usize..60) {
        for how in ALL {
            let at = how.safe_cut(&text, from);
            let parts: Vec<&str> = how.split(&text[..at]).chain(how.split(&text[at..])).collect();
            prop_assert_eq!(parts, how.split(&text).collect::<Vec<_>>(), "{:?} at {}", how, at);
        }
    }

    #[test]
    fn bytes_are_never_lost(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        for how in PATTERNS {
            prop_assert_eq!(how.split_bytes(&bytes).collect::<Vec<_>>().concat(), bytes.as_slice());
        }
    }

    #[test]
    fn spaces_come_back(text in "[ a-c我\n]{0,20}") {
        prop_assert_eq!(unescape_spaces(&escape_spaces(&text)), text);
    }
}

/// No character is in another class than in the expressions. Of the planes that Unicode leaves empty a
/// sample will do.
#[test]
fn every_character() {
    let mut text = String::new();
    for c in
        (0..=0x10FFFF).filter(|&c| c < 0x34000 || c % 251 == 0 || c >> 8 == 0xE01).filter_map(char::from_u32)
    {
        // Letters, numbers, whitespace and signs are each cut in another way between a letter and a number.
        text.push(c);
        text.push_str("a1");
    }
    check(&text);
}

#[test]
fn texts_of_this_project() {
    for text in [
        include_str!("../../../README.md"),
        include_str!("../../../README.zh.md"),
        include_str!("../../../demos/lessons/attention/lesson.zh.md"),
        include_str!("../../../demos/lessons/attention/lesson.en.md"),
        include_str!("pretokenize.rs"),
    ] {
        check(text);
    }
}

#[test]
fn long_runs() {
    for unit in [" ", "\n", " \n", "a", "我", "1", ".", "'s", "\r\n ", "a ", "🙂"] {
        check(&unit.repeat(2000));
        check(&(unit.repeat(2000) + "x"));
        // The end of the text, and a sign, at every place of a block.
        for n in 0..200 {
            check(&unit.repeat(n));
            check(&format!("{}'{}", unit.repeat(n), "ll a  b\n\nc".repeat(9)));
        }
    }
}

#[test]
fn bert_like_the_original() {
    let cut = |text: &str| {
        let text = BertNormalizer::default().normalize(text);
        Pretokenizer::Bert.split(&text).collect::<Vec<_>>().join("|")
    };
    // The cases of BERT's own tests.
    assert_eq!(cut(" \tHeLLo!how  \n Are yoU?  "), "hello|!|how|are|you|?");
    assert_eq!(cut("H\u{e9}llo"), "hello");
    assert_eq!(cut("ah\u{535A}\u{63A8}zz"), "ah|\u{535A}|\u{63A8}|zz");
    assert_eq!(cut("a\u{0}b\u{FFFD}c\u{200d}d $5"), "abcd|$|5");
}
