//! Single parts of a `tokenizer.json` beside Hugging Face's tokenizers, and on any text.
//!
//! The reference numbers are in `tests/fixtures/tokenizer`, with `parts.py`, which made them.

use std::ops::Range;
use std::sync::LazyLock;

use concepts::tokenizer::files::{from_json, to_json};
use concepts::tokenizer::pretokenize::{Behavior, PatternError, Split};
use concepts::tokenizer::{Allowed, Charsmap, Decoder, Encoding, Normalize, Spaces, Tokenizer};
use proptest::prelude::*;
use serde_json::Value;

const TABLES: &str = include_str!("../../fixtures/tokenizer/tables.json");
const CUTS: &str = include_str!("../../fixtures/tokenizer/cuts.json");
const ADDED: &str = include_str!("../../fixtures/tokenizer/added.json");

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn numbers(value: &Value) -> Vec<u32> {
    list(value).iter().map(|id| u32::try_from(id.as_u64().unwrap()).unwrap()).collect()
}

/// The whole `tokenizer.json` of each case of a fixture.
fn files(fixture: &Value) -> Vec<String> {
    let file = |case: &Value| {
        let mut file = case["around"].clone();
        file["model"] = fixture["models"][case["model"].as_str().unwrap()].clone();
        file.to_string()
    };
    list(&fixture["cases"]).iter().map(file).collect()
}

/// Every case of a fixture as read, and as written and read again.
fn check(fixture: &str, cases: usize) {
    let fixture: Value = serde_json::from_str(fixture).unwrap();
    assert_eq!(list(&fixture["cases"]).len(), cases);
    for (case, file) in list(&fixture["cases"]).iter().zip(files(&fixture)) {
        let name = case["name"].as_str().unwrap();
        let read = from_json(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = from_json(&to_json(&read).unwrap()).unwrap();
        for tokenizer in [read, written] {
            for (i, text) in list(&fixture["texts"]).iter().enumerate() {
                let text = text.as_str().unwrap();
                let encoding = tokenizer.encode_with(text, Allowed::All).unwrap();
                let names = &encoding.tokens;
                assert_eq!(encoding.ids, numbers(&case["ids"][i]), "{name}: {text:?} {names:?}");
                if let Some(offsets) = case.get("offsets") {
                    check_places(name, text, &encoding, &numbers(&offsets[i]));
                }
                if let Some(outside) = case.get("ids_from_outside") {
                    let ids = tokenizer.ids(text, Allowed::None).unwrap();
                    assert_eq!(ids, numbers(&outside[i]), "{name}, from outside: {text:?}");
                }
            }
        }
    }
}

/// Offsets are bytes here and characters there; what was put in comes from nowhere here, and from the
/// character beside it there.
fn check_places(name: &str, text: &str, encoding: &Encoding, wanted: &[u32]) {
    for (j, bytes) in encoding.offsets.iter().enumerate().filter(|(_, bytes)| !bytes.is_empty()) {
        let token = &encoding.tokens[j];
        assert_eq!(
            characters(text, bytes),
            wanted[2 * j..2 * j + 2],
            "{name}: {text:?}, token {j} {token:?}"
        );
    }
}

/// The characters to which these bytes belong.
fn characters(text: &str, bytes: &Range<usize>) -> [u32; 2] {
    let start = text.char_indices().filter(|(at, c)| at + c.len_utf8() <= bytes.start).count();
    let end = text.char_indices().filter(|(at, _)| *at < bytes.end).count();
    [start as u32, end as u32]
}

#[test]
fn added_tokens_take_whitespace_along_as_in_hugging_face() {
    check(ADDED, 4);
}

#[test]
fn tables_of_replacements_are_read_as_in_hugging_face() {
    check(TABLES, 6);
}

#[test]
fn no_damage_to_a_table_makes_it_panic() {
    let file = &files(&serde_json::from_str(TABLES).unwrap())[0];
    let Normalize::Precompiled(table) = from_json(file).unwrap().normalize()[0].clone() else { panic!() };
    let bytes = table.to_bytes();
    for at in 0..bytes.len() {
        assert!(at >= 4 || Charsmap::new(&bytes[..at]).is_err());
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x15;
        if let Ok(table) = Charsmap::new(&damaged) {
            let _ = Normalize::Precompiled(table).apply("ab ﬁ e\u{301} 가 👍🏽 ①");
        }
    }
}

#[test]
fn cuts_are_those_of_hugging_face() {
    check(CUTS, 37);
}

#[test]
fn escapes_match_the_characters_that_they_match_in_hugging_face() {
    let everything: String = (0..=0x10FFFF).filter_map(char::from_u32).collect();
    let fixture: Value = serde_json::from_str(CUTS).unwrap();
    for (escape, wanted) in fixture["matched"].as_object().unwrap() {
        let split = Split::regex(escape, Behavior::Removed, true).unwrap();
        let words = split.ranges(&everything).unwrap();
        let codes: u64 = words
            .iter()
            .map(|word| u64::from(u32::from(everything[word.clone()].chars().next().unwrap())))
            .sum();
        assert_eq!(
            [words.len() as u64, codes],
            [wanted[0].as_u64().unwrap(), wanted[1].as_u64().unwrap()],
            "{escape}"
        );
    }
}

#[test]
fn a_pattern_that_would_cut_elsewhere_or_never_end_is_an_error() {
    let new = |pattern: &str| Split::regex(pattern, Behavior::Isolated, false);
    for unlike in [
        r"[\b]",
        r"(a)\1",
        r"\p{Emoji_Modifier}",
        r"\p{^L}",
        r"\pL",
        r"[[:alpha:]]",
        r"[a[b]]",
        r"[a&&b]",
        r"[]a]",
        r"a(?m).",
        r"(?s).",
        r"(?i)[\p{L}]",
        r"(?i)é",
        r"(?i)a\b",
        r"(?:^|a)+",
        r"a(?i)b",
        r"(?x)a",
        r"(?i:straße)",
        r"(?i:ss)",
        r"(?i:(a))",
        r"a{b",
        r"a{9999}",
        r"\xE9",
        r"\x{41}",
        r"\K",
        r"\Z",
        r"a+*",
        r"(?:a*)+",
        r"(?:a?|b){2}",
        r"a{2}?",
        r"a{0,2}+",
        &"a".repeat(10_001),
    ] {
        assert!(matches!(new(unlike), Err(PatternError::Unlike { .. })), "{unlike}");
    }
    for invalid in ["(", "a)", "[a", "[z-a]", "*", "(?<=", "a{3,2}"] {
        assert!(new(invalid).is_err(), "{invalid}");
    }
    assert!(Split::text("", Behavior::Isolated, false).is_err());
    let slow = new(r"(?:(?=a)a+)+[bc]").unwrap();
    assert!(matches!(slow.ranges(&format!("{} c", "a".repeat(60))), Err(PatternError::TooSlow { .. })));
    let file = CUT_FILES.iter().find(|file| file.contains("\\\\p{N}")).unwrap();
    let error = from_json(&file.replacen(r"\\p{N}", r"\\w(", 1)).unwrap_err().to_string();
    assert!(error.contains("pre_tokenizer.pattern.Regex"), "{error}");
}

static CUT_FILES: LazyLock<Vec<String>> = LazyLock::new(|| files(&serde_json::from_str(CUTS).unwrap()));
static CUT: LazyLock<Vec<Tokenizer>> = LazyLock::new(|| tokenizers(CUTS));
static TOKENIZERS: LazyLock<Vec<Tokenizer>> = LazyLock::new(|| tokenizers(ADDED));

fn tokenizers(fixture: &str) -> Vec<Tokenizer> {
    files(&serde_json::from_str(fixture).unwrap()).iter().map(|file| from_json(file).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// What is cut without a loss comes back; what is cut with one lies in the text.
    #[test]
    fn any_text_is_cut_and_comes_back(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        for tokenizer in CUT.iter() {
            let encoding = tokenizer.encode(&text).unwrap();
            let is_bytes = tokenizer.model().is_byte_level();
            let mut end = 0;
            for range in &encoding.offsets {
                prop_assert!(range.end <= text.len() && (is_bytes || text.get(range.clone()).is_some()));
                prop_assert!(range.is_empty() || range.start >= end);
                end = end.max(range.end);
            }
            if is_bytes && tokenizer.spaces() == Spaces::Kept {
                let tokenizer = tokenizer.clone().with_decoder(Decoder::Bytes);
                prop_assert_eq!(&tokenizer.decode(&encoding.ids).unwrap(), &text);
                let ids = tokenizer.encode_bytes(&bytes).unwrap();
                prop_assert_eq!(&tokenizer.decode_bytes(&ids).unwrap(), &bytes);
            }
        }
    }

    /// Offsets cover the text from beginning to end where nothing is lost, whatever stands beside what.
    #[test]
    fn tokens_with_their_whitespace_cover_the_text(text in "([ \\t\u{3000}a_😀]|<m>|<r>|<b>|<w>|sun|<p>){0,12}") {
        // The case of bytes; its last token begins with a space, which another may have taken.
        let tokenizer = &TOKENIZERS[2];
        for allowed in [Allowed::All, Allowed::None] {
            let encoding = tokenizer.encode_with(&text, allowed).unwrap();
            let mut end = 0;
            for range in &encoding.offsets {
                prop_assert_eq!(range.start, end);
                end = range.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
