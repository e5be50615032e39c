//! Every command that the documentation shows is run, and what it prints is what stands there.

use std::collections::BTreeMap;
use std::process::Command;

use demos::LESSONS;
use rayon::prelude::*;

const PAGES: [(&str, &str); 3] = [
    ("README.md", include_str!("../../README.md")),
    ("README.zh.md", include_str!("../../README.zh.md")),
    ("CONTRIBUTING.md", include_str!("../../CONTRIBUTING.md")),
];

#[test]
fn what_the_pages_print_is_what_the_program_prints() {
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .case("../README.md")
        .case("../README.zh.md");
}

/// The commands of a page: code between backticks that starts with `demo `.
fn commands(page: &str) -> Vec<&str> {
    page.split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| code.starts_with("demo ") && !code.contains('<'))
        .collect()
}

/// Commands that take longest: they begin like this.
const LONG: [&str; 3] = ["demo decoding --compare", "demo plots", "demo check"];

/// Those of the documentation; if asked for, the long ones and those that a lesson suggests below its page, too.
#[test]
fn every_command_that_is_shown_runs() {
    let every = std::env::var_os("DEMO_SHOWN").is_some();
    let of_pages =
        PAGES.iter().flat_map(|(name, page)| commands(page).into_iter().map(|command| (command, *name)));
    let pages = of_pages.collect::<BTreeMap<&str, &str>>();
    assert!(pages.len() > 20, "only {} commands found", pages.len());
    let of_lessons =
        LESSONS.iter().flat_map(|lesson| lesson.next.iter().map(|next| (*next, lesson.card.name)));
    // Once each, wherever it stands; those of a lesson are neighbours and of one length, so one by one.
    let mut all: Vec<(&str, &str)> = if every {
        of_lessons.chain(pages).collect::<BTreeMap<_, _>>().into_iter().collect()
    } else {
        pages.into_iter().collect()
    };
    all.retain(|(command, _)| every || !LONG.iter().any(|long| command.starts_with(long)));
    all.par_iter().with_max_len(1).for_each(|(command, place)| run(command, place));
}

/// Runs a command in a folder of its own that holds the gallery, the example of a configuration and the tiny model.
fn run(command: &str, place: &str) {
    let folder = tempfile::tempdir().unwrap();
    for part in ["plots", "tests/fixtures/model", "tests/fixtures/real"] {
        let from = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        copy(&std::path::Path::new(from).join(part), &folder.path().join(part));
    }
    let words = words(command);
    let output = Command::new(env!("CARGO_BIN_EXE_demo"))
        .args(&words[1..])
        .current_dir(&folder)
        .env("XDG_DATA_HOME", folder.path())
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{place}: {command}: {error}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// Splits at blanks, but not between double quotes.
fn words(command: &str) -> Vec<String> {
    let outside = |(i, part): (usize, &str)| -> Vec<String> {
        if i % 2 == 1 { vec![part.to_string()] } else { part.split_whitespace().map(String::from).collect() }
    };
    command.split('"').enumerate().flat_map(outside).collect()
}

/// The table of lessons has a row for each lesson, with its question and the number of its claims.
#[test]
fn the_table_of_lessons_is_that_of_the_program() {
    for ((name, page), claims) in [(PAGES[0], "claims"), (PAGES[1], "条论断")] {
        let rows: Vec<&str> = page
            .lines()
            .filter(|line| {
                line.starts_with("| LLM Q") || line.starts_with("| VLM Q") || line.starts_with("| RLHF Q")
            })
            .collect();
        assert_eq!(rows.len(), LESSONS.len(), "{name}: rows in the table of lessons, and lessons");
        for (row, lesson) in rows.iter().zip(LESSONS) {
            let card = &lesson.card;
            let count = format!("{} {claims}", lesson.claims.len());
            for part in [card.questions[0], &format!("`demo {}`", card.name), &count] {
                assert!(row.contains(part), "{name}: the row of {} lacks {part}: {row}", card.name);
            }
        }
    }
}
