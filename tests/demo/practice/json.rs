//! The practice as data, for other programs.

use std::path::Path;

use demos::practice::catalogue;
use serde_json::Value;

use super::grade::graded;
use super::session::typed;

fn data(args: &[&str], folder: &Path) -> (i32, Value) {
    let (status, out, err) = graded(&[args, &["--format", "json"]].concat(), folder);
    assert_eq!(err, "");
    (status, serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}")))
}

/// A program of the shell, judged.
#[cfg(unix)]
fn judged(script: &str, folder: &Path) -> (i32, Value) {
    let file = folder.join("program.sh");
    std::fs::write(&file, script).unwrap();
    data(&["grade", "softmax", "--cmd", &format!("sh '{}'", file.display())], folder)
}

#[test]
fn all_exercises_are_listed_and_each_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (status, list) = data(&["grade"], folder.path());
    let rows = list["exercises"].as_array().unwrap();
    assert_eq!((status, &list["schema"], rows.len()), (0, &Value::from(1), catalogue::all().count()));
    assert!(rows.iter().all(|row| row["best"].is_null()));
    for lang in ["en", "zh"] {
        let (_, task) = data(&["grade", "softmax", "--lang", lang], folder.path());
        assert_eq!(
            (&task["takes"][0]["name"], &task["takes"][0]["form"]),
            (&"logits".into(), &"numbers".into())
        );
        let example = &task["example"];
        assert_eq!(
            example["input"]["logits"].as_array().unwrap().len(),
            example["output"].as_array().unwrap().len()
        );
    }
}

#[cfg(unix)]
#[test]
fn a_program_that_was_judged_says_the_same_as_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let (status, found) = judged("read line; echo '{\"id\": 0, \"output\": [1, 0]}'; exit 3", folder.path());
    assert_eq!((status, &found["passed"], &found["answered"]), (1, &false.into(), &1.into()));
    assert_eq!(found["trouble"]["kind"], "ended");
    assert!(found["trouble"]["said"].as_str().unwrap().contains("exit status 3"), "{found}");
    assert_eq!((&found["cases"][0]["right"], &found["cases"][1]["right"]), (&false.into(), &Value::Null));
    assert!(found["smallest_wrong"]["difference"]["said"].is_string(), "{found}");
    assert_eq!(found["unanswered"]["case"], 2);
    let (_, list) = data(&["grade"], folder.path());
    let softmax =
        list["exercises"].as_array().unwrap().iter().find(|row| row["exercise"] == "softmax").unwrap();
    assert_eq!((&softmax["best"]["right"], &softmax["best"]["passed"]), (&0.into(), &false.into()));
    // What a mistake of ours answers in every case is that mistake.
    let softmax = catalogue::named("softmax").unwrap().exercise;
    let lines = (softmax.cases)(7).into_iter().enumerate().map(|(id, case)| {
        let output = (softmax.solve)(&case.given, &demos::kit::exercise::Flaws(&["hardmax"])).out;
        format!("read line; echo '{}'\n", serde_json::json!({ "id": id, "output": output }))
    });
    let (_, found) = judged(&lines.collect::<String>(), folder.path());
    assert_eq!(
        (&found["trouble"], &found["diagnosis"]["kind"]),
        (&Value::Null, &"mistakes".into()),
        "{found}"
    );
    assert_eq!(found["diagnosis"]["mistakes"][0]["id"], "hardmax");
}

#[test]
fn mistakes_against_cases_are_rows() {
    let folder = tempfile::tempdir().unwrap();
    let (status, proofs) = data(&["grade", "softmax", "--prove"], folder.path());
    let proof = &proofs["proofs"][0];
    assert_eq!((status, &proof["survivors"]), (0, &Value::from(Vec::<Value>::new())));
    let cases = proof["cases"].as_array().unwrap().len();
    assert!(
        proof["mistakes"].as_array().unwrap().iter().all(|m| m["caught"].as_array().unwrap().len() == cases)
    );
}

#[test]
fn how_one_stands_has_what_the_page_says() {
    let folder = tempfile::tempdir().unwrap();
    let (_, before) = data(&["progress"], folder.path());
    assert_eq!(before["calibration"]["finding"], "nothing");
    let (_, out, _) =
        typed(&["--kind", "predict", "--lesson", "attention"], "0.5 0.01 100000\n", folder.path());
    assert!(out.contains("Ranges that held the outcome: 1 of 1"), "{out}");
    let (_, after) = data(&["progress"], folder.path());
    let calibration = &after["calibration"];
    assert_eq!((&calibration["given"], &calibration["held"]), (&1.into(), &1.into()));
    assert_eq!(calibration["finding"], "too-few");
    assert!(calibration["width"].as_f64().unwrap() > 1e6 && calibration["factor"].as_f64().unwrap() >= 1.0);
    let attention = &after["lessons"][0];
    assert_eq!((&attention["lesson"], &attention["seen"]), (&"attention".into(), &1.into()));
}

#[test]
fn a_program_to_begin_with_is_no_data() {
    let folder = tempfile::tempdir().unwrap();
    for flag in ["--starter", "--protocol"] {
        let (status, _, err) = graded(&["grade", "softmax", flag, "--format", "json"], folder.path());
        assert!(status == 2 && err.contains("--format"), "{err}");
    }
}
