//! Blocks against the reference implementation, bit for bit.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use concepts::weights::{Encoding, WeightsError, relative_error};
use serde_json::Value;

pub(super) fn bytes(value: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(value.as_str().expect("a text")).expect("base64")
}

pub(super) fn floats(value: &Value) -> Vec<f32> {
    bytes(value).as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

pub(super) fn encoding(value: &Value) -> Encoding {
    *Encoding::ALL.iter().find(|encoding| Some(encoding.name()) == value.as_str()).expect("a known encoding")
}

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The same bits, or no number on either side.
fn same(found: f32, wanted: f32) -> bool {
    found.to_bits() == wanted.to_bits() || (found.is_nan() && wanted.is_nan())
}

#[test]
fn blocks_are_decoded_bit_for_bit() {
    let fixture = fixture(include_str!("../../fixtures/weights/blocks.json"));
    let cases = fixture["cases"].as_array().expect("a list");
    let encodings: Vec<Encoding> = cases.iter().map(|case| encoding(&case["encoding"])).collect();
    let missing: Vec<_> = Encoding::ALL.iter().filter(|encoding| !encodings.contains(encoding)).collect();
    assert_eq!(missing, [&Encoding::F32], "encodings without reference numbers");
    for (case, encoding) in cases.iter().zip(encodings) {
        let (bytes, wanted) = (bytes(&case["bytes"]), floats(&case["values"]));
        assert_eq!(bytes.len() / encoding.block_bytes() * encoding.block_len(), wanted.len(), "{encoding}");
        let mut found = vec![0.0; wanted.len()];
        encoding.decode(&bytes, &mut found);
        for (at, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
            assert!(same(*found, *wanted), "{encoding}, weight {at}: {found} for {wanted}");
        }
        assert!(wanted.iter().any(|weight| weight.is_nan()), "{encoding}: no case with NaN");
    }
}

#[test]
fn weights_are_rounded_bit_for_bit() {
    let fixture = fixture(include_str!("../../fixtures/weights/rounded.json"));
    let weights = floats(&fixture["weights"]);
    for case in fixture["cases"].as_array().expect("a list") {
        let encoding = encoding(&case["encoding"]);
        let found = encoding.encode(&weights).expect("whole blocks of an encoding with an encoder");
        let wanted = bytes(&case["bytes"]);
        let blocks =
            |bytes: &[u8]| bytes.chunks(encoding.block_bytes()).map(<[u8]>::to_vec).collect::<Vec<_>>();
        for (at, (found, wanted)) in blocks(&found).iter().zip(blocks(&wanted)).enumerate() {
            assert_eq!(*found, wanted, "{encoding}, block {at}");
        }
        assert_eq!(found.len(), wanted.len(), "{encoding}");
    }
}

/// Half a step is the most that rounding to the nearest of equally spaced levels can lose, and the scale itself is
/// rounded to 11 bits.
#[test]
fn no_weight_is_off_by_more_than_a_step() {
    let mut weights: Vec<f32> =
        (0..3200).map(|i| ((i * 7919 % 3200) as f32 / 1600.0 - 1.0).powi(3)).collect();
    weights[5] = 4.0;
    for (encoding, levels) in [(Encoding::Q8_0, 254.0), (Encoding::Q4_1, 15.0), (Encoding::Q5_1, 31.0)] {
        let bytes = encoding.encode(&weights).expect("whole blocks");
        let mut back = vec![0.0; weights.len()];
        encoding.decode(&bytes, &mut back);
        for (block, back) in weights.chunks(32).zip(back.chunks(32)) {
            let (min, max) = block.iter().fold((0f32, 0f32), |(min, max), &w| (min.min(w), max.max(w)));
            let width = if encoding == Encoding::Q8_0 { 2.0 * max.max(-min) } else { max - min };
            let most = width / levels / 2.0 + max.max(-min) / 1024.0;
            for (w, b) in block.iter().zip(back) {
                assert!((w - b).abs() <= most, "{encoding}: {w} became {b}, more than {most} off");
            }
        }
    }
}

#[test]
fn more_bits_lose_less() {
    let weights: Vec<f32> = (0..4096).map(|i| (i as f32 * 0.7).sin() * (i as f32 * 0.013).cos()).collect();
    let loss = |encoding| relative_error(&weights, encoding).expect("whole blocks");
    let order =
        [Encoding::F32, Encoding::F16, Encoding::BF16, Encoding::Q8_0, Encoding::Q5_1, Encoding::Q4_1];
    assert!(order.windows(2).all(|pair| loss(pair[0]) < loss(pair[1])), "{:?}", order.map(loss));
    assert!(loss(Encoding::Q5_0) < loss(Encoding::Q4_0));
    let order = [Encoding::Q6K, Encoding::Q5K, Encoding::Q4K, Encoding::Q3K, Encoding::Q2K];
    assert!(order.windows(2).all(|pair| loss(pair[0]) < loss(pair[1])), "{:?}", order.map(loss));
}

/// Where the step is searched for, ggml weighs large weights more, and pays for it in squares: ours never loses more
/// than two per cent beyond its loss, and where nothing is searched for exactly as much.
#[test]
fn rounding_loses_no_more_than_ggml() {
    let fixture = fixture(include_str!("../../fixtures/weights/lost.json"));
    for case in fixture["cases"].as_array().expect("a list") {
        let weights = floats(&case["weights"]);
        for (name, lost) in case["lost"].as_object().expect("encodings") {
            let encoding = encoding(&Value::from(name.as_str()));
            let ours = relative_error(&weights, encoding).expect("whole blocks");
            let theirs = lost.as_f64().expect("a number");
            let searched = encoding.block_len() == 256 || encoding == Encoding::Iq4Nl;
            let (least, most) = if searched { (0.5, 1.02) } else { (1.0 - 1e-6, 1.0 + 1e-6) };
            let ratio = ours / theirs;
            assert!((least..=most).contains(&ratio), "{encoding}, {}: {ours} beside {theirs}", case["name"]);
        }
    }
}

/// The table in the documentation of [`Encoding`] says what normally distributed weights lose.
#[test]
fn the_table_of_losses_is_that_of_ggml() {
    let fixture = fixture(include_str!("../../fixtures/weights/lost.json"));
    let normal = &fixture["cases"].as_array().expect("a list")[0];
    assert_eq!(normal["name"], "normal");
    let documented = include_str!("../../../src/weights/encoding.rs");
    for (name, lost) in normal["lost"].as_object().expect("encodings") {
        let said = format!("`{name}` {:.2} %", 100.0 * lost.as_f64().expect("a number"));
        assert!(documented.contains(&said), "the documentation lacks {said}");
    }
    let loss = |name: &str| normal["lost"][name].as_f64();
    assert!(loss("IQ4_NL") < loss("Q4_0"), "the table of IQ4_NL is made for such weights");
}

/// Zeros, a single weight, the same everywhere, and all on one side of 0 by far: nothing divides by 0.
#[test]
fn odd_blocks_are_rounded_to_numbers() {
    let single: Vec<f32> = (0..256).map(|i| if i == 77 { -3.0 } else { 0.0 }).collect();
    for weights in [vec![0.0; 256], single, vec![0.25; 256], vec![-1e-30; 256], vec![1e4; 256]] {
        for encoding in Encoding::ALL.iter().filter(|encoding| encoding.block_len() > 1) {
            let bytes = encoding.encode(&weights).expect("whole blocks");
            let mut back = vec![f32::NAN; 256];
            encoding.decode(&bytes, &mut back);
            let most = weights.iter().fold(0.0, |most: f32, w| most.max(w.abs()));
            // A number below the smallest half is 0; Q2_K has four levels for a group.
            let near = |(w, b): (&f32, &f32)| (w - b).abs() <= most / 3.0 + 1e-7;
            assert!(
                weights.iter().zip(&back).all(near),
                "{encoding}: {:?} became {:?}",
                weights[0],
                &back[..4]
            );
        }
    }
}

#[test]
fn what_cannot_be_rounded_is_said() {
    let partial = relative_error(&[0.0; 33], Encoding::Q8_0);
    assert_eq!(partial, Err(WeightsError::PartialBlock { values: 33, block: 32, encoding: Encoding::Q8_0 }));
    assert_eq!(relative_error(&[0.0; 32], Encoding::Q4_0), Ok(0.0));
    assert!(relative_error(&[f32::NAN; 32], Encoding::F32).expect("whole blocks").is_nan());
}

/// Nothing is read or written beyond whole blocks.
#[test]
fn parts_of_blocks_stay_as_they_are() {
    for &encoding in Encoding::ALL {
        let bytes = vec![0; 2 * encoding.block_bytes() - 1];
        let mut out = vec![7.0; 2 * encoding.block_len()];
        encoding.decode(&bytes, &mut out);
        assert!(out[encoding.block_len()..].iter().all(|&x| x == 7.0), "{encoding}");
        encoding.decode(&[], &mut out);
        encoding.decode(&bytes, &mut []);
    }
}
