//! Sessions through a pipe: what is said, what is kept, how they end.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::grade::graded;

/// Runs a drill whose person types these lines, and nothing more.
pub(crate) fn typed(args: &[&str], lines: &str, data: &Path) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    command.env("LC_ALL", "C").env("XDG_DATA_HOME", data).env_remove("COLUMNS").arg("drill").args(args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes()); // it may have ended already
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn kept(data: &Path) -> String {
    std::fs::read_to_string(data.join("demo/practice.jsonl")).unwrap_or_default()
}

#[test]
fn what_was_answered_is_kept_and_the_end_is_polite() {
    let data = tempfile::tempdir().unwrap();
    for (lang, over) in [("en", "Cards: 2;"), ("zh", "做了 2 张")] {
        let args = ["--kind", "judge", "--lesson", "rope", "--lang", lang, "--seed", "1"];
        let (status, out, err) = typed(&args, "h\nw\n", data.path());
        assert_eq!((status, err.as_str()), (0, ""), "{out}");
        assert!(out.contains(over), "{out}");
    }
    let kept = kept(data.path());
    assert_eq!(kept.lines().count(), 4, "{kept}");
    assert!(kept.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{kept}");
    let (_, progress, _) = graded(&["progress"], data.path());
    let rope = progress.lines().find(|line| line.trim_start().starts_with("rope")).unwrap();
    assert!(rope.contains("4/"), "{progress}");
}

#[test]
fn each_kind_of_card_is_asked_and_turned_over() {
    let data = tempfile::tempdir().unwrap();
    let kinds = [
        ("judge", "d\n", "say", "demo attention C1"),
        ("compute", "1000\n\n", "exp(ln", "softmax"),
        ("predict", "0.5 0 1\n", "inside your range", "largest weight"),
        ("say", "\n1 2\n", "of", "points"),
    ];
    for (kind, lines, one, other) in kinds {
        let (status, out, err) = typed(&["--kind", kind, "--lesson", "attention"], lines, data.path());
        assert_eq!((status, err.as_str()), (0, ""));
        let shown = out.contains(other) && (kind == "judge" || out.contains(one));
        assert!(shown && !out.contains("[[") && !out.contains("0 points"), "{kind}: {out}");
    }
}

#[test]
fn what_cannot_be_read_is_asked_again() {
    let data = tempfile::tempdir().unwrap();
    let args = ["--kind", "compute", "--lesson", "heads"];
    let (_, out, _) = typed(&args, "many\n40\n40 apples\n40 GB\n", data.path());
    for why in ["no number that I can read", "Which unit?", "Behind the number I cannot read “apples”"] {
        assert!(out.contains(why), "{why}: {out}");
    }
    assert!(out.contains("Cards: 1;"), "{out}");
    let (_, out, _) = typed(&args, "18,0 GiB\nx\n", data.path());
    assert!(out.contains("Is the comma a decimal point? Then write 18.0 GiB."), "{out}");
}

#[test]
fn what_cannot_be_drilled_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let refused: [(&[&str], &str); 11] = [
        (&["--interview", "soon"], "2026-12-20"),
        (&["--interview", "2020-01-01"], "a day from tomorrow on"),
        (&["--lesson", "cooking"], "no lesson cooking"),
        (&["--kind", "sing"], "judge, compute, predict, say"),
        (&["--minutes", "0"], "--minutes"),
        (&["--minutes", "5", "--export", "x.csv"], "--minutes does not go with --export"),
        (&["--due", "--export", "x.csv"], "--due does not go with --export"),
        (&["--interview", "2999-12-20", "--export", "x.csv"], "--interview does not go with --export"),
        (&["--seed", "4", "--export", "x.csv"], "--seed does not go with --export"),
        (&["--data", "x", "--export", "x.csv"], "--data does not go with --export"),
        (&["--kind", "compute", "--export", "x.csv"], "drawn anew each time"),
    ];
    for (args, why) in refused {
        let (status, out, err) = typed(args, "", data.path());
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1), "{args:?}: {err}");
        assert!(err.contains(why), "{args:?}: {err}");
    }
    assert_eq!(kept(data.path()), "");
}

#[test]
fn a_place_that_cannot_be_written_is_refused_before_anything_is_asked() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let (status, out, err) = typed(&["--data", file.to_str().unwrap()], "h\n", data.path());
    assert_eq!((status, out.as_str(), err.lines().count()), (1, "", 1), "{err}");
    assert!(err.contains("practice.jsonl"), "{err}");
}

#[test]
fn the_day_of_the_interview_is_kept_and_cards_can_be_taken_elsewhere() {
    let data = tempfile::tempdir().unwrap();
    let day = (chrono::Local::now().date_naive() + chrono::Duration::days(9)).to_string();
    typed(&["--interview", &day], "", data.path());
    let (_, progress, _) = graded(&["progress"], data.path());
    assert!(progress.contains(&day) && progress.contains("days left: 9"), "{progress}");
    let file = data.path().join("cards.csv");
    let args = ["--export", file.to_str().unwrap(), "--lesson", "rope"];
    let (status, out, _) = typed(&args, "", data.path());
    let text = std::fs::read_to_string(&file).unwrap();
    let mut rows =
        csv::ReaderBuilder::new().comment(Some(b'#')).has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert!(status == 0 && rows.len() > 10 && rows.iter().all(|row| row.len() == 3 && !row[1].is_empty()));
    assert!(out.contains(&format!("{} cards written to", rows.len())), "{out}");
    let (status, _, err) = typed(&args, "", data.path());
    assert!(status == 2 && err.contains("is there already"), "{err}");
}

#[test]
fn a_card_answered_wrong_is_not_known() {
    let data = tempfile::tempdir().unwrap();
    typed(&["--kind", "judge", "--lesson", "rope"], &"d\n".repeat(3), data.path());
    let (_, progress, _) = graded(&["progress"], data.path());
    let rope = progress.lines().find(|line| line.trim_start().starts_with("rope")).unwrap();
    assert!(rope.contains(" 0%") && rope.contains(" 3/"), "{progress}");
}

#[test]
fn an_interview_that_is_over_is_said() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("demo");
    std::fs::create_dir(&folder).unwrap();
    let entry = r#"{"version":1,"at":1793000000,"what":"interview","date":"2026-11-01"}"#;
    std::fs::write(folder.join("practice.jsonl"), format!("{entry}\n")).unwrap();
    for (lang, said) in [("en", "interview was on 2026-11-01"), ("zh", "2026-11-01 已过")] {
        let (_, progress, _) = graded(&["progress", "--lang", lang], data.path());
        assert!(progress.contains(said), "{progress}");
    }
}

#[test]
fn what_means_nothing_is_answered_with_what_is_wanted() {
    let data = tempfile::tempdir().unwrap();
    let (_, out, _) = typed(&["--kind", "judge", "--lesson", "rope"], "foo\nbecause\n3\nh\n", data.path());
    assert_eq!(out.matches("This takes a letter, no number").count(), 3, "{out}");
    assert!(out.contains("Cards: 1;"), "{out}");
    let (_, out, _) = typed(&["--kind", "say", "--lesson", "rope"], "foo\n\n1 99 foo\n1\n", data.path());
    assert!(out.contains("Enter when you have said it") && out.contains("numbers from 1 to"), "{out}");
    assert!(out.contains("1 of") && out.contains("Cards: 1;"), "{out}");
}

#[test]
fn a_reason_stands_behind_the_key_and_is_kept() {
    let data = tempfile::tempdir().unwrap();
    let (_, out, _) = typed(&["--kind", "judge", "--lesson", "rope"], "h it turns pairs\nd\n", data.path());
    assert!(out.contains("Cards: 2;"), "{out}");
    let kept = kept(data.path());
    assert!(kept.contains("\"why\":\"it turns pairs\""), "{kept}");
    assert_eq!(kept.matches("\"why\"").count(), 1, "{kept}");
}

#[test]
fn a_claim_with_a_condition_may_be_judged_so_and_shows_what_was_measured() {
    let data = tempfile::tempdir().unwrap();
    // C2 of rope is the second: it holds, of the offset and not of the distance.
    let (_, out, _) = typed(&["--kind", "judge", "--lesson", "rope"], "q\nq\n", data.path());
    assert!(out.contains("✗ Not so: it holds") && out.contains("✓ Right: it holds, and under"), "{out}");
    assert!(out.contains("Cards: 2; right: 1."), "{out}");
    for shown in ["common shifts up to", "The test can fail; it does with", "signed offset"] {
        assert!(out.contains(shown), "{shown}: {out}");
    }
}

#[test]
fn lines_that_are_skipped_are_named_by_the_drill_too() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("demo");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("practice.jsonl"), "broken\n{\"version\":9}\n").unwrap();
    let (_, out, _) = typed(&["--kind", "judge", "--lesson", "rope"], "x\n", data.path());
    let said = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("that cannot be read were skipped: 1;"), "{out}");
    assert!(said.contains("that a newer version of this program wrote were skipped: 1;"), "{out}");
    assert!(out.contains("Stopped.") && !out.contains("what was answered"), "{out}");
}

#[test]
fn when_all_cards_are_done_it_is_said() {
    let data = tempfile::tempdir().unwrap();
    let (_, out, _) = typed(&["--kind", "compute", "--lesson", "emergence"], "\n", data.path());
    assert!(out.contains("Those were all that are due or new"), "{out}");
    let (_, out, _) = typed(&["--kind", "judge", "--minutes", "0.3"], "d\n", data.path());
    assert!(out.contains("the last minute"), "{out}");
}
