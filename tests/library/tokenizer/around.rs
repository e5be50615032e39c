//! What few files have, and what surprises in those that have it, beside Hugging Face's tokenizers.
//!
//! The reference numbers are in `tests/fixtures/tokenizer/around.json`, with `around.py`, which made them.

use concepts::tokenizer::Allowed;
use concepts::tokenizer::files::{from_json, to_json};
use concepts::tokenizer::pretokenize::Cut;
use serde_json::Value;

const AROUND: &str = include_str!("../../fixtures/tokenizer/around.json");

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn numbers(value: &Value) -> Vec<u32> {
    list(value).iter().map(|id| u32::try_from(id.as_u64().unwrap()).unwrap()).collect()
}

#[test]
fn ids_and_texts_are_those_of_hugging_face() {
    let fixture: Value = serde_json::from_str(AROUND).unwrap();
    let cases = list(&fixture["cases"]);
    assert!(cases.len() > 20);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let read = from_json(&case["file"].to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = from_json(&to_json(&read).unwrap()).unwrap();
        for tokenizer in [read, written] {
            for (text, wanted) in list(&fixture["texts"]).iter().zip(list(&case["ids"])) {
                let text = text.as_str().unwrap();
                let ids = tokenizer.framed(&tokenizer.ids(text, Allowed::All).unwrap());
                assert_eq!(ids, numbers(wanted), "{name}: {text:?}");
            }
            for pair in list(&case["decoded"]) {
                let text = tokenizer.decode(&numbers(&pair[0])).unwrap();
                assert_eq!(text, pair[1].as_str().unwrap(), "{name}: {}", pair[0]);
            }
        }
    }
}

/// The scripts of all characters, told apart as from outside: two characters of one script, or with none, are one word.
#[test]
fn every_character_is_of_the_script_that_it_is_of_in_hugging_face() {
    let same = |one: char, other: char| {
        let text = String::from_iter([one, other]);
        matches!(&Cut::Scripts.ranges(&text).unwrap()[..], [word] if *word == (0..text.len()))
    };
    let mut found: Vec<(Option<char>, u64, u64)> = vec![(None, 0, 0)];
    let mut last = 0;
    for c in (0..=0x10FFFF).filter_map(char::from_u32) {
        let is_of = |place: usize| found[place].0.is_some_and(|first| same(first, c));
        let place = match c {
            c if same('A', c) && same('α', c) => 0,
            _ if is_of(last) => last,
            _ => (1..found.len()).find(|&place| is_of(place)).unwrap_or(found.len()),
        };
        if place == found.len() {
            found.push((Some(c), 0, 0));
        }
        found[place].1 += 1;
        found[place].2 += u64::from(u32::from(c));
        last = place;
    }
    let fixture: Value = serde_json::from_str(AROUND).unwrap();
    let wanted = list(&fixture["scripts"]).iter().map(|row| {
        (row[0].as_str().unwrap().chars().next(), row[1].as_u64().unwrap(), row[2].as_u64().unwrap())
    });
    assert_eq!(found, wanted.collect::<Vec<_>>());
}

#[test]
fn what_would_not_be_one_text_between_tokens_is_refused() {
    let fixture: Value = serde_json::from_str(AROUND).unwrap();
    let case = list(&fixture["cases"]).iter().find(|case| case["name"] == "template, then BERT").unwrap();
    let with = |processors: Value| {
        let mut file = case["file"].clone();
        file["post_processor"]["processors"] = processors;
        from_json(&file.to_string()).unwrap_err().to_string()
    };
    let front = &case["file"]["post_processor"]["processors"][0];
    // Three parts: tokenizers has no template for them and stops.
    let both = with(serde_json::json!([front, front, front]));
    assert!(both.contains("post_processor") && both.contains("one text"), "{both}");
    let mut twice = front.clone();
    twice["single"] = serde_json::json!([{"Sequence": {"id": "A"}}, {"Sequence": {"id": "A"}}]);
    assert!(with(serde_json::json!([twice])).contains("one text"));
    let mut file = case["file"].clone();
    file["pre_tokenizer"] = serde_json::json!({"type": "FixedLength", "length": 0});
    assert!(from_json(&file.to_string()).unwrap_err().to_string().contains("a whole number above 0"));
}

/// A mark whose bytes have no tokens would be left out where tokenizers leaves out the whole character.
#[test]
fn marks_without_tokens_for_their_bytes_are_refused() {
    let file = r#"{"model": {"type": "BPE", "byte_fallback": true, "end_of_word_suffix": "</w>", "merges": [],
        "vocab": {"a": 0, "<0x61>": 1, "<0x62>": 2}}}"#;
    let error = from_json(file).unwrap_err().to_string();
    assert!(error.contains("model.byte_fallback") && error.contains("the marks of words"), "{error}");
}
