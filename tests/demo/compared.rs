//! The table of decoding strategies in both READMEs is the recorded run of the benchmark, number for number.

use std::collections::HashMap;
use std::process::Command;

use concepts::comparison::{Family, HUMAN, Measure};
use demos::LESSONS;
use demos::kit::knob::{Kind, Values};
use demos::kit::lesson::{Block, DEFAULT_SEED, Page, Setting, run};
use demos::kit::text::Lang;

const RUN: &str = include_str!("../../benches/recorded/decoding.csv");
const ABOUT: &str = include_str!("../../benches/recorded/README.md");
const ENGLISH: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh.md");

/// One setting with its numbers.
type Row = HashMap<String, String>;

fn recorded() -> Vec<Row> {
    let rows = csv::Reader::from_reader(RUN.as_bytes()).into_deserialize();
    rows.map(|row| row.unwrap()).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or(f64::NAN)
}

/// What people wrote, and of each strategy the setting whose surprise is nearest to theirs.
fn nearest(rows: &[Row]) -> Vec<&Row> {
    let human = rows.iter().find(|row| row["strategy"] == HUMAN).unwrap();
    let away = |row: &Row| (number(row, "judge") - number(human, "judge")).abs();
    let of = |family: Family| {
        // A second number is a temperature beside the cut: those settings belong to another picture.
        // One beam is greedy, and says nothing of beams.
        let swept = |row: &&Row| {
            !row["settings"].contains(' ') && row["settings"] != "beams=1" && row["settings"] != "k=1"
        };
        let own = rows.iter().filter(|row| row["strategy"] == family.word()).filter(swept);
        own.min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or_else(|| panic!("{}", family.word()))
    };
    std::iter::once(human).chain(Family::all().map(of)).collect()
}

/// A row of the table, from its second column on.
fn shown(row: &Row) -> String {
    let with_interval = |column: &str| {
        let [estimate, low, high] =
            ["", "_low", "_high"].map(|end| format!("{:.2}", number(row, &format!("{column}{end}"))));
        format!("{estimate} [{low}, {high}]")
    };
    let percent = |column: &str| format!("{:.0} %", 100.0 * number(row, column));
    let calls = number(row, "calls_per_token");
    let calls = if calls.is_nan() { "–".into() } else { format!("{calls:.2}") };
    let (judge, alike) = (with_interval("judge"), with_interval("self_bleu"));
    format!(
        "{} | {judge} | {alike} | {} | {} | {calls} |",
        name(row),
        percent("known_words"),
        percent("loops")
    )
}

/// The number of a setting, as `p = 0.9`; nothing where there is none.
fn name(row: &Row) -> String {
    row["settings"].replace('=', " = ").replace('_', "-")
}

#[test]
fn the_readmes_show_the_recorded_run() {
    let rows = recorded();
    let lines: Vec<String> = nearest(&rows).into_iter().map(shown).collect();
    for page in [ENGLISH, CHINESE] {
        let missing: Vec<&String> = lines
            .iter()
            .filter(|line| !page.lines().any(|of_page| of_page.ends_with(line.as_str())))
            .collect();
        assert!(missing.is_empty(), "a README lacks\n{missing:#?}\nof\n{}", lines.join("\n"));
    }
}

#[test]
fn the_record_is_whole() {
    let rows = recorded();
    for measure in Measure::ALL {
        assert!(rows.iter().all(|row| row.contains_key(measure.word())), "{}", measure.word());
    }
    for family in Family::all() {
        let own =
            rows.iter().filter(|row| row["strategy"] == family.word() && !row["settings"].contains(' '));
        assert!(own.count() >= family.long_sweep().len().max(1), "{}", family.word());
    }
    assert!(ABOUT.contains(&format!("{} settings", rows.len() - 1)), "{} settings", rows.len() - 1);
}

/// The command beside the record gives the record: takes a minute, and is asked for by `DEMO_RECORDED=1`.
#[test]
fn the_command_gives_the_record() {
    if std::env::var("DEMO_RECORDED").is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decoding.csv");
    let line = ABOUT.lines().find(|line| line.starts_with("cargo run --release -- ")).unwrap();
    let words = line.split_whitespace().skip(4);
    let words =
        words.map(|word| if word.ends_with(".csv") { path.display().to_string() } else { word.into() });
    let status = Command::new(env!("CARGO_BIN_EXE_demo")).args(words).output().unwrap().status;
    assert!(status.success());
    assert_eq!(std::fs::read_to_string(path).unwrap(), RUN);
}

fn page(flags: &[(&str, &str)]) -> Page {
    let lesson = LESSONS.iter().copied().find(|lesson| lesson.card.name == "decoding").unwrap();
    let knob = |name: &str| lesson.knobs.iter().find(|knob| knob.name() == name).unwrap();
    let given = |name: &str| flags.iter().find(|(flag, _)| *flag == name).map(|(_, value)| *value);
    let value =
        |name: &str| given(name).map(|value| if knob(name).kind() == Kind::Switch { "" } else { value });
    let setting = Setting { values: Values::read(lesson.knobs, value).unwrap(), seed: DEFAULT_SEED };
    run(lesson, setting, Lang::En).unwrap()
}

/// The rows of the tables of this id, and the summary: every remark after the heading that is no table.
fn shown_tables(page: &Page, ids: &[&str]) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Table(id, table) if ids.contains(id) => Some(format!("{:?}", table.rows)),
        _ => None,
    };
    page.blocks.iter().filter_map(of).collect()
}

/// Texts are judged alike where they are written and where they come from a file: the same numbers, the same marks.
#[test]
fn what_is_exported_is_judged_as_it_was() {
    let written = page(&[
        ("compare", ""),
        ("strategies", "greedy,top-p,beam"),
        ("texts", "16"),
        ("tokens", "40"),
        ("export", "texts.jsonl"),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("texts.jsonl");
    std::fs::write(&path, &written.files[0].text).unwrap();
    let read = page(&[("judge", path.to_str().unwrap())]);
    let ids = ["nearest", "whole", "all_settings"];
    let (there, here) = (shown_tables(&written, &ids), shown_tables(&read, &ids));
    assert_eq!(there.len(), ids.len());
    // Of a file it is not known that the text was held out.
    let there: Vec<String> = there.iter().map(|table| table.replace("held-out text", "people")).collect();
    assert_eq!(there, here);
}
