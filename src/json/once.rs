//! A value whose objects name each field once: of two values the parsers of JSON take the last in silence.

use std::cell::Cell;
use std::fmt::{self, Formatter};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{JsonFault, quoted};

/// The value of a text.
pub(super) fn value(text: &str) -> Result<Value, JsonFault> {
    let twice = Cell::new(None);
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = Once(&twice).deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    value.map_err(|error| twice.take().unwrap_or_else(|| error.into()))
}

/// Builds a value, and keeps what stands there twice: an error of the parser has room for words alone.
#[derive(Clone, Copy)]
struct Once<'c>(&'c Cell<Option<JsonFault>>);

impl<'de> DeserializeSeed<'de> for Once<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Value, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(field) = object.next_key::<String>()? {
            let second = object.next_value_seed(self)?;
            match fields.get(&field) {
                None => drop(fields.insert(field, second)),
                // Said twice, and nothing is lost. Of 1.0 and 1 the whole number is kept, which some fields must be.
                Some(first) if same(first, &second) => {
                    if first.is_f64() {
                        fields.insert(field, second);
                    }
                }
                Some(first) => {
                    let [first, second] = [first, &second].map(|value| quoted(value, 40));
                    self.0.set(Some(JsonFault::Twice { field, first, second }));
                    return Err(A::Error::custom("a field stands there twice"));
                }
            }
        }
        Ok(Value::Object(fields))
    }
}

/// Is it the same value? 1 and 1.0 are one number, wherever they stand.
fn same(first: &Value, second: &Value) -> bool {
    match (first, second) {
        (Value::Number(a), Value::Number(b)) => a == b || equal(a, b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(field, a)| b.get(field).is_some_and(|b| same(a, b)))
        }
        (first, second) => first == second,
    }
}

/// Do two numbers, one of them written as a whole number and one not, say the same? Whole numbers that a fraction does
/// not hold to the last digit are another number.
fn equal(a: &Number, b: &Number) -> bool {
    let whole = |number: &Number| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (whole(a), whole(b)) {
        (Some(whole), None) => b.as_f64().is_some_and(|b| b.fract() == 0.0 && b as i128 == whole),
        (None, Some(whole)) => a.as_f64().is_some_and(|a| a.fract() == 0.0 && a as i128 == whole),
        _ => false,
    }
}
