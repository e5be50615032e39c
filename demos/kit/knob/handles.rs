//! The typed knobs that are no numbers. Each says what it takes, and reads its own value back as what it is.

use std::fmt::Debug;
use std::path::Path;

use super::{Kind, Knob, Value, Values};

/// One of several words, each with what it stands for. Without [`Choice::default`] the first is taken.
#[derive(Debug)]
pub struct Choice<T: 'static> {
    name: &'static str,
    default: &'static str,
    bare: Option<&'static str>,
    options: &'static [(&'static str, T)],
    sections: &'static [usize],
}

/// A person's own words.
#[derive(Debug)]
pub struct Sentence {
    name: &'static str,
    default: &'static str,
    max_chars: usize,
    narrow: bool,
}

/// A person's own file, or a folder.
#[derive(Debug)]
pub struct PathTo {
    name: &'static str,
    folder: bool,
    written: bool,
    sections: &'static [usize],
}

/// On or off; off when not given.
#[derive(Debug)]
pub struct Switch {
    name: &'static str,
}

impl<T: Copy> Choice<T> {
    /// One of these words.
    pub const fn new(name: &'static str, options: &'static [(&'static str, T)]) -> Choice<T> {
        Choice { name, default: options[0].0, bare: None, options, sections: &[] }
    }

    /// The word taken when none is given.
    #[must_use]
    pub const fn default(self, default: &'static str) -> Choice<T> {
        Choice { default, ..self }
    }

    /// The word that the flag means when it stands alone.
    #[must_use]
    pub const fn bare(self, word: &'static str) -> Choice<T> {
        Choice { bare: Some(word), ..self }
    }

    /// Of the lesson's page it changes these sections and no other.
    #[must_use]
    pub const fn only_in(self, sections: &'static [usize]) -> Choice<T> {
        Choice { sections, ..self }
    }

    /// What the chosen word stands for.
    pub fn of(&self, values: &Values) -> T {
        let word = self.word(values);
        self.options.iter().find(|(known, _)| *known == word).unwrap_or(&self.options[0]).1
    }

    /// The chosen word itself.
    pub fn word(&self, values: &Values) -> &'static str {
        let word = match values.value(&Named(self.name)) {
            Value::Words(word) => word.as_str(),
            _ => self.default,
        };
        self.options.iter().find(|(known, _)| *known == word).map_or(self.default, |(known, _)| known)
    }
}

impl Sentence {
    /// A text of at most so many characters.
    pub const fn new(name: &'static str, max_chars: usize) -> Sentence {
        Sentence { name, default: "", max_chars, narrow: false }
    }

    /// The text when none is given.
    #[must_use]
    pub const fn default(self, default: &'static str) -> Sentence {
        Sentence { default, ..self }
    }

    /// It holds numbers or names of ours, not the person's own words: typed in full width, they mean the same.
    #[must_use]
    pub const fn narrow(self) -> Sentence {
        Sentence { narrow: true, ..self }
    }

    /// The text, if there is one.
    pub fn of<'a>(&self, values: &'a Values) -> Option<&'a str> {
        match values.value(self) {
            Value::Words(words) => Some(words),
            _ => None,
        }
    }
}

impl PathTo {
    /// The path of a file.
    pub const fn file(name: &'static str) -> PathTo {
        PathTo { name, folder: false, written: false, sections: &[] }
    }

    /// The path of a folder.
    pub const fn folder(name: &'static str) -> PathTo {
        PathTo { name, folder: true, written: false, sections: &[] }
    }

    /// The file is written, not read.
    #[must_use]
    pub const fn written(self) -> PathTo {
        PathTo { written: true, ..self }
    }

    /// Of the lesson's page it changes these sections and no other.
    #[must_use]
    pub const fn only_in(self, sections: &'static [usize]) -> PathTo {
        PathTo { sections, ..self }
    }

    /// The path, if one was given.
    pub fn of<'a>(&self, values: &'a Values) -> Option<&'a Path> {
        match values.value(self) {
            Value::File(path) => Some(path),
            _ => None,
        }
    }
}

impl Switch {
    /// A switch.
    pub const fn new(name: &'static str) -> Switch {
        Switch { name }
    }

    /// Is it on?
    pub fn of(&self, values: &Values) -> bool {
        matches!(values.value(self), Value::Switch(true))
    }
}

/// A name alone, by which a value is looked up.
#[derive(Debug)]
struct Named(&'static str);

impl Knob for Named {
    fn name(&self) -> &'static str {
        self.0
    }

    fn kind(&self) -> Kind {
        Kind::Switch
    }
}

impl<T: Sync + Debug> Knob for Choice<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Choice { default: self.default, options: self.options.iter().map(|(word, _)| *word).collect() }
    }

    fn bare(&self) -> Option<&'static str> {
        self.bare
    }

    fn sections(&self) -> &'static [usize] {
        self.sections
    }
}

impl Knob for Sentence {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Text { default: self.default, max_chars: self.max_chars, narrow: self.narrow }
    }
}

impl Knob for PathTo {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        if self.folder { Kind::Folder } else { Kind::File }
    }

    fn writes(&self) -> bool {
        self.written
    }

    fn sections(&self) -> &'static [usize] {
        self.sections
    }
}

impl Knob for Switch {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Switch
    }
}
