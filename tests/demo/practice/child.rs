//! Programs that misbehave: each gets a sentence of its own, and nothing of it stays behind.
#![cfg(unix)]

use std::path::Path;
use std::time::{Duration, Instant};

use demos::kit::text::Lang;
use demos::kit::whiteboard::Language;
use demos::practice::{catalogue, starter};

use super::grade::graded;
use super::starters::python;

/// Judges a program of the shell.
fn shell(script: &str, more: &[&str], data: &Path) -> (i32, String) {
    let file = data.join("program.sh");
    std::fs::write(&file, script).unwrap();
    let command = format!("sh '{}'", file.display());
    let args = [&["grade", "attention", "--cmd", &command], more].concat();
    let (status, out, err) = graded(&args, data);
    assert_eq!(err, "", "{out}");
    (status, out)
}

#[test]
fn each_trouble_is_told_apart() {
    let data = tempfile::tempdir().unwrap();
    let reply = "read line; echo '{\"id\": 0, \"output\": 1}'";
    let told = [
        (1, format!("{reply}; exit 3"), "ended with exit status 3 after 1 of"),
        (1, format!("{reply}; kill -9 $$"), "ended by signal 9 after 1 of"),
        (1, "echo hello; sleep 9".into(), "Instead of a reply your program wrote “hello”. What"),
        (1, "echo '{\"output\": 1}'; sleep 9".into(), "has no \"id\""),
        (1, "echo '{\"id\": 99, \"output\": 1}'; sleep 9".into(), "\"id\" 99"),
        (1, "echo '{\"id\": 0}'; sleep 9".into(), "neither \"output\" nor \"error\""),
        (1, format!("{reply}; echo '{{\"id\": 0, \"output\": 1}}'; sleep 9"), "answered twice"),
        (1, format!("{reply}; exec 1>&-; sleep 9"), "closed its output"),
        (1, format!("{reply}; head -c 5000000 /dev/zero | tr '\\0' x; sleep 9"), "without end"),
        (1, "read line; echo '{\"id\": 0, \"error\": \"ValueError: so\"}'; exit 0".into(), "ValueError: so"),
        (1, "read line; echo '{\"id\": 0, \"output\": [[NaN, NaN], [0, 0]]}'; exit 0".into(), "there is NaN"),
        (1, "read line; echo '{\"id\": 0, \"output\": [[NaN, NaN], [0, 0]]}'; exit 0".into(), "look for 0/0"),
        (
            1,
            "read line; echo '{\"id\": 0, \"output\": null}'; exit 0".into(),
            "null, None in Python, in 1 of",
        ),
        (
            1,
            "read line; echo '{\"id\": 0, \"output\": null}'; exit 0".into(),
            "the whole answer is null, where [[",
        ),
        (
            1,
            "read line; echo '{\"id\": 0, \"output\": [[1, 0]]}'; exit 0".into(),
            "another kind or shape in 1 of",
        ),
        (2, "exit 7".into(), "exit status 7 after 0 of"),
    ];
    for (status, script, why) in told {
        let (found, out) = shell(&script, &[], data.path());
        assert!(found == status && out.contains(why), "{script}: {found} {out}");
    }
}

#[test]
fn a_program_that_hangs_is_ended_with_its_children() {
    let data = tempfile::tempdir().unwrap();
    let mark = data.path().join("still-here");
    let script = format!("(sleep 2; touch '{}') & read line; sleep 60", mark.display());
    let start = Instant::now();
    let (status, out) = shell(&script, &["--seconds", "0.2"], data.path());
    assert!(status == 1 && out.contains("did not answer case 1 of") && out.contains("in 0.4 s"), "{out}");
    assert!(start.elapsed() < Duration::from_secs(20));
    std::thread::sleep(Duration::from_secs(3));
    assert!(!mark.exists(), "a child of the program ran on");
}

#[test]
fn what_is_written_to_standard_error_is_shown_and_cannot_fill_the_pipe() {
    let data = tempfile::tempdir().unwrap();
    let noisy = "i=0; while [ $i -lt 3000 ]; do echo 'a line of a hundred letters or so, again and again' >&2; \
                 i=$((i+1)); done; echo 'the last word' >&2; exit 4";
    let (_, out) = shell(noisy, &[], data.path());
    assert!(out.contains("exit status 4") && out.contains("the last word"), "{out}");
}

/// The limit is the system's, which has one on Linux.
#[cfg(target_os = "linux")]
#[test]
fn a_program_that_needs_too_much_memory_is_told_so() {
    let data = tempfile::tempdir().unwrap();
    let hungry = "read line; head -c 400000000 /dev/zero | tail -c 399999999 >/dev/null; exit 1";
    let (status, out) = shell(hungry, &["--memory", "64"], data.path());
    assert!(status == 2 && out.contains("ran out of memory after 0 of") && out.contains("64 MiB"), "{out}");
}

/// A program to begin with reports its own error and goes on; one that dies of it says it on standard error.
#[cfg(target_os = "linux")]
#[test]
fn a_list_that_does_not_fit_is_named_whether_the_program_survives_it_or_not() {
    let Some(python) = python() else { return };
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("hungry.py");
    let turn = "raise NotImplementedError(\"your turn\")";
    let entry = catalogue::named("attention").unwrap();
    let reports = starter::starter(entry.exercise, Language::Python, Lang::En);
    let reports = reports.replace(turn, "return [[0.0] * 10 ** 9]");
    let dies = "import sys\nsys.stdin.readline()\nbytearray(10 ** 10)";
    let told = [
        (reports.as_str(), 1, "reported that it ran out of memory"),
        (dies, 2, "ran out of memory after 0 of"),
    ];
    for (program, status, said) in told {
        std::fs::write(&file, program).unwrap();
        let command = format!("'{python}' '{}'", file.display());
        let args = ["grade", "attention", "--cmd", &command, "--memory", "512"];
        let (found, out, _) = graded(&args, data.path());
        assert!(found == status && out.contains(said) && out.contains("512 MiB"), "{found} {out}");
    }
}

#[test]
fn results_are_kept_and_shown_in_the_list() {
    let data = tempfile::tempdir().unwrap();
    shell("read line; echo '{\"id\": 0, \"output\": 1}'; exit 0", &[], data.path());
    let (_, list, _) = graded(&["grade"], data.path());
    assert!(list.contains("0 of"), "{list}");
}
