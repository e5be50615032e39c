//! What trained models say about claims: shown, measured, saved, compared. With `DEMO_MODEL=model.gguf` the file on
//! record is measured again.

use std::{env, fs};

use serde_json::Value;

use super::{demo, path, refused};

const TRAINED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/real/trained.gguf");

#[test]
fn the_record_is_shown_beside_its_claims() {
    let all = demo(&["evidence"]);
    assert_eq!((all.status, all.err.as_str()), (0, ""));
    let claim = demo(&["rope", "C6", "--format", "json"]);
    let page: Value = serde_json::from_str(&claim.out).expect("JSON");
    let said = &page["claims"][0]["real_models"][0];
    assert!(said["said"].as_str().is_some_and(|said| said.contains("nats")), "{page}");
    assert!(all.out.contains(said["sha256"].as_str().unwrap()), "{}", all.out);
    let [text, zh] = ["en", "zh"].map(|lang| demo(&["rope", "C6", "--lang", lang]).out);
    assert!(text.contains("real model") && zh.contains("真实模型"), "{text} {zh}");
}

#[test]
fn a_model_is_asked_about_the_claims_of_every_lesson_that_can() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("record.json");
    let run = demo(&["evidence", "--model", TRAINED, "--out", path(&out)]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let saved: Value = serde_json::from_str(&fs::read_to_string(&out).unwrap()).expect("JSON");
    let record =
        saved.as_array().unwrap().iter().find(|record| record["parameters"].as_u64() < Some(1_000_000));
    let said = record.and_then(|record| record["said"].as_array()).expect("a record of the tiny model");
    for claim in ["LLM-Q1-C3", "LLM-Q3-C5", "LLM-Q4-C9", "LLM-Q11-C3", "LLM-Q12-C8"] {
        let about = |said: &Value| said["claims"].as_array().unwrap().iter().any(|id| id == claim);
        assert!(said.iter().any(about), "nothing about {claim}: {said:?}");
    }
    for said in said {
        let texts = [&said["en"], &said["zh"]].map(|text| text.as_str().unwrap());
        assert!(texts.iter().all(|text| !text.contains("[[") && !text.contains("NaN")), "{texts:?}");
    }
}

#[test]
fn what_cannot_be_compared_is_refused_in_one_line() {
    for lang in ["en", "zh"] {
        refused(&["evidence", "--check", "--lang", lang], &["--model"]);
        refused(&["evidence", "--model", "nowhere.gguf", "--lang", lang], &["nowhere.gguf"]);
        refused(&["evidence", "--model", TRAINED, "--check", "--lang", lang], &["--check", "SHA-256"]);
    }
}

#[test]
fn the_model_on_record_says_it_again() {
    if let Ok(model) = env::var("DEMO_MODEL") {
        let run = demo(&["evidence", "--model", &model, "--check"]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.out);
    }
}

#[test]
fn the_readmes_have_what_is_on_record() {
    let pages = [("en", include_str!("../../README.md")), ("zh", include_str!("../../README.zh.md"))];
    let record: Value =
        serde_json::from_str(include_str!("../../demos/evidence/recorded.json")).expect("JSON");
    let said: Vec<&Value> =
        record.as_array().unwrap().iter().flat_map(|record| record["said"].as_array().unwrap()).collect();
    for (lang, page) in pages {
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| LLM-")).collect();
        assert!(rows.len() > 4, "{lang}: {rows:?}");
        for row in rows {
            let is_here = |said: &&Value| row.contains(said[lang].as_str().unwrap());
            assert!(said.iter().any(is_here), "{lang}: not on record: {row}");
        }
    }
}
