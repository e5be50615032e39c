//! The code for the whiteboard: there is some, it is short of line, and both sets of comments are on the same code.

use demos::LESSONS;
use demos::kit::text::Lang;
use demos::kit::whiteboard::Language;
use demos::render::screen::columns;
use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

#[test]
fn every_lesson_has_code_for_the_whiteboard() {
    for lesson in LESSONS {
        assert!(!lesson.whiteboard.is_empty(), "{}", lesson.card.name);
        for board in lesson.whiteboard {
            for (language, keyword) in [(Language::Rust, "fn "), (Language::Python, "def ")] {
                for code in Lang::ALL.map(|lang| board.code(language, lang)) {
                    assert!(code.contains(keyword), "{}", board.topic);
                    let longest = code.lines().map(columns).max();
                    assert!(longest <= Some(110), "{}: a line of {longest:?}", board.topic);
                }
            }
        }
    }
}

#[test]
fn comments_in_chinese_stand_on_the_same_code() {
    for board in LESSONS.iter().flat_map(|lesson| lesson.whiteboard) {
        let [english, chinese] = Lang::ALL.map(|lang| rust(board.code(Language::Rust, lang)));
        assert_eq!(chinese, english, "{}.zh.rs is other code than {}.rs", board.topic, board.topic);
        let [english, chinese] = Lang::ALL.map(|lang| python(board.code(Language::Python, lang)));
        assert_eq!(chinese, english, "{}.zh.py is other code than {}.py", board.topic, board.topic);
    }
}

#[test]
fn what_differs_beside_the_comments_is_seen() {
    assert_eq!(rust("f(1) // one"), rust("/// a call\nf(1)"));
    assert_ne!(rust("f(1) // one"), rust("f(2) // one"));
    let say = "def f(x):\n    \"\"\"Says\n    x.\"\"\"\n    return \"# \" + x  # x";
    assert_eq!(python(say), ["def f(x):", "    return \"# \" + x"]);
}

/// The tokens of Rust code without comments and blanks.
fn rust(code: &str) -> Vec<&str> {
    let mut rest = code;
    let mut kept = Vec::new();
    for token in tokenize(code, FrontmatterAllowed::No) {
        let (word, after) = rest.split_at(token.len as usize);
        rest = after;
        let comment = matches!(token.kind, TokenKind::LineComment { .. } | TokenKind::BlockComment { .. });
        if !comment && token.kind != TokenKind::Whitespace {
            kept.push(word);
        }
    }
    kept
}

/// The lines of Python code without comments, docstrings and empty lines.
fn python(code: &str) -> Vec<String> {
    // Docstrings are the odd parts between triple quotes.
    let bare: String = code.split("\"\"\"").step_by(2).collect();
    let lines = bare.lines().map(|line| before_comment(line).trim_end().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// A line of Python up to the `#` that is in no string.
fn before_comment(line: &str) -> &str {
    let mut in_string = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => in_string = !in_string,
            '#' if !in_string => return &line[..at],
            _ => {}
        }
    }
    line
}
