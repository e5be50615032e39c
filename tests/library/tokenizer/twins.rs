//! Small twins of what published tokenizer files have, beside the programs that read those.
//!
//! The reference numbers are in `tests/fixtures/tokenizer`, with the script that made them (`twins.py`).

use concepts::tokenizer::files::{FileError, Kind, ModelFault, Published, Unwritable, from_tiktoken};
use concepts::tokenizer::files::{
    from_bytes, from_json, from_published, from_sentencepiece, to_json, to_tiktoken,
};
use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::{Allowed, Model, Tokenizer};
use serde_json::{Value, json};

pub(super) const TWINS: &str = include_str!("../../fixtures/tokenizer/twins.json");
pub(super) const RANKS: &str = include_str!("../../fixtures/tokenizer/ranks.json");
const PIECES: &str = include_str!("../../fixtures/tokenizer/sp.json");
pub(super) const MODELS: [(&str, &[u8]); 5] = [
    ("bpe", include_bytes!("../../fixtures/tokenizer/sp-bpe.model")),
    ("bpe-unknown", include_bytes!("../../fixtures/tokenizer/sp-bpe-unknown.model")),
    ("unigram", include_bytes!("../../fixtures/tokenizer/sp-unigram.model")),
    ("unigram-bytes", include_bytes!("../../fixtures/tokenizer/sp-unigram-bytes.model")),
    ("ties", include_bytes!("../../fixtures/tokenizer/sp-ties.model")),
];

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn ids(value: &Value) -> Vec<u32> {
    value.as_array().unwrap().iter().map(|id| u32::try_from(id.as_u64().unwrap()).unwrap()).collect()
}

#[test]
fn twins_of_published_files_give_the_ids_and_the_texts_of_hugging_face() {
    let all = parse(TWINS);
    let cases = all["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 40);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let file = case["tokenizer"].to_string();
        let read = from_json(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = to_json(&read).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = from_json(&written).unwrap_or_else(|error| panic!("{name}, written: {error}"));
        for tokenizer in [&read, &again] {
            compare(name, case, &texts(&all["texts"]), tokenizer);
        }
    }
}

fn compare(name: &str, case: &Value, texts: &[&str], tokenizer: &Tokenizer) {
    for (i, text) in texts.iter().enumerate() {
        let encoding = tokenizer.encode_with(text, Allowed::All).unwrap();
        assert_eq!(encoding.ids, ids(&case["ids"][i]), "{name}: {text:?} {:?}", encoding.tokens);
        // What an added token says is shown as it is; a byte-level decoder would take its letters for bytes.
        if !name.starts_with("added") {
            let back = tokenizer.decode(&encoding.ids).unwrap();
            assert_eq!(back, case["decoded"][i].as_str().unwrap(), "{name}: {text:?}");
        }
        let mut last = 0;
        for range in &encoding.offsets {
            assert!(range.start >= last && range.end <= text.len(), "{name}: {text:?} {range:?}");
            last = range.start;
        }
    }
    let bare = tokenizer.ids(texts[3], Allowed::All).unwrap();
    assert_eq!(tokenizer.framed(&bare), ids(&case["framed"]), "{name}");
}

#[test]
fn ranks_with_holes_and_tokens_that_no_merge_makes_give_the_ids_of_tiktoken() {
    let all = parse(RANKS);
    let file = all["file"].as_str().unwrap();
    let tokenizer = from_tiktoken(file, Pretokenizer::Gpt2, Vec::new()).unwrap();
    for (text, wanted) in texts(&all["texts"]).into_iter().zip(all["ids"].as_array().unwrap()) {
        let found = tokenizer.ids(text, Allowed::None).unwrap();
        assert_eq!(found, ids(wanted), "{text:?}");
        assert_eq!(tokenizer.decode(&found).unwrap(), text);
    }
    assert_eq!(to_tiktoken(&tokenizer).unwrap(), file);
    let refused = to_json(&tokenizer).unwrap_err();
    assert!(matches!(refused, FileError::CannotWrite { reason: Unwritable::ByToken, .. }));
    // Nobody published so many.
    assert!(matches!(from_published(file, None), Err(FileError::WhoseRanks { .. })));
    let (named, whose) = from_published(file, Some(Published::Kimi)).unwrap();
    assert_eq!((named.ids("a大猫b", Allowed::None).unwrap().len(), whose), (8, Published::Kimi));
    // Whisper's file ends with a token of no bytes, as Python's base64 reads it; its number stays free.
    let (whisper, _) = from_published(&format!("{file}= 4000\n"), Some(Published::Whisper)).unwrap();
    assert_eq!(
        whisper.ids("a大猫b", Allowed::None).unwrap(),
        tokenizer.ids("a大猫b", Allowed::None).unwrap()
    );
    assert_eq!(whisper.token(4000), None);
    let qwen = from_published(file, Some(Published::Qwen35)).unwrap().0;
    assert_eq!(qwen.ids("a大猫b", Allowed::None).unwrap().len(), 8);
}

#[test]
fn models_of_sentencepiece_give_its_ids_and_its_texts() {
    let all = parse(PIECES);
    for (name, bytes) in MODELS {
        let tokenizer = from_sentencepiece(bytes).unwrap();
        for (i, text) in texts(&all["texts"]).into_iter().enumerate() {
            let encoding = tokenizer.encode(text).unwrap();
            let wanted = &all["models"][name];
            assert_eq!(encoding.ids, ids(&wanted["ids"][i]), "{name}: {text:?} {:?}", encoding.tokens);
            let back = tokenizer.decode(&encoding.ids).unwrap();
            assert_eq!(back, wanted["decoded"][i].as_str().unwrap(), "{name}: {text:?}");
            assert!(
                encoding.offsets.iter().all(|range| text.get(range.clone()).is_some()),
                "{name}: {text:?}"
            );
        }
        let refused = to_json(&tokenizer).unwrap_err();
        assert!(matches!(refused, FileError::CannotWrite { .. }));
    }
}

/// Long texts fall apart where nothing can be merged; the readable twin looks at the whole.
#[test]
fn a_text_without_cuts_is_encoded_as_by_the_readable_twin() {
    let all = parse(TWINS);
    let gemma = all["cases"].as_array().unwrap().iter().find(|case| case["name"] == "Gemma").unwrap();
    let gemma = from_json(&gemma["tokenizer"].to_string()).unwrap();
    let pieces = [MODELS[0], MODELS[1]].map(|(_, bytes)| from_sentencepiece(bytes).unwrap());
    let text = texts(&all["texts"]).concat().replace(' ', "▁");
    for tokenizer in [gemma].iter().chain(&pieces) {
        let Model::Bpe(bpe, _) = tokenizer.model() else { panic!() };
        for word in [&text, "▁▁▁▁▁▁▁▁▁the▁▁▁▁▁slowest▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁"]
        {
            assert_eq!(bpe.encode_word(word.as_bytes()), bpe.encode_word_readable(word.as_bytes()));
        }
    }
}

#[test]
fn damaged_models_of_sentencepiece_are_refused_or_read_but_never_panic() {
    for (name, bytes) in MODELS {
        for end in (0..bytes.len()).step_by(97) {
            let _ = from_bytes(&bytes[..end], None);
            let mut changed = bytes.to_vec();
            changed[end] ^= 0x55;
            if let Ok(tokenizer) = from_sentencepiece(&changed) {
                let _ = tokenizer.encode("the  <x> ﬁ猫\n").map(|found| tokenizer.decode(&found.ids));
            }
        }
        assert_eq!(from_bytes(bytes, None).unwrap().kind, Kind::SentencePiece, "{name}");
    }
    let empty = FileError::SentencePiece(ModelFault::Empty);
    assert_eq!(from_sentencepiece(b"").unwrap_err(), empty);
}

#[test]
fn ranks_in_a_tekken_file_stand_behind_the_special_tokens() {
    use base64::Engine as _;
    let mut tokens: Vec<Vec<u8>> = (0..=u8::MAX).map(|byte| vec![byte]).collect();
    tokens.extend([b"th".to_vec(), b"the".to_vec(), b"not read".to_vec()]);
    let token = |(rank, bytes): (usize, &Vec<u8>)| json!({"rank": rank, "token_bytes": base64::prelude::BASE64_STANDARD.encode(bytes), "token_str": null});
    let mut file = json!({
        "config": {"pattern": r"\p{L}+|[^\p{L}]", "default_vocab_size": 268, "default_num_special_tokens": 10},
        "vocab": tokens.iter().enumerate().map(token).collect::<Vec<_>>(),
        "special_tokens": [{"rank": 1, "token_str": "<s>", "is_control": true}],
        "image": {"image_patch_size": 16},
    });
    let loaded = from_bytes(file.to_string().as_bytes(), None).unwrap();
    assert_eq!((loaded.kind, loaded.tokenizer.len()), (Kind::Tekken, 268));
    assert_eq!(loaded.unused, ["image", "vocab[258..259]"]);
    assert_eq!(loaded.tokenizer.ids("<s>the!", Allowed::All).unwrap(), [1, 267, 43]);
    assert_eq!(loaded.tokenizer.decode(&[1, 267, 43]).unwrap(), "<s>the!");
    // Early files do not list them.
    file["special_tokens"] = Value::Null;
    let early = from_bytes(file.to_string().as_bytes(), None);
    assert!(early.is_err(), "10 special tokens leave no room for the 20 of early files");
}

#[test]
fn what_a_file_has_and_is_not_used_is_named() {
    let all = parse(TWINS);
    let case = |name: &str| {
        let cases = all["cases"].as_array().unwrap().iter();
        cases.filter(|case| case["name"] == name).map(|case| case["tokenizer"].clone()).next().unwrap()
    };
    let numbers = case("added tokens that the file numbers otherwise").to_string();
    assert_eq!(from_bytes(numbers.as_bytes(), None).unwrap().unused, ["added_tokens.id"]);
    let mut file = case("the course's WordPiece");
    file["padding"] = json!({"strategy": "BatchLongest"});
    file["chat_template"] = json!("{{ bos_token }}");
    let loaded = from_bytes(format!("\u{feff}{file}").as_bytes(), None).unwrap();
    assert_eq!(loaded.kind, Kind::HuggingFace);
    assert_eq!(loaded.unused, ["padding", "chat_template", "post_processor.pair"]);
}
