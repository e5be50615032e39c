//! Single parts of a `tokenizer.json` beside Hugging Face's tokenizers, and on any text.
//!
//! The reference numbers are in `tests/fixtures/tokenizer`, with `parts.py`, which made them.

use std::ops::Range;
use std::sync::LazyLock;

use concepts::tokenizer::files::{from_json, to_json};
use concepts::tokenizer::{Allowed, Encoding, Tokenizer};
use proptest::prelude::*;
use serde_json::Value;

const ADDED: &str = include_str!("fixtures/tokenizer/added.json");

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
                check_places(name, text, &encoding, &numbers(&case["offsets"][i]));
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

static TOKENIZERS: LazyLock<Vec<Tokenizer>> = LazyLock::new(|| tokenizers(ADDED));

fn tokenizers(fixture: &str) -> Vec<Tokenizer> {
    files(&serde_json::from_str(fixture).unwrap()).iter().map(|file| from_json(file).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

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
