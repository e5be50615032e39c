//! Logits as programs write them.

use super::{Read, npy, of_text};
use crate::kit::knob::Refusal;

fn read(text: &str) -> Result<Read, Refusal> {
    of_text(text, "f")
}

fn rows(text: &str) -> Vec<Vec<f64>> {
    read(text).unwrap_or_else(|refusal| panic!("{refusal}")).rows
}

#[test]
fn numbers_are_read_as_programs_write_them() {
    assert_eq!(rows("[1, -2.5e1,\n 3]"), [[1.0, -25.0, 3.0]]);
    assert_eq!(rows("1\r\n\n −2 \n3,\n"), [[1.0, -2.0, 3.0]]);
    assert_eq!(rows("[-Infinity, \"-inf\", −∞, -inf]"), [[f64::NEG_INFINITY; 4]]);
    assert!(rows("[NaN]")[0][0].is_nan() && rows("nan\n1")[0][0].is_nan());
    assert_eq!(rows("[]"), [[0.0; 0]]);
    assert_eq!(rows("[ 1.5 -0.2\n  3. ]"), [[1.5, -0.2, 3.0]]);
    assert_eq!(rows("# logits\n1.5 -0.2 3 # last\n"), [[1.5, -0.2, 3.0]]);
    assert_eq!(rows("1,2,3"), [[1.0, 2.0, 3.0]]);
}

#[test]
fn what_python_prints_around_a_list_is_taken_off() {
    for text in [
        "array([1.5, -2.0], dtype=float32)",
        "np.array([ 1.5, -2. ])",
        "tensor([ 1.5000, -2.0000], device='cuda:0')",
        "{\"logits\": [1.5, -2]}",
    ] {
        assert_eq!(rows(text), [[1.5, -2.0]], "{text}");
    }
    assert_eq!(rows("array([[1, 2], [3, 4]])").len(), 2);
}

#[test]
fn log_probabilities_of_servers_are_read() {
    let list = r#"[{"token": " a", "logprob": -0.1}, {"token": "b", "logprob": -2.5}]"#;
    for text in [
        list.to_string(),
        format!("{{\"top_logprobs\": {list}}}"),
        format!("{{\"content\": [{{\"token\": \"x\", \"logprob\": 0, \"top_logprobs\": {list}}}]}}"),
        format!("{{\"choices\": [{{\"logprobs\": {{\"content\": [{{\"top_logprobs\": {list}}}]}}}}]}}"),
    ] {
        let read = read(&text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
        assert_eq!((read.rows, read.names), (vec![vec![-0.1, -2.5]], vec![vec![" a".into(), "b".into()]]));
    }
}

#[test]
fn several_rows_are_told_apart() {
    let two = [[1.0, 2.0], [3.0, 4.0]];
    for text in [
        "[[1, 2], [3, 4]]",
        "[[[1, 2], [3, 4]]]",
        "[[1. 2.]\n [3. 4.]]",
        "1 2\n3 4\n",
        "1,2\r\n3,4",
        "1;2\n3;4",
    ] {
        assert_eq!(rows(text), two, "{text}");
    }
    assert_eq!(rows("[[1, 2]]"), [[1.0, 2.0]]);
}

#[test]
fn names_stand_with_their_logits_in_the_order_of_the_file() {
    let read = read(r#"{"the": 2.1, " \"cat\"": -Infinity, "\u4f60": "-inf", 'it\'s': 1e3, "a:b,c": NaN}"#);
    let read = read.unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(read.names[0], ["the", " \"cat\"", "你", "it's", "a:b,c"]);
    assert_eq!(read.rows[0][..4], [2.1, f64::NEG_INFINITY, f64::NEG_INFINITY, 1000.0]);
    assert!(read.rows[0][4].is_nan());
    assert_eq!(rows("{}"), [[0.0; 0]]);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    for (text, wanted) in [
        ("[1, [2]]", "entry 1"),
        ("[1,]", "entry 2"),
        ("[[1], 2]", "entry 2"),
        ("[[1, x], [2]]", "entry 2"),
        ("[1, 2", "no ]"),
        ("[1]]", "no ]"),
        ("[1.5 -0.2 ... 3.]", "“...”"),
        ("1\nhello", "entry 2"),
        ("1\n2,5", "line 2"),
        ("1 2\n3", "line 2"),
        ("{\"a\": 1", "no }"),
        ("{\"a\": [1]}", "entry 1 is “[1]”"),
        ("{\"a\": 1, b: 2}", "entry 2"),
        ("{\"a\" 1}", "entry 1"),
        ("{\"a\": 1 \"b\": 2}", "entry 1"),
    ] {
        let refusal = read(text).map(|_| ()).unwrap_err().to_string();
        assert!(refusal.contains(wanted), "{text}: {refusal}");
    }
}

/// A file as `numpy.save` writes it.
fn saved(described: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': '{described}', 'fortran_order': False, 'shape': {shape}, }}\n");
    let length = u16::try_from(header.len()).unwrap_or_default().to_le_bytes();
    [npy::MAGIC, &[1, 0], &length, header.as_bytes(), data].concat()
}

#[test]
fn numpy_s_own_format_is_read() {
    let of = |described: &str, shape: &str, data: &[u8]| {
        npy::rows(&saved(described, shape, data), "f").map_err(|refusal| refusal.to_string())
    };
    let doubles: Vec<u8> =
        [1.5_f64, -0.25, f64::NEG_INFINITY, 4.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    assert_eq!(of("<f8", "(2, 2)", &doubles).unwrap(), [[1.5, -0.25], [f64::NEG_INFINITY, 4.0]]);
    assert_eq!(of("<f8", "(1, 2, 2)", &doubles).unwrap().len(), 2);
    assert_eq!(of("<f8", "(4,)", &doubles).unwrap(), [[1.5, -0.25, f64::NEG_INFINITY, 4.0]]);
    let singles: Vec<u8> = [1.5_f32, -2.0].iter().flat_map(|x| x.to_be_bytes()).collect();
    assert_eq!(of(">f4", "(2,)", &singles).unwrap(), [[1.5, -2.0]]);
    // 1, −2, the smallest number above 0, −∞.
    let halves: Vec<u8> = [0x3c00_u16, 0xc000, 0x0001, 0xfc00].iter().flat_map(|x| x.to_le_bytes()).collect();
    assert_eq!(of("<f2", "(4,)", &halves).unwrap(), [[1.0, -2.0, 2_f64.powi(-24), f64::NEG_INFINITY]]);
    assert_eq!(of("<i8", "(1,)", &7_i64.to_le_bytes()).unwrap(), [[7.0]]);
    assert!(of("<f8", "()", &3_f64.to_le_bytes()).unwrap_err().contains("one number"));
    assert!(of("<c16", "(1,)", &[0; 16]).unwrap_err().contains("<c16"));
    assert!(of("<f8", "(3,)", &doubles).unwrap_err().contains("numpy.save"));
    assert!(npy::rows(npy::MAGIC, "f").unwrap_err().to_string().contains("numpy.save"));
}
