//! safetensors: the files of Hugging Face.
//!
//! ```text
//! length of the header │ header: JSON {name: {dtype, shape, data_offsets}} │ data
//! ```
//!
//! Read by the crate of the format's authors; what is checked here besides is what one tensor needs to be used.

use safetensors::{Dtype, SafeTensors as Reader};

use super::words::JsonWanted;
use super::{Encoding, StandIn, Tensor, WeightsError};
use crate::json::object;

/// One file of safetensors, or several that are one model.
///
/// # Examples
/// ```
/// use concepts::weights::SafeTensors;
/// let header = br#"{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#;
/// let mut file = (header.len() as u64).to_le_bytes().to_vec();
/// file.extend(header);
/// file.extend([1f32, -2.0].map(f32::to_le_bytes).concat());
/// let model = SafeTensors::parse(&file)?;
/// assert_eq!(model.tensor("w").map(|w| w.decode()), Some(vec![1.0, -2.0]));
/// # Ok::<(), concepts::weights::WeightsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeTensors<'b> {
    /// By name.
    tensors: Vec<Owned<'b>>,
}

/// A tensor whose name stands in a JSON text, perhaps with escapes, and so not among the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Owned<'b> {
    name: String,
    shape: Vec<usize>,
    encoding: Encoding,
    bytes: &'b [u8],
}

impl<'b> SafeTensors<'b> {
    /// Reads one file.
    ///
    /// # Errors
    /// [`WeightsError::SafeTensors`] with what the format's own reader says; [`WeightsError::StandIn`]; [`WeightsError::Dtype`] for numbers that
    /// are not `F32`, `F16` or `BF16`; [`WeightsError::EmptyTensor`].
    pub fn parse(bytes: &'b [u8]) -> Result<Self, WeightsError> {
        let mut tensors = of_file(bytes)?;
        tensors.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(SafeTensors { tensors })
    }

    /// Reads a model in several files. `index`: the text of `model.safetensors.index.json`; `files`: their names and
    /// bytes.
    ///
    /// # Errors
    /// Those of [`SafeTensors::parse`]; [`WeightsError::Index`]; [`WeightsError::Misplaced`] and
    /// [`WeightsError::Twice`] if index and files do not agree.
    pub fn parse_shards(index: &str, files: &[(&str, &'b [u8])]) -> Result<Self, WeightsError> {
        let index =
            object(index).map_err(|fault| WeightsError::Index { fault: JsonWanted::Unread(fault) })?;
        let no_map = || WeightsError::Index { fault: JsonWanted::NoMap };
        let map = index.get("weight_map").and_then(|map| map.as_object()).ok_or_else(no_map)?;
        let shards = files.iter().map(|(name, bytes)| Ok((*name, Self::parse(bytes)?)));
        let shards: Vec<(&str, SafeTensors<'b>)> = shards.collect::<Result<_, WeightsError>>()?;
        for (tensor, file) in map {
            let file = file.as_str().ok_or_else(no_map)?;
            let Some((_, shard)) = shards.iter().find(|(name, _)| *name == file) else {
                return Err(WeightsError::Index { fault: JsonWanted::NoFile(file.into()) });
            };
            if shard.place(tensor).is_none() {
                return Err(WeightsError::Misplaced { tensor: tensor.clone(), file: file.into() });
            }
        }
        let mut tensors: Vec<Owned<'b>> = shards.into_iter().flat_map(|(_, shard)| shard.tensors).collect();
        tensors.sort_by(|a, b| a.name.cmp(&b.name));
        match tensors.windows(2).find(|pair| pair[0].name == pair[1].name) {
            Some(pair) => Err(WeightsError::Twice { tensor: pair[0].name.clone() }),
            None => Ok(SafeTensors { tensors }),
        }
    }

    /// The tensors, by name.
    pub fn tensors(&self) -> impl ExactSizeIterator<Item = Tensor<'_>> {
        self.tensors.iter().map(Owned::view)
    }

    /// The tensor of a name.
    pub fn tensor(&self, name: &str) -> Option<Tensor<'_>> {
        self.place(name).map(|at| self.tensors[at].view())
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.tensors.binary_search_by(|tensor| tensor.name.as_str().cmp(name)).ok()
    }
}

impl Owned<'_> {
    fn view(&self) -> Tensor<'_> {
        let Owned { name, shape, encoding, bytes } = self;
        Tensor { name, shape: shape.clone(), encoding: *encoding, bytes }
    }
}

fn of_file(bytes: &[u8]) -> Result<Vec<Owned<'_>>, WeightsError> {
    if let Some(what) = StandIn::of(bytes) {
        return Err(WeightsError::StandIn(what));
    }
    if bytes.is_empty() {
        return Err(WeightsError::SafeTensors { said: "it is empty".into() });
    }
    within_file(bytes)?;
    let refused = |error: safetensors::SafeTensorError| WeightsError::SafeTensors { said: error.to_string() };
    let (header, metadata) = Reader::read_metadata(bytes).map_err(refused)?;
    let data = bytes.get(LENGTH.saturating_add(header)..).unwrap_or_default();
    let mut tensors = Vec::new();
    for name in metadata.offset_keys() {
        let Some(info) = metadata.info(&name) else { continue };
        let encoding = match info.dtype {
            Dtype::F32 => Encoding::F32,
            Dtype::F16 => Encoding::F16,
            Dtype::BF16 => Encoding::BF16,
            other => return Err(WeightsError::Dtype { tensor: name, found: format!("{other:?}") }),
        };
        if info.shape.contains(&0) {
            return Err(WeightsError::EmptyTensor { tensor: name });
        }
        let bytes = data.get(info.data_offsets.0..info.data_offsets.1).unwrap_or_default();
        tensors.push(Owned { name, shape: info.shape.clone(), encoding, bytes });
    }
    Ok(tensors)
}

/// The length of the header takes so many bytes.
const LENGTH: usize = 8;

/// No tensor ends behind the file. The reader adds what its header says before it compares, and the sum may be beyond
/// what can be counted.
fn within_file(bytes: &[u8]) -> Result<(), WeightsError> {
    let header = bytes.split_first_chunk::<LENGTH>().and_then(|(length, rest)| {
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        str::from_utf8(rest.get(..length)?).ok()
    });
    // What is no header at all the reader refuses.
    let Some(Ok(header)) = header.map(object) else { return Ok(()) };
    let end = |info: &serde_json::Value| info.pointer("/data_offsets/1").and_then(serde_json::Value::as_u64);
    for (name, info) in &header {
        if end(info).is_some_and(|end| end > bytes.len() as u64) {
            return Err(WeightsError::SafeTensors {
                said: format!("the tensor {name:?} ends behind the file"),
            });
        }
    }
    Ok(())
}
