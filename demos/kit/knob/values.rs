//! The checked values of a run.

use std::path::{Path, PathBuf};

use super::{Knob, Refusal, kind};

/// The value of a knob.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of a whole number.
    Integer(u64),
    /// Of a real number.
    Number(f64),
    /// Of a text or a choice.
    Words(String),
    /// Of a file or a folder.
    File(PathBuf),
    /// Of a switch.
    Switch(bool),
    /// Not given, and without a default of its own.
    Unset,
}

/// The checked values of all knobs of a lesson, in the order of its list.
#[derive(Debug, Clone, PartialEq)]
pub struct Values(Vec<Held>);

#[derive(Debug, Clone, PartialEq)]
struct Held {
    name: &'static str,
    value: Value,
    given: bool,
}

impl Values {
    /// Reads the values that were given (flag name and words; a switch has none) and fills in the
    /// defaults.
    ///
    /// # Errors
    /// [`Refusal`] naming the flag, the value and the range.
    pub fn read<'a>(knobs: &[&dyn Knob], given: impl Fn(&str) -> Option<&'a str>) -> Result<Values, Refusal> {
        let held = |knob: &&dyn Knob| {
            let (name, raw) = (knob.name(), given(knob.name()));
            let value = raw.map_or_else(|| Ok(kind::default(*knob)), |raw| kind::parse(*knob, raw))?;
            Ok(Held { name, value, given: raw.is_some() })
        };
        knobs.iter().map(held).collect::<Result<_, _>>().map(Values)
    }

    /// The defaults of all knobs.
    pub fn defaults(knobs: &[&dyn Knob]) -> Values {
        let held = |knob: &&dyn Knob| Held { name: knob.name(), value: kind::default(*knob), given: false };
        Values(knobs.iter().map(held).collect())
    }

    /// The same without what was given for this knob.
    #[must_use]
    pub fn without(&self, knob: &dyn Knob) -> Values {
        let default = || Held { name: knob.name(), value: kind::default(knob), given: false };
        let held = |held: &Held| if held.name == knob.name() { default() } else { held.clone() };
        Values(self.0.iter().map(held).collect())
    }

    /// Did the person give this knob a value that is not its own?
    pub fn changed(&self, knob: &dyn Knob) -> bool {
        self.given(knob) && *self.value(knob) != kind::default(knob)
    }

    /// All values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|held| (held.name, &held.value))
    }

    /// Did the person set this knob?
    pub fn given(&self, knob: &dyn Knob) -> bool {
        self.held(knob.name()).is_some_and(|held| held.given)
    }

    /// The file that a knob names.
    pub fn file(&self, knob: &dyn Knob) -> Option<&Path> {
        match self.value(knob) {
            Value::File(path) => Some(path),
            _ => None,
        }
    }

    /// The value of a knob; unset if these are the values of another list.
    pub(super) fn value(&self, knob: &dyn Knob) -> &Value {
        self.held(knob.name()).map_or(&Value::Unset, |held| &held.value)
    }

    fn held(&self, name: &str) -> Option<&Held> {
        self.0.iter().find(|held| held.name == name)
    }
}
