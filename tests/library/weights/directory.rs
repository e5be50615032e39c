//! The reader of GGUF against the reference's files, and every refusal once.

use concepts::weights::words::{GgufFault, Part};
use concepts::weights::{Encoding, Gguf, NotFinite, Tensor, Value, WeightsError, not_finite};

use super::blocks::encoding;
use super::made::{ARRAY, Made, STRING, text};
use super::real::crc32;

const SMALL: &[u8] = include_bytes!("../../fixtures/weights/small.gguf");

#[test]
fn values_of_every_type_are_read() {
    let gguf = Gguf::parse(SMALL).expect("the reference's file");
    let get = |name: &str| gguf.get(name).unwrap_or_else(|| panic!("{name} is not there"));
    assert_eq!(gguf.version(), 3);
    assert_eq!(get("general.architecture").as_str(), Some("llama"));
    let wanted = [
        ("n.u8", Value::U8(200)),
        ("n.i8", Value::I8(-100)),
        ("n.u16", Value::U16(60_000)),
        ("n.i16", Value::I16(-30_000)),
        ("n.u32", Value::U32(4_000_000_000)),
        ("n.i32", Value::I32(-2_000_000_000)),
        ("n.u64", Value::U64((1 << 63) + 1)),
        ("n.i64", Value::I64(-(1 << 62))),
        ("n.f32", Value::F32(0.5)),
        ("n.f64", Value::F64(-1e300)),
        ("n.yes", Value::Bool(true)),
        ("n.no", Value::Bool(false)),
        ("text", Value::String("猫 and Ġ")),
    ];
    for (name, value) in wanted {
        assert_eq!(*get(name), value, "{name}");
    }
    assert_eq!(get("n.u64").as_u64(), Some((1 << 63) + 1));
    assert_eq!((get("n.u64").as_i64(), get("n.i8").as_u64(), get("n.i8").as_i64()), (None, None, Some(-100)));
    assert_eq!(get("list.text").strings(), Some(vec!["a", "", "▁b"]));
    assert_eq!(get("list.int").ints(), Some(vec![1, -2, 3]));
    assert_eq!(get("list.float").floats(), Some(vec![0.25, -4.0]));
    assert_eq!(
        (get("list.float").ints(), get("list.int").strings(), get("text").floats()),
        (None, None, None)
    );
    let nested: Vec<_> =
        get("list.list").as_array().expect("a list").iter().map(|list| list.ints()).collect();
    assert_eq!(nested, [Some(vec![1, 2]), Some(vec![3])]);
    assert_eq!(gguf.get("nothing"), None);
}

#[test]
fn tensors_are_those_of_the_reference() {
    let gguf = Gguf::parse(SMALL).expect("the reference's file");
    let wanted: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/weights/small.json")).expect("JSON");
    let wanted = wanted["tensors"].as_array().expect("a list");
    assert_eq!(gguf.tensors().len(), wanted.len());
    for (tensor, wanted) in gguf.tensors().zip(wanted) {
        assert_eq!(Some(tensor.name), wanted["name"].as_str());
        assert_eq!(serde_json::json!(tensor.shape), wanted["shape"], "{}", tensor.name);
        assert_eq!(tensor.encoding, encoding(&wanted["encoding"]), "{}", tensor.name);
        let values = tensor.decode();
        assert_eq!(values.len(), tensor.elements());
        assert_eq!(u64::from(crc32(&values)), wanted["crc32"].as_u64().expect("a number"), "{}", tensor.name);
        assert_eq!(gguf.tensor(tensor.name), Some(tensor));
        let mut row = vec![0.0; tensor.columns()];
        for i in 0..tensor.rows() {
            tensor.encoding.decode(tensor.row(i), &mut row);
            assert_eq!(row, values[i * row.len()..][..row.len()], "{}, row {i}", tensor.name);
        }
        assert!(tensor.row(tensor.rows()).is_empty());
    }
    assert_eq!(gguf.tensor("nothing"), None);
    assert_eq!(not_finite(gguf.tensors()), []);
}

#[test]
fn what_is_no_gguf_is_said() {
    let parse = |bytes: &[u8]| Gguf::parse(bytes).map(|gguf| gguf.version());
    assert_eq!(parse(b""), Err(WeightsError::NotGguf { found: vec![] }));
    assert_eq!(parse(b"PK\x03\x04rest"), Err(WeightsError::NotGguf { found: b"PK\x03\x04".to_vec() }));
    assert_eq!(parse(b"GGUF\0\0\0\x03"), Err(WeightsError::BigEndian));
    assert_eq!(parse(b"GGUF\x01\0\0\0"), Err(WeightsError::Version { version: 1 }));
    assert_eq!(parse(b"GGUF\x04\0\0\0"), Err(WeightsError::Version { version: 4 }));
    let mut second = Made::default().file(1);
    second[4] = 2;
    assert_eq!(parse(&second), Ok(2));
}

#[test]
fn numbers_without_room_are_refused() {
    for count in [3, 1 << 40, 1 << 63, u64::MAX] {
        let tensors = Gguf::parse(&Made::default().file_with(count, 0, 1)).map(|_| ());
        assert_eq!(tensors, Err(WeightsError::TooMany { part: Part::Tensors, count, bytes: 8 }));
        let entries = Gguf::parse(&Made::default().file_with(0, count, 1)).map(|_| ());
        assert_eq!(entries, Err(WeightsError::TooMany { part: Part::Entries, count, bytes: 0 }));
        let list = [&STRING.to_le_bytes()[..], &count.to_le_bytes()].concat();
        let list = Gguf::parse(&Made::default().entry("list", ARRAY, &list).file(1)).map(|_| ());
        assert_eq!(list, Err(WeightsError::TooMany { part: Part::Values, count, bytes: 0 }));
        let long =
            Gguf::parse(&Made::default().entry("text", STRING, &count.to_le_bytes()).file(1)).map(|_| ());
        assert_eq!(long, Err(WeightsError::CutOff { part: Part::Entry, at: 48, needed: count, left: 0 }));
    }
}

/// What an entry is refused for.
fn entry_fault(made: &Made) -> Option<GgufFault> {
    match Gguf::parse(&made.file(32)) {
        Err(WeightsError::Wrong { part: Part::Entry, fault, .. }) => Some(fault),
        _ => None,
    }
}

#[test]
fn wrong_entries_are_named() {
    let made = Made::default;
    assert_eq!(entry_fault(&made().entry("a", 13, &[0; 8])), Some(GgufFault::ValueType(13)));
    assert_eq!(entry_fault(&made().entry("a", 7, &[2])), Some(GgufFault::Bool(2)));
    assert_eq!(entry_fault(&made().entry("a", 0, &[1]).entry("a", 0, &[1])), Some(GgufFault::Twice));
    let latin = [&1u64.to_le_bytes()[..], b"\xe9"].concat();
    assert_eq!(entry_fault(&made().entry("a", STRING, &latin)), Some(GgufFault::NotUtf8));
    for found in [0u32, 24, 33] {
        let made = made().entry("general.alignment", 4, &found.to_le_bytes());
        assert_eq!(entry_fault(&made), Some(GgufFault::Alignment { found: found.to_string() }));
    }
    let no_number = made().entry("general.alignment", STRING, &text("32"));
    assert_eq!(entry_fault(&no_number), Some(GgufFault::Alignment { found: "\"32\"".into() }));
    // Lists of one list each.
    let nested = |depth: usize| [[9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0].repeat(depth), vec![0; 12]].concat();
    assert_eq!(entry_fault(&made().entry("a", ARRAY, &nested(3))), None);
    assert_eq!(entry_fault(&made().entry("a", ARRAY, &nested(4))), Some(GgufFault::Nested { limit: 4 }));
    assert_eq!(
        entry_fault(&made().entry("a", ARRAY, &nested(100_000))),
        Some(GgufFault::Nested { limit: 4 })
    );
}

/// What a tensor is refused for.
fn tensor_fault(shape: &[u64], kind: u32, offset: u64) -> Option<GgufFault> {
    match Gguf::parse(&Made::default().tensor("t", shape, kind, offset).data(&[0; 256]).file(32)) {
        Err(WeightsError::Wrong { part: Part::Tensor, fault, .. }) => Some(fault),
        _ => None,
    }
}

#[test]
fn wrong_tensors_are_named() {
    assert_eq!(tensor_fault(&[8, 8], 0, 0), None);
    assert_eq!(tensor_fault(&[1; 5], 0, 0), Some(GgufFault::Dimensions { found: 5, limit: 4 }));
    assert_eq!(tensor_fault(&[8, 0], 0, 0), Some(GgufFault::Empty));
    assert_eq!(tensor_fault(&[1 << 32, 1 << 32], 0, 0), Some(GgufFault::Overflow));
    assert_eq!(tensor_fault(&[1 << 62, 2], 0, 0), Some(GgufFault::Overflow));
    assert_eq!(tensor_fault(&[8], 19, 0), Some(GgufFault::TensorType { number: 19, name: Some("IQ1_S") }));
    assert_eq!(tensor_fault(&[8], 1000, 0), Some(GgufFault::TensorType { number: 1000, name: None }));
    assert_eq!(tensor_fault(&[48, 2], 8, 0), Some(GgufFault::PartialBlock { columns: 48, block: 32 }));
    assert_eq!(tensor_fault(&[8], 0, 16), Some(GgufFault::Misaligned { offset: 16, alignment: 32 }));
    let twice = Made::default().tensor("t", &[8], 0, 0).tensor("t", &[8], 0, 32).data(&[0; 64]).file(32);
    let fault = GgufFault::Twice;
    assert_eq!(Gguf::parse(&twice), Err(WeightsError::Wrong { part: Part::Tensor, name: "t".into(), fault }));
}

#[test]
fn tensors_share_no_bytes_and_end_in_the_file() {
    let overlap = Made::default().tensor("b", &[8], 0, 32).tensor("a", &[9], 0, 0).data(&[0; 64]).file(32);
    let (first, second) = ("a".into(), "b".into());
    assert_eq!(Gguf::parse(&overlap), Err(WeightsError::Overlap { first, second, end: 36, start: 32 }));
    let same = Made::default().tensor("a", &[8], 0, 0).tensor("b", &[8], 0, 0).data(&[0; 32]).file(32);
    assert!(matches!(Gguf::parse(&same), Err(WeightsError::Overlap { .. })));
    for offset in [32, 1 << 40, u64::MAX - 31] {
        let beyond = Made::default().tensor("a", &[8], 0, offset).data(&[0; 63]).file(32);
        let Err(WeightsError::Beyond { tensor, end, bytes }) = Gguf::parse(&beyond) else {
            panic!("a tensor at {offset} was taken")
        };
        assert_eq!((tensor.as_str(), bytes), ("a", beyond.len()));
        assert_eq!(end, (beyond.len() as u64 + 1 - 64).saturating_add(offset).saturating_add(32));
    }
    let far = Made::default().entry("general.alignment", 10, &(1u64 << 63).to_le_bytes());
    assert!(matches!(Gguf::parse(&far.tensor("a", &[8], 0, 0).file(32)), Err(WeightsError::Beyond { .. })));
}

#[test]
fn an_alignment_of_its_own_counts() {
    let made = Made::default().entry("general.alignment", 4, &8u32.to_le_bytes());
    let file = made.tensor("a", &[2], 0, 0).tensor("b", &[1], 0, 8).data(&[0, 0, 128, 63].repeat(3)).file(8);
    let gguf = Gguf::parse(&file).expect("a right file");
    assert_eq!(gguf.tensor("b").map(Tensor::decode), Some(vec![1.0]));
    assert_eq!(gguf.tensor("a").map(|tensor| (tensor.encoding, tensor.elements())), Some((Encoding::F32, 2)));
}

#[test]
fn weights_that_are_no_numbers_are_counted() {
    // A scale that is infinite: where q is 0 the weight is NaN, everywhere else infinite.
    let mut block = vec![1; 34];
    (block[0], block[1], block[2]) = (0x00, 0x7C, 0);
    let file = Made::default().tensor("w", &[32], 8, 0).data(&block).file(32);
    let gguf = Gguf::parse(&file).expect("a right file");
    assert_eq!(not_finite(gguf.tensors()), [NotFinite { tensor: "w", nan: 1, infinite: 31 }]);
}

#[test]
fn every_refusal_is_one_line() {
    let last =
        Gguf::parse(SMALL).expect("the reference's file").tensors().last().map_or(0, |last| last.bytes.len());
    // Behind the last tensor the reference fills up to the alignment.
    let whole = SMALL.len().next_multiple_of(32) - 32 + last;
    for end in 0..whole {
        let error = Gguf::parse(&SMALL[..end]).expect_err("a part of a file");
        let line = error.to_string();
        assert!(!line.contains('\n') && line.starts_with("gguf: ") && line.len() < 300, "{line}");
    }
    assert!(Gguf::parse(&SMALL[..whole]).is_ok());
}
