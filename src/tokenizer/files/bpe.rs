//! Byte-pair encoding in a `tokenizer.json`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::error::{FileError, within};
use super::field::Field;
use super::vocabulary::{Read, id_of, names};
use super::words::{Known, Wanted};
use crate::tokenizer::bpe::{Base, Bpe, ByteOrder, END_OF_WORD, Marks, Pair, WordEnd};
use crate::tokenizer::{
    AddedToken, BpeRules, Model, Symbol, TokenizerError, Vocabulary, bytes_from_printable,
};

/// Reads the model. It takes bytes if the file's words are bytes and each has a token; otherwise it takes
/// characters, which may then be those that stand for bytes.
pub(super) fn bpe(field: &Field<'_>, bytes: bool, added: &[AddedToken]) -> Result<Read, FileError> {
    // Merges are left out at random in training alone.
    if let Some(share) = field.maybe("dropout")?.filter(|share| share.value != &Value::Bool(false)) {
        share.number()?;
    }
    let marks = Marks {
        continues: field.maybe_text("continuing_subword_prefix")?.unwrap_or_default().into(),
        ends: field.maybe_text("end_of_word_suffix")?.unwrap_or_default().into(),
    };
    let names = names(&field.need("vocab")?, added)?;
    let byte_fallback = field.flag("byte_fallback", false)?;
    let merges = merges(field, byte_fallback)?;
    if byte_fallback && !marks_have_bytes(&marks, &names) {
        return Err(field.need("byte_fallback")?.wrong(Wanted::NoFallback));
    }
    let unknown = field.maybe_text("unk_token")?;
    let rules = BpeRules {
        unknown: unknown.map(|name| id_of(field, "unk_token", name, &names)).transpose()?,
        drop_unknown: true,
        fuse_unknown: field.flag("fuse_unk", false)?,
        byte_fallback,
        whole_words: field.flag("ignore_merges", false)?,
    };
    let of_bytes = if bytes { of_bytes(&marks, &names, &merges, added) } else { None };
    let bytes = of_bytes.is_some();
    let bpe = of_bytes.map_or_else(|| of_characters(marks, &names, &merges), Ok).map_err(within("model"))?;
    let rules = BpeRules { drop_unknown: !bytes && rules.unknown.is_none(), ..rules };
    Ok(Read { model: Model::Bpe(bpe, rules), bytes })
}

/// The marks of an unknown character are written as bytes with it: each byte must have its token, or none at all has.
fn marks_have_bytes(marks: &Marks, names: &BTreeMap<u32, &str>) -> bool {
    let is_byte = |name: &&str| name.len() == 6 && name.starts_with("<0x") && name.ends_with('>');
    let bytes: HashSet<&str> = names.values().copied().filter(is_byte).collect();
    let has = |byte: u8| bytes.contains(format!("<0x{byte:02X}>").as_str());
    bytes.is_empty() || marks.continues.bytes().chain(marks.ends.bytes()).all(has)
}

/// The merges. Of one that stands there twice the last counts, as for Hugging Face.
fn merges<'a>(field: &Field<'a>, byte_fallback: bool) -> Result<Vec<(&'a str, &'a str)>, FileError> {
    let mut merges = Vec::new();
    let mut last = HashMap::new();
    for (place, merge) in field.need("merges")?.list()?.enumerate() {
        let (left, right) = merge_of(&merge)?;
        if byte_fallback && [left, right].iter().any(|part| part.starts_with("<0x") && part.len() == 6) {
            return Err(merge.unsupported(Known::MergesOfCharacters));
        }
        last.insert((left, right), place);
        merges.push((left, right));
    }
    if last.len() < merges.len() {
        let mut place = 0..merges.len();
        merges.retain(|pair| place.next() == last.get(pair).copied());
    }
    Ok(merges)
}

/// The two parts of a merge: a list of two, or one text with a space between.
fn merge_of<'a>(merge: &Field<'a>) -> Result<(&'a str, &'a str), FileError> {
    if merge.value.is_string() {
        let parts = merge.text()?.split_once(' ').filter(|(_, right)| !right.contains(' '));
        return parts.ok_or_else(|| merge.wrong(Wanted::TwoTokens));
    }
    let [left, right] = merge.pair()?;
    Ok((left.text()?, right.text()?))
}

/// The model on bytes, if all is written in bytes and none is missing.
fn of_bytes(
    marks: &Marks,
    names: &BTreeMap<u32, &str>,
    merges: &[(&str, &str)],
    added: &[AddedToken],
) -> Option<Bpe> {
    let end = match marks.ends.as_str() {
        "" => WordEnd::Unmarked,
        END_OF_WORD => WordEnd::Suffix,
        _ => return None,
    };
    if !marks.continues.is_empty() {
        return None;
    }
    let added: HashSet<&str> = added.iter().map(|token| token.content.as_str()).collect();
    let symbol = |name: &str| symbol(name, &added);
    let tokens = names.iter().map(|(&id, name)| Some((id, symbol(name)?))).collect::<Option<_>>()?;
    let pairs: Vec<Pair> =
        merges.iter().map(|(left, right)| Some((symbol(left)?, symbol(right)?))).collect::<Option<_>>()?;
    let vocabulary = Vocabulary::with_gaps(tokens).ok()?;
    Bpe::of_vocabulary(Base::Bytes(ByteOrder::Gpt2), end, vocabulary, &pairs).ok()
}

/// The bytes of a token, written in printable characters, unless the token is one that is found before the model.
fn symbol(name: &str, added: &HashSet<&str>) -> Option<Symbol> {
    bytes_from_printable(name).map(Symbol::from).or_else(|| added.contains(name).then(|| name.into()))
}

/// The model on the names as they are written.
fn of_characters(
    marks: Marks,
    names: &BTreeMap<u32, &str>,
    merges: &[(&str, &str)],
) -> Result<Bpe, TokenizerError> {
    let tokens = names.iter().map(|(&id, &name)| (id, Symbol::from(name))).collect();
    let vocabulary = Vocabulary::with_gaps(tokens)?;
    let pairs: Vec<Pair> = merges.iter().map(|&(left, right)| (left.into(), right.into())).collect();
    match (marks.continues.as_str(), marks.ends.as_str()) {
        ("", "") => Bpe::of_vocabulary(Base::Chars, WordEnd::Unmarked, vocabulary, &pairs),
        ("", END_OF_WORD) => Bpe::of_vocabulary(Base::Chars, WordEnd::Suffix, vocabulary, &pairs),
        _ => Bpe::marked(marks, vocabulary, &pairs),
    }
}
