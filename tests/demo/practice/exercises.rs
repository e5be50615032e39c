//! Every exercise: right where the library is, wrong where a mistake is made, with words for everything.

use std::collections::{BTreeMap, BTreeSet};

use demos::LESSONS;
use demos::kit::claim::short_id;
use demos::kit::exercise::{Exercise, Flaw, Flaws, Kind, Twin, value};
use demos::kit::lesson::Lesson;
use demos::kit::text::Lang;
use demos::kit::whiteboard::Language;
use demos::practice::{WORDS, catalogue, prove, starter};

/// Cases are drawn anew with each.
const SEEDS: [u64; 3] = [7, 8, 9];

#[test]
fn the_right_program_gives_what_the_library_gives() {
    for entry in catalogue::all() {
        let exercise = entry.exercise;
        for case in SEEDS.into_iter().flat_map(exercise.cases) {
            let ours = (exercise.solve)(&case.given, &Flaws::NONE).out;
            let right = (exercise.right)(&case.given);
            assert_eq!(value::difference(&right, &ours), None, "{}: {:?}", exercise.name, case.given);
        }
    }
}

#[test]
fn every_mistake_is_caught_and_none_is_taken_for_another() {
    for entry in catalogue::all() {
        for seed in SEEDS {
            let name = entry.exercise.name;
            let survivors = prove::prove(entry.exercise, seed).survivors();
            assert!(survivors.is_empty(), "{name}, seed {seed}: no case catches {survivors:?}");
            assert_eq!(prove::twins(entry.exercise, seed), Vec::<[&str; 2]>::new(), "{name}, seed {seed}");
        }
    }
}

#[test]
fn cases_are_named_small_and_drawn_anew() {
    for entry in catalogue::all() {
        let (exercise, name) = (entry.exercise, entry.exercise.name);
        let cases = (exercise.cases)(7);
        assert!(cases.iter().any(|case| case.kind == Kind::Hand), "{name}: no case to follow by hand");
        assert!(cases.iter().any(|case| matches!(case.kind, Kind::Edge(_))), "{name}: no edge");
        // One fits into a pipe, however slowly the program reads.
        assert!(cases.iter().all(|case| case.size() < 32 << 10), "{name}");
        let takes: BTreeSet<&str> = exercise.takes.iter().map(|field| field.name).collect();
        for case in &cases {
            let given: BTreeSet<&str> = case.given.fields().keys().map(String::as_str).collect();
            assert_eq!(given, takes, "{name}");
        }
        let drawn = |seed| -> Vec<String> {
            let cases = (exercise.cases)(seed);
            cases.iter().map(|case| serde_json::to_string(case.given.fields()).unwrap()).collect()
        };
        assert_ne!(drawn(7), drawn(8), "{name}: the seed draws nothing");
    }
}

/// What is asked of an exercise's words, so that nothing else may stand there.
fn ask_everything(exercise: &Exercise) {
    exercise.title();
    ["task", "cost", "next"].iter().for_each(|id| drop(exercise.text(id)));
    exercise.takes.iter().chain(exercise.gives).for_each(|field| drop(exercise.text(field.name)));
    exercise.flaws.iter().for_each(|flaw| drop(exercise.flaw(flaw)));
    let cases = (exercise.cases)(7);
    let steps = (exercise.solve)(&cases[0].given, &Flaws::NONE).steps;
    steps.iter().for_each(|(name, _)| drop(exercise.text(name)));
}

#[test]
fn everything_has_words_and_no_word_is_left_over() {
    for lesson in LESSONS {
        lesson.exercises.iter().for_each(|exercise| ask_everything(exercise));
        if let Some(exercise) = lesson.exercises.first() {
            assert_eq!(exercise.words.problems(), Vec::<String>::new(), "{}", lesson.card.name);
        }
    }
}

#[test]
fn every_edge_has_its_words() {
    let edges: BTreeSet<&str> = catalogue::all()
        .flat_map(|entry| (entry.exercise.cases)(7))
        .filter_map(|case| if let Kind::Edge(name) = case.kind { Some(name) } else { None })
        .collect();
    for edge in &edges {
        assert!(WORDS.has(&format!("edge.{edge}")), "no words for the edge {edge}");
    }
    for lang in Lang::ALL {
        let text = WORDS.folder.read("practice", lang);
        let section = text.split("\n## ").find(|section| section.starts_with("edge\n")).unwrap();
        for line in section.lines().filter_map(|line| line.strip_prefix("- ")) {
            let id = line.split(": ").next().unwrap();
            assert!(edges.contains(id), "no exercise has the edge {id}");
        }
    }
}

fn claims_of(lesson: &Lesson) -> BTreeSet<String> {
    lesson.claims.iter().map(|claim| short_id(claim.id).to_string()).collect()
}

#[test]
fn names_claims_topics_and_follow_ups_exist() {
    let mut known = BTreeMap::new();
    for entry in catalogue::all() {
        assert!(known.insert(entry.exercise.name, entry).is_none(), "{} twice", entry.exercise.name);
    }
    for (name, entry) in &known {
        let spelled = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(spelled && name.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
        for claim in entry.exercise.flaws.iter().filter_map(|flaw| flaw.claim) {
            let (lesson, claim) = claim.split_once(' ').unwrap_or((entry.lesson.card.name, claim));
            let lesson = LESSONS.iter().find(|other| other.card.name == lesson).unwrap();
            assert!(claims_of(lesson).contains(claim), "{name}: {} has no {claim}", lesson.card.name);
        }
        if let Twin::Whiteboard(topic) = entry.exercise.twin {
            assert!(
                entry.lesson.whiteboard.iter().any(|board| board.topic == topic),
                "{name}: no topic {topic}"
            );
        }
        for other in entry.exercise.follow_ups {
            assert!(
                known.contains_key(other) && other != *name,
                "{name}: {other} is no exercise to go on with"
            );
        }
    }
}

#[test]
fn every_program_to_begin_with_names_what_it_takes_and_leaves_no_gap() {
    for entry in catalogue::all() {
        for (language, lang) in [Language::Python, Language::Rust].into_iter().zip(Lang::ALL) {
            let program = starter::starter(entry.exercise, language, lang);
            for field in entry.exercise.takes {
                assert!(program.contains(&format!("given[\"{}\"]", field.name)), "{program}");
            }
            for gap in ["FUNCTION", "ARGUMENTS", "PASSED", "GIVES", "TITLE", "TASK", "SHAPES", "HOW_TO_RUN"] {
                assert!(!program.contains(gap), "{gap} in {program}");
            }
        }
    }
}

#[test]
fn every_mistake_has_a_name_and_a_reason_in_both_languages() {
    for lesson in LESSONS.iter().filter(|lesson| !lesson.exercises.is_empty()) {
        for lang in Lang::ALL {
            let text = lesson.exercises[0].words.folder.read("exercises", lang);
            for exercise in lesson.exercises {
                let section =
                    text.split("\n## ").find(|part| part.starts_with(&format!("{} ", exercise.name)));
                for flaw in exercise.flaws {
                    let mark = format!("- {}: ", flaw.id);
                    let line = section.unwrap().lines().find_map(|line| line.strip_prefix(&mark)).unwrap();
                    let parts: Vec<&str> = line.split(" | ").collect();
                    assert_eq!(parts.len(), 2, "{} {} {lang:?}: {line}", exercise.name, flaw.id);
                    assert!(
                        parts.iter().all(|part| !part.trim().is_empty()),
                        "{} {}",
                        exercise.name,
                        flaw.id
                    );
                }
            }
        }
    }
}

/// Each mistake leads somewhere: to a section of a page, and where a claim measures it, to the claim as well.
#[test]
fn every_mistake_names_a_section_that_is_there() {
    for entry in catalogue::all() {
        for flaw in entry.exercise.flaws {
            let section = entry.section(flaw);
            assert!(section.is_some(), "{} {}: no section explains it", entry.exercise.name, flaw.id);
        }
        // The exercise's own, too, though every mistake may have another.
        let own = entry.section(&Flaw::new("")).unwrap_or_else(|| panic!("{}", entry.exercise.name));
        assert!(Lang::ALL.iter().all(|lang| !own.title.get(*lang).is_empty()));
    }
}
