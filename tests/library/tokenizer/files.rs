//! The readers of tokenizer files on damaged input, and whole tokenizers on any text.

use std::sync::LazyLock;

use concepts::tokenizer::bpe::{Base, Bpe, BpeOptions, ByteOrder, WordEnd, count_words, train};
use concepts::tokenizer::files::{FileError, from_bytes, from_json, from_tiktoken, to_json, to_tiktoken};
use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::unigram::Unigram;
use concepts::tokenizer::{
    AddedToken, Allowed, BpeRules, Decoder, EncodeError, IdOf, Model, Normalize, Spaces, Tokenizer,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const HUGGINGFACE: &str = include_str!("../../fixtures/tokenizer/huggingface.json");
const RANKS: &str = include_str!("../../fixtures/tokenizer/ranks.tiktoken");
const TEXT: &str = include_str!("../../fixtures/tokenizer/text.txt");

static CASES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let all: Value = serde_json::from_str(HUGGINGFACE).unwrap();
    all["cases"].as_array().unwrap().iter().map(|case| case["tokenizer"].clone()).collect()
});

/// A small WordPiece file, a BPE file and a Unigram file, changed by `change`.
fn changed(kind: &str, change: impl Fn(&mut Value)) -> FileError {
    let mut file = match kind {
        "BPE" => json!({
            "pre_tokenizer": {"type": "WhitespaceSplit"},
            "model": {"type": "BPE", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "ab": 3}, "merges": [["a", "b"]]},
        }),
        "WordPiece" => json!({
            "model": {"type": "WordPiece", "unk_token": "?", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 100, "vocab": {"?": 0, "a": 1}},
        }),
        _ => json!({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["?", 0.0], ["a", -1.0]]}}),
    };
    assert!(from_json(&file.to_string()).is_ok(), "{kind}");
    change(&mut file);
    from_json(&file.to_string()).unwrap_err()
}

#[test]
fn an_error_names_the_field() {
    type Change = fn(&mut Value);
    let table: [(&str, Change, &str); 24] = [
        ("BPE", |f| f["model"] = Value::Null, "\"model\" is missing"),
        ("BPE", |f| f["model"]["type"] = json!("Markov"), "\"model.type\" is \"Markov\""),
        ("BPE", |f| f["model"]["vocab"] = json!([1]), "\"model.vocab\" is a list of 1"),
        ("BPE", |f| f["model"]["vocab"]["a"] = json!(-1), "\"model.vocab.a\" is -1"),
        ("BPE", |f| f["model"]["vocab"]["a"] = json!(4294967295u32), "id 4294967295 is larger"),
        ("BPE", |f| f["model"]["vocab"]["a"] = json!(2), "id 2 belongs to two tokens"),
        ("BPE", |f| f["model"]["merges"] = json!(["a b c"]), "\"model.merges[0]\""),
        ("BPE", |f| f["model"]["merges"] = json!(["ab"]), "\"model.merges[0]\""),
        ("BPE", |f| f["model"]["merges"] = json!([["a", "b", "c"]]), "a list of two"),
        ("BPE", |f| f["model"]["merges"] = json!([["b", "a"]]), "needs the token ba"),
        ("BPE", |f| f["decoder"] = json!({"type": "Strip", "content": "ab"}), "one character"),
        ("BPE", |f| f["model"]["unk_token"] = json!("!"), "\"model.unk_token\" is \"!\""),
        ("BPE", |f| f["model"]["dropout"] = json!("often"), "\"model.dropout\" is \"often\""),
        ("BPE", |f| f["model"]["fuse_unk"] = json!("yes"), "\"model.fuse_unk\""),
        ("BPE", |f| f["pre_tokenizer"] = json!({"type": "Markov"}), "\"pre_tokenizer\" is of type"),
        (
            "BPE",
            |f| f["normalizer"] = json!({"type": "Precompiled"}),
            "\"normalizer.precompiled_charsmap\" is missing",
        ),
        ("BPE", |f| f["decoder"] = json!({"type": 7}), "\"decoder.type\" is 7"),
        (
            "BPE",
            |f| f["post_processor"] = json!({"type": "BertProcessing", "cls": ["?", 9], "sep": ["?", 0]}),
            "is 9",
        ),
        // Hugging Face would give it the id of `z`: the number of the model's tokens.
        (
            "BPE",
            |f| {
                f["model"]["vocab"]["z"] = json!(5);
                f["added_tokens"] = json!([{"id": 7, "content": "x"}]);
            },
            "\"x\" has id 5",
        ),
        (
            "BPE",
            |f| f["added_tokens"] = json!([{"id": 4, "content": "x", "lstrip": "yes"}]),
            "added_tokens[0].lstrip",
        ),
        ("WordPiece", |f| f["model"]["unk_token"] = json!("!"), "is not among them"),
        ("WordPiece", |f| f["model"]["max_input_chars_per_word"] = json!(1.5), "max_input_chars_per_word"),
        ("Unigram", |f| f["model"]["vocab"][1] = json!(["a", "b"]), "\"model.vocab[1][1]\""),
        ("Unigram", |f| f["model"]["unk_id"] = json!(9), "has id 9"),
    ];
    for (kind, change, wanted) in table {
        let error = changed(kind, change).to_string();
        assert!(error.contains(wanted), "wanted {wanted}, got: {error}");
    }
    for (text, wanted) in
        [("", "not readable as a JSON object"), ("[]", "holds no object"), ("{}", "\"model\" is missing")]
    {
        let error = from_json(text).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

/// Dropout is for training, and ids need no way back.
#[test]
fn what_ids_do_not_need_stops_no_file() {
    let file = json!({
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "decoder": {"type": "Unheard"},
        "model": {"type": "BPE", "dropout": 0.1, "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "ab": 3},
                  "merges": [["a", "b"]]},
    });
    let loaded = from_bytes(file.to_string().as_bytes(), None).unwrap();
    assert_eq!(loaded.unused, ["model.dropout"]);
    assert_eq!(loaded.tokenizer.encode("ab").unwrap().ids, [3]);
    assert!(loaded.tokenizer.decode(&[3]).unwrap_err().to_string().contains("\"Unheard\""));
}

#[test]
fn lines_that_are_no_ranks_are_named() {
    let read = |text: &str| from_tiktoken(text, Pretokenizer::Gpt2, Vec::new()).map(|_| ());
    for (text, wanted) in [
        ("IQ==0\n", "line 1 has no space"),
        ("IQ== 0\n!! 1\n", "line 2 is no base64"),
        ("IQ== x\n", "line 1 has no whole number"),
        ("IQ== -1\n", "line 1 has no whole number"),
        (" 0\n", "line 1 has an empty token"),
        ("IQ== 0\nIg== 0\n", "line 2 has the rank 0, which stood before"),
        ("IQ== 5000000\n", "line 1 has no whole number"),
        ("IQ== 0\nIQ== 1\n", "twice"),
        ("IQ== 0\n", "byte 0 has no token"),
        ("", "byte 0 has no token"),
        ("YWJj 0\n", "byte 0 has no token"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(wanted), "wanted {wanted}, got: {error}");
    }
    assert_eq!(read(RANKS), Ok(()));
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let model = || Unigram::new(vec![("?".into(), 0.0), ("a".into(), -1.0)], Some(0)).unwrap();
    let wrong_spaces = Tokenizer::sentencepiece(model()).with_spaces(Spaces::Kept);
    let symbols = ["a", "</w>"].map(Into::into).to_vec();
    let marked = Bpe::from_pairs(Base::Chars, WordEnd::Symbol, symbols, &[]).unwrap();
    let marked = Tokenizer::new(Model::Bpe(marked, BpeRules::default())).unwrap();
    for tokenizer in [wrong_spaces, marked] {
        assert!(matches!(to_json(&tokenizer), Err(FileError::CannotWrite { .. })));
        assert!(matches!(to_tiktoken(&tokenizer), Err(FileError::CannotWrite { .. })));
    }
    let gap = Tokenizer::sentencepiece(model()).with_added(vec![AddedToken::special("<s>", 5)]).unwrap();
    assert!(matches!(to_json(&gap), Err(FileError::BadIds { id: 5, .. })));
}

fn byte_level(how: Pretokenizer) -> Tokenizer {
    let words = count_words(how.split(TEXT));
    let base = Base::Bytes(ByteOrder::Value);
    let options = BpeOptions { base, merges: 200, ..BpeOptions::default() };
    let bpe = train(&words, &options, &mut |_| {}).unwrap().bpe;
    Tokenizer::byte_level(bpe, how).with_added(vec![AddedToken::special("<|end|>", 456)]).unwrap()
}

static BYTE_LEVEL: LazyLock<Vec<Tokenizer>> = LazyLock::new(|| {
    [Pretokenizer::Gpt2, Pretokenizer::Cl100k, Pretokenizer::Qwen, Pretokenizer::None]
        .map(byte_level)
        .to_vec()
});

#[test]
fn a_character_without_a_token_is_named_with_its_place() {
    let bpe = Bpe::from_pairs(Base::Chars, WordEnd::Unmarked, vec!["a".into(), "b".into()], &[]).unwrap();
    let tokenizer = Tokenizer::new(Model::Bpe(bpe, BpeRules::default())).unwrap();
    let error = EncodeError::UnknownCharacter { character: '我', offset: 2 };
    assert_eq!(tokenizer.encode("ab我"), Err(error));
    // Counted in the text as given, whatever was done to it.
    let prepended = vec![Normalize::Prepend("bbb".into())];
    let error = EncodeError::UnknownCharacter { character: 'c', offset: 1 };
    assert_eq!(tokenizer.clone().with_normalize(prepended).unwrap().encode("ac"), Err(error));
    assert_eq!(tokenizer.encode_bytes(b"ab\xff"), Err(EncodeError::NotText { offset: 2 }));
    let missing = EncodeError::NoSuchToken { what: IdOf::Given, id: 9, tokens: 2 };
    assert_eq!(tokenizer.decode(&[0, 9]), Err(missing));
    let rules = BpeRules { unknown: Some(9), ..BpeRules::default() };
    let Model::Bpe(bpe, _) = tokenizer.model().clone() else { panic!() };
    assert!(matches!(Tokenizer::new(Model::Bpe(bpe, rules)), Err(EncodeError::NoSuchToken { id: 9, .. })));
    assert!(tokenizer.with_frame(vec![2], vec![]).is_err());
}

#[test]
fn user_text_cannot_forge_a_special_token() {
    let tokenizer = byte_level(Pretokenizer::Gpt2);
    let text = "a<|end|>b";
    assert!(!tokenizer.ids(text, Allowed::None).unwrap().contains(&456));
    assert!(tokenizer.ids(text, Allowed::Only(&[456])).unwrap().contains(&456));
    assert_eq!(tokenizer.decode(&tokenizer.ids(text, Allowed::All).unwrap()).unwrap(), text);
    let without = tokenizer.decode_without_special(&tokenizer.ids(text, Allowed::All).unwrap());
    assert_eq!(without.unwrap(), "ab");
}

#[test]
fn a_word_of_a_million_bytes_is_encoded() {
    let tokenizer = byte_level(Pretokenizer::None);
    let text = "lowest".repeat(170_000);
    let ids = tokenizer.ids(&text, Allowed::None).unwrap();
    assert_eq!(tokenizer.decode(&ids).unwrap(), text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_and_any_bytes_come_back(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        for tokenizer in BYTE_LEVEL.iter() {
            for allowed in [Allowed::None, Allowed::All] {
                prop_assert_eq!(&tokenizer.decode(&tokenizer.ids(&text, allowed).unwrap()).unwrap(), &text);
            }
            prop_assert_eq!(&tokenizer.decode_bytes(&tokenizer.encode_bytes(&bytes).unwrap()).unwrap(), &bytes);
            let offsets = tokenizer.encode(&text).unwrap().offsets;
            let parts: Vec<u8> = offsets.into_iter().flat_map(|o| text.as_bytes()[o].to_vec()).collect();
            prop_assert_eq!(parts, text.as_bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any tokenizer that is read encodes any text, or says why not; its offsets lie in the text.
    #[test]
    fn no_text_makes_a_tokenizer_panic(text in any::<String>(), which in 0usize..13, ids in any::<[u16; 8]>()) {
        let tokenizer = from_json(&CASES[which].to_string()).unwrap();
        if let Ok(encoding) = tokenizer.encode_with(&text, Allowed::All) {
            prop_assert!(encoding.offsets.iter().all(|range| text.get(range.clone()).is_some() || tokenizer.model().is_byte_level()));
            prop_assert!(tokenizer.decode(&encoding.ids).is_ok());
        }
        let ids: Vec<u32> = ids.iter().map(|id| u32::from(*id) % 600).collect();
        let _ = tokenizer.decode(&ids);
    }

    /// Files cut off, with bytes changed, or with a value put in the place of another.
    #[test]
    fn no_file_makes_a_reader_panic(
        which in 0usize..14,
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[\\PC\"{}\\[\\],:0-9]"), 0..4),
        truncate in any::<bool>(),
        text in ".{0,12}",
    ) {
        let file = if which == 13 { RANKS.to_string() } else { CASES[which].to_string() };
        let mut chars: Vec<char> = file.chars().collect();
        for (place, new) in changes {
            let place = place.index(chars.len());
            chars.splice(place..=place, new.chars());
        }
        if truncate {
            chars.truncate(cut.index(chars.len()));
        }
        let file: String = chars.into_iter().collect();
        let read = if which == 13 { from_tiktoken(&file, Pretokenizer::Gpt2, Vec::new()) } else { from_json(&file) };
        prop_assert!(!truncate || which == 13 || read.is_err());
        if let Ok(tokenizer) = read {
            let encoding = tokenizer.encode(&text);
            if let Ok(written) = to_json(&tokenizer) {
                let again = from_json(&written);
                prop_assert!(again.is_ok(), "{:?}", again.err());
                prop_assert_eq!(again.unwrap().encode(&text), encoding);
            }
        }
    }

    /// Every value of a file in turn becomes something else.
    #[test]
    fn no_value_makes_a_reader_panic(which in 0usize..13, place in any::<prop::sample::Index>(), kind in 0usize..7) {
        let mut file = CASES[which].clone();
        let new = [json!(null), json!(-1), json!(1e300), json!("x"), json!([]), json!({}), json!(true)][kind].clone();
        let places = pointers(&file);
        let pointer = &places[place.index(places.len())];
        *file.pointer_mut(pointer).unwrap() = new;
        if let Ok(tokenizer) = from_json(&file.to_string()) {
            let _ = tokenizer.encode("The lowest 我们 <s>");
        }
    }
}

/// The places of all values outside the vocabulary and the merges, and of a few inside.
fn pointers(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, out: &mut Vec<String>) {
        out.push(at.to_string());
        let name = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::Array(list) => {
                list.iter().enumerate().take(5).for_each(|(i, v)| walk(v, &name(&i.to_string()), out));
            }
            Value::Object(fields) => fields.iter().take(30).for_each(|(key, v)| walk(v, &name(key), out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(value, "", &mut out);
    out
}

#[test]
fn decoders_without_a_file() {
    let model = Unigram::new(vec![("a".into(), 0.0), ("<0xE6>".into(), -1.0)], None).unwrap();
    let tokenizer = Tokenizer::new(Model::Unigram(model)).unwrap().with_decoder(Decoder::Fallback);
    assert_eq!(tokenizer.decode(&[0, 1, 1, 0]).unwrap(), "a\u{fffd}\u{fffd}a");
}
