//! The cases of an exercise.

use serde_json::{Map, json};

use super::given::Given;
use super::value::Value;

/// A case: what a program is given.
#[derive(Debug, Clone)]
pub struct Case {
    /// Why it is asked.
    pub kind: Kind,
    /// The arguments.
    pub given: Given,
}

/// Why a case is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Small numbers, to follow by hand.
    Hand,
    /// Drawn at random.
    Drawn,
    /// Where programs go wrong; the words of all exercises name it: `one-token`.
    Edge(&'static str),
}

impl Kind {
    /// Its word for other programs: `hand`, `drawn`, `one-token`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Hand => "hand",
            Kind::Drawn => "drawn",
            Kind::Edge(name) => name,
        }
    }
}

impl Case {
    /// Small numbers, to follow by hand.
    pub fn hand(given: Value) -> Case {
        Case { kind: Kind::Hand, given: given_of(given) }
    }

    /// Drawn at random.
    pub fn drawn(given: Value) -> Case {
        Case { kind: Kind::Drawn, given: given_of(given) }
    }

    /// Where programs go wrong.
    pub fn edge(name: &'static str, given: Value) -> Case {
        Case { kind: Kind::Edge(name), given: given_of(given) }
    }

    /// How long the case is, written out: of several that fail, the shortest is shown.
    pub fn size(&self) -> usize {
        json!(self.given.fields()).to_string().len()
    }
}

fn given_of(value: Value) -> Given {
    match value {
        Value::Object(fields) => Given::new(fields),
        _ => Given::new(Map::new()),
    }
}
