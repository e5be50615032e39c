//! A person's own logits and texts, and what is said of limits without effect.

use demos::kit::findings::{Findings, Item};
use demos::kit::knob::{Refusal, Values};
use demos::kit::lesson::{DEFAULT_SEED, Setting};
use demos::kit::text::Lang;

use super::{lesson, number};

/// The lesson on decoding with a file in one of its knobs.
fn decoding_with(knob: &str, content: &str) -> Result<Findings, Refusal> {
    let lesson = lesson("decoding");
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
        ("corpus", "", ["a file without a word", "文件里没有文字"]),
        ("corpus", "Once upon a time.", ["hold some out, 17;", "17 个字符"]),
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
    let lesson = lesson("decoding");
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
    for part in ["by convention it is greedy", "top-k cuts nothing", "p = 1: top-p cuts nothing"] {
        assert!(said.get(Lang::En).contains(part), "{part}");
    }
    assert!(said.get(Lang::Zh).contains("按惯例等同贪心") && said.get(Lang::Zh).contains("什么也不截"));
    assert!(note(&[("p", "0"), quick[0], quick[1]]).unwrap().get(Lang::En).contains("not empty"));
    assert_eq!(note(&quick), None);
}
