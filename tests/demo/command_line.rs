//! The program as a person runs it: what it prints, where, and its exit status.

use std::path::Path;
use std::process::Command;

mod evidence;
mod files;
mod model;
mod refusals;
mod shown;
mod tokenization;
mod trained;
mod visible;
mod ways;

/// What a run gave.
struct Run {
    status: i32,
    out: String,
    err: String,
}

/// The program, with nothing in its environment that would change what it prints.
fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    for name in ["LANGUAGE", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").args(args);
    command
}

fn finish(mut command: Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn demo(args: &[&str]) -> Run {
    finish(program(args))
}

/// Refused with exit status 2, in one line that has all these parts and nothing on standard output.
fn refused(args: &[&str], parts: &[&str]) {
    let run = demo(args);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}: {}", run.err);
    says_in_one_line(&run.err, parts);
}

fn says_in_one_line(err: &str, parts: &[&str]) {
    assert!(err.starts_with("demo: ") && err.ends_with('\n') && err.lines().count() == 1, "{err}");
    for part in parts {
        assert!(err.contains(part), "no {part:?} in {err}");
    }
}

/// Nothing on standard error, or the one line that says before a long run how long it takes.
fn says_at_most_to_wait(err: &str) -> bool {
    err.is_empty() || err.starts_with("demo: ") && err.lines().count() == 1 && err.contains('…')
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
