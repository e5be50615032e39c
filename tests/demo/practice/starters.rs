//! Programs to begin with: each is one, and a person gets from it to a pass.

use std::fs;
use std::path::Path;
use std::process::Command;

use demos::kit::text::Lang;
use demos::kit::whiteboard::Language;
use demos::practice::{catalogue, starter};

use super::grade::graded;

/// The interpreter; nothing where this machine has none, unless `DEMO_PYTHON` is set: then that is an error.
pub(crate) fn python() -> Option<String> {
    let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let there =
        Command::new(&interpreter).arg("--version").output().is_ok_and(|tried| tried.status.success());
    assert!(there || std::env::var_os("DEMO_PYTHON").is_none(), "{interpreter} does not run");
    there.then_some(interpreter)
}

/// Writes all of them into a folder.
fn all(language: Language, lang: Lang, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for entry in catalogue::all() {
        let program = starter::starter(entry.exercise, language, lang);
        fs::write(folder.join(starter::file(entry.exercise, language)), program).unwrap();
    }
}

#[test]
fn each_in_python_is_python() {
    let Some(python) = python() else { return };
    for lang in Lang::ALL {
        let folder = tempfile::tempdir().unwrap();
        all(Language::Python, lang, folder.path());
        let parse = "import ast, pathlib, sys\n\
                     for file in pathlib.Path(sys.argv[1]).iterdir(): ast.parse(file.read_text('utf-8'), str(file))";
        let ran = Command::new(&python).args(["-c", parse]).arg(folder.path()).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}

/// Builds a package, with the crates that this one was built with; so only where `DEMO_STARTERS` asks for it.
#[test]
fn each_in_rust_compiles() {
    if std::env::var_os("DEMO_STARTERS").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    all(Language::Rust, Lang::Zh, &folder.path().join("src/bin"));
    cargo("check", folder.path());
}

/// Makes the folder a package, and runs a command of Cargo in it.
fn cargo(command: &str, folder: &Path) {
    let manifest = "[package]\nname = \"starters\"\nedition = \"2024\"\n[dependencies]\nserde_json = \"1\"\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut cargo = Command::new(cargo);
    cargo.args([command, "--offline", "--quiet"]).current_dir(folder);
    let ran = cargo.env("CARGO_TARGET_DIR", folder.join("target")).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// What a person writes into the program to begin with.
const ATTENTION: &str = "
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut out = Vec::new();
    for (i, q) in q.iter().enumerate() {
        let root = (q.len() as f64).sqrt();
        let scores: Vec<f64> = k.iter().enumerate()
            .map(|(j, k)| if seen[i][j] { dot(q, k) / root } else { f64::NEG_INFINITY }).collect();
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let p: Vec<f64> = scores.iter().map(|x| (x - top).exp()).collect();
        let sum: f64 = p.iter().sum();
        let share = |p: f64| if sum > 0.0 { p / sum } else { 0.0 };
        let row = |c: usize| p.iter().zip(v).map(|(&p, v)| share(p) * v[c]).sum::<f64>();
        out.push((0..v[0].len()).map(row).collect());
    }
    out";

#[test]
fn from_the_beginning_to_a_pass_in_rust() {
    if std::env::var_os("DEMO_STARTERS").is_none() {
        return;
    }
    let entry = catalogue::named("attention").unwrap();
    let program = starter::starter(entry.exercise, Language::Rust, Lang::En);
    let turn = "todo!(\"your turn\")";
    assert!(program.contains(turn));
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("src");
    fs::create_dir_all(&source).unwrap();
    // First as it is: it says that there is nothing yet. Then with the right code.
    for (program, status, said) in
        [(program.clone(), 2, "your turn"), (program.replace(turn, ATTENTION), 0, "Passed.")]
    {
        fs::write(source.join("main.rs"), program).unwrap();
        cargo("build", folder.path());
        let built = folder.path().join("target/debug/starters");
        let command = format!("'{}'", built.display());
        let (found, out, err) = graded(&["grade", "attention", "--cmd", &command], folder.path());
        assert!(found == status && err.is_empty() && out.contains(said), "{found} {out} {err}");
    }
}

/// A program out of the one to begin with, with these lines in the place of the person's turn.
fn written(exercise: &str, body: &str, folder: &Path) -> String {
    let entry = catalogue::named(exercise).unwrap();
    let program = starter::starter(entry.exercise, Language::Python, Lang::En);
    let turn = "raise NotImplementedError(\"your turn\")";
    assert!(program.contains(turn));
    let file = folder.join(starter::file(entry.exercise, Language::Python));
    fs::write(&file, program.replace(turn, body)).unwrap();
    file.to_str().unwrap().to_string()
}

#[test]
fn from_the_beginning_over_a_mistake_to_a_pass() {
    let Some(python) = python() else { return };
    let data = tempfile::tempdir().unwrap();
    let steps = [
        ("pass", 1, "0 of"),
        ("e = [math.exp(x) for x in logits]\n    return [x / sum(e) for x in e]", 1, "without the shift"),
        (
            "top = max(logits)\n    e = [math.exp(x - top) for x in logits]\n    return [x / sum(e) for x in e]",
            0,
            "Passed.",
        ),
    ];
    for (body, status, said) in steps {
        let command = format!("'{python}' '{}'", written("softmax", body, data.path()));
        let (found, out, err) = graded(&["grade", "softmax", "--cmd", &command], data.path());
        assert!(found == status && err.is_empty() && out.contains(said), "{out} {err}");
    }
    let (_, list, _) = graded(&["grade"], data.path());
    let line = list.lines().find(|line| line.trim_start().starts_with("softmax ")).unwrap();
    assert!(line.contains("passed"), "{list}");
}

/// Python's exponential refuses where ours overflows, and its division where ours gives NaN: the mistake is named all
/// the same.
#[test]
fn an_error_of_arithmetic_is_the_mistake_that_makes_it() {
    let Some(python) = python() else { return };
    let data = tempfile::tempdir().unwrap();
    let body = "out = []
    for q_i, seen_i in zip(q, seen):
        scores = [sum(a * b for a, b in zip(q_i, k_j)) / math.sqrt(len(q_i)) for k_j in k]
        e = [math.exp(s) if there else 0.0 for s, there in zip(scores, seen_i)]
        out.append([sum(x * v_j[c] for x, v_j in zip(e, v)) / max(sum(e), 1e-300) for c in range(len(v[0]))])
    return out";
    let command = format!("'{python}' '{}'", written("attention", body, data.path()));
    let (status, out, _) = graded(&["grade", "attention", "--cmd", &command], data.path());
    assert!(status == 1 && out.contains("without the shift") && out.contains("OverflowError"), "{out}");
}

/// What a program tells on the way is compared, in the names that the program to begin with gives.
#[test]
fn the_first_step_that_differs_is_named() {
    let Some(python) = python() else { return };
    let data = tempfile::tempdir().unwrap();
    let body = "top = max(logits)
    steps[\"weights\"] = [math.exp(x - top) + 0.25 for x in logits]
    return [x / sum(steps[\"weights\"]) for x in steps[\"weights\"]]";
    let command = format!("'{python}' '{}'", written("softmax", body, data.path()));
    let (status, out, _) = graded(&["grade", "softmax", "--cmd", &command], data.path());
    assert!(status == 1 && out.contains("The first step that differs is \"weights\""), "{out}");
}

/// Steps that are right lead on from there, and a name that is none is not passed over.
#[test]
fn right_and_unknown_steps_are_said() {
    let Some(python) = python() else { return };
    let data = tempfile::tempdir().unwrap();
    let body = "top = max(logits)
    e = [math.exp(x - top) for x in logits]
    steps[\"weights\"] = steps[\"weigths\"] = e
    return [1.25 * x / sum(e) for x in e]";
    let command = format!("'{python}' '{}'", written("softmax", body, data.path()));
    let (status, out, _) = graded(&["grade", "softmax", "--cmd", &command], data.path());
    assert!(status == 1 && out.contains("none differs: look behind weights"), "{out}");
    assert!(out.contains("Not known as steps here: \"weigths\""), "{out}");
}

/// Where every wrong case is an error, the first one is named and shown.
#[test]
fn a_case_of_which_only_an_error_is_known_is_shown() {
    let Some(python) = python() else { return };
    let data = tempfile::tempdir().unwrap();
    let body = "if t == 0:
        raise ValueError(\"no such temperature\")
    top = max(logits)
    e = [math.exp((x - top) / t) for x in logits]
    return [x / sum(e) for x in e]";
    let command = format!("'{python}' '{}'", written("temperature", body, data.path()));
    let (status, out, _) = graded(&["grade", "temperature", "--cmd", &command], data.path());
    assert!(status == 1 && out.contains("in 2 of the cases, first in case 6"), "{out}");
    assert!(out.contains("The smallest case that is wrong: case 6"), "{out}");
}
