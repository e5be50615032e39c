//! Tokenizers beside Hugging Face's tokenizers, tiktoken, SentencePiece and Python's regex.
//!
//! The reference numbers are in `tests/fixtures/tokenizer`, with the script that made them.

use concepts::tokenizer::files::{from_json, from_tiktoken, to_json, to_tiktoken};
use concepts::tokenizer::pretokenize::{BertNormalizer, Pretokenizer};
use concepts::tokenizer::unigram::Unigram;
use concepts::tokenizer::{AddedToken, Allowed, Normalize, Tokenizer};
use serde_json::Value;

const HUGGINGFACE: &str = include_str!("../../fixtures/tokenizer/huggingface.json");
const BERT: &str = include_str!("../../fixtures/tokenizer/bert.json");
const SPLITS: &str = include_str!("../../fixtures/tokenizer/splits.json");
const RANKS: &str = include_str!("../../fixtures/tokenizer/ranks.tiktoken");
const TIKTOKEN: &str = include_str!("../../fixtures/tokenizer/tiktoken.json");
const SENTENCEPIECE: &str = include_str!("../../fixtures/tokenizer/sentencepiece.json");

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn texts(value: &Value) -> Vec<&str> {
    list(value).iter().map(|text| text.as_str().unwrap()).collect()
}

fn ids(value: &Value) -> Vec<u32> {
    list(value).iter().map(|id| u32::try_from(id.as_u64().unwrap()).unwrap()).collect()
}

/// Calls `check` with every tokenizer, as read and as written and read again.
fn for_each_case(check: impl Fn(&str, &Value, &Value, &Tokenizer)) {
    let all = parse(HUGGINGFACE);
    assert_eq!(list(&all["cases"]).len(), 13);
    for case in list(&all["cases"]) {
        let name = case["name"].as_str().unwrap();
        let read =
            from_json(&case["tokenizer"].to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
        check(name, case, &all, &read);
        let written = from_json(&to_json(&read).unwrap()).unwrap();
        check(&format!("{name}, written and read again"), case, &all, &written);
    }
}

#[test]
fn ids_are_those_of_hugging_face() {
    for_each_case(|name, case, all, tokenizer| {
        for (text, wanted) in texts(&all["texts"]).into_iter().zip(list(&case["ids"])) {
            let encoding = tokenizer.encode_with(text, Allowed::All).unwrap();
            assert_eq!(encoding.ids, ids(wanted), "{name}: {text:?} {:?}", encoding.tokens);
        }
        let framed = all["framed"].as_str().unwrap();
        let bare = tokenizer.ids(framed, Allowed::All).unwrap();
        assert_eq!(tokenizer.framed(&bare), ids(&case["framed"]), "{name}");
        let outside = tokenizer.ids(all["from_outside"].as_str().unwrap(), Allowed::None).unwrap();
        assert_eq!(outside, ids(&case["ids_from_outside"]), "{name}");
    });
}

#[test]
fn texts_of_ids_are_those_of_hugging_face() {
    for_each_case(|name, case, all, tokenizer| {
        for (i, text) in texts(&all["texts"]).into_iter().enumerate() {
            let these = ids(&case["ids"][i]);
            assert_eq!(tokenizer.decode(&these).unwrap(), case["decoded"][i], "{name}: {text:?}");
            let without = tokenizer.decode_without_special(&these).unwrap();
            assert_eq!(without, case["without_special"][i], "{name}: {text:?}");
        }
    });
}

#[test]
fn names_and_places_are_those_of_hugging_face() {
    for_each_case(|name, case, all, tokenizer| {
        let Some(offsets) = case.get("offsets") else { return };
        for (i, text) in texts(&all["texts"]).into_iter().enumerate() {
            let encoding = tokenizer.encode_with(text, Allowed::All).unwrap();
            assert_eq!(encoding.ids.len(), encoding.offsets.len());
            // What a letter and its marks become comes from all of them; Hugging Face names one of them.
            let composes = Normalize::Nfc.apply(text).unwrap().chars().count() < text.chars().count();
            if composes && !tokenizer.normalize().is_empty() {
                continue;
            }
            // A sign that was put before the text comes from nowhere; Hugging Face names the first character.
            let placed = encoding.offsets.iter().enumerate().filter(|(_, bytes)| !bytes.is_empty());
            for (j, bytes) in placed {
                // Bytes to characters: a token of some bytes of a character has the whole character.
                let start = text.char_indices().filter(|(at, c)| at + c.len_utf8() <= bytes.start).count();
                let end = text.char_indices().filter(|(at, _)| *at < bytes.end).count();
                let wanted = ids(&offsets[i][j]);
                let place = format!("{name}: {text:?}, token {j} {:?}", encoding.tokens[j]);
                assert_eq!(start as u32, wanted[0], "{place}");
                assert_eq!(end as u32, wanted[1], "{place}");
            }
        }
    });
}

#[test]
fn bert_normalises_and_cuts_as_hugging_face() {
    let all = parse(BERT);
    let texts = texts(&all["texts"]);
    assert_eq!(list(&all["bert"]).len(), 16);
    for case in list(&all["bert"]) {
        let flag = |i: usize| case["flags"][i].as_bool().unwrap();
        let bert = BertNormalizer {
            clean_text: flag(0),
            space_around_chinese: flag(1),
            strip_accents: flag(2),
            lowercase: flag(3),
        };
        for (text, wanted) in texts.iter().zip(list(&case["normalized"])) {
            assert_eq!(bert.normalize(text), wanted.as_str().unwrap_or(text), "{bert:?} {text:?}");
        }
    }
    for (text, wanted) in texts.iter().zip(list(&all["words"])) {
        assert_eq!(Pretokenizer::Bert.split(text).collect::<Vec<_>>(), self::texts(wanted), "{text:?}");
    }
}

#[test]
fn unicode_forms_are_those_of_hugging_face() {
    use Normalize::{Lowercase, Nfc, Nfd, Nfkc, Nfkd};
    let all = parse(BERT);
    for (name, step) in [("NFC", Nfc), ("NFD", Nfd), ("NFKC", Nfkc), ("NFKD", Nfkd), ("Lowercase", Lowercase)]
    {
        for (text, wanted) in texts(&all["texts"]).iter().zip(list(&all["forms"][name])) {
            assert_eq!(step.apply(text).unwrap(), wanted.as_str().unwrap_or(text), "{name} {text:?}");
        }
    }
}

#[test]
fn the_patterns_cut_as_pythons_regex() {
    let all = parse(SPLITS);
    for (name, how) in
        [("gpt2", Pretokenizer::Gpt2), ("cl100k", Pretokenizer::Cl100k), ("qwen", Pretokenizer::Qwen)]
    {
        assert_eq!(how.regex(), all["patterns"][name].as_str());
        for (text, wanted) in texts(&all["texts"]).iter().zip(list(&all["splits"][name])) {
            assert_eq!(how.split(text).collect::<Vec<_>>(), texts(wanted), "{name} {text:?}");
        }
    }
}

#[test]
fn ranks_give_the_ids_of_tiktoken_and_are_written_as_they_were() {
    let all = parse(TIKTOKEN);
    let special = all["special"].as_object().unwrap().iter();
    let special: Vec<AddedToken> =
        special.map(|(name, id)| AddedToken::special(name, id.as_u64().unwrap() as u32)).collect();
    let tokenizer = from_tiktoken(RANKS, Pretokenizer::Cl100k, special).unwrap();
    assert_eq!(to_tiktoken(&tokenizer).unwrap(), RANKS);
    for (i, text) in texts(&all["texts"]).into_iter().enumerate() {
        let ordinary = tokenizer.ids(text, Allowed::None).unwrap();
        assert_eq!(ordinary, ids(&all["ordinary"][i]), "{text:?}");
        assert_eq!(tokenizer.decode(&ordinary).unwrap(), text);
        assert_eq!(tokenizer.ids(text, Allowed::All).unwrap(), ids(&all["special_allowed"][i]), "{text:?}");
    }
}

#[test]
fn a_unigram_model_of_sentencepiece_gives_its_ids_and_its_best_cuts() {
    let all = parse(SENTENCEPIECE);
    let entry = |entry: &Value| (entry[0].as_str().unwrap().to_string(), entry[1].as_f64().unwrap());
    let pieces: Vec<(String, f64)> = list(&all["pieces"]).iter().map(entry).collect();
    assert_eq!([&pieces[0].0, &pieces[1].0, &pieces[2].0], ["<unk>", "<s>", "</s>"]);
    let model = Unigram::new(pieces, Some(0)).unwrap();
    let tokenizer = Tokenizer::sentencepiece(model.clone())
        .with_spaces(concepts::tokenizer::Spaces::Kept)
        .with_pretokenizer(Pretokenizer::None);
    // SentencePiece puts a sign before every text, even one that begins with a space.
    let escape = |text: &str| concepts::tokenizer::pretokenize::escape_spaces(text);
    for (text, wanted) in texts(&all["texts"]).into_iter().zip(list(&all["ids"])) {
        let encoding = tokenizer.encode(&escape(text)).unwrap();
        assert_eq!(encoding.ids, ids(wanted), "{text:?} {:?}", encoding.tokens);
    }
    for (word, wanted) in texts(&all["words"]).into_iter().zip(list(&all["best"])) {
        let cuts = model.best_cuts(&escape(word), list(wanted).len()).unwrap();
        let found: Vec<Vec<&str>> = cuts.iter().map(|cut| model.text(cut)).collect();
        let wanted: Vec<Vec<&str>> = list(wanted).iter().map(texts).collect();
        assert_eq!(found, wanted, "{word}");
    }
}
