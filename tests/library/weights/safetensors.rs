//! safetensors: files of the reference implementation, and what is refused.

use concepts::weights::words::JsonWanted;
use concepts::weights::{SafeTensors, WeightsError};
use serde_json::Value;

use super::blocks::floats;

const SMALL: &[u8] = include_bytes!("../../fixtures/weights/small.safetensors");
const FIRST: &[u8] = include_bytes!("../../fixtures/weights/part-1.safetensors");
const SECOND: &[u8] = include_bytes!("../../fixtures/weights/part-2.safetensors");
const INDEX: &str = include_str!("../../fixtures/weights/index.json");

fn wanted() -> Value {
    serde_json::from_str(include_str!("../../fixtures/weights/safetensors.json")).expect("JSON")
}

#[test]
fn one_file_and_its_parts_hold_the_same() {
    let wanted = wanted();
    let one = SafeTensors::parse(SMALL).expect("the reference's file");
    let files = [("part-1.safetensors", FIRST), ("part-2.safetensors", SECOND)];
    let parts = SafeTensors::parse_shards(INDEX, &files).expect("the reference's files");
    for model in [&one, &parts] {
        assert_eq!(model.tensors().map(|tensor| tensor.name.to_owned()).collect::<Vec<_>>(), ["a", "b"]);
        for tensor in model.tensors() {
            assert_eq!(tensor.decode(), floats(&wanted[tensor.name]), "{}", tensor.name);
            assert_eq!(model.tensor(tensor.name), Some(tensor));
        }
        assert_eq!(model.tensor("a").map(|a| (a.shape, a.bytes.len())), Some((vec![2, 3], 24)));
    }
    assert_eq!(one, parts.clone());
}

#[test]
fn index_and_files_must_agree() {
    let files = [("part-1.safetensors", FIRST), ("part-2.safetensors", SECOND)];
    let parse = |index: &str, files| SafeTensors::parse_shards(index, files).map(|_| ());
    let fault = JsonWanted::NoFile("part-2.safetensors".into());
    assert_eq!(parse(INDEX, &files[..1]), Err(WeightsError::Index { fault }));
    assert_eq!(parse("{}", &files), Err(WeightsError::Index { fault: JsonWanted::NoMap }));
    assert!(matches!(parse("[", &files), Err(WeightsError::Index { fault: JsonWanted::Unread(_) })));
    let misplaced = INDEX.replace("\"b\": \"part-2", "\"b\": \"part-1");
    let (tensor, file) = ("b".into(), "part-1.safetensors".into());
    assert_eq!(parse(&misplaced, &files), Err(WeightsError::Misplaced { tensor, file }));
    let again = [files[0], files[1], ("copy", FIRST)];
    assert_eq!(parse(INDEX, &again), Err(WeightsError::Twice { tensor: "a".into() }));
}

fn file(header: &str, data: usize) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &vec![0; data]].concat()
}

#[test]
fn what_cannot_be_used_is_refused() {
    let parse = |header: &str, data| SafeTensors::parse(&file(header, data)).map(|_| ());
    let whole = parse(r#"{"w":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, 8);
    assert_eq!(whole, Err(WeightsError::Dtype { tensor: "w".into(), found: "I64".into() }));
    let empty = parse(r#"{"w":{"dtype":"F32","shape":[9223372036854775807,0],"data_offsets":[0,0]}}"#, 0);
    assert_eq!(empty, Err(WeightsError::EmptyTensor { tensor: "w".into() }));
    let short = parse(r#"{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}"#, 8);
    assert!(matches!(short, Err(WeightsError::SafeTensors { .. })), "{short:?}");
    // Eight tensors of nearly 2^61 bytes end where a sum of three no longer fits into 64 bits.
    let size = (1u64 << 61) - 1;
    let tensor = |i: u64| {
        format!(
            "\"{i}\":{{\"dtype\":\"U8\",\"shape\":[{size}],\"data_offsets\":[{},{}]}}",
            i * size,
            (i + 1) * size
        )
    };
    let huge = format!("{{{}}}", (0..8).map(tensor).collect::<Vec<_>>().join(","));
    assert!(matches!(parse(&huge, 0), Err(WeightsError::SafeTensors { .. })));
}
