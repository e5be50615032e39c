//! Reads the files in `tests/fixtures/decoder`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use concepts::decoder::{Config, Model, Naming, Stored};
use concepts::weights::Encoding;
use serde_json::Value;

/// The bytes of a fixture.
pub(super) fn bytes(file: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/decoder").join(file);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tensors of a family, as safetensors stores them in 16 bits.
pub(super) fn tensors(family: &str) -> BTreeMap<String, Stored> {
    let bytes = bytes(&format!("{family}.safetensors"));
    let head = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
    let (head, data) = bytes[8..].split_at(head);
    let head: BTreeMap<String, Value> = serde_json::from_slice(head).expect("a head of JSON");
    let tensors = head.into_iter().filter(|(name, _)| name != "__metadata__");
    tensors.map(|(name, entry)| (name, stored(&entry, data))).collect()
}

fn stored(entry: &Value, data: &[u8]) -> Stored {
    assert_eq!(entry["dtype"], "F16");
    let numbers = |field: &str| -> Vec<usize> {
        let list = entry[field].as_array().expect("a list");
        list.iter().map(|number| number.as_u64().expect("a whole number") as usize).collect()
    };
    let (shape, place) = (numbers("shape"), numbers("data_offsets"));
    let mut values = vec![0.0; shape.iter().product()];
    Encoding::F16.decode(&data[place[0]..place[1]], &mut values);
    Stored { shape, values }
}

/// The model of a case.
pub(super) fn model(family: &str, config: &str) -> Model {
    let read = Config::from_huggingface(config, family).unwrap_or_else(|error| panic!("{family}: {error}"));
    Model::new(read.config, Naming::HuggingFace, &tensors(family)).unwrap_or_else(|error| panic!("{error}"))
}
