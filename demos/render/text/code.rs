//! The code for the whiteboard, coloured.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use crate::kit::lesson::Lesson;
use crate::kit::text::Text;
use crate::kit::whiteboard::Language;
use crate::render::screen::{Role, Screen};

/// The code of every topic of a lesson, to write on the whiteboard.
pub fn code(lesson: &'static Lesson, language: Language, screen: &Screen) -> String {
    let mut out = String::new();
    for board in lesson.whiteboard {
        let title = lesson.words.get(&format!("code.{}", board.topic));
        out.push_str(&remark(&title, language, screen));
        out.push('\n');
        let code = board.code(language, screen.lang);
        out.push_str(&match language {
            Language::Rust => highlight(&code, screen),
            Language::Python => code.into_owned(),
        });
        out.push('\n');
    }
    out
}

/// A comment on a line of its own.
pub fn remark(text: &Text, language: Language, screen: &Screen) -> String {
    let mark = match language {
        Language::Rust => "//",
        Language::Python => "#",
    };
    screen.paint(Role::Quiet, &format!("{mark} {}", screen.say(text))) + "\n"
}

fn highlight(text: &str, screen: &Screen) -> String {
    let mut out = String::new();
    let mut at = 0;
    for token in tokenize(text, FrontmatterAllowed::No) {
        let word = &text[at..at + token.len as usize];
        at += token.len as usize;
        let role = match token.kind {
            TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => Some(Role::Good),
            TokenKind::Literal { .. } => Some(Role::Caution),
            TokenKind::Ident if is_keyword(word) => Some(Role::Code),
            _ => None,
        };
        out.push_str(&role.map_or_else(|| word.to_string(), |role| screen.paint(role, word)));
    }
    out
}

fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 21] = [
        "as", "const", "else", "enum", "fn", "for", "if", "impl", "in", "let", "match", "mod", "mut", "pub",
        "return", "self", "struct", "super", "use", "where", "while",
    ];
    KEYWORDS.contains(&word)
}
