//! The whole file, checked.

use super::cursor::Cursor;
use super::tensors;
use super::value::{Value, typed};
use crate::weights::words::{GgufFault, Part};
use crate::weights::{Tensor, WeightsError};

/// An entry of metadata takes at least the length of its name, its type and a byte.
const LEAST_ENTRY: u64 = 8 + 4 + 1;

/// Where data begin, and each tensor, is a multiple of this if the file does not say otherwise.
const ALIGNMENT: u64 = 32;

/// A file of GGUF: metadata and tensors, checked, over borrowed bytes.
///
/// # Examples
/// ```
/// use concepts::weights::{Gguf, WeightsError};
/// let mut file = b"GGUF\x03\0\0\0".to_vec();
/// file.extend(0u64.to_le_bytes()); // tensors
/// file.extend(1u64.to_le_bytes()); // entries of metadata
/// file.extend(20u64.to_le_bytes());
/// file.extend(b"general.architecture");
/// file.extend(8u32.to_le_bytes()); // a text
/// file.extend(5u64.to_le_bytes());
/// file.extend(b"llama");
/// let gguf = Gguf::parse(&file)?;
/// assert_eq!(gguf.get("general.architecture").and_then(|value| value.as_str()), Some("llama"));
/// assert!(matches!(Gguf::parse(&file[..60]), Err(WeightsError::CutOff { at: 56, .. })));
/// # Ok::<(), WeightsError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Gguf<'b> {
    version: u32,
    metadata: Vec<(&'b str, Value<'b>)>,
    tensors: Vec<Tensor<'b>>,
    /// Places in `tensors`, by name.
    by_name: Vec<usize>,
}

impl<'b> Gguf<'b> {
    /// Reads and checks metadata and directory; no weight is looked at.
    ///
    /// # Errors
    /// [`WeightsError`], all but those of safetensors and of rounding: another format or version, numbers of things,
    /// texts, lists and tensors for which the file has no room, names that stand twice, unknown types, shapes that are
    /// empty, too large or no whole blocks, tensors that overlap or are not aligned.
    pub fn parse(bytes: &'b [u8]) -> Result<Self, WeightsError> {
        let mut cursor = Cursor::new(bytes);
        let version = version(&mut cursor)?;
        let count = cursor.count(tensors::LEAST, Part::Tensors)?;
        let metadata = metadata(&mut cursor)?;
        let infos = tensors::infos(&mut cursor, count)?;
        let alignment = alignment(&metadata)?;
        let tensors = tensors::placed(infos, bytes, cursor.at(), alignment)?;
        let by_name = sorted(tensors.iter().map(|tensor| tensor.name), Part::Tensor)?;
        Ok(Gguf { version, metadata, tensors, by_name })
    }

    /// Reads the metadata alone, from bytes that may end anywhere behind them: a file of gigabytes need not be read for
    /// its tokenizer. It has no tensors then.
    ///
    /// # Errors
    /// As [`Gguf::parse`], as far as the metadata go; [`WeightsError::CutOff`] and [`WeightsError::TooMany`] may mean that
    /// more bytes are needed.
    ///
    /// # Examples
    /// ```
    /// use concepts::weights::Gguf;
    /// let mut file = b"GGUF\x03\0\0\0".to_vec();
    /// file.extend(7u64.to_le_bytes()); // tensors, whose directory is not there
    /// file.extend(1u64.to_le_bytes());
    /// file.extend(3u64.to_le_bytes());
    /// file.extend(b"key");
    /// file.extend(4u32.to_le_bytes()); // a whole number
    /// file.extend(5u32.to_le_bytes());
    /// assert!(Gguf::parse(&file).is_err());
    /// let head = Gguf::parse_metadata(&file)?;
    /// assert_eq!((head.get("key").and_then(|value| value.as_u64()), head.tensors().len()), (Some(5), 0));
    /// # Ok::<(), concepts::weights::WeightsError>(())
    /// ```
    pub fn parse_metadata(bytes: &'b [u8]) -> Result<Self, WeightsError> {
        let mut cursor = Cursor::new(bytes);
        let version = version(&mut cursor)?;
        cursor.u64(Part::Tensors)?;
        let metadata = metadata(&mut cursor)?;
        Ok(Gguf { version, metadata, tensors: Vec::new(), by_name: Vec::new() })
    }

    /// The version of the format.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Names and values, in the order of the file.
    pub fn metadata(&self) -> &[(&'b str, Value<'b>)] {
        &self.metadata
    }

    /// The value of a name.
    pub fn get(&self, key: &str) -> Option<&Value<'b>> {
        self.metadata.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The tensors, in the order of the file.
    pub fn tensors(&self) -> impl ExactSizeIterator<Item = &Tensor<'b>> {
        self.tensors.iter()
    }

    /// The tensor of a name.
    pub fn tensor(&self, name: &str) -> Option<&Tensor<'b>> {
        let place = self.by_name.binary_search_by(|&at| self.tensors[at].name.cmp(name)).ok()?;
        Some(&self.tensors[self.by_name[place]])
    }
}

fn version(cursor: &mut Cursor<'_>) -> Result<u32, WeightsError> {
    let found = cursor.take(cursor.left().min(4) as u64, Part::Header)?;
    if found != b"GGUF" {
        return Err(WeightsError::NotGguf { found: found.into() });
    }
    match cursor.u32(Part::Header)? {
        version @ 2..=3 => Ok(version),
        version if version.swap_bytes() <= 0xFFFF && version > 0xFFFF => Err(WeightsError::BigEndian),
        version => Err(WeightsError::Version { version }),
    }
}

fn metadata<'b>(cursor: &mut Cursor<'b>) -> Result<Vec<(&'b str, Value<'b>)>, WeightsError> {
    let count = cursor.count(LEAST_ENTRY, Part::Entries)?;
    let mut metadata = Vec::with_capacity(count);
    for _ in 0..count {
        let name = cursor.text(Part::Key, None)?;
        metadata.push((name, typed(cursor, name)?));
    }
    sorted(metadata.iter().map(|(name, _)| *name), Part::Entry)?;
    Ok(metadata)
}

/// The places of names in alphabetical order; no name stands twice.
fn sorted<'a>(names: impl Iterator<Item = &'a str>, part: Part) -> Result<Vec<usize>, WeightsError> {
    let names: Vec<&str> = names.collect();
    let mut places: Vec<usize> = (0..names.len()).collect();
    places.sort_unstable_by_key(|&at| names[at]);
    match places.windows(2).find(|pair| names[pair[0]] == names[pair[1]]) {
        Some(pair) => Err(WeightsError::Wrong { part, name: names[pair[0]].into(), fault: GgufFault::Twice }),
        None => Ok(places),
    }
}

fn alignment(metadata: &[(&str, Value<'_>)]) -> Result<u64, WeightsError> {
    const NAME: &str = "general.alignment";
    let Some((_, value)) = metadata.iter().find(|(name, _)| *name == NAME) else { return Ok(ALIGNMENT) };
    value.as_u64().filter(|alignment| alignment.is_power_of_two()).ok_or_else(|| WeightsError::Wrong {
        part: Part::Entry,
        name: NAME.into(),
        fault: GgufFault::Alignment { found: value.to_string() },
    })
}
