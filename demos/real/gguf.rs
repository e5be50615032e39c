//! One file of llama.cpp, which has everything in it.

use std::path::Path;

use concepts::decoder::Config;
use concepts::tokenizer::files::{GgufError, Kind};
use concepts::tokenizer::{TokenId, Tokenizer};
use concepts::weights::{Gguf, Value};

use super::WORDS;
use super::bytes::WeightFile;
use super::opened::{Format, Real};
use super::other::refuse_other;
use super::places::Place;
use super::vocabulary::{ENDS, entry, id, is_token, kind_of_gguf, tokenizer_of_gguf};
use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::reading::place;
use crate::named;

/// The number of files that are a model together.
const PARTS: &str = "split.count";

pub(super) fn open(path: &Path, flag: &'static str) -> Result<Real, Refusal> {
    let file = WeightFile::read(path, flag)?;
    refuse_other(path, flag, &file.bytes)?;
    let place = place(flag, path);
    let files = vec![file];
    let gguf = Gguf::parse(&files[0].bytes).at(&place)?;
    whole(&gguf, &place)?;
    let mut read = Config::from_gguf(&gguf, &gguf).at(&place)?;
    let tokenizer = tokenizer_of_gguf(&gguf).at(&place)?;
    if let Kind::Gguf { cut, kinds } = kind_of_gguf(&gguf) {
        // 1 is a token like any other.
        let silent =
            [(cut, "pre", "default"), (kinds, "token_type", "1")].into_iter().filter(|(said, ..)| !said);
        read.assumed.extend(silent.map(|(_, name, usual)| (entry(name), usual.into())));
    }
    let told = Told::of(&gguf, path, (&tokenizer, read.config.vocab)).at(&place)?;
    let places = gguf.tensors().filter_map(|tensor| Place::of(tensor, &files)).collect();
    drop(gguf);
    let Told { name, template, begin, ends, unused } = told;
    let format = Format::Gguf;
    Ok(Real { name, format, tokenizer, ends, place, files, places, read, begin, template, unused })
}

/// What the file says of itself, of the tokens around a text and of chats.
struct Told {
    name: String,
    template: Option<String>,
    begin: Option<TokenId>,
    ends: Vec<TokenId>,
    /// Entries that are there and cannot be used, with what they hold.
    unused: Vec<String>,
}

impl Told {
    fn of(gguf: &Gguf<'_>, path: &Path, known: (&Tokenizer, usize)) -> Result<Told, GgufError> {
        let parts = gguf.get(PARTS).filter(|parts| parts.as_u64().is_none());
        let mut unused = Vec::from_iter(parts.map(|parts| format!("{PARTS} = {parts}")));
        let mut word = |name: &str| {
            let value = gguf.get(name)?;
            let word = value.as_str().filter(|word| !word.trim().is_empty());
            // An empty name or template says nothing, and nothing is lost.
            unused.extend(value.as_str().is_none().then(|| format!("{name} = {value}")));
            word.map(str::to_owned)
        };
        let named = ["general.name", "general.basename"].map(&mut word);
        let template = word("tokenizer.chat_template");
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let name = named.into_iter().flatten().next().unwrap_or(stem);
        // llama.cpp warns of an id that is none, and goes on without it.
        let mut token = |name: &str| {
            let found = id(gguf, name)?;
            let token = found.filter(|&id| is_token(id, known));
            unused.extend(found.filter(|_| token.is_none()).map(|id| format!("{} = {id}", entry(name))));
            Ok(token)
        };
        let begin = token("bos_token_id")?;
        let ends = ENDS.map(&mut token).into_iter().collect::<Result<Vec<_>, GgufError>>()?;
        let mut ends: Vec<_> = ends.into_iter().flatten().collect();
        ends.dedup();
        Ok(Told { name, template, begin, ends, unused })
    }
}

/// One of several files that are a model together has not all tensors.
fn whole(gguf: &Gguf<'_>, place: &str) -> Result<(), Refusal> {
    match gguf.get(PARTS).and_then(Value::as_u64) {
        Some(parts) if parts > 1 => Err(Refusal(WORDS.with("refused.split", &named![place, parts]))),
        _ => Ok(()),
    }
}
