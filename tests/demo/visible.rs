//! Nothing that a person brings reaches a terminal as it is: in every form, in refusals, in pictures.

use std::fs;
use std::path::Path;

use demos::kit::visible::is_hidden;

use super::{Run, demo, path};

/// What a terminal obeys, what turns a line around, what no XML may hold.
const HOSTILE: &str = "a\u{1b}[31mb \u{202e}c d\u{9b}e \u{fffe}f|g <script>";

/// Standard output and error without the terminal's own colours.
fn shown(run: &Run) -> String {
    let mut out = String::new();
    for (i, part) in format!("{}{}", run.out, run.err).split("\u{1b}[").enumerate() {
        let colour = part.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(0);
        let ends = part[colour..].starts_with('m');
        assert!(i == 0 || ends, "no colour: {:?}", part.chars().take(20).collect::<String>());
        out.push_str(if i == 0 { part } else { &part[colour + 1..] });
    }
    out
}

fn nothing_hidden(args: &[&str]) -> String {
    let shown = shown(&demo(args));
    let found = shown.chars().find(|&c| c != '\n' && is_hidden(c));
    assert_eq!(found, None, "{args:?}");
    shown
}

#[test]
fn a_text_is_visible_in_every_form() {
    for lesson in ["attention", "tokenization", "positions"] {
        for form in ["text", "markdown", "json"] {
            let shown = nothing_hidden(&[lesson, "--no-claims", "--text", HOSTILE, "--format", form]);
            assert!(lesson == "positions" || shown.contains("x1b"), "{lesson} {form}");
            let raw = shown.replace(r"\<", "").contains("<script>");
            assert!(form != "markdown" || !raw, "{lesson}");
        }
    }
    let coloured = nothing_hidden(&["attention", "--no-claims", "--text", HOSTILE, "--color", "always"]);
    assert!(coloured.contains(r"\x1b"));
}

#[test]
fn names_in_files_are_visible_and_not_endless() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("{HOSTILE}\n{}", "x".repeat(5000));
    let config = serde_json::json!({"_name_or_path": name, "model_type": "llama", "hidden_size": 64,
        "num_attention_heads": 4, "num_hidden_layers": 2, "vocab_size": 100, "intermediate_size": 128});
    let file = folder.path().join("a\u{1b}[31m.json");
    fs::write(&file, config.to_string()).unwrap();
    for form in ["text", "markdown", "json"] {
        let shown = nothing_hidden(&["heads", "--no-claims", "--config", path(&file), "--format", form]);
        assert!(shown.contains("x1b") && !shown.contains(&"x".repeat(200)), "{form}");
        assert!(form != "markdown" || !shown.replace(r"\<", "").contains("<script>"), "{form}");
    }
}

#[test]
fn tokens_of_a_file_are_visible() {
    let folder = tempfile::tempdir().unwrap();
    let piece = "\u{1b}[31m\u{202e}";
    let vocab = serde_json::json!([["<unk>", 0.0], [piece, -1.0], ["\u{2581}", -2.0]]);
    let added = serde_json::json!([{"id": 3, "content": "<\u{1b}]0;x\u{7}>", "special": false}]);
    let model = serde_json::json!({"type": "Unigram", "unk_id": 0, "vocab": vocab});
    let file = folder.path().join("tokenizer.json");
    fs::write(&file, serde_json::json!({"model": model, "added_tokens": added}).to_string()).unwrap();
    let text = format!("{piece}<\u{1b}]0;x\u{7}>");
    for form in ["text", "markdown", "json"] {
        let args = ["tokenization", "--no-claims", "--load", path(&file), "--text", &text, "--format", form];
        nothing_hidden(&args);
    }
}

#[test]
fn refusals_are_one_line_that_can_be_read() {
    let long = "9".repeat(10_000);
    for args in [
        ["decoding", "--min-p", "\u{9b}31m"],
        ["attention", "--format", "\n\n"],
        ["attention", "--out", "a\nb/c"],
        ["attention", "--out", "/nope/a\u{1b}[31m"],
        ["attention", "--seq", &long],
        ["heads", "--model", "\u{202e}\r"],
        ["heads", "--memory", &long],
        ["heads", "--config", "\u{1b}]0;title\u{7}"],
        ["tokenization", "--load", "\u{fffe}\u{85}"],
        ["check", "\u{1b}[2J", "\n"],
        ["rope", "--\u{1b}[31m", "1"],
    ] {
        let run = demo(&args);
        assert!([1, 2].contains(&run.status) && run.out.is_empty(), "{args:?}: {}", run.out);
        assert_eq!(run.err.lines().count(), 1, "{args:?}: {}", run.err);
        assert!(run.err.chars().count() < 700, "{args:?}: {}", run.err);
        assert_eq!(run.err.chars().find(|&c| c != '\n' && is_hidden(c)), None, "{args:?}");
    }
}

#[test]
fn numbers_of_hundreds_of_digits_are_said_shortly() {
    let folder = tempfile::tempdir().unwrap();
    let model = serde_json::json!({"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["a", 1e308]]});
    let file = folder.path().join("tokenizer.json");
    fs::write(&file, serde_json::json!({"model": model}).to_string()).unwrap();
    let run = demo(&["tokenization", "--load", path(&file)]);
    assert!(run.status == 2 && run.err.contains("e308") && run.err.len() < 400, "{}", run.err);
}

#[test]
fn pictures_are_xml_whatever_they_show() {
    let folder = tempfile::tempdir().unwrap();
    let figures = folder.path().join("figures");
    let run = demo(&["attention", "--no-claims", "--text", HOSTILE, "--figures", path(&figures)]);
    assert_eq!(run.status, 0, "{}", run.err);
    let drawn: Vec<_> = fs::read_dir(&figures).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(!drawn.is_empty());
    for file in drawn {
        whole(&file);
    }
}

fn whole(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert_eq!(text.chars().find(|&c| c != '\n' && is_hidden(c)), None, "{}", file.display());
}
