//! Prose and measurements, checked both ways.

use super::*;
use crate::kit::text::{Text, text};

fn findings() -> Findings {
    let mut findings = Findings::default();
    findings.number("ratio", 0.18154);
    findings.note("remark", Some(text("a remark", "一句说明")));
    findings
}

#[test]
fn numbers_go_into_sentences_and_items_become_blocks() {
    let blocks =
        assemble("A ratio of [[ratio:.2]].\n[[remark]]\nEnd.", "", &findings(), &[], Lang::En).unwrap();
    assert!(matches!(&blocks[..], [Block::Prose(a), Block::Note(_), Block::Prose(b)]
        if joined(a) == "A ratio of 0.18." && joined(b) == "End."));
}

#[test]
fn a_section_without_anything_to_show_is_left_out() {
    let mut findings = findings();
    findings.note("empty", None);
    findings.tables("tables", Vec::new());
    let page = "A [[ratio]].\n\n## 1 First\n\nOf [[ratio]].\n\n[[empty]]\n\n[[tables]]\n\n## 2 Next\n\n[[remark]]\n\n[[empty]]\n\n## Words\n\nOnly words.\n";
    let blocks = beside(page, "page", &findings, &[], Lang::En).unwrap();
    let said: Vec<String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Prose(spans) => Some(joined(spans)),
            _ => None,
        })
        .collect();
    let said = said.join("\n");
    assert!(said.contains("## 1 Next") && said.contains("## Words"), "{said}");
    assert!(!said.contains("First"), "{said}");
}

#[test]
fn words_are_no_markdown() {
    let mut findings = Findings::default();
    findings.words("typed", Text::same("a *b* <i> [[c]]"));
    let blocks = assemble("You typed [[typed]].", "", &findings, &[], Lang::En).unwrap();
    assert!(matches!(&blocks[..], [Block::Prose(a)] if joined(a) == r"You typed a \*b\* \<i> \[\[c\]\]."));
}

#[test]
fn an_unknown_id_is_an_error() {
    let error = assemble("[[ratio]] [[ration]]\n[[remark]]", "", &findings(), &[], Lang::En).unwrap_err();
    assert_eq!(error.to_string(), "lesson.en.md: [[ration]] names nothing that fits inside a sentence");
}

#[test]
fn an_unused_measurement_is_an_error() {
    let error = assemble("[[ratio]]", "", &findings(), &[], Lang::Zh).unwrap_err();
    assert_eq!(error.to_string(), "lesson.zh.md: remark was measured, but no prose uses it");
}

#[test]
fn an_unknown_form_of_a_number_is_an_error() {
    assert!(assemble("[[ratio:wide]]\n[[remark]]", "", &findings(), &[], Lang::En).is_err());
}
