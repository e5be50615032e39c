//! What trained models say about claims: shown, measured, saved, compared. With `DEMO_MODEL=model.gguf` the file on
//! record is measured again.

use std::{env, fs};

use concepts::emergence::Recorded;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{demo, path, refused};

const TRAINED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/real/trained.gguf");

/// The model of the variable, if it is the file that is on record.
fn on_record() -> Option<String> {
    let model = env::var("DEMO_MODEL").ok()?;
    let hash = Sha256::digest(fs::read(&model).expect("DEMO_MODEL"));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Recorded::all().iter().any(|row| row.file_sha256 == hash).then_some(model)
}

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
    for claim in ["LLM-Q1-C3", "LLM-Q2-C4", "LLM-Q3-C5", "LLM-Q4-C9", "LLM-Q11-C3", "LLM-Q12-C8"] {
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
    if let Some(model) = on_record() {
        let run = demo(&["evidence", "--model", &model, "--check"]);
        let waits = run.err.lines().all(|line| line.starts_with("demo: measuring: "));
        assert!(run.status == 0 && waits, "{}{}", run.out, run.err);
    }
}

/// What transformers made of the same file, question by question, is on record in the library.
#[test]
fn examples_in_the_context_are_worth_what_transformers_says() {
    let Some(model) = on_record() else { return };
    let run = demo(&["emergence", "--model", &model, "--format", "json", "--no-claims"]);
    let page: Value = serde_json::from_str(&run.out).expect("JSON");
    let tables: Vec<&Value> =
        page["blocks"].as_array().unwrap().iter().filter(|block| block["id"] == "shots").collect();
    let ours = tables.iter().flat_map(|table| table["rows"].as_array().unwrap());
    for (row, recorded) in ours.zip(Recorded::all()) {
        let number = |column: usize| row[column].as_str().unwrap().replace('−', "-").parse::<f64>().unwrap();
        let share = recorded.correct as f64 / recorded.trials as f64;
        assert!((number(1) - share).abs() < 0.006, "{row} and {recorded:?}");
        // On record is the first token; of the capitals one has more.
        let near = if recorded.task == "antonyms" { 0.01 } else { 0.1 };
        assert!((number(3) - recorded.mean_ln_p).abs() < near, "{row} and {recorded:?}");
    }
    assert_eq!(tables.len(), 2);
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
