//! Tokenizers from the metadata of GGUF: refusals, twins of the same model in another format, and, where a folder is
//! named (see `weights/real.rs`), the ids of published models as llama.cpp gives them.

use concepts::tokenizer::files::gguf::GgufList;
use concepts::tokenizer::files::{GgufError, GgufVocabulary, from_gguf, from_sentencepiece};
use concepts::tokenizer::{Allowed, Charsmap, Model, Normalize, TokenId, Tokenizer, char_of_byte};
use concepts::weights::{Gguf, Value};
use serde_json::Value as Json;

use crate::weights::real::{crc32_of_bytes, model};

/// What a file says of its tokenizer.
fn vocabulary<'b>(gguf: &Gguf<'b>) -> GgufVocabulary<'b> {
    let get = |name: &str| gguf.get(&format!("tokenizer.ggml.{name}"));
    let id = |name: &str| get(name).and_then(Value::as_u64).and_then(|id| TokenId::try_from(id).ok());
    let flag = |name: &str| get(name).and_then(Value::as_bool);
    let floats = get("scores").and_then(Value::floats).unwrap_or_default();
    let types = get("token_type").and_then(Value::ints).unwrap_or_default();
    GgufVocabulary {
        model: get("model").and_then(Value::as_str).unwrap_or_default(),
        pre: get("pre").and_then(Value::as_str),
        tokens: get("tokens").and_then(Value::strings).unwrap_or_default(),
        scores: floats.iter().map(|&score| score as f32).collect(),
        types: types.iter().map(|&kind| kind as i32).collect(),
        merges: get("merges").and_then(Value::strings).unwrap_or_default(),
        charsmap: None,
        bos: id("bos_token_id"),
        eos: id("eos_token_id"),
        separator: id("seperator_token_id"),
        unknown: id("unknown_token_id"),
        add_bos: flag("add_bos_token"),
        add_eos: flag("add_eos_token"),
        add_space_prefix: flag("add_space_prefix"),
        remove_extra_whitespaces: flag("remove_extra_whitespaces"),
    }
}

fn fixture() -> Json {
    serde_json::from_str(include_str!("../../fixtures/tokenizer/gguf/ids.json")).expect("JSON")
}

fn texts(fixture: &Json) -> Vec<&str> {
    let texts = fixture["texts"].as_array().expect("a list");
    texts.iter().map(|text| text.as_str().expect("a text")).collect()
}

fn list(ids: &Json) -> Vec<TokenId> {
    serde_json::from_value(ids.clone()).expect("ids")
}

fn checksum(lists: &[Vec<TokenId>]) -> u64 {
    let line = |ids: &Vec<TokenId>| ids.iter().map(TokenId::to_string).collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = lists.iter().map(line).collect();
    crc32_of_bytes(lines.join("\n").bytes()).into()
}

/// The ids of every text. `</s>`, which llama.cpp takes for a control token, is what the file says: there they are
/// those of transformers.
fn as_llama_has_them(name: &str, tokenizer: &Tokenizer) {
    let fixture = fixture();
    let elsewhere = &fixture[format!("{name} by transformers where it differs")];
    // SmolLM2 has no token for some bytes, and Gemma takes the sign for a space for a space.
    let tokens =
        |name: &str| (0..tokenizer.len() as TokenId).any(|id| tokenizer.token(id).as_deref() == Some(name));
    let missing: Vec<u8> = match name {
        "smollm2" => (0..=u8::MAX).filter(|&byte| !tokens(&char_of_byte(byte).to_string())).collect(),
        _ => Vec::new(),
    };
    let has_byte = |byte: u8| !missing.contains(&byte);
    let (mut compared, mut returned) = (0, 0);
    for (at, text) in texts(&fixture).iter().enumerate() {
        let mut wanted = list(&fixture[name][at]);
        let other = elsewhere.as_array().expect("a list").iter().find(|entry| entry[0] == at);
        if let Some(other) = other.filter(|_| name == "gemma3" && text.contains("</s>")) {
            wanted = list(&other[1]);
        }
        let ids = tokenizer.ids(text, Allowed::None).expect("any text has ids");
        assert_eq!(ids, wanted, "{name}, text {at}: {text:?}");
        if text.bytes().all(&has_byte) && !(name == "gemma3" && text.contains('▁')) {
            assert_eq!(tokenizer.decode(&ids).expect("its own ids"), *text, "{name}, text {at}");
            returned += 1;
        }
        compared += 1;
    }
    assert_eq!(compared, 500);
    assert!(returned > 400, "only {returned} texts were decoded");
}

#[test]
fn smollm2_gives_the_ids_of_llama_cpp() {
    let Some(bytes) = model("smollm2.gguf") else { return };
    let gguf = Gguf::parse(&bytes).expect("a published model");
    let mut vocabulary = vocabulary(&gguf);
    let tokenizer = from_gguf(&vocabulary).expect("a published tokenizer");
    as_llama_has_them("smollm2", &tokenizer);
    let fixture = fixture();
    let ids = |tokenizer: &Tokenizer, allowed| -> Vec<Vec<TokenId>> {
        texts(&fixture).iter().map(|text| tokenizer.ids(text, allowed).expect("any text has ids")).collect()
    };
    assert_eq!(Some(checksum(&ids(&tokenizer, Allowed::All))), fixture["smollm2 special"].as_u64());
    for (name, wanted) in fixture["cuts"].as_object().expect("an object") {
        (vocabulary.pre, vocabulary.add_bos) = (Some(name.as_str()), Some(false));
        let tokenizer = from_gguf(&vocabulary).expect("a known cut");
        assert_eq!(Some(checksum(&ids(&tokenizer, Allowed::None))), wanted.as_u64(), "cut {name}");
    }
}

#[test]
fn gemma3_gives_the_ids_of_llama_cpp() {
    let Some(bytes) = model("gemma3.gguf") else { return };
    let gguf = Gguf::parse(&bytes).expect("a published model");
    let tokenizer = from_gguf(&vocabulary(&gguf)).expect("a published tokenizer");
    as_llama_has_them("gemma3", &tokenizer);
    let fixture = fixture();
    let text = texts(&fixture)[7];
    let ids = tokenizer.framed(&tokenizer.ids(text, Allowed::None).expect("any text has ids"));
    assert_eq!(ids, list(&fixture["gemma3 around"][0]));
}

/// A model of SentencePiece, as both formats have it.
fn twins(bytes: &[u8], name: &str) {
    let other = from_sentencepiece(bytes).expect("the reference's model");
    let pieces: Vec<String> =
        (0..other.len() as TokenId).map(|id| other.token(id).expect("no gaps")).collect();
    let added = other.added();
    let kind = |id: usize| match added.iter().find(|token| token.id as usize == id) {
        Some(token) if token.special => 3,
        Some(_) => 4,
        None if pieces[id] == "<unk>" => 2,
        None if pieces[id].starts_with("<0x") => 6,
        None => 1,
    };
    let [Normalize::SentencePiece(rules)] = other.normalize() else { panic!("{name} has no rules for text") };
    let Model::Unigram(unigram) = other.model() else { panic!("{name} is no unigram model") };
    let vocabulary = GgufVocabulary {
        model: "t5",
        tokens: pieces.iter().map(String::as_str).collect(),
        scores: unigram.pieces().iter().map(|(_, score)| *score as f32).collect(),
        types: (0..pieces.len()).map(kind).collect(),
        unknown: unigram.unknown(),
        add_eos: Some(false),
        charsmap: rules.charsmap.as_ref().map(Charsmap::to_bytes),
        add_space_prefix: Some(rules.space_before),
        remove_extra_whitespaces: Some(rules.single_spaces),
        ..GgufVocabulary::default()
    };
    let tokenizer = from_gguf(&vocabulary).expect("the same model");
    for text in ["", " ", "the cat", "  two  spaces ", "猫 and ½", "xyzzy QQ", "a\nb\tc"] {
        assert_eq!(tokenizer.encode(text), other.encode(text), "{name}: {text:?}");
    }
}

#[test]
fn a_unigram_model_is_the_same_in_both_formats() {
    twins(include_bytes!("../../fixtures/tokenizer/sp-unigram-bytes.model"), "unigram with bytes");
    twins(include_bytes!("../../fixtures/tokenizer/sp-unigram.model"), "unigram");
}

#[test]
fn wordpiece_is_marked_the_other_way_round() {
    let vocabulary = GgufVocabulary {
        model: "bert",
        tokens: vec!["[UNK]", "[CLS]", "[SEP]", "▁play", "ing", "▁!", "▁cafe"],
        types: vec![2, 3, 3, 1, 1, 1, 1],
        bos: Some(1),
        separator: Some(2),
        unknown: Some(0),
        ..GgufVocabulary::default()
    };
    let tokenizer = from_gguf(&vocabulary).expect("a small model");
    let encoding = tokenizer.encode("Playing Café!x").expect("any text has ids");
    assert_eq!(encoding.tokens, ["play", "##ing", "cafe", "!", "[UNK]"]);
    assert_eq!(tokenizer.framed(&encoding.ids), [1, 3, 4, 6, 5, 0, 2]);
}

#[test]
fn what_makes_no_tokenizer_is_refused() {
    let refused = |vocabulary: &GgufVocabulary<'_>| from_gguf(vocabulary).expect_err("a wrong vocabulary");
    let empty = GgufVocabulary::default();
    assert_eq!(refused(&empty), GgufError::NoTokens);
    let named = GgufVocabulary { model: "rwkv", tokens: vec!["a"], ..empty.clone() };
    assert_eq!(refused(&named), GgufError::Model { found: "rwkv".into() });
    let llama = GgufVocabulary { model: "llama", add_bos: Some(false), ..named.clone() };
    assert_eq!(refused(&llama), GgufError::Missing { list: GgufList::Scores });
    let unpaired = GgufVocabulary { scores: vec![0.0; 2], ..llama.clone() };
    assert_eq!(refused(&unpaired), GgufError::Unpaired { list: GgufList::Scores, count: 2, tokens: 1 });
    let no_bos = GgufVocabulary { add_bos: None, ..llama.clone() };
    assert_eq!(refused(&no_bos), GgufError::NoId { name: "bos_token_id" });
    let pieces = GgufVocabulary { tokens: vec!["a", "ab"], scores: vec![0.0; 2], ..llama };
    assert_eq!(refused(&pieces), GgufError::NoCharacter { token: "ab".into() });
    let gpt2 = GgufVocabulary { model: "gpt2", pre: Some("gpt-2"), ..named };
    let not_bytes = GgufVocabulary { tokens: vec!["猫"], ..gpt2.clone() };
    assert_eq!(refused(&not_bytes), GgufError::NotBytes { id: 0, token: "猫".into() });
    let no_token = GgufVocabulary { merges: vec!["a a"], ..gpt2.clone() };
    assert!(matches!(refused(&no_token), GgufError::Inconsistent { .. }));
    let unmerged = GgufVocabulary { tokens: vec!["a", "ab"], ..gpt2.clone() };
    assert_eq!(refused(&unmerged), GgufError::Missing { list: GgufList::Merges });
    let merge = GgufVocabulary { merges: vec!["a"], ..gpt2.clone() };
    assert_eq!(refused(&merge), GgufError::Merge { place: 0, found: "a".into() });
    let cut = refused(&GgufVocabulary { pre: Some("new"), ..gpt2 }).to_string();
    assert!(cut.contains("\"new\"") && cut.contains("tokenizer.json") && !cut.contains('\n'), "{cut}");
}
