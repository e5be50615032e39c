//! Every lesson, in both languages and all forms, with its defaults and with every knob turned.

use concepts::numerics::tolerance::{EXACT_F64, GRADIENT};
use demos::LESSONS;
use demos::kit::answer;
use demos::kit::claim::Verdict;
use demos::kit::findings::{Findings, Item, Matrix};
use demos::kit::knob::{Kind, Refusal, Values, kind};
use demos::kit::lesson::{Block, DEFAULT_SEED, Lesson, Page, Setting, run, run_claims};
use demos::kit::prose::placeholders;
use demos::kit::question::question;
use demos::kit::text::Lang;
use demos::render::form::Depth;
use demos::render::screen::{Colour, Screen, columns};
use demos::render::{json, markdown, text};
use demos::verdicts;

fn page(lesson: &'static Lesson, given: &[(&str, &str)], lang: Lang) -> Page {
    let value = |name: &str| given.iter().find(|(knob, _)| *knob == name).map(|(_, value)| *value);
    let values = Values::read(lesson.knobs, value).unwrap();
    run(lesson, Setting { values, seed: DEFAULT_SEED }, lang)
        .unwrap_or_else(|error| panic!("{} {given:?}: {error}", lesson.card.name))
}

fn matrices(page: &Page) -> impl Iterator<Item = &Matrix> {
    page.blocks.iter().filter_map(|block| match block {
        Block::Matrix(_, matrix) => Some(matrix),
        _ => None,
    })
}

fn each_page(check: impl Fn(&Page)) {
    for lesson in LESSONS {
        for lang in Lang::ALL {
            let claims = run_claims(lesson, DEFAULT_SEED);
            check(&page(lesson, &[], lang).with_claims(claims));
        }
    }
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
    for lesson in LESSONS {
        let claims = run_claims(lesson, DEFAULT_SEED);
        let [en, zh] = Lang::ALL.map(|lang| json::page(&page(lesson, &[], lang).with_claims(claims.clone())));
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
    for lesson in LESSONS {
        let once = || format!("{:?}", page(lesson, &[], Lang::En).blocks);
        assert_eq!(once(), once(), "{}", lesson.card.name);
    }
}

#[test]
fn every_claim_has_a_sentence_to_say() {
    for lesson in LESSONS {
        for claim in run_claims(lesson, DEFAULT_SEED) {
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
fn every_lesson_has_code_for_the_whiteboard() {
    for lesson in LESSONS {
        assert!(!lesson.whiteboard.is_empty(), "{}", lesson.card.name);
        for board in lesson.whiteboard {
            assert!(board.rust.contains("fn ") && board.python.contains("def "), "{}", board.topic);
            let longest = board.rust.lines().chain(board.python.lines()).map(columns).max();
            assert!(longest <= Some(110), "{}: a line of {longest:?}", board.topic);
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

#[test]
fn a_configuration_that_no_model_has_is_refused_in_both_languages() {
    let lesson = LESSONS.iter().find(|lesson| lesson.card.name == "heads").unwrap();
    let rest = r#""model_type":"llama","num_hidden_layers":4,"vocab_size":100,"intermediate_size":10"#;
    let cases = [
        (
            r#""hidden_size":18446744073709551615,"num_attention_heads":8,"head_dim":64"#,
            ["18446744073709551615", "d_model"],
        ),
        (r#""hidden_size":8192,"num_attention_heads":96"#, ["8192", "head_dim"]),
        (r#""hidden_size":8192,"num_attention_heads":0,"head_dim":64"#, ["0", "16777216"]),
    ];
    for (sizes, words) in cases {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.json");
        std::fs::write(&file, format!("{{{rest},{sizes}}}")).unwrap();
        let path = file.to_str().unwrap();
        let values = Values::read(lesson.knobs, |knob| (knob == "config").then_some(path)).unwrap();
        let refusal = (lesson.walk)(&Setting { values, seed: DEFAULT_SEED }).map(|_| ()).expect_err(sizes);
        let shown = Lang::ALL.map(|lang| refusal.0.get(lang).to_string());
        assert!(shown.iter().all(|text| words.iter().all(|word| text.contains(word))), "{shown:?}");
        assert!(shown[1].contains(['，', '：']) && shown[0] != shown[1], "{shown:?}");
    }
}

/// The lesson on decoding with a file in one of its knobs.
fn decoding_with(knob: &str, content: &str) -> Result<Findings, Refusal> {
    let lesson = LESSONS.iter().find(|lesson| lesson.card.name == "decoding").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, content).unwrap();
    let given = [(knob, file.to_str().unwrap()), ("strategy", "greedy"), ("tokens", "20")];
    let value = |name: &str| given.iter().find(|(knob, _)| *knob == name).map(|(_, value)| *value);
    (lesson.walk)(&Setting { values: Values::read(lesson.knobs, value).unwrap(), seed: DEFAULT_SEED })
}

#[test]
fn logits_and_texts_that_decide_nothing_are_refused_in_both_languages() {
    let refused = [
        ("logits", "", ["empty", "没有任何 logit"]),
        ("logits", "[]", ["empty", "没有任何 logit"]),
        ("logits", "1.5\nNaN\n2", ["token 1 is NaN", "token 1 的 logit 是 NaN"]),
        ("logits", "[0.5, Infinity]", ["token 1 is +∞", "+∞"]),
        ("logits", "[-inf, -Infinity]", ["all 2 logits are −∞", "全是 −∞"]),
        ("logits", "0.5\nhello", ["entry 2 is “hello”", "第 2 项“hello”"]),
        ("logits", "[1, 2", ["no ]", "没有 ]"]),
        ("corpus", "", ["0 characters are too few", "0 个字符"]),
        ("corpus", "Once upon a time.", ["17 characters are too few", "17 个字符"]),
    ];
    for (knob, content, [english, chinese]) in refused {
        let refusal = decoding_with(knob, content).map(|_| ()).expect_err(content);
        assert!(refusal.0.get(Lang::En).contains(english), "{refusal}");
        assert!(refusal.0.get(Lang::Zh).contains(chinese), "{}", refusal.0.get(Lang::Zh));
        assert!(refusal.0.get(Lang::En).contains(knob), "{refusal}");
    }
    let large = decoding_with("corpus", &"abc def ".repeat(700_000)).map(|_| ()).unwrap_err();
    assert!(large.0.get(Lang::En).contains("larger than 4 MiB"), "{large}");
}

#[test]
fn a_persons_own_logits_and_texts_are_decoded() {
    let kept = |findings: &Findings| match findings.get("glass") {
        Some(Item::Tables(tables)) => tables.iter().map(|table| table.rows.len()).sum::<usize>(),
        other => panic!("{other:?}"),
    };
    // Every token that can follow, and the line of counts.
    for (logits, rows) in
        [("[2.5, 1, -0.3, \"-inf\", 4]", 5), ("3", 2), ("1e4\n-1e4\n", 3), ("-inf, \n0\n", 2)]
    {
        assert_eq!(kept(&decoding_with("logits", logits).unwrap()), rows, "{logits}");
    }
    // One letter; few words again and again; a text without paragraphs; one with.
    let paragraphs: String = (0..40).map(|i| format!("Paragraph {i} speaks of {}.\n\n", i * i)).collect();
    for text in ["a".repeat(600), "你好，世界。".repeat(90), "to be or not to be ".repeat(40), paragraphs]
    {
        let findings = decoding_with("corpus", &text).unwrap();
        assert!(matches!(findings.get("note_corpus"), Some(Item::Note(Some(_)))));
        assert!(number(&findings, "held_out") >= 25.0 && number(&findings, "n_prompts") >= 1.0);
    }
}

#[test]
fn temperature_zero_and_limits_without_effect_are_said_to_be_so() {
    let lesson = LESSONS.iter().find(|lesson| lesson.card.name == "decoding").unwrap();
    let note = |given: &[(&str, &str)]| {
        let value = |name: &str| given.iter().find(|(knob, _)| *knob == name).map(|(_, value)| *value);
        let values = Values::read(lesson.knobs, value).unwrap();
        match (lesson.walk)(&Setting { values, seed: DEFAULT_SEED }).unwrap().get("note_numbers") {
            Some(Item::Note(note)) => note.clone(),
            other => panic!("{other:?}"),
        }
    };
    let quick = [("strategy", "greedy"), ("tokens", "8")];
    let ends = [("temperature", "0"), ("k", "5000"), ("p", "1"), quick[0], quick[1]];
    let said = note(&ends).unwrap();
    for part in ["by convention it is greedy", "top-k cuts nothing", "p = 1: all tokens stay"] {
        assert!(said.get(Lang::En).contains(part), "{part}");
    }
    assert!(said.get(Lang::Zh).contains("按惯例等同贪心") && said.get(Lang::Zh).contains("什么也不截"));
    assert!(note(&[("p", "0"), quick[0], quick[1]]).unwrap().get(Lang::En).contains("not empty"));
    assert_eq!(note(&quick), None);
}

#[test]
fn the_example_can_be_read_off() {
    let lesson = LESSONS.iter().find(|lesson| lesson.card.name == "attention").unwrap();
    let page = page(lesson, &[("example", ""), ("text", "a b a")], Lang::En);
    let other_heads: Vec<_> = matrices(&page)
        .filter(|matrix| matrix.symbol.starts_with('A'))
        .map(|matrix| matrix.data.mapv(|x| (x * 100.0).round() / 100.0))
        .collect();
    assert_eq!(
        other_heads[0],
        ndarray::array![[0.5, 0.0, 0.5], [0.0, 1.0, 0.0], [0.5, 0.0, 0.5]],
        "same token"
    );
    assert_eq!(other_heads[1], ndarray::Array2::<f64>::eye(3), "copy");
}

fn attention(given: &[(&str, &str)], seed: u64) -> Findings {
    let lesson = LESSONS.iter().find(|lesson| lesson.card.name == "attention").unwrap();
    let value = |name: &str| given.iter().find(|(knob, _)| *knob == name).map(|(_, value)| *value);
    (lesson.walk)(&Setting { values: Values::read(lesson.knobs, value).unwrap(), seed }).unwrap()
}

fn number(findings: &Findings, id: &str) -> f64 {
    match findings.get(id) {
        Some(Item::Number(number)) => *number,
        other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn the_derivations_of_attention_check_out_whatever_the_seed() {
    for seed in 0..40 {
        let findings = attention(&[], seed);
        let number = |id| number(&findings, id);
        let exact = ["jacobian_row_sum", "jacobian_smallest", "ds_row_sum", "row_dot_error", "online_error"];
        assert!(exact.iter().all(|id| number(id) < EXACT_F64), "seed {seed}");
        let differences = ["jacobian_error", "dq_error", "dk_error", "dv_error"];
        assert!(differences.iter().all(|id| number(id) < GRADIENT), "seed {seed}");
        assert!((0.0..=0.5).contains(&number("jacobian_largest")));
        assert_eq!((number("sign_mean"), number("sign_variance")), (0.0, number("sign_width")));
        assert!((number("rnn_linear") / number("rnn_power") - 1.0).abs() < EXACT_F64 * number("rnn_steps"));
        assert!(number("rnn_tanh") < number("rnn_power"));
        // The prose says that this one overflows f32, and that forgetting to rescale shows.
        assert!(number("online_largest") > f64::from(f32::MAX).ln());
        assert!(number("online_forgetful") > 1e-3, "seed {seed}: {}", number("online_forgetful"));
        assert_eq!(number("traffic_walked"), number("traffic_closed"));
    }
}

#[test]
fn what_attention_says_of_its_rows_is_true_for_other_knobs() {
    for case in [&[("pad", "6")][..], &[("causal", ""), ("pad", "6")], &[("cross", "3"), ("pad", "3")]] {
        // Rows that see nothing have a note of their own and are no rounding error.
        assert!(number(&attention(case, DEFAULT_SEED), "row_sum_error") < EXACT_F64, "{case:?}");
    }
    let said = |case: &[(&str, &str)], id: &str| match attention(case, DEFAULT_SEED).get(id) {
        Some(Item::Words(words)) => words.get(Lang::En).to_string(),
        Some(Item::Formula(formula)) => formula.plain.to_string(),
        other => panic!("{id}: {other:?}"),
    };
    // Rows of the example carry places; keys and values of cross-attention come from Y.
    assert_ne!(said(&[], "x_rule"), said(&[("example", "")], "x_rule"));
    assert!(said(&[("cross", "3")], "f_qkv").contains("Y·W_K"));
    assert!(!said(&[], "f_qkv").contains('Y'));
}
