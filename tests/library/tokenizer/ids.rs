//! Ids alone are the ids of the way that knows all places: on every tokenizer of the fixtures, its texts and random ones.

use concepts::tokenizer::files::{from_bytes, from_json, from_sentencepiece, from_tiktoken};
use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::{Allowed, Tokenizer};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::twins::{MODELS, RANKS, TWINS};

const CASES: [&str; 2] = [include_str!("../../fixtures/tokenizer/huggingface.json"), TWINS];

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Every tokenizer of the fixtures by its name, and all their texts.
fn all() -> (Vec<(String, Tokenizer)>, Vec<String>) {
    let (mut tokenizers, mut texts) = (Vec::new(), Vec::new());
    for all in CASES.map(parse) {
        let list = |value: &Value| value.as_array().unwrap().clone();
        texts.extend(list(&all["texts"]).iter().map(|text| text.as_str().unwrap().to_owned()));
        for case in list(&all["cases"]) {
            let tokenizer = from_json(&case["tokenizer"].to_string()).unwrap();
            tokenizers.push((case["name"].as_str().unwrap().to_owned(), tokenizer));
        }
    }
    let ranks = parse(RANKS);
    let ranks = from_tiktoken(ranks["file"].as_str().unwrap(), Pretokenizer::Gpt2, Vec::new()).unwrap();
    tokenizers.push(("ranks".into(), ranks));
    for (name, model) in MODELS {
        tokenizers.push((name.into(), from_sentencepiece(model).unwrap()));
    }
    (tokenizers, texts)
}

/// The same ids, or the same error.
fn same(name: &str, tokenizer: &Tokenizer, text: &str) -> Result<(), TestCaseError> {
    for allowed in [Allowed::None, Allowed::All] {
        let placed = tokenizer.encode_with(text, allowed).map(|encoding| encoding.ids);
        prop_assert_eq!(tokenizer.ids(text, allowed), placed, "{}: {:?}", name, text);
    }
    Ok(())
}

#[test]
fn ids_alone_are_those_with_places() {
    let (tokenizers, texts) = all();
    assert!(tokenizers.len() > 50, "{}", tokenizers.len());
    let joined = texts.join("");
    for (name, tokenizer) in &tokenizers {
        for text in texts.iter().chain([&joined]) {
            same(name, tokenizer, text).unwrap();
        }
    }
}

#[test]
fn ids_alone_are_those_with_places_on_random_texts() {
    let (tokenizers, texts) = all();
    // Pieces of the texts side by side, with marks, signs that no vocabulary has, and added tokens among them.
    let piece = prop_oneof![
        proptest::sample::select(texts),
        "[a-z \u{301}\u{2581}<>|\\[\\]sS我\u{1F642}\\r\\n\\t0-9]{0,9}",
        any::<char>().prop_map(String::from),
    ];
    let text = proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat());
    let mut runner = TestRunner::new(Config::with_cases(200));
    let cases = (0..tokenizers.len(), text);
    runner.run(&cases, |(which, text)| same(&tokenizers[which].0, &tokenizers[which].1, &text)).unwrap();
}

#[test]
fn whole_texts_without_a_cut_are_encoded_part_by_part() {
    // Characters without a token among the others: dropped, unknown, fused, or written as bytes.
    let file = |rules: Value| {
        let mut model = serde_json::json!({
            "type": "BPE", "merges": [["a", "b"], ["ab", "a"]],
            "vocab": { "a": 0, "b": 1, "ab": 2, "aba": 3, "<unk>": 4, "<0xC3>": 5, "<0xA9>": 6 },
        });
        model.as_object_mut().unwrap().extend(rules.as_object().unwrap().clone());
        from_bytes(serde_json::json!({ "model": model }).to_string().as_bytes(), None).unwrap().tokenizer
    };
    let text = "ababéabxyaéba";
    let ids = |rules: Value| file(rules).ids(text, Allowed::None).unwrap();
    let unknown = serde_json::json!({ "unk_token": "<unk>" });
    assert_eq!(ids(unknown), [2, 2, 4, 2, 4, 4, 0, 4, 1, 0]);
    let fused = serde_json::json!({ "unk_token": "<unk>", "fuse_unk": true });
    assert_eq!(ids(fused), [2, 2, 4, 2, 4, 0, 4, 1, 0]);
    let bytes = serde_json::json!({ "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true });
    assert_eq!(ids(bytes), [2, 2, 5, 6, 2, 4, 0, 5, 6, 1, 0]);
    // Left out before anything is merged, so that neighbours meet.
    assert_eq!(ids(serde_json::json!({})), [2, 2, 2, 3]);
}

#[test]
fn of_a_piece_that_stands_twice_the_last_counts() {
    // As Hugging Face's trainer writes it where the corpus had the text of a special token.
    let file = serde_json::json!({
        "added_tokens": [{ "id": 4, "content": "<s>", "special": true, "normalized": false }],
        "model": {
            "type": "Unigram", "unk_id": 0,
            "vocab": [["<unk>", 0.0], ["<s>", 0.0], ["a", -1.0], ["b", -2.0], ["<s>", -3.0]],
        },
    });
    let loaded = from_bytes(file.to_string().as_bytes(), None).unwrap();
    assert_eq!(loaded.tokenizer.ids("a<s>b", Allowed::All).unwrap(), [2, 4, 3]);
    assert!(loaded.unused.is_empty(), "{:?}", loaded.unused);
}
