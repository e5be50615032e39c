//! What goes to standard output.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use super::{demo, finish, program};

#[test]
fn without_a_lesson_it_lists_them() {
    let run = demo(&[]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("attention"));
}

#[test]
fn help_lists_every_knob_in_both_languages() {
    let (en, zh) = (demo(&["attention", "--help"]), demo(&["attention", "--lang", "zh", "--help"]));
    for knob in ["--seq", "--d-model", "--heads", "--causal", "--pad", "--cross", "--text", "--example"] {
        assert!(en.out.contains(knob) && zh.out.contains(knob), "{knob}");
    }
    assert!(en.out.contains("Usage: demo attention") && en.out.contains("whole number from 1 to"));
    assert!(zh.out.contains("用法：demo attention") && zh.out.contains("之间的整数"));
    assert!(!zh.out.contains("Usage") && !zh.out.contains("default") && !zh.out.contains("Options"));
    assert_eq!((en.status, zh.status), (0, 0));
}

#[test]
fn help_of_the_program_and_its_commands() {
    assert!(demo(&["--help"]).out.contains("check"));
    assert!(demo(&["check", "--help", "--lang", "zh"]).out.contains("选项"));
    assert_eq!(demo(&["help", "attention"]).out, demo(&["attention", "--help"]).out);
    assert_eq!(demo(&["--version"]).out, concat!("demo ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn flags_may_stand_before_the_lesson() {
    let before = demo(&["--lang", "zh", "--no-claims", "attention"]);
    let after = demo(&["attention", "--no-claims", "--lang", "zh"]);
    assert_eq!((before.status, before.out), (after.status, after.out));
}

#[test]
fn a_switch_may_be_given_twice_and_a_value_only_once() {
    assert_eq!(demo(&["attention", "--no-claims", "--no-claims", "--seq", "2"]).status, 0);
    super::refused(
        &["attention", "--seq", "3", "--seq", "2"],
        &["--seq is given twice", "demo attention --help"],
    );
    super::refused(&["rope", "--section", "1", "--section", "2", "--lang", "zh"], &["--section 给了两次"]);
}

#[test]
fn json_can_be_read() {
    for args in [&["attention", "--no-claims"][..], &[]] {
        let run = demo(&[args, &["--format", "json"]].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        assert!(serde_json::from_str::<serde_json::Value>(&run.out).unwrap().is_object());
    }
}

#[test]
fn every_format_and_the_source_are_printed() {
    for args in [&["--format", "markdown"][..], &["--format", "text"], &["--code"]] {
        let run = demo(&[&["attention", "--no-claims"], args].concat());
        assert!(run.status == 0 && !run.out.trim().is_empty() && run.err.is_empty(), "{args:?}");
    }
}

#[test]
fn colour_is_as_asked_for() {
    let escapes = |args: &[&str], variable: Option<&str>| {
        let mut command = program(&[&["attention", "--no-claims"], args].concat());
        if let Some(name) = variable {
            command.env(name, "1");
        }
        finish(command).out.contains('\u{1b}')
    };
    assert!(!escapes(&[], None), "a pipe gets none");
    assert!(!escapes(&["--color", "never"], Some("CLICOLOR_FORCE")));
    assert!(!escapes(&[], Some("NO_COLOR")));
    assert!(escapes(&[], Some("CLICOLOR_FORCE")));
    assert!(escapes(&["--color", "always"], None));
    assert!(escapes(&["--color", "always"], Some("NO_COLOR")), "a flag overrides the environment");
}

#[test]
fn true_colour_only_where_the_terminal_says_so() {
    let coloured = |colorterm: &str| {
        let mut command = program(&["attention", "--no-claims", "--color", "always"]);
        command.env("COLORTERM", colorterm);
        finish(command).out
    };
    assert!(coloured("truecolor").contains("8;2;"));
    assert!(!coloured("").contains("8;2;"));
}

#[test]
fn no_colour_in_a_terminal_that_has_none() {
    let mut command = program(&["attention", "--no-claims"]);
    command.env("TERM", "dumb");
    assert!(!finish(command).out.contains('\u{1b}'));
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let mut command = program(&["attention", "--no-claims"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut complaints = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert_eq!((child.wait().unwrap().code(), complaints.as_str()), (Some(0), ""));
    assert!(!line.is_empty());
}

#[test]
fn a_reader_that_has_left_is_no_error() {
    // the first ends before it runs any claim: nobody is left to read them
    let json = ["attention", "--no-claims", "--format", "json"];
    for args in [&["attention"][..], &["attention", "--help"], &[], &json] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = program(args).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), &output.stderr[..]), (Some(0), &b""[..]), "{args:?}");
    }
}

#[test]
fn times_stand_beside_a_comparison_and_nowhere_else() {
    let quick = ["decoding", "--no-claims", "--strategy", "greedy", "--tokens", "8"];
    let with = |more: &[&str]| demo(&[&quick[..], more].concat());
    let timed = with(&["--compare"]);
    assert_eq!((timed.status, timed.err.as_str()), (0, ""));
    assert!(timed.out.contains("µs per token") && timed.out.contains("Not recorded"), "{}", timed.out);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.txt");
    with(&["--compare", "--out", file.to_str().unwrap()]);
    let written = std::fs::read_to_string(file).unwrap();
    let untimed = [with(&[]).out, with(&["--compare", "--format", "json"]).out, written];
    assert!(untimed.iter().all(|page| !page.is_empty() && !page.contains("µs")));
}

// Running the claims takes longest by far, so that only these two tests do it.

#[test]
fn the_verdicts_are_those_on_record() {
    let run = demo(&["check"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("LLM-Q1-C1") && run.out.contains(" · 0 moved · "), "{}", run.out);
    assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);
}

#[test]
fn the_verdicts_do_not_hang_on_the_seed() {
    let run = demo(&["check", "attention", "--seed", "12345", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(!report["claims"].as_array().unwrap().is_empty());
    assert!(report["moved"].as_array().unwrap().is_empty());
}
