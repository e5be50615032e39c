//! The lessons' pages on a trained model: the tiny one of `tests/fixtures/real/trained.py`, and with
//! `DEMO_MODEL=model.gguf` any other.

use std::env;

use serde_json::Value;

use super::{demo, refused, says_at_most_to_wait};

const TRAINED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/real/trained.gguf");

/// A model with a learned table of positions: `tests/fixtures/real/learned.py`.
const LEARNED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/real/learned.gguf");

fn page(lesson: &str, model: &str) -> Value {
    let run = demo(&[lesson, "--model", model, "--format", "json", "--no-claims"]);
    assert!(run.status == 0 && says_at_most_to_wait(&run.err), "{lesson} {model}: {}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

/// A cell of a table as a number: signs and words as the page writes them.
fn number(page: &Value, id: &str, row: usize, column: usize) -> f64 {
    let blocks = page["blocks"].as_array().expect("blocks");
    let table = blocks.iter().find(|block| block["id"] == id).unwrap_or_else(|| panic!("no table {id}"));
    let cell = &table["rows"][row][column];
    let said = cell.as_str().map(|said| said.replace('−', "-"));
    cell.as_f64().or(said.and_then(|said| said.parse().ok())).unwrap_or_else(|| panic!("{id}: {cell}"))
}

/// What a section of such a page has no use for is known without a run.
#[test]
fn a_flag_that_a_section_has_no_use_for_is_named() {
    let run = |lesson: &str, section: &str, more: &[&str]| {
        demo(&[&[lesson, "--model", TRAINED, "--no-claims", "--section", section][..], more].concat()).out
    };
    let text = ["--text", "a b"];
    let english = run("attention", "4", &[&text[..], &["--lang", "en"]].concat());
    assert!(english.contains("This section is the same without --text (see 1)."), "{english}");
    let chinese = run("attention", "4", &[&text[..], &["--lang", "zh"]].concat());
    assert!(chinese.contains("给不给 --text（用在第 1 节），这一节都一样。"), "{chinese}");
    let long = run("rope", "1", &["--long", "256", "--lang", "en"]);
    assert!(long.contains("This section is the same without --long (see 3, 4)."), "{long}");
    assert!(!run("attention", "1", &[&text[..], &["--lang", "en"]].concat()).contains("Not used"));
    assert!(!run("attention", "4", &["--lang", "en"]).contains("Not used"));
}

/// What is known of every trained model: it looks back, and breaks where it should.
fn is_trained(model: &str) {
    let attention = page("attention", model);
    let rows = 0..5;
    assert!(rows.clone().any(|row| number(&attention, "catalogue", row, 3) > 0.5), "no head of any kind");
    assert!(number(&attention, "unscaled", 1, 2) > 0.1, "undivided scores change nothing");
    let rope = page("rope", model);
    assert!(number(&rope, "order", 1, 2) > 0.1, "the model does not need its positions");
    assert!(number(&rope, "order", 2, 2).abs() < 0.01, "a text that is moved as a whole is another one");
    let positions = page("positions", model);
    assert!(number(&positions, "removed", 1, 2) > 0.1, "the model does not need its positions");
    for row in 1..3 {
        let of = |row| number(&positions, "removed", row, 1);
        let more = number(&positions, "removed", row, 2);
        assert!((of(row) - of(0) - more).abs() < 1e-3, "what is more is not the difference of the two");
    }
    let moves = |row| number(&positions, "destroyed", row, 5);
    assert!((0..2).all(|row| (0.01..=1.0).contains(&moves(row))), "no prediction moves with the order");
    assert!(
        number(&positions, "numbers", 1, 2).abs() < 0.01,
        "a text that is moved as a whole is another one"
    );
    assert!(
        number(&positions, "numbers", 2, 2) > 0.1,
        "the model does not mind how far apart its tokens stand"
    );
    let heads = page("heads", model);
    for row in 0..4 {
        assert_eq!(
            number(&heads, "kept", row, 1),
            number(&heads, "kept", row, 2),
            "a cache against its formula"
        );
    }
    assert!(number(&heads, "kept", 1, 4).abs() < 0.05, "16 bits are enough for a cache");
    let activations = page("activations", model);
    let last = activations["blocks"].as_array().unwrap().iter().find(|block| block["id"] == "exchanged");
    let last = last.and_then(|table| table["rows"].as_array()).map_or(0, Vec::len) - 1;
    assert!(number(&activations, "exchanged", last, 2) > 0.1, "without any function it is the same model");
}

#[test]
fn a_tiny_trained_model_breaks_where_trained_models_break() {
    is_trained(TRAINED);
}

#[test]
fn a_learned_table_notices_that_a_text_is_moved() {
    let positions = page("positions", LEARNED);
    assert!(number(&positions, "removed", 1, 2) > 0.05, "the model does not need its table");
    // A relative scheme would not notice but for rounding; a table learned in a minute notices a little.
    assert!(number(&positions, "numbers", 1, 2) > 0.01, "other rows of the table change nothing");
}

#[test]
fn a_real_model_breaks_where_trained_models_break() {
    if let Ok(model) = env::var("DEMO_MODEL") {
        is_trained(&model);
    }
}

/// What a section shows is what the whole page has there, and all sections together have all of it.
#[test]
fn a_section_that_is_measured_alone_is_that_of_the_page() {
    let shown = |page: &Value| -> Vec<Value> {
        let blocks = page["blocks"].as_array().expect("blocks");
        blocks.iter().filter(|block| block["kind"] != "prose").cloned().collect()
    };
    for (lesson, sections) in
        [("attention", 5), ("positions", 5), ("rope", 4), ("heads", 3), ("activations", 4)]
    {
        let section = |number: usize| {
            let args = [
                lesson,
                "--model",
                TRAINED,
                "--section",
                &number.to_string(),
                "--format",
                "json",
                "--no-claims",
            ];
            let run = demo(&args);
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{args:?}");
            shown(&serde_json::from_str(&run.out).expect("JSON"))
        };
        let parts: Vec<Value> = (1..=sections).flat_map(section).collect();
        assert_eq!(parts, shown(&page(lesson, TRAINED)), "{lesson}");
        let beyond = (sections + 1).to_string();
        refused(&[lesson, "--model", TRAINED, "--section", &beyond], &[&sections.to_string()]);
    }
}

/// In brief nothing is measured but the model as it is; the traps are those of the page.
#[test]
fn a_page_in_brief_has_its_traps() {
    for lesson in ["attention", "positions", "rope", "heads", "activations"] {
        let traps = |flags: &[&str]| {
            let run = demo(&[&[lesson, "--model", TRAINED, "--no-claims"], flags].concat());
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{lesson} {flags:?}");
            (run.out.matches("The trap").count(), run.out.contains("nats a token (95 % interval"))
        };
        assert_eq!(traps(&["--brief"]), traps(&[]), "{lesson}");
    }
}

/// The sentence is for a picture, and the long text for a table: neither is part of the brief.
#[test]
fn a_brief_names_the_flags_that_only_sections_use() {
    for (lesson, flag, value) in [("attention", "--text", "the cat"), ("rope", "--long", "600")] {
        let run = demo(&[lesson, "--model", TRAINED, "--no-claims", "--brief", flag, value]);
        let said = format!("Not used here: {flag}. The brief is the same without.");
        assert!(run.status == 0 && run.out.contains(&said), "{}{}", run.out, run.err);
    }
}

/// Claims are tested without the model, which is not even run for them.
#[test]
fn claims_beside_a_model_are_the_claims() {
    let run = demo(&["attention", "C3", "--model", TRAINED]);
    assert!(run.status == 0 && run.out.contains("--model") && run.out.contains("C3"), "{}", run.out);
}

#[test]
fn a_seed_draws_other_heads_and_the_same_page() {
    let run = |seed| demo(&["attention", "--model", TRAINED, "--seed", seed, "--no-claims"]).out;
    assert_eq!(run("3"), run("3"));
    assert_ne!(run("3"), run("4"));
}
