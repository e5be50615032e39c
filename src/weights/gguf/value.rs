//! The values of metadata.

use std::fmt::{self, Display, Formatter};

use super::cursor::Cursor;
use crate::weights::WeightsError;
use crate::weights::words::{GgufFault, Part};

/// How deep lists of lists may be.
const DEEPEST: usize = 4;

const STRING: u32 = 8;
const ARRAY: u32 = 9;

/// A value of the metadata of a file.
///
/// # Examples
/// ```
/// use concepts::weights::Value;
/// assert_eq!(Value::U32(32).as_u64(), Some(32));
/// assert_eq!(Value::I32(-1).as_u64(), None);
/// assert_eq!(Value::F32(0.5).as_f64(), Some(0.5));
/// assert_eq!(Value::String("llama").as_str(), Some("llama"));
/// assert_eq!(Value::String("llama").to_string(), "\"llama\"");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'b> {
    /// A whole number of 8 bits.
    U8(u8),
    /// With a sign.
    I8(i8),
    /// Of 16 bits.
    U16(u16),
    /// With a sign.
    I16(i16),
    /// Of 32 bits.
    U32(u32),
    /// With a sign.
    I32(i32),
    /// Of 64 bits.
    U64(u64),
    /// With a sign.
    I64(i64),
    /// Single precision.
    F32(f32),
    /// Double precision.
    F64(f64),
    /// A truth value.
    Bool(bool),
    /// A text.
    String(&'b str),
    /// A list of values of one type.
    Array(Array<'b>),
}

impl<'b> Value<'b> {
    /// A whole number that is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        match *self {
            Value::U64(number) => Some(number),
            _ => self.as_i64().and_then(|number| u64::try_from(number).ok()),
        }
    }

    /// A whole number.
    pub fn as_i64(&self) -> Option<i64> {
        Some(match *self {
            Value::U8(number) => number.into(),
            Value::I8(number) => number.into(),
            Value::U16(number) => number.into(),
            Value::I16(number) => number.into(),
            Value::U32(number) => number.into(),
            Value::I32(number) => number.into(),
            Value::U64(number) => i64::try_from(number).ok()?,
            Value::I64(number) => number,
            _ => return None,
        })
    }

    /// A number in single or double precision.
    pub fn as_f64(&self) -> Option<f64> {
        match *self {
            Value::F32(number) => Some(number.into()),
            Value::F64(number) => Some(number),
            _ => None,
        }
    }

    /// A truth value.
    pub fn as_bool(&self) -> Option<bool> {
        match *self {
            Value::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// A text.
    pub fn as_str(&self) -> Option<&'b str> {
        match *self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A list.
    pub fn as_array(&self) -> Option<&Array<'b>> {
        match self {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }

    /// A list of texts.
    pub fn strings(&self) -> Option<Vec<&'b str>> {
        self.as_array()?.iter().map(|value| value.as_str()).collect()
    }

    /// A list of numbers in single or double precision.
    pub fn floats(&self) -> Option<Vec<f64>> {
        self.as_array()?.iter().map(|value| value.as_f64()).collect()
    }

    /// A list of whole numbers.
    pub fn ints(&self) -> Option<Vec<i64>> {
        self.as_array()?.iter().map(|value| value.as_i64()).collect()
    }
}

/// Characters of a text, and values of a list, that a message shows.
const SHOWN: (usize, usize) = (60, 4);

/// The beginning of it, on one line.
impl Display for Value<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Value::U8(number) => number.fmt(f),
            Value::I8(number) => number.fmt(f),
            Value::U16(number) => number.fmt(f),
            Value::I16(number) => number.fmt(f),
            Value::U32(number) => number.fmt(f),
            Value::I32(number) => number.fmt(f),
            Value::U64(number) => number.fmt(f),
            Value::I64(number) => number.fmt(f),
            Value::F32(number) => number.fmt(f),
            Value::F64(number) => number.fmt(f),
            Value::Bool(truth) => truth.fmt(f),
            Value::String(text) => {
                let begun: String = text.chars().take(SHOWN.0).collect();
                write!(f, "{begun:?}{}", if begun.len() < text.len() { "…" } else { "" })
            }
            Value::Array(list) => {
                let begun: Vec<String> = list.iter().take(SHOWN.1).map(|value| value.to_string()).collect();
                let more = if begun.len() < list.len() { ", …" } else { "" };
                write!(f, "[{}{more}]", begun.join(", "))
            }
        }
    }
}

/// A list of values of one type, left where it lies until someone asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Array<'b> {
    kind: u32,
    len: usize,
    bytes: &'b [u8],
    /// How deep it is itself.
    depth: usize,
}

impl<'b> Array<'b> {
    /// How many values it has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its values.
    pub fn iter(&self) -> impl Iterator<Item = Value<'b>> + use<'b> {
        let (kind, depth) = (self.kind, self.depth);
        let mut cursor = Cursor::new(self.bytes);
        // They were all read once when the file was checked.
        (0..self.len).map_while(move |_| value(&mut cursor, kind, "", depth).ok())
    }
}

/// A type and its value. `name`: whose it is.
pub(super) fn typed<'b>(cursor: &mut Cursor<'b>, name: &str) -> Result<Value<'b>, WeightsError> {
    let kind = cursor.u32(Part::Entry)?;
    value(cursor, kind, name, 0)
}

fn value<'b>(
    cursor: &mut Cursor<'b>,
    kind: u32,
    name: &str,
    depth: usize,
) -> Result<Value<'b>, WeightsError> {
    let part = Part::Entry;
    Ok(match kind {
        0 => Value::U8(u8::from_le_bytes(cursor.array(part)?)),
        1 => Value::I8(i8::from_le_bytes(cursor.array(part)?)),
        2 => Value::U16(u16::from_le_bytes(cursor.array(part)?)),
        3 => Value::I16(i16::from_le_bytes(cursor.array(part)?)),
        4 => Value::U32(cursor.u32(part)?),
        5 => Value::I32(i32::from_le_bytes(cursor.array(part)?)),
        6 => Value::F32(f32::from_le_bytes(cursor.array(part)?)),
        7 => match cursor.array(part)? {
            [byte @ 0..=1] => Value::Bool(byte == 1),
            [byte] => return Err(wrong(name, GgufFault::Bool(byte))),
        },
        STRING => Value::String(cursor.text(part, Some(name))?),
        ARRAY => Value::Array(array(cursor, name, depth + 1)?),
        10 => Value::U64(cursor.u64(part)?),
        11 => Value::I64(i64::from_le_bytes(cursor.array(part)?)),
        12 => Value::F64(f64::from_le_bytes(cursor.array(part)?)),
        _ => return Err(wrong(name, GgufFault::ValueType(kind))),
    })
}

fn array<'b>(cursor: &mut Cursor<'b>, name: &str, depth: usize) -> Result<Array<'b>, WeightsError> {
    if depth > DEEPEST {
        return Err(wrong(name, GgufFault::Nested { limit: DEEPEST }));
    }
    let kind = cursor.u32(Part::Entry)?;
    let least = least_bytes(kind).ok_or_else(|| wrong(name, GgufFault::ValueType(kind)))?;
    let len = cursor.count(least, Part::Values)?;
    let mut end = cursor.clone();
    for _ in 0..len {
        value(&mut end, kind, name, depth)?;
    }
    let bytes = cursor.take((end.at() - cursor.at()) as u64, Part::Entry)?;
    Ok(Array { kind, len, bytes, depth })
}

/// What a value of a type takes at least.
fn least_bytes(kind: u32) -> Option<u64> {
    Some(match kind {
        0 | 1 | 7 => 1,
        2 | 3 => 2,
        4..=6 => 4,
        STRING | 10..=12 => 8,
        ARRAY => 12,
        _ => return None,
    })
}

fn wrong(name: &str, fault: GgufFault) -> WeightsError {
    WeightsError::Wrong { part: Part::Entry, name: name.into(), fault }
}
