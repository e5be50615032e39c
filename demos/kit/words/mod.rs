//! The words of a lesson: everything a person reads stands in Markdown, one file a language, both originals.
//!
//! | file | what it holds |
//! |---|---|
//! | [`folder`] | the Markdown files of a lesson's folder, and where they are read from |
//! | [`book`] | texts by id, parsed out of `claims.<lang>.md` and `shown.<lang>.md` |
//! | [`fill`] | values set into a text, and the list of those that a text names |
//!
//! A heading begins a claim, a figure, a table, a note; a bullet is one text of it:
//!
//! ```text
//! ## C8 A sentence of the written answer.
//! - core-n: what is measured, for instance with n = [[n]] | counted
//! - say: what to say instead
//! ```
//!
//! Code asks for a text by its id (`C8`, `C8.say`) and hands in the values that it names. There is no logic
//! in the words and no number typed by hand. What is asked for and not there, what is there and never asked
//! for, and what one language has and the other has not is listed by [`Words::problems`]; a test runs every
//! lesson with every one of its cases and then expects that list to be empty.

pub mod book;
pub mod fill;
pub mod folder;

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::measure::{COUNTED, EXACT, ROUNDING};
use super::text::{Lang, Text};
pub use book::Book;
pub use fill::{Named, Shown};
pub use folder::Folder;

/// The words of one lesson in both languages.
#[derive(Debug)]
pub struct Words {
    /// The files that they stand in.
    pub folder: Folder,
    book: LazyLock<Book>,
    notes: Mutex<Notes>,
}

/// What was asked for.
#[derive(Debug)]
struct Notes {
    used: BTreeSet<String>,
    problems: BTreeSet<String>,
}

/// What a measurement is called.
pub struct Described {
    /// What was measured.
    pub what: Text,
    /// Where the tolerance or the threshold comes from; the source of what was looked up.
    pub basis: Text,
    /// Read in a publication, not measured here.
    pub looked_up: bool,
}

impl Words {
    /// The words of a folder.
    pub const fn new(folder: Folder, book: fn() -> Book) -> Words {
        let notes = Mutex::new(Notes { used: BTreeSet::new(), problems: BTreeSet::new() });
        Words { folder, book: LazyLock::new(book), notes }
    }

    /// The text of an id; the id itself where there is none, which [`Words::problems`] tells.
    pub fn get(&self, id: &str) -> Text {
        self.with(id, &[])
    }

    /// The text of an id, with the values that it names. Make the list with [`named!`](crate::named).
    pub fn with(&self, id: &str, values: &[Named]) -> Text {
        let [en, zh] = Lang::ALL.map(|lang| self.set(self.raw(id, lang), id, values, lang));
        Text::new(en, zh)
    }

    /// Is there a text of this id?
    pub fn has(&self, id: &str) -> bool {
        self.book.has(id)
    }

    /// The text of an id with its placeholders left out, for an index; it does not count as used.
    pub fn plain(&self, id: &str) -> Text {
        let [en, zh] = Lang::ALL.map(|lang| fill::without(self.book.text(id, lang).unwrap_or("")));
        Text::new(en, zh)
    }

    /// All texts of a section, in both languages, with their placeholders left out, for an index.
    pub fn section(&self, section: &str) -> String {
        self.book.section(section).map(fill::without).collect::<Vec<_>>().join(" ")
    }

    /// The text of a measurement, and where its tolerance comes from: what stands behind the bar, in words or
    /// as `rounding`, `counted` or `exact`; behind `published: ` the source of a number that was looked up.
    pub fn measure(&self, id: &str, values: &[Named]) -> Described {
        let halves = |lang| self.raw(id, lang).rsplit_once(" | ").unwrap_or((self.raw(id, lang), ""));
        let [(en, why_en), (zh, why_zh)] = Lang::ALL.map(halves);
        let published = [why_en, why_zh].map(|why| why.strip_prefix("published: "));
        let looked_up = published.iter().all(Option::is_some);
        let [why_en, why_zh] = [published[0].unwrap_or(why_en), published[1].unwrap_or(why_zh)];
        let basis = match why_en {
            "rounding" => ROUNDING,
            "counted" => COUNTED,
            "exact" => EXACT,
            "" => {
                self.problem(format!("{id}: behind a bar must stand where the tolerance comes from"));
                Text::same("")
            }
            _ => Text::new(self.set(why_en, id, values, Lang::En), self.set(why_zh, id, values, Lang::Zh)),
        };
        let what = Text::new(self.set(en, id, values, Lang::En), self.set(zh, id, values, Lang::Zh));
        Described { what, basis, looked_up }
    }

    /// Several texts of one id, between bars: the head of a table.
    pub fn list(&self, id: &str, values: &[Named]) -> Vec<Text> {
        let text = self.with(id, values);
        let [en, zh] =
            Lang::ALL.map(|lang| text.get(lang).split(" | ").map(str::to_string).collect::<Vec<_>>());
        if en.len() != zh.len() {
            self.problem(format!("{id}: {} parts in English, {} in Chinese", en.len(), zh.len()));
        }
        en.into_iter().zip(zh).map(|(en, zh)| Text::new(en, zh)).collect()
    }

    /// The values among these that no text of a section names.
    pub(super) fn unnamed<'v>(&self, section: &str, values: &'v [Named]) -> Vec<&'v str> {
        let names = self.book.names(section);
        values.iter().map(|(name, _)| *name).filter(|name| !names.contains(*name)).collect()
    }

    /// Notes that words and code disagree.
    pub(super) fn problem(&self, problem: String) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).problems.insert(problem);
    }

    /// Everything in which words and code disagreed so far, what the two languages do not share, and the ids
    /// that nothing has asked for.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = self.disagreements();
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let unused = self.book.ids().filter(|id| !notes.used.contains(*id));
        problems.extend(unused.map(|id| format!("{id}: nothing uses it")));
        problems
    }

    /// Everything in which words and code disagreed so far, and what the two languages do not share.
    pub fn disagreements(&self) -> Vec<String> {
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.problems.iter().cloned().chain(self.book.problems()).collect()
    }

    fn raw(&self, id: &str, lang: Lang) -> &str {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).used.insert(id.into());
        self.book.text(id, lang).unwrap_or_else(|| {
            self.problem(format!("{id}: no such text in {}", lang.code()));
            "?"
        })
    }

    fn set(&self, text: &str, id: &str, values: &[Named], lang: Lang) -> String {
        fill::fill(text, values, lang).unwrap_or_else(|placeholder| {
            self.problem(format!("{id}: [[{placeholder}]] has no value"));
            text.to_string()
        })
    }
}
