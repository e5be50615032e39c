//! The readable twin's source, as it stands in the library, coloured.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use crate::kit::lesson::{Lesson, Source};
use crate::kit::whiteboard::Language;
use crate::render::screen::{Role, Screen};

/// The code of every topic of a lesson, to write on the whiteboard.
pub fn code(lesson: &'static Lesson, language: Language, screen: &Screen) -> String {
    let mut out = String::new();
    for board in lesson.whiteboard {
        let title = lesson.words.get(&format!("code.{}", board.topic));
        let mark = match language {
            Language::Rust => "//",
            Language::Python => "#",
        };
        out.push_str(&screen.paint(Role::Quiet, &format!("{mark} {}", screen.say(&title))));
        out.push_str("\n\n");
        out.push_str(&match language {
            Language::Rust => highlight(board.rust, screen),
            Language::Python => board.python.to_string(),
        });
        out.push('\n');
    }
    for source in lesson.code {
        for function in source.functions {
            let Some((line, text)) = excerpt(source, function) else { continue };
            out.push_str(&screen.paint(Role::Quiet, &format!("// {}:{line}", source.path)));
            out.push('\n');
            out.push_str(&highlight(&text, screen));
            out.push('\n');
        }
    }
    out
}

/// A function's text, moved to the left edge, and the number of its first line. It ends at the brace that
/// stands as far in as the function itself.
pub fn excerpt(source: &Source, function: &str) -> Option<(usize, String)> {
    let name = format!("fn {function}(");
    let lines: Vec<&str> = source.text.lines().collect();
    let declares = |line: &&str| {
        let line = line.trim_start();
        line.contains(&name) && (line.starts_with("pub") || line.starts_with("fn"))
    };
    let first = lines.iter().position(declares)?;
    let indent = lines[first].len() - lines[first].trim_start().len();
    let end = format!("{}}}", " ".repeat(indent));
    let last = first + lines[first..].iter().position(|line| *line == end)?;
    let text = lines[first..=last].iter().flat_map(|line| [line.get(indent..).unwrap_or(""), "\n"]).collect();
    Some((first + 1, text))
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
