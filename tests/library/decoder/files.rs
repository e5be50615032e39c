//! Reads the files in `tests/fixtures/decoder`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use concepts::decoder::{Config, Model, Naming, Stored};
use concepts::weights::{SafeTensors, Tensor};

/// The bytes of a fixture.
pub(super) fn bytes(file: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/decoder").join(file);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tensors of a family.
pub(super) fn tensors(family: &str) -> BTreeMap<String, Stored> {
    let bytes = bytes(&format!("{family}.safetensors"));
    let file = SafeTensors::parse(&bytes).unwrap_or_else(|error| panic!("{family}: {error}"));
    let stored = |tensor: Tensor| Stored { values: tensor.decode(), shape: tensor.shape };
    file.tensors().map(|tensor| (tensor.name.to_string(), stored(tensor))).collect()
}

/// The model of a case.
pub(super) fn model(family: &str, config: &str) -> Model {
    let read = Config::from_huggingface(config, family).unwrap_or_else(|error| panic!("{family}: {error}"));
    let bytes = bytes(&format!("{family}.safetensors"));
    let file = SafeTensors::parse(&bytes).unwrap_or_else(|error| panic!("{family}: {error}"));
    Model::new(read.config, Naming::HuggingFace, &file).unwrap_or_else(|error| panic!("{error}"))
}
