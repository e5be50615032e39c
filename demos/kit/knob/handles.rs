//! The typed knobs. Each says what it takes, and reads its own value back as what it is.

use std::fmt::Debug;
use std::path::Path;

use super::{Kind, Knob, Value, Values};

/// A whole number.
#[derive(Debug)]
pub struct Whole {
    name: &'static str,
    default: Option<u64>,
    min: u64,
    max: u64,
}

/// A real number.
#[derive(Debug)]
pub struct Real {
    name: &'static str,
    default: Option<f64>,
    min: f64,
    max: f64,
    logarithmic: bool,
}

/// One of several words, each with what it stands for. Without [`Choice::default`] the first is taken.
#[derive(Debug)]
pub struct Choice<T: 'static> {
    name: &'static str,
    default: &'static str,
    bare: Option<&'static str>,
    options: &'static [(&'static str, T)],
}

/// A person's own words.
#[derive(Debug)]
pub struct Sentence {
    name: &'static str,
    default: &'static str,
    max_chars: usize,
}

/// A person's own file, or a folder.
#[derive(Debug)]
pub struct PathTo {
    name: &'static str,
    folder: bool,
    written: bool,
}

/// On or off; off when not given.
#[derive(Debug)]
pub struct Switch {
    name: &'static str,
}

/// A number that may be left out, because it then follows from other knobs.
#[derive(Debug)]
pub struct Maybe<K>(K);

impl Whole {
    /// A whole number from `min` to `max`; the smallest one unless [`Whole::default`] says otherwise.
    pub const fn new(name: &'static str, min: u64, max: u64) -> Whole {
        Whole { name, default: Some(min), min, max }
    }

    /// The value when none is given.
    #[must_use]
    pub const fn default(self, default: u64) -> Whole {
        Whole { default: Some(default), ..self }
    }

    /// Nothing when none is given.
    pub const fn optional(self) -> Maybe<Whole> {
        Maybe(Whole { default: None, ..self })
    }

    /// The value.
    pub fn of(&self, values: &Values) -> usize {
        self.read(values).or(self.default).map_or(0, |n| n as usize)
    }

    fn read(&self, values: &Values) -> Option<u64> {
        match values.value(self) {
            Value::Integer(n) => Some(*n),
            _ => None,
        }
    }
}

impl Maybe<Whole> {
    /// The value, if it was given.
    pub fn of(&self, values: &Values) -> Option<usize> {
        self.0.read(values).map(|n| n as usize)
    }
}

impl Real {
    /// A number from `min` to `max`, both included.
    pub const fn new(name: &'static str, min: f64, max: f64) -> Real {
        Real { name, default: Some(min), min, max, logarithmic: false }
    }

    /// The value when none is given.
    #[must_use]
    pub const fn default(self, default: f64) -> Real {
        Real { default: Some(default), ..self }
    }

    /// Equal factors rather than equal steps, for instance on a slider.
    #[must_use]
    pub const fn logarithmic(self) -> Real {
        Real { logarithmic: true, ..self }
    }

    /// Nothing when none is given.
    pub const fn optional(self) -> Maybe<Real> {
        Maybe(Real { default: None, ..self })
    }

    /// The value.
    pub fn of(&self, values: &Values) -> f64 {
        self.read(values).or(self.default).unwrap_or(self.min)
    }

    fn read(&self, values: &Values) -> Option<f64> {
        match values.value(self) {
            Value::Number(x) => Some(*x),
            _ => None,
        }
    }
}

impl Maybe<Real> {
    /// The value, if it was given.
    pub fn of(&self, values: &Values) -> Option<f64> {
        self.0.read(values)
    }
}

impl<T: Copy> Choice<T> {
    /// One of these words.
    pub const fn new(name: &'static str, options: &'static [(&'static str, T)]) -> Choice<T> {
        Choice { name, default: options[0].0, bare: None, options }
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
        Sentence { name, default: "", max_chars }
    }

    /// The text when none is given.
    #[must_use]
    pub const fn default(self, default: &'static str) -> Sentence {
        Sentence { default, ..self }
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
        PathTo { name, folder: false, written: false }
    }

    /// The path of a folder.
    pub const fn folder(name: &'static str) -> PathTo {
        PathTo { name, folder: true, written: false }
    }

    /// The file is written, not read.
    #[must_use]
    pub const fn written(self) -> PathTo {
        PathTo { written: true, ..self }
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

impl Knob for Whole {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Integer { default: self.default, min: self.min, max: self.max }
    }
}

impl Knob for Real {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        let Real { default, min, max, logarithmic, .. } = *self;
        Kind::Number { default, min, max, logarithmic }
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
}

impl Knob for Sentence {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Text { default: self.default, max_chars: self.max_chars }
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
}

impl Knob for Switch {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Switch
    }
}

impl<K: Knob> Knob for Maybe<K> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn kind(&self) -> Kind {
        self.0.kind()
    }
}
