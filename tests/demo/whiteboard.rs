//! The code for the whiteboard: there is some, it is short of line, and both sets of comments are on the same code, whole.

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
        let code = Lang::ALL.map(|lang| board.code(Language::Rust, lang));
        let [english, chinese] = code.each_ref().map(|code| rust(code));
        assert_eq!(chinese, english, "{}.rs: a comment took code along", board.topic);
        let code = Lang::ALL.map(|lang| board.code(Language::Python, lang));
        let [english, chinese] = code.each_ref().map(|code| python(code));
        assert_eq!(chinese, english, "{}.py: a comment took code along", board.topic);
    }
}

#[test]
fn every_comment_has_its_chinese_and_every_chinese_its_comment() {
    for board in LESSONS.iter().flat_map(|lesson| lesson.whiteboard) {
        let chinese = [Language::Rust, Language::Python].map(|language| board.code(language, Lang::Zh));
        for (english, said) in board.comments() {
            assert!(
                chinese.iter().any(|code| code.contains(said)),
                "{}: no comment says {english}",
                board.topic
            );
        }
        for line in chinese.iter().flat_map(|code| code.lines()) {
            let comment = ["// ", "# ", "\"\"\""].iter().find_map(|mark| Some(line.split_once(mark)?.1));
            let words: Vec<&str> = comment.unwrap_or("").split_whitespace().collect();
            let is_word = |word: &&str| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase());
            let prose = words.windows(3).any(|three| three.iter().all(is_word));
            assert!(!prose, "{}: in English: {line}", board.topic);
        }
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
