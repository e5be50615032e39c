//! Ids of a text in a file, and the text of ids, for another program to read.

use std::path::Path;

use concepts::budget::json_object;
use concepts::tokenizer::{Allowed, TokenId, Tokenizer};

use super::WORDS;
use super::files;
use super::knobs::{
    ALGORITHM, BASE, COMPARE, CORPUS, DECODE, IDS, LOAD, MERGES, SPECIAL, TEXT, TRACE, VOCAB,
};
use super::setup::Setup;
use crate::errors::At;
use crate::kit::files::{Wanted, read_text};
use crate::kit::knob::{Knob, Refusal, Values};
use crate::kit::lesson::Setting;
use crate::kit::reading::place;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 64 << 20;

/// What is printed instead of a page.
pub(crate) struct Instead {
    /// The ids, or their text.
    pub text: String,
    /// The tokenizer that they are of.
    pub tokenizer: Tokenizer,
    /// What of its file is not used.
    pub unused: Option<Text>,
}

/// What is printed instead of the page, if ids are asked for.
///
/// # Errors
/// [`Refusal`]: `--decode` without a file of ids, what changes nothing about ids, a file that cannot be read, what is no id.
pub(crate) fn instead(setting: &Setting) -> Result<Option<Instead>, Refusal> {
    let values = &setting.values;
    let Some(path) = IDS.of(values) else {
        return if DECODE.of(values) { Err(Refusal(WORDS.get("refused.decode"))) } else { Ok(None) };
    };
    if let Some(flag) = beside(values) {
        return Err(Refusal(WORDS.with("refused.ids-beside", &named![flag = flag.name()])));
    }
    let wanted = Wanted {
        flag: "ids",
        what: WORDS.get(if DECODE.of(values) { "refused.ids" } else { "refused.ids-text" }),
        most: MOST_BYTES,
        because: WORDS.get("refused.ids-size"),
    };
    let text = read_text(path, &wanted)?;
    let (tokenizer, unused) = match LOAD.of(values) {
        Some(file) => {
            let loaded = files::load(file, values)?;
            (loaded.tokenizer, said_unused(file, &loaded.unused))
        }
        None => {
            let setup = Setup::new(setting)?;
            let cut = CORPUS.of(values).filter(|_| setup.corpus.cut > 0).map(|file| {
                let (file, bytes) = (name(&file.display().to_string()), setup.corpus.cut);
                WORDS.with("note_cut.aside", &named![file, bytes])
            });
            (setup.tokenizer, cut)
        }
    };
    let at = format!("--ids {}", path.display());
    if DECODE.of(values) {
        let ids = numbers(&text, path)?;
        let text = tokenizer.decode(&ids).at(&at)?;
        return Ok(Some(Instead { text, tokenizer, unused }));
    }
    let allowed = if SPECIAL.of(values) { Allowed::All } else { Allowed::None };
    let ids = tokenizer.ids(&text, allowed).at(&at)?;
    let text = listed(&framed(&tokenizer, ids, SPECIAL.of(values)));
    Ok(Some(Instead { text, tokenizer, unused }))
}

/// What of the file is not used: the ids alone do not show that they are neither cut nor padded.
fn said_unused(file: &Path, unused: &[String]) -> Option<Text> {
    let (place, fields) = (name(&place("load", file)), name(&unused.join(" · ")));
    (!unused.is_empty()).then(|| WORDS.with("note_unused.aside", &named![place, fields]))
}

/// A flag that changes nothing about ids.
fn beside(values: &Values) -> Option<&'static dyn Knob> {
    let of_page: [&dyn Knob; 3] = [&TEXT, &TRACE, &COMPARE];
    let of_learning: [&dyn Knob; 5] = [&CORPUS, &ALGORITHM, &BASE, &VOCAB, &MERGES];
    let of_reading: [&dyn Knob; 1] = [&SPECIAL];
    let learned = of_learning.into_iter().filter(|_| LOAD.of(values).is_some());
    let read = of_reading.into_iter().filter(|_| DECODE.of(values));
    of_page.into_iter().chain(learned).chain(read).find(|knob| values.given(*knob))
}

/// With the tokens around a text, where special tokens are wanted.
fn framed(tokenizer: &Tokenizer, ids: Vec<TokenId>, special: bool) -> Vec<TokenId> {
    if special { tokenizer.framed(&ids) } else { ids }
}

fn listed(ids: &[TokenId]) -> String {
    let numbers: Vec<String> = ids.iter().map(TokenId::to_string).collect();
    numbers.join(" ") + "\n"
}

/// The list in what Hugging Face's tokenizers give, `{"input_ids": […]}`; any other text as it is. A list that was cut
/// off would be read as far as it goes, and nobody would see what is missing.
fn ids_of_json(text: &str, path: &Path) -> Result<String, Refusal> {
    let file = path.display().to_string();
    let list = match text.trim_start().starts_with('{') {
        false => text.to_string(),
        true => {
            let fields = json_object(text).unwrap_or_default();
            let list = fields.get("input_ids").map(ToString::to_string);
            list.ok_or_else(|| Refusal(WORDS.with("refused.no-input-ids", &named![file = file.clone()])))?
        }
    };
    let count = |sign: char| list.matches(sign).count();
    let whole = count('[') == count(']');
    whole.then_some(list).ok_or_else(|| Refusal(WORDS.with("refused.cut-ids", &named![file])))
}

/// Whole numbers with spaces, commas or ends of lines between them, in brackets or not.
fn numbers(text: &str, path: &Path) -> Result<Vec<TokenId>, Refusal> {
    let text = &ids_of_json(text, path)?;
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']');
    let one = |number: &str| {
        number.parse().map_err(|_| {
            let file = path.display().to_string();
            let number: String = number.chars().take(40).collect();
            Refusal(WORDS.with("refused.no-id", &named![file, number]))
        })
    };
    text.split(between).filter(|part| !part.is_empty()).map(one).collect()
}
