//! Logits as programs write them.

use super::{Read, npy, of_text, read as read_file};
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
fn what_else_servers_and_programs_write_is_read() {
    let completion = r#"{"choices": [{"text": "a", "logprobs": {"tokens": ["a"], "token_logprobs": [-0.1],
        "top_logprobs": [null, {"a": -0.1, " b": -2.5}]}}, {"text": "z", "logprobs": {"top_logprobs": []}}]}"#;
    let read = read(completion).unwrap();
    assert_eq!((&read.rows, &read.names), (&vec![vec![-0.1, -2.5]], &vec![vec!["a".into(), " b".into()]]));
    assert_eq!(read.answers, 2);
    let of = |text: &str| of_text(text, "f").unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
    for text in [
        r#"[{"token": "a", "logit": 1}, {"token": "b", "logit": 2}]"#,
        r#"{"logits": {"a": 1, "b": 2}}"#,
        r#"{"logits": [1, 2], "tokens": ["a", "b"]}"#,
        r#"{"tokens": ["a", "b"], "logprobs": [1, 2]}"#,
        r#"{"logprobs": [{"token": "a", "logprob": 1, "top_logprobs":
            [{"token": "a", "logprob": 1}, {"token": "b", "logprob": 2}]}]}"#,
    ] {
        let read = of(text);
        assert_eq!(
            (read.rows, read.names),
            (vec![vec![1.0, 2.0]], vec![vec!["a".into(), "b".into()]]),
            "{text}"
        );
        assert!(read.unused.is_empty() && read.answers == 1, "{text}");
    }
    let read = of(r#"{"logits": [[1, -Infinity], [3, "-inf"]], "vocab_size": 2, "x": [1]}"#);
    assert_eq!(read.rows, [[1.0, f64::NEG_INFINITY], [3.0, f64::NEG_INFINITY]]);
    assert_eq!(read.unused.len(), 2);
    let read = of(r#"[{"token": "a", "logit": 1, "rank": 3}, {"token": "b", "logit": 2, "rank": 1}]"#);
    assert_eq!((read.rows.len(), read.unused.len()), (1, 1));
    // Tokens that are called like a field.
    assert_eq!(of(r#"{"logit": 1, "logits": 2, "choices": 3}"#).rows, [[1.0, 2.0, 3.0]]);
}

#[test]
fn what_a_server_was_not_asked_for_is_said() {
    let refused = |text: &str| of_text(text, "f").map(|_| ()).unwrap_err().to_string();
    for text in [
        r#"{"choices": [{"message": {"content": "x"}, "logprobs": null}]}"#,
        r#"{"choices": [{"text": "x"}]}"#,
        r#"{"choices": []}"#,
        r#"{"content": [{"token": "x", "logprob": -0.1, "top_logprobs": []}]}"#,
        r#"{"content": [{"token": "x", "logprob": -0.1}]}"#,
        r#"{"choices": [{"logprobs": {"token_logprobs": [-0.1], "top_logprobs": null}}]}"#,
    ] {
        assert!(refused(text).contains("no candidates beside the tokens"), "{text}: {}", refused(text));
    }
    for place in [
        r#"{"token": "x", "prob": 0.9, "top_probs": [{"token": "x", "prob": 0.9}]}"#,
        r#"{"content": "x", "probs": [{"tok_str": "x", "prob": 0.9}]}"#,
    ] {
        let text = format!("{{\"content\": \"x\", \"completion_probabilities\": [{place}]}}");
        assert!(refused(&text).contains("post_sampling_probs"), "{text}: {}", refused(&text));
    }
}

#[test]
fn numbers_that_python_prints_one_by_one_are_read() {
    assert_eq!(rows("[np.float64(1.5), np.float64(-inf)]"), [[1.5, f64::NEG_INFINITY]]);
    assert_eq!(rows("[tensor(1.5, device='cuda:0'), tensor(2.)]"), [[1.5, 2.0]]);
    assert_eq!(rows("[[np.float32(1.5)], [np.float32(2.5)]]"), [[1.5], [2.5]]);
    assert_eq!(rows("np.float64(1.5)\nnp.float64(2.5)"), [[1.5, 2.5]]);
    let named = read("{' the': np.float32(1.5), 'f(x, y)': tensor(2.5, device='cuda:0'), 'b': 3}").unwrap();
    assert_eq!((named.rows, named.names[0][1].as_str()), (vec![vec![1.5, 2.5, 3.0]], "f(x, y)"));
    assert!(read("[run(1.5)]").is_err());
}

/// Off by a comma the page would be about other logits.
#[test]
fn a_comma_between_semicolons_is_the_decimal_point() {
    assert_eq!(rows("1,5;2,3;0,4\n"), [[1.5, 2.3, 0.4]]);
    assert_eq!(rows("1,5;2\n-0,5;1e-3;\n"), [[1.5, 2.0], [-0.5, 1e-3]]);
    assert_eq!(rows("1,5\t2,3\n0\t1\n"), [[1.5, 2.3], [0.0, 1.0]]);
    assert_eq!(rows("1.5;2.5"), [[1.5, 2.5]]);
    assert_eq!(rows("1.5,\t2.5,\t3\n"), [[1.5, 2.5, 3.0]]);
    assert!(read("1,5;2.5").is_err());
    let unsure = read("1,5\n-0,25\n3,5\n").map(|_| ()).unwrap_err().to_string();
    assert!(unsure.contains("line 1, “1,5”, may be two whole numbers"), "{unsure}");
    assert_eq!(rows("1,5"), [[1.0, 5.0]]);
}

/// What `DataFrame.to_csv` and `Series.to_csv` write of numbers without names.
#[test]
fn the_columns_of_pandas_are_no_logits() {
    let two = [[1.5, 2.5, 0.5], [3.5, 0.5, 1.5]];
    assert_eq!(rows("0,1,2\n1.5,2.5,0.5\n3.5,0.5,1.5\n"), two);
    let both = read(",0,1,2\n0,1.5,2.5,0.5\n1,3.5,0.5,1.5\n").unwrap();
    assert_eq!((both.rows, both.unused.len()), (two.map(Vec::from).to_vec(), 1));
    let series = read(",0\n262,1.5\n318,2.5\n").unwrap();
    assert_eq!((series.rows, series.names), (vec![vec![1.5, 2.5]], vec![vec!["262".into(), "318".into()]]));
    for unsure in ["0\n1.5\n2.5\n", "0,1\n1.5,2.5\n"] {
        assert!(read(unsure).map(|_| ()).unwrap_err().to_string().contains("line 1"), "{unsure}");
    }
    // Whole numbers are no floats of pandas.
    assert_eq!(rows("0\n1\n2\n"), [[0.0, 1.0, 2.0]]);
    assert_eq!(rows("0 1 2\n3 4 5\n").len(), 2);
    assert_eq!(rows("0.0\n1.5\n"), [[0.0, 1.5]]);
}

#[test]
fn a_table_names_its_tokens_and_what_it_leaves() {
    let of = |written: &str| {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), written).unwrap();
        read_file(file.path(), None).unwrap_or_else(|refusal| panic!("{written}: {refusal}"))
    };
    let names = |written: &str| of(written).names;
    assert_eq!(names("token_id,logit\n262,1.5\n318,0.5\n"), ["262", "318"]);
    assert_eq!(names("token,logit\n the,1\n\"the\",0\n\"\n\",2\n"), [" the", "the", "\n"]);
    assert_eq!(names(",logit\n262,1.5\n318,0.5\n"), ["262", "318"]);
    assert_eq!(names("logit\n1.5\n0.5\n"), ["0", "1"]);
    let own = of("id,token,logprob,logit\n262,a,-1,1.5\n318,b,-2,0.5\n");
    assert_eq!((own.logits, own.names), (vec![1.5, 0.5], vec!["a".to_string(), "b".into()]));
    assert_eq!(own.unused.len(), 2);
}

#[test]
fn several_rows_are_told_apart() {
    let two = [[1.0, 2.0], [3.0, 4.0]];
    for text in [
        "[[1, 2], [3, 4]]",
        "[[[1, 2], [3, 4]]]",
        "[[1. 2.]\n [3. 4.]]",
        "1 2\n3 4\n",
        "1, 2\r\n3, 4",
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
        ("[[1, 2, 3], [3, 2]]", "list 2"),
        ("{\"a\": 1, \"a\": 2}", "entry 2 is the token “a” again"),
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
