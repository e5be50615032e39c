//! Every lesson, in both languages and all forms. What must run and what must be refused stands with each lesson
//! (`cases.txt`); what is known of one lesson only has a module here.

mod attention;
mod decoding;
mod heads;
mod sentences;
mod whiteboard;

use std::sync::LazyLock;

use demos::LESSONS;
use demos::kit::answer::{self, Role};
use demos::kit::claim::{Claim, Verdict};
use demos::kit::findings::{Findings, Item, Matrix};
use demos::kit::knob::{Kind, Values, kind};
use demos::kit::lesson::{Block, DEFAULT_SEED, Lesson, Page, Setting, run, run_claims, set};
use demos::kit::prose::placeholders;
use demos::kit::question::question;
use demos::kit::text::Lang;
use demos::render::form::Depth;
use demos::render::screen::{Colour, Screen, columns};
use demos::render::{json, markdown, text};
use demos::verdicts;
use rayon::prelude::*;

fn page(lesson: &'static Lesson, given: &[(&str, &str)], lang: Lang) -> Page {
    let value = |name: &str| given.iter().find(|(knob, _)| *knob == name).map(|(_, value)| *value);
    let values = Values::read(lesson.knobs, value).unwrap();
    run(lesson, Setting { values, seed: DEFAULT_SEED }, lang)
        .unwrap_or_else(|error| panic!("{} {given:?}: {error}", lesson.card.name))
}

/// The lesson of a name.
fn lesson(name: &str) -> &'static Lesson {
    LESSONS.iter().copied().find(|lesson| lesson.card.name == name).unwrap()
}

/// A number that a lesson measured.
fn number(findings: &Findings, id: &str) -> f64 {
    match findings.get(id) {
        Some(Item::Number(number)) => *number,
        other => panic!("{id}: {other:?}"),
    }
}

fn matrices(page: &Page) -> impl Iterator<Item = &Matrix> {
    page.blocks.iter().filter_map(|block| match block {
        Block::Matrix(_, matrix) => Some(matrix),
        _ => None,
    })
}

/// A lesson with nothing moved: what a run of it found, its claims, and its page with them in every language.
struct Untouched {
    lesson: &'static Lesson,
    findings: Findings,
    claims: Vec<Claim>,
    pages: [Page; 2],
}

impl Untouched {
    fn setting(&self) -> Setting {
        self.pages[0].setting.clone()
    }
}

/// All lessons with nothing moved, run once for all tests.
static UNTOUCHED: LazyLock<Vec<Untouched>> = LazyLock::new(|| {
    let untouched = |lesson: &&'static Lesson| {
        let values = Values::read(lesson.knobs, |_| None).unwrap();
        let setting = Setting { values, seed: DEFAULT_SEED };
        let (findings, claims) = (lesson.findings(&setting).unwrap(), run_claims(lesson, DEFAULT_SEED));
        let in_words = |lang| set(lesson, setting.clone(), &findings, lang).unwrap();
        let pages = Lang::ALL.map(|lang| in_words(lang).with_claims(claims.clone()));
        Untouched { lesson, findings, claims, pages }
    };
    LESSONS.par_iter().with_max_len(1).map(untouched).collect()
});

fn each_page(check: impl Fn(&Page) + Sync) {
    let pages: Vec<&Page> = UNTOUCHED.iter().flat_map(|untouched| &untouched.pages).collect();
    pages.par_iter().for_each(|page| check(page));
}

/// Markdown that was not understood, for instance ** beside Chinese punctuation. Charts use stars too.
fn has_mark_up(line: &str) -> bool {
    let of_a_chart = line.contains(['│', '┤', '└']);
    line.contains("[[") || (!of_a_chart && line.contains("**"))
}

#[test]
fn text_fits_the_screen_and_leaves_no_mark_up() {
    each_page(|page| {
        for colour in [Colour::None, Colour::Ansi256, Colour::True] {
            for width in [80, 100, 120] {
                let screen = Screen { lang: page.lang, width, colour };
                let claims = |depth| text::claims(page, depth, std::time::Duration::ZERO, &screen);
                let shown = text::page(page, true, &screen)
                    + &claims(Depth::Folded)
                    + &claims(Depth::Brief)
                    + &claims(Depth::Evidence)
                    + &text::closing(page, &screen);
                for line in shown.lines() {
                    assert!(columns(line) <= width, "{} columns of {width}: {line}", columns(line));
                    assert!(!has_mark_up(line), "{line}");
                }
            }
        }
    });
}

#[test]
fn json_says_the_same_in_both_languages() {
    for untouched in UNTOUCHED.iter() {
        let [en, zh] = untouched.pages.each_ref().map(json::page);
        for key in ["schema", "lesson", "questions", "knobs", "seed"] {
            assert_eq!(en[key], zh[key], "{key}");
        }
        let verdicts = |page: &serde_json::Value| -> Vec<String> {
            let claims = page["claims"].as_array().unwrap();
            claims.iter().map(|claim| format!("{} {}", claim["id"], claim["verdict"])).collect()
        };
        assert_eq!(verdicts(&en), verdicts(&zh));
        assert_eq!(en["schema"], 1);
        // A claim of data or opinion has nothing to measure.
        let untested = ["data", "opinion"];
        let mut claims = en["claims"].as_array().unwrap().iter();
        let claim = claims.find(|claim| !untested.contains(&claim["verdict"].as_str().unwrap())).unwrap();
        for key in [
            "id",
            "statement",
            "verdict",
            "expected_verdict",
            "measured",
            "predicted",
            "tolerance",
            "n",
            "seed",
            "control",
        ] {
            assert!(claim.get(key).is_some(), "{key}");
        }
    }
}

#[test]
fn markdown_has_every_block() {
    each_page(|page| {
        let shown = markdown::page(page, Some(""));
        let figures = page.figures().count();
        assert_eq!(shown.matches("![").count(), figures);
        assert_eq!(
            shown.matches("$$\n").count() / 2,
            page.blocks.iter().filter(|b| matches!(b, Block::Formula(..))).count()
        );
        assert!(page.claims().all(|claim| shown.contains(claim.id)));
    });
}

#[test]
fn both_languages_name_the_same_ids() {
    for lesson in LESSONS {
        let ids = |lang| {
            let prose = lesson.prose(lang);
            let mut ids = placeholders(&prose).into_iter().map(str::to_string).collect::<Vec<_>>();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        assert_eq!(ids(Lang::En), ids(Lang::Zh), "{}", lesson.card.name);
    }
}

#[test]
fn the_same_knobs_give_the_same_page() {
    for Untouched { lesson, claims, pages: [once, _], .. } in UNTOUCHED.iter() {
        let again = page(lesson, &[], Lang::En).with_claims(claims.clone());
        assert_eq!(format!("{:?}", once.blocks), format!("{:?}", again.blocks), "{}", lesson.card.name);
    }
}

#[test]
fn every_claim_has_a_sentence_to_say() {
    for Untouched { claims, .. } in UNTOUCHED.iter() {
        for claim in claims {
            let said = claim.say.as_ref().map(|say| Lang::ALL.map(|lang| !say.get(lang).is_empty()));
            assert_eq!(said, Some([true, true]), "{}", claim.id);
        }
    }
}

#[test]
fn no_answer_leans_on_a_claim_that_is_wrong() {
    for lesson in LESSONS {
        let wrong = |id: &str| verdicts::expected(id) == Some(Verdict::Wrong);
        let wrong: Vec<&str> = lesson.claims.iter().map(|claim| claim.id).filter(|id| wrong(id)).collect();
        assert_eq!(answer::problems(lesson, &wrong), Vec::<String>::new(), "{}", lesson.card.name);
    }
}

#[test]
fn every_lesson_has_an_answer_for_both_kinds_of_interview() {
    for untouched in UNTOUCHED.iter() {
        for lang in Lang::ALL {
            let lines = |role| {
                let (lesson, setting) = (untouched.lesson, untouched.setting());
                let page = answer::spoken(lesson, setting, &untouched.findings, role, lang).unwrap();
                let screen = Screen { lang, width: 100, colour: Colour::None };
                let shown = text::page(&page, false, &screen);
                shown.lines().map(str::to_owned).collect::<Vec<_>>()
            };
            let both = lines(Role::Both);
            let roles = [Role::Algorithm, Role::Engineering].map(lines);
            assert!(roles[0] != roles[1]);
            for one in roles {
                let (name, count) = (untouched.lesson.card.name, one.len());
                // One screen a role.
                assert!(count < both.len() && count <= 60, "{name} {}: {count} lines", lang.code());
            }
        }
    }
}

#[test]
fn every_lesson_answers_questions_of_the_bank() {
    for lesson in LESSONS {
        assert!(lesson.card.questions.iter().all(|id| question(id).is_some()));
    }
}

#[test]
fn every_value_outside_its_range_is_refused_with_the_range() {
    for lesson in LESSONS {
        for knob in lesson.knobs {
            let outside: Vec<String> = match knob.kind() {
                Kind::Integer { max, .. } => {
                    vec![(max + 1).to_string(), "-1".into(), "1.5".into(), "many".into()]
                }
                Kind::Number { max, .. } => vec![(max * 2.0 + 1.0).to_string(), "nan".into(), "x".into()],
                Kind::Choice { .. } => vec!["no such word".into()],
                Kind::Text { max_chars, .. } => vec![String::new(), "  ".into(), "x".repeat(max_chars + 1)],
                Kind::File | Kind::Folder | Kind::Switch => vec![],
            };
            for value in outside {
                let refusal = kind::parse(*knob, &value).expect_err(&value);
                for lang in Lang::ALL {
                    assert!(refusal.0.get(lang).contains(knob.name()), "{refusal}");
                    assert!(refusal.0.get(lang).contains(knob.kind().range().get(lang)), "{refusal}");
                }
            }
        }
    }
}
