//! The fields of a configuration file, each with its type, and what was taken for those that are not there.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::defaults::defaults;
use crate::budget::BudgetError;
use crate::budget::words::Wanted;
use crate::json::quoted;

/// The fields of a file or of one of its parts.
pub(super) struct Reader<'a> {
    fields: Map<String, Value>,
    file: &'a str,
    /// What stands before its names: empty, or the part of the file.
    within: &'static str,
    pub(super) model_type: String,
    defaults: Option<&'static Map<String, Value>>,
    asked: RefCell<BTreeSet<String>>,
    assumed: RefCell<BTreeMap<String, String>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        fields: Map<String, Value>,
        file: &'a str,
        within: &'static str,
        model_type: &str,
    ) -> Reader<'a> {
        let (asked, assumed) = (RefCell::default(), RefCell::default());
        let defaults = defaults(model_type);
        Reader { fields, file, within, model_type: model_type.into(), defaults, asked, assumed }
    }

    /// The same, with other defaults than those of its type.
    pub(super) fn with_defaults(self, defaults: Option<&'static Map<String, Value>>) -> Reader<'a> {
        Reader { defaults: defaults.or(self.defaults), ..self }
    }

    /// The same as a part of a file of this type, whose name a refusal says. No type has defaults for its parts.
    pub(super) fn part_of(self, model_type: &str) -> Reader<'a> {
        Reader { model_type: model_type.into(), ..self }
    }

    /// Is it of one of these types?
    pub(super) fn is(&self, types: &[&str]) -> bool {
        types.contains(&self.model_type.as_str())
    }

    /// The value of a field. If the field is missing it is transformers' default, which is noted; if it is
    /// null there is none.
    pub(super) fn value(&self, field: &str) -> Option<&Value> {
        self.value_of(&[field])
    }

    /// As `value`, under the first of several names that the file has.
    fn value_of(&self, names: &[&str]) -> Option<&Value> {
        self.asked.borrow_mut().extend(names.iter().map(|&name| name.to_string()));
        let given: Vec<&Value> = names.iter().filter_map(|&name| self.fields.get(name)).collect();
        if !given.is_empty() {
            return given.into_iter().find(|value| !value.is_null());
        }
        let defaults = self.defaults?;
        let found = names.iter().find_map(|&name| Some((name, defaults.get(name)?)));
        let (name, value) = found.filter(|(_, value)| !value.is_null())?;
        self.assume(name, value);
        Some(value)
    }

    /// Notes what was taken for a field that is not there.
    pub(super) fn assume(&self, field: &str, value: impl ToString) {
        self.assumed.borrow_mut().insert(format!("{}{field}", self.within), value.to_string());
    }

    /// Notes that a field was looked at.
    pub(super) fn look_at(&self, fields: &[&str]) {
        self.asked.borrow_mut().extend(fields.iter().map(|&field| field.to_string()));
    }

    /// Stands the field in the file, be it null?
    pub(super) fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// A field of the file itself, without any default.
    pub(super) fn given(&self, field: &str) -> Option<&Value> {
        self.look_at(&[field]);
        self.fields.get(field).filter(|value| !value.is_null())
    }

    /// As `given`, without the note: whoever only compares has not used it.
    pub(super) fn peek(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !value.is_null())
    }

    /// A whole number.
    pub(super) fn maybe(&self, field: &str) -> Result<Option<u64>, BudgetError> {
        self.first(&[field])
    }

    /// A whole number under the first of several names that is there.
    pub(super) fn first(&self, names: &[&str]) -> Result<Option<u64>, BudgetError> {
        let Some(value) = self.value_of(names) else { return Ok(None) };
        let field = names.iter().find(|&&name| self.given(name).is_some()).unwrap_or(&names[0]);
        value.as_u64().map(Some).ok_or_else(|| self.wrong(field, value, Wanted::Whole))
    }

    /// A whole number that must be there.
    pub(super) fn whole(&self, names: &[&str]) -> Result<u64, BudgetError> {
        if let Some(number) = self.first(names)? {
            return Ok(number);
        }
        Err(self.missing(names[0]))
    }

    pub(super) fn missing(&self, field: &str) -> BudgetError {
        let (file, model_type) = (self.file.into(), self.model_type.clone());
        BudgetError::Missing { file, field: format!("{}{field}", self.within), model_type }
    }

    /// A whole number that something is divided by.
    pub(super) fn at_least_one(&self, field: &str) -> Result<u64, BudgetError> {
        let number = self.whole(&[field])?;
        if number == 0 {
            return Err(self.wrong(field, &number.into(), Wanted::AtLeast1));
        }
        Ok(number)
    }

    /// True or false. Null is false, as it is in Python.
    pub(super) fn is_on(&self, field: &str) -> Result<bool, BudgetError> {
        let Some(value) = self.value(field) else { return Ok(false) };
        value.as_bool().ok_or_else(|| self.wrong(field, value, Wanted::Flag))
    }

    /// A word.
    pub(super) fn word(&self, field: &str) -> Option<&str> {
        self.value(field).and_then(Value::as_str)
    }

    /// A list of whole numbers.
    pub(super) fn numbers(&self, field: &str) -> Result<Option<BTreeSet<u64>>, BudgetError> {
        let Some(value) = self.value(field) else { return Ok(None) };
        let refused = || self.wrong(field, value, Wanted::WholeNumbers);
        let numbers = value.as_array().ok_or_else(refused)?;
        numbers.iter().map(|number| number.as_u64().ok_or_else(refused)).collect::<Result<_, _>>().map(Some)
    }

    /// A list with one of these words for each layer.
    pub(super) fn kinds(
        &self,
        field: &str,
        layers: u64,
        allowed: &[&str],
    ) -> Result<Option<Vec<&str>>, BudgetError> {
        let Some(value) = self.value(field) else { return Ok(None) };
        let refused = |wanted| self.wrong(field, value, wanted);
        let kinds = value.as_array().ok_or_else(|| refused(Wanted::Words))?;
        if kinds.len() as u64 != layers {
            return Err(refused(Wanted::WordPerLayer));
        }
        let word = |kind: &'_ Value| kind.as_str().is_some_and(|kind| allowed.contains(&kind));
        if !kinds.iter().all(word) {
            return Err(refused(Wanted::KindPerLayer));
        }
        Ok(Some(kinds.iter().filter_map(Value::as_str).collect()))
    }

    pub(super) fn wrong(&self, field: &str, value: &Value, wanted: Wanted) -> BudgetError {
        let found = quoted(value, 40);
        BudgetError::WrongType {
            file: self.file.into(),
            field: format!("{}{field}", self.within),
            found,
            wanted,
        }
    }

    /// What stands before its names.
    pub(super) fn within(&self) -> &'static str {
        self.within
    }

    /// Was this field looked at?
    pub(super) fn has_asked(&self, field: &str) -> bool {
        self.asked.borrow().contains(field)
    }

    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// What was taken for fields that the file has not, by name.
    pub(super) fn assumed(&self) -> Vec<(String, String)> {
        self.assumed.borrow().iter().map(|(field, value)| (field.clone(), value.clone())).collect()
    }

    /// Fields of the file that nobody asked for.
    pub(super) fn unread(&self) -> Vec<(String, &Value)> {
        let asked = self.asked.borrow();
        let unread = self.fields.iter().filter(|(field, _)| !asked.contains(*field));
        unread.map(|(field, value)| (format!("{}{field}", self.within), value)).collect()
    }
}
