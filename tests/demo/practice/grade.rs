//! `demo grade` as a person runs it.

use std::path::Path;
use std::process::{Command, Output};

use concepts::numerics::tolerance::GRADED;
use demos::practice::{catalogue, rounding};

/// The program, with its journal in a folder.
pub(crate) fn demo(args: &[&str], data: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    command.env("LC_ALL", "C").env("XDG_DATA_HOME", data).env_remove("COLUMNS").args(args);
    command.output().unwrap()
}

/// Exit status, standard output, standard error.
pub(crate) fn graded(args: &[&str], data: &Path) -> (i32, String, String) {
    let output = demo(args, data);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_exercises_are_listed_with_how_one_stands() {
    let data = tempfile::tempdir().unwrap();
    let (status, list, _) = graded(&["grade"], data.path());
    assert_eq!(status, 0);
    catalogue::all()
        .for_each(|entry| assert!(list.contains(&format!("  {}", entry.exercise.name)), "{list}"));
    assert!(!list.contains("right,"), "{list}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let refused: [(&[&str], &str); 10] = [
        (&["grade", "atention"], "did you mean attention?"),
        (&["grade", "--cmd", "python3 x.py"], "goes with an exercise"),
        (&["grade", "attention", "rope"], "one exercise at a time"),
        (&["grade", "attention", "--cmd", "python3 'x.py"], "a quotation mark is open"),
        (&["grade", "attention", "--cmd", "''"], "no program is named"),
        (&["grade", "attention", "--cmd", "no-such-program-here x"], "cannot be started"),
        (&["grade", "attention", "--cmd", "yes | head"], "without one"),
        (&["grade", "attention", "--cmd", "x", "--prove"], "--cmd and --prove"),
        (&["grade", "attention", "--seconds", "3"], "belongs to --cmd"),
        (&["grade", "attention", "--starter", "cobol"], "python, rust"),
    ];
    for (args, why) in refused {
        let (status, out, err) = graded(args, data.path());
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1), "{args:?}: {err}");
        assert!(err.contains(why), "{args:?}: {err}");
    }
}

#[test]
fn a_program_to_begin_with_is_not_written_over_work() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("attention.py");
    let args = ["grade", "attention", "--starter", "python", "--out", file.to_str().unwrap()];
    assert_eq!(graded(&args, data.path()).0, 0);
    std::fs::write(&file, "my work").unwrap();
    let (status, _, err) = graded(&args, data.path());
    assert!(status == 2 && err.contains("may be your work"), "{err}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "my work");
}

#[test]
fn every_mistake_is_caught_on_the_page_too() {
    let data = tempfile::tempdir().unwrap();
    for lang in ["en", "zh"] {
        let (status, proof, _) = graded(&["grade", "--prove", "--lang", lang], data.path());
        assert_eq!(status, 0, "{proof}");
    }
}

#[test]
fn the_tolerance_is_derived_from_the_largest_case() {
    let data = tempfile::tempdir().unwrap();
    let (status, page, _) = graded(&["grade", "--protocol"], data.path());
    assert!(
        status == 0 && page.contains("e-8 of the number") && !page.contains("[[t") && !page.contains("[[o"),
        "{page}"
    );
    assert!(rounding::most_terms() as f64 * rounding::ROUNDING <= GRADED);
}

#[test]
fn a_title_is_whole_where_nothing_stands_beside_it() {
    let data = tempfile::tempdir().unwrap();
    let (_, list, _) = graded(&["grade"], data.path());
    assert!(list.contains("Viterbi: the best path of a hidden Markov model"), "{list}");
}

/// Where the result cannot be kept, the program is judged all the same, and its exit status is that of the verdict.
#[cfg(unix)]
#[test]
fn a_program_is_judged_where_nothing_can_be_kept() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let program = data.path().join("program.sh");
    std::fs::write(&program, "read line; echo '{\"id\": 0, \"output\": 1}'; exit 3").unwrap();
    let command = format!("sh '{}'", program.display());
    let args = ["grade", "attention", "--cmd", &command, "--data", file.to_str().unwrap()];
    let (status, out, err) = graded(&args, data.path());
    assert!(status == 1 && out.contains("ended with exit status 3"), "{out}");
    assert!(out.contains("What was asked then: case 2"), "{out}");
    assert!(err.contains("practice.jsonl") && err.contains("with --data"), "{err}");
}
