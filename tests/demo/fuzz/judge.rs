//! What must hold of a page and of a refusal.

use std::any::Any;
use std::process::Output;

use concepts::budget::from_huggingface;
use concepts::tokenizer::Allowed;
use concepts::tokenizer::files::{from_json, to_json};
use demos::kit::knob::{Refusal, Values};
use demos::kit::lesson::{Block, DEFAULT_SEED, LessonError, Page, Setting, run};
use demos::kit::text::{Lang, Text};
use demos::kit::visible::{is_hidden, message};
use demos::render::form::{Depth, FORMS, View};
use demos::render::screen::{Colour, Screen};
use demos::render::svg::svg;

use super::case::{Case, TEXTS};
use super::mutate::Broken;

/// What a panic says.
pub(crate) fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
}

/// Runs a case inside this program.
pub(crate) fn in_process(case: &Case) -> Result<(), String> {
    let value =
        |name: &str| case.given.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    let values = match Values::read(case.lesson.knobs, value) {
        Ok(values) => values,
        Err(refused) => return refusal(&refused.0),
    };
    let setting = Setting { values, seed: DEFAULT_SEED };
    if let Some(waiting) = case.lesson.waiting {
        waiting(&setting);
    }
    match run(case.lesson, setting, case.lang) {
        Ok(page) => shown(&page, case),
        Err(LessonError::Refused(refused)) => refusal(&refused.0),
        Err(LessonError::Prose(error)) => Err(format!("prose: {error}")),
    }
}

/// A broken file is read, or refused in both languages; what was read cuts texts, or says why not.
pub(crate) fn of_file(file: &Broken) -> Result<(), String> {
    if file.knob == "config" {
        return match from_huggingface(&file.text, "x.json") {
            Ok(config) => config.check().map_err(|error| format!("read, and then refused: {error}")),
            Err(error) => refusal(&Refusal::from(error).0),
        };
    }
    let tokenizer = match from_json(&file.text) {
        Ok(tokenizer) => tokenizer,
        Err(error) => return refusal(&Refusal::from(error).0),
    };
    for text in TEXTS {
        match tokenizer.encode_with(text, Allowed::All) {
            Ok(encoding) => {
                let inside = encoding.offsets.iter().all(|range| range.end <= text.len());
                if !inside {
                    return Err(format!("an offset beyond the text {text:?}"));
                }
                let _ = tokenizer.decode(&encoding.ids);
            }
            Err(error) => refusal(&Refusal::from(error).0)?,
        }
    }
    match to_json(&tokenizer).map(|text| from_json(&text)) {
        Ok(Err(error)) => Err(format!("what was written cannot be read: {error}")),
        _ => Ok(()),
    }
}

/// A refusal is one line in each language, not endless, and the Chinese is Chinese.
fn refusal(text: &Text) -> Result<(), String> {
    for lang in Lang::ALL {
        line(&message(text.get(lang)))?;
    }
    match english(&message(text.get(Lang::Zh))) {
        Some(found) => Err(format!("English in a Chinese refusal: {found}")),
        None => Ok(()),
    }
}

fn line(said: &str) -> Result<(), String> {
    if let Some(c) = said.chars().find(|&c| is_hidden(c)) {
        return Err(format!("{c:?} in the refusal {said:?}"));
    }
    if said.chars().count() > 700 {
        return Err(format!("a refusal of {} characters", said.chars().count()));
    }
    let digits = said.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    if digits > 60 { Err(format!("a number of {digits} digits in {said:?}")) } else { Ok(()) }
}

fn shown(page: &Page, case: &Case) -> Result<(), String> {
    let form = FORMS.iter().find(|form| form.word == case.form).unwrap_or(&FORMS[0]);
    let view = View { depth: Depth::Evidence, pictures: None, whole: true };
    let screen = Screen { lang: case.lang, width: 80, colour: Colour::None };
    let out = (form.walk)(page, &view, &screen) + &(form.rest)(page, &view, Default::default(), &screen);
    visible(&out)?;
    numbers(&out, case)?;
    if case.form == "json" {
        serde_json::from_str::<serde_json::Value>(&out).map_err(|error| format!("no JSON: {error}"))?;
    }
    for figure in page.figures() {
        let drawn = svg(figure, case.lang);
        visible(&drawn)?;
        roxmltree::Document::parse(&drawn).map_err(|error| format!("{}: no XML: {error}", figure.id))?;
    }
    let notes = page.blocks.iter().filter_map(|block| match block {
        Block::Note(note) => Some(note.get(Lang::Zh)),
        _ => None,
    });
    match notes.filter_map(english).next() {
        Some(found) => Err(format!("English in a Chinese note: {found}")),
        None => Ok(()),
    }
}

fn visible(out: &str) -> Result<(), String> {
    let place = out.char_indices().find(|&(_, c)| c != '\n' && is_hidden(c));
    match place {
        Some((at, c)) => {
            let before: String =
                out[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
            Err(format!("{c:?} after {before:?}"))
        }
        None => Ok(()),
    }
}

/// No number that is none, unless the prose itself speaks of it or it was typed.
fn numbers(out: &str, case: &Case) -> Result<(), String> {
    let prose = case.lesson.prose(case.lang);
    let own = |word: &str| prose.contains(word) || case.given.iter().any(|(_, value)| value.contains(word));
    // Lines, with the bars in front of them, are broken anywhere.
    let words: Vec<&str> = out.split_whitespace().filter(|word| !["▌", ">"].contains(word)).collect();
    let said = SPOKEN.iter().fold(words.join(" "), |said, phrase| said.replace(phrase, ""));
    let mut parts = said.split(|c: char| !c.is_alphanumeric());
    match parts.any(|word| (word == "NaN" || word == "inf") && !own(word)) {
        true => Err("a number that is none".into()),
        false => Ok(()),
    }
}

/// What a note says of rows that see no key: it speaks of a NaN, and has none.
const SPOKEN: [&str; 2] = ["and give NaN", "也就是 NaN"];

/// Five words of English in a row. What stands between quotes is a text that is shown, in whatever language.
fn english(text: &str) -> Option<String> {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let own: Vec<&str> =
        text.split('“').map(|part| part.split_once('”').map_or(part, |(_, behind)| behind)).collect();
    let own = own.join("…");
    let words: Vec<&str> = own.split(' ').collect();
    let row = words.windows(5).find(|row| row.iter().all(|word| is_word(word)));
    row.map(|row| format!("{} in {text}", row.join(" ")))
}

/// Exit status 0, 1 or 2; a refusal has one line and prints no page.
pub(crate) fn of_program(case: &Case, output: &Output) -> Result<(), String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| "no UTF-8 came out".to_string());
    let (out, err) = (text(&output.stdout)?, text(&output.stderr)?);
    visible(&out)?;
    visible(&err)?;
    match output.status.code() {
        // What takes long may say so.
        Some(0) if err.is_empty() || err.lines().count() == 1 && err.contains('…') => numbers(&out, case),
        Some(1 | 2) => {
            if err.lines().count() != 1 || !err.starts_with("demo: ") || !out.is_empty() {
                return Err(format!("no refusal of one line: {err:?}"));
            }
            line(err.trim_end())?;
            let found = english(&err).filter(|_| case.lang == Lang::Zh);
            found.map_or(Ok(()), |found| Err(format!("English in a Chinese refusal: {found}")))
        }
        other => Err(format!("exit status {other:?}: {err:?}")),
    }
}
