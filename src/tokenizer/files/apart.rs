//! Files that hold a part of a tokenizer. Of BERT's `vocab.txt` the rest is known.

use serde_json::{Map, Value, json};

use super::words::Part;

/// BERT's special tokens.
const SPECIAL: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/// Is it a list of pieces, one a line, as BERT's vocabularies are?
pub(super) fn is_pieces(text: &str) -> bool {
    !text.starts_with('{') && text.lines().any(|line| line == "[UNK]")
}

/// The same without a piece for unknown words: its first line is a name in brackets, and no list of JSON.
pub(super) fn is_pieces_without_unknown(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    let name = first.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or_default();
    name.starts_with(char::is_alphabetic) && text.lines().nth(1).is_some()
}

/// The pieces as the `tokenizer.json` of BERT, and whether case counts: where nobody says it and no piece has a capital,
/// text is made small.
pub(super) fn of_bert(text: &str, lowercase: Option<bool>) -> (Value, bool) {
    let pieces = (0u32..).zip(text.lines()).filter(|(_, piece)| !piece.is_empty());
    let vocab: Map<String, Value> = pieces.map(|(id, piece)| (piece.into(), id.into())).collect();
    let capitals = vocab.keys().any(|piece| has_capital(piece));
    let cased = lowercase.map_or(capitals, |lowercase| !lowercase);
    let id = |piece: &str| vocab.get(piece).cloned();
    let added = SPECIAL.iter().filter_map(|&piece| {
        Some(json!({
            "id": id(piece)?, "content": piece, "special": true,
        }))
    });
    let frame = id("[CLS]").zip(id("[SEP]")).map(|(first, last)| {
        json!({
            "type": "BertProcessing", "cls": ["[CLS]", first], "sep": ["[SEP]", last],
        })
    });
    let file = json!({
        "added_tokens": added.collect::<Vec<_>>(),
        "normalizer": {
            "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": null, "lowercase": !cased,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": frame,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocab,
        },
    });
    (file, cased)
}

/// Whether a piece is one of a vocabulary for which case counts. Names in brackets are no words, and signs such as `ℝ`,
/// which are capitals and have no small letter, stay when text is made small.
fn has_capital(piece: &str) -> bool {
    let name = piece.starts_with('[') && piece.ends_with(']') && piece.len() > 2;
    !name && piece.chars().any(|c| c.is_uppercase() && !c.to_lowercase().eq([c]))
}

/// Which part of a tokenizer the object is, if it is one.
pub(super) fn part(file: &Value) -> Option<Part> {
    let fields = file.as_object()?;
    let has = |names: &[&str]| names.iter().any(|name| fields.contains_key(*name));
    if !fields.is_empty() && fields.values().all(Value::is_u64) {
        return Some(Part::Vocabulary);
    }
    if has(&["model"]) {
        return None;
    }
    if has(&["model_type", "architectures"]) {
        return Some(Part::Model);
    }
    has(&["tokenizer_class", "added_tokens_decoder", "model_max_length"]).then_some(Part::Settings)
}

#[cfg(test)]
mod tests {
    use crate::tokenizer::Allowed;
    use crate::tokenizer::files::{FileError, Kind, from_bytes, from_pieces};

    const PIECES: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nplay\n##ing\ncafe\n";

    #[test]
    fn pieces_alone_are_berts_tokenizer() {
        let loaded = from_bytes(PIECES.as_bytes(), None).unwrap();
        assert_eq!(loaded.kind, Kind::Pieces { cased: false, said: false });
        assert_eq!(loaded.tokenizer.encode("Playing Café").unwrap().ids, [4, 5, 6]);
        // BERT's own pieces have `ℝ`, which has no small letter; others have names in brackets in capitals.
        let signs = from_bytes(format!("{PIECES}ℝ\n##ℝ\n[UNUSED_0]\n").as_bytes(), None).unwrap();
        assert_eq!(signs.tokenizer.encode("Playing ℝ").unwrap().ids, [4, 5, 7]);
        let cased = from_bytes(format!("{PIECES}Play\n").as_bytes(), None).unwrap();
        assert_eq!(cased.kind, Kind::Pieces { cased: true, said: false });
        assert_eq!(cased.tokenizer.encode("Playing playing Café").unwrap().ids, [7, 5, 4, 5, 1]);
    }

    /// What `BertTokenizer` of transformers 5.24 gives for the same files.
    #[test]
    fn settings_beside_the_pieces_count() {
        let pieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nHello\nhello\ncafé\ncafe\n!\n我\n";
        let ids = |settings: &str| {
            let loaded = from_pieces(pieces, settings).unwrap();
            let ids = loaded.tokenizer.ids("Hello café 我!", Allowed::All).unwrap();
            (loaded.tokenizer.framed(&ids), loaded.kind)
        };
        let kind = |cased| Kind::Pieces { cased, said: true };
        assert_eq!(ids(r#"{"do_lower_case": false}"#), (vec![2, 4, 6, 9, 8, 3], kind(true)));
        assert_eq!(ids(r#"{"do_lower_case": true}"#), (vec![2, 5, 7, 9, 8, 3], kind(false)));
        assert_eq!(ids(r#"{"tokenizer_class": "BertTokenizer"}"#), (vec![2, 5, 7, 9, 8, 3], kind(false)));
        let accents = r#"{"do_lower_case": true, "strip_accents": false}"#;
        assert_eq!(ids(accents), (vec![2, 5, 6, 9, 8, 3], kind(false)));
        let unspaced = from_pieces(pieces, r#"{"tokenize_chinese_chars": false}"#).unwrap();
        assert_eq!(unspaced.tokenizer.encode("hello我").unwrap().ids, [1]);
        let other = from_pieces(pieces, r#"{"unk_token": "<unk>", "never_split": ["a"]}"#).unwrap();
        assert_eq!(other.unused, ["unk_token", "never_split"]);
        assert!(from_pieces(pieces, r#"{"do_lower_case": 1}"#).is_err());
    }

    #[test]
    fn parts_of_a_tokenizer_are_called_by_their_names() {
        for (text, wanted) in [
            (r#"{"a": 0, "model": 1}"#, "vocab.json"),
            ("#version: 0.2\na b\n", "merges.txt"),
            (r#"{"tokenizer_class": "GPT2Tokenizer"}"#, "tokenizer_config.json"),
            (r#"{"model_type": "gpt2"}"#, "config.json of a model"),
            ("[PAD]\n[unk]\na\n", "none is [UNK]"),
        ] {
            let error = from_bytes(text.as_bytes(), None).unwrap_err();
            assert!(matches!(error, FileError::Part(_)) && error.to_string().contains(wanted), "{error}");
        }
    }
}
