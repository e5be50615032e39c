//! What a paragraph is made of: Markdown, and what a lesson set into it.
//!
//! A renderer that can say more of a number or a claim than its characters (a page with links, formulas and
//! sources) finds it here; the others join the spans to Markdown.

use std::borrow::Cow;

use super::claim::short_id;
use super::findings::Formula;

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub enum Span {
    /// Markdown as it stands in the prose.
    Markdown(String),
    /// A measured number.
    Number {
        /// By which prose names it.
        id: String,
        /// As prose wants it shown.
        shown: String,
    },
    /// Words as they are, made safe for Markdown.
    Words(String),
    /// A formula inside a sentence.
    Formula(Formula),
    /// A pointer to a claim, by its whole id.
    Claim(&'static str),
}

impl Span {
    /// The span as Markdown.
    pub fn markdown(&self) -> Cow<'_, str> {
        match self {
            Span::Markdown(text) | Span::Words(text) | Span::Number { shown: text, .. } => {
                Cow::Borrowed(text)
            }
            Span::Formula(formula) => Cow::Borrowed(formula.plain),
            Span::Claim(id) => Cow::Owned(format!("({})", short_id(id))),
        }
    }
}

/// A paragraph as Markdown.
pub fn joined(spans: &[Span]) -> String {
    let text: String = spans.iter().map(Span::markdown).collect();
    text.trim().to_string()
}

/// Adds Markdown, to the piece that is open if there is one.
pub(super) fn push_markdown(spans: &mut Vec<Span>, more: &str) {
    match spans.last_mut() {
        Some(Span::Markdown(text)) => text.push_str(more),
        _ => spans.push(Span::Markdown(more.to_string())),
    }
}
