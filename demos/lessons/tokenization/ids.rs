//! Ids of a text in a file, and the text of ids, for another program to read.

use std::path::Path;

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
use crate::named;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 64 << 20;

/// What is printed instead of the page, if ids are asked for, and the tokenizer that they are of.
///
/// # Errors
/// [`Refusal`]: `--decode` without a file of ids, what changes nothing about ids, a file that cannot be read, what is no id.
pub(crate) fn instead(setting: &Setting) -> Result<Option<(String, Tokenizer)>, Refusal> {
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
    let tokenizer = match LOAD.of(values) {
        Some(file) => files::load(file, values)?.tokenizer,
        None => Setup::new(setting)?.tokenizer,
    };
    let at = format!("--ids {}", path.display());
    if DECODE.of(values) {
        let ids = numbers(&text, path)?;
        return Ok(Some((tokenizer.decode(&ids).at(&at)?, tokenizer)));
    }
    let allowed = if SPECIAL.of(values) { Allowed::All } else { Allowed::None };
    let ids = tokenizer.ids(&text, allowed).at(&at)?;
    Ok(Some((listed(&framed(&tokenizer, ids, SPECIAL.of(values))), tokenizer)))
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

/// Whole numbers with spaces, commas or ends of lines between them, in brackets or not.
fn numbers(text: &str, path: &Path) -> Result<Vec<TokenId>, Refusal> {
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
