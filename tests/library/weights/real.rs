//! Whole published models, where a folder is named:
//!
//! ```sh
//! DEMO_MODELS=folder cargo test --release --test library weights::real
//! ```
//!
//! The folder holds `smollm2.gguf`, `gemma3.gguf` or both, the files named in `tests/fixtures/weights/make.py`.

use std::path::PathBuf;

use concepts::weights::{Gguf, not_finite};
use serde_json::Value;

use super::blocks::encoding;

/// The checksum of zip and PNG, of numbers as they lie in memory.
pub(super) fn crc32(values: &[f32]) -> u32 {
    crc32_of_bytes(values.iter().flat_map(|value| value.to_le_bytes()))
}

/// The same of bytes.
pub(crate) fn crc32_of_bytes(bytes: impl Iterator<Item = u8>) -> u32 {
    !bytes.fold(!0, |crc, byte| (crc >> 8) ^ TABLE[usize::from(crc as u8 ^ byte)])
}

static TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let (mut crc, mut bit) = (i as u32, 0);
        while bit < 8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 * (crc & 1));
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
};

/// The bytes of a model, if a folder is named that has it.
pub(crate) fn model(name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(std::env::var_os("DEMO_MODELS")?);
    let there =
        ["smollm2.gguf", "gemma3.gguf"].map(|name| folder.join(name)).iter().any(|file| file.exists());
    assert!(there, "{} has no model", folder.display());
    let file = folder.join(name);
    file.exists().then(|| std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
}

fn every_tensor(name: &str, wanted: &str) {
    let Some(bytes) = model(name) else { return };
    let gguf = Gguf::parse(&bytes).expect("a published model");
    let wanted: Value = serde_json::from_str(wanted).expect("JSON");
    let wanted = wanted["tensors"].as_array().expect("a list");
    assert_eq!(gguf.tensors().len(), wanted.len());
    for (tensor, wanted) in gguf.tensors().zip(wanted) {
        assert_eq!(Some(tensor.name), wanted["name"].as_str());
        assert_eq!(serde_json::json!(tensor.shape), wanted["shape"], "{}", tensor.name);
        assert_eq!(tensor.encoding, encoding(&wanted["encoding"]), "{}", tensor.name);
        let crc = u64::from(crc32(&tensor.decode()));
        assert_eq!(Some(crc), wanted["crc32"].as_u64(), "{}", tensor.name);
    }
    assert_eq!(not_finite(gguf.tensors()), []);
}

#[test]
fn every_tensor_of_smollm2_is_decoded_bit_for_bit() {
    every_tensor("smollm2.gguf", include_str!("../../fixtures/weights/smollm2.json"));
}

#[test]
fn every_tensor_of_gemma3_is_decoded_bit_for_bit() {
    every_tensor("gemma3.gguf", include_str!("../../fixtures/weights/gemma3.json"));
}

#[test]
fn the_checksum_is_the_usual_one() {
    // "123456789" has the checksum that the definition names; four bytes of it here.
    assert_eq!(crc32(&[f32::from_le_bytes(*b"1234")]), 0x9BE3_E0A3);
}
