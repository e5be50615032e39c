//! Prose with placeholders.
//!
//! Prose is plain Markdown with one kind of placeholder: `[[id]]`, or `[[id:.3]]` to choose the form
//! of a number. On a line of its own it becomes the formula, matrix, table, figure or note of that
//! id; inside a sentence it becomes the number or the words. `[[C3]]` points to a claim.
//!
//! There is no logic in prose and no number typed by hand. It is checked both ways: an id that the
//! lesson did not measure is an error, and so is a measurement that no prose uses.

use std::collections::BTreeSet;

use super::claim::{ClaimCheck, short_id};
use super::findings::{Findings, Item};
use super::number;
use super::page::{Block, Span};
use super::span::{joined, push_markdown};
use super::text::Lang;

/// Prose and measurements disagree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {}", .problems.join("; "))]
pub struct ProseError {
    file: String,
    problems: Vec<String>,
}

/// Fills every placeholder and cuts the prose into blocks. What `also` names, another text of the lesson, counts
/// as used.
///
/// # Errors
/// [`ProseError`] with every placeholder that names nothing, every measurement and every claim that
/// the prose does not use.
pub fn assemble(
    markdown: &str,
    also: &str,
    findings: &Findings,
    claims: &[ClaimCheck],
    lang: Lang,
) -> Result<Vec<Block>, ProseError> {
    let used = placeholders(also).into_iter().map(String::from).collect();
    let mut setter = Setter { findings, claims, lang, used, problems: Vec::new() };
    let blocks = setter.blocks(markdown);
    setter.name_unused();
    if setter.problems.is_empty() {
        return Ok(blocks);
    }
    Err(ProseError { file: format!("lesson.{}.md", lang.code()), problems: setter.problems })
}

/// Fills the placeholders of a second page, `<name>.<lang>.md`: everything that was measured for it is used, claims
/// are cited where they belong. A section whose tables, figures and notes are all empty is left out, since its
/// sentences are about them, and the others are numbered anew.
///
/// # Errors
/// [`ProseError`] with every placeholder that names nothing and every measurement that the prose does not use.
pub fn beside(
    markdown: &str,
    name: &str,
    findings: &Findings,
    claims: &[ClaimCheck],
    lang: Lang,
) -> Result<Vec<Block>, ProseError> {
    let used = claims.iter().map(|claim| short_id(claim.id).to_string()).collect();
    let mut setter = Setter { findings, claims, lang, used, problems: Vec::new() };
    let markdown = setter.filled_sections(markdown);
    let blocks = setter.blocks(&markdown);
    setter.name_unused();
    if setter.problems.is_empty() {
        return Ok(blocks);
    }
    Err(ProseError { file: format!("{name}.{}.md", lang.code()), problems: setter.problems })
}

/// The same of some of its sections: what was measured for the others is not there.
///
/// # Errors
/// [`ProseError`] with every placeholder that names nothing.
pub(super) fn some_sections(
    markdown: &str,
    name: &str,
    findings: &Findings,
    claims: &[ClaimCheck],
    lang: Lang,
) -> Result<Vec<Block>, ProseError> {
    let mut setter = Setter { findings, claims, lang, used: BTreeSet::new(), problems: Vec::new() };
    let markdown = setter.filled_sections(markdown);
    part(&markdown, &format!("{name}.{}.md", lang.code()), findings, claims, lang)
}

/// Fills the placeholders of a text that need not use everything, out of the named file.
///
/// # Errors
/// [`ProseError`] with every placeholder that names nothing.
pub fn part(
    markdown: &str,
    file: &str,
    findings: &Findings,
    claims: &[ClaimCheck],
    lang: Lang,
) -> Result<Vec<Block>, ProseError> {
    let mut setter = Setter { findings, claims, lang, used: BTreeSet::new(), problems: Vec::new() };
    let blocks = setter.blocks(markdown);
    if setter.problems.is_empty() {
        return Ok(blocks);
    }
    Err(ProseError { file: file.into(), problems: setter.problems })
}

/// The ids that a text names, in order.
pub fn placeholders(markdown: &str) -> Vec<&str> {
    markdown
        .split("[[")
        .skip(1)
        .filter_map(|rest| rest.split_once("]]"))
        .map(|(inside, _)| id_of(inside))
        .collect()
}

fn id_of(inside: &str) -> &str {
    inside.split_once(':').map_or(inside, |(id, _)| id)
}

struct Setter<'a> {
    findings: &'a Findings,
    claims: &'a [ClaimCheck],
    lang: Lang,
    used: BTreeSet<String>,
    problems: Vec<String>,
}

impl Setter<'_> {
    /// The page without the sections that have nothing to show.
    fn filled_sections(&mut self, markdown: &str) -> String {
        let mut parts = markdown.split("\n## ");
        let mut out = parts.next().unwrap_or_default().to_string();
        let mut number = 0;
        for part in parts {
            if self.shows_nothing(part) {
                self.used.extend(placeholders(part).into_iter().map(String::from));
                continue;
            }
            let title = part.trim_start_matches(|c: char| c.is_ascii_digit());
            let counts = title.len() < part.len();
            number += usize::from(counts);
            let numbered = if counts { number.to_string() } else { String::new() };
            out += &format!("\n## {numbered}{title}");
        }
        out
    }

    /// Has it items on lines of their own, and are they all empty?
    fn shows_nothing(&self, section: &str) -> bool {
        let alone = section.lines().filter_map(|line| line.trim().strip_prefix("[[")?.strip_suffix("]]"));
        let items = alone.filter_map(|id| self.findings.get(id));
        let mut shown = items.filter(|item| !matches!(item, Item::Number(_) | Item::Words(_))).peekable();
        shown.peek().is_some() && shown.all(|item| Block::of("", item).is_empty())
    }

    fn blocks(&mut self, markdown: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut paragraph = Vec::new();
        for line in markdown.lines() {
            let alone = line.trim().strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
            match alone.and_then(|id| self.block(id)) {
                Some(block) => {
                    flush(&mut paragraph, &mut blocks);
                    blocks.extend(block);
                }
                None => {
                    self.sentence(line, &mut paragraph);
                    push_markdown(&mut paragraph, "\n");
                }
            }
        }
        flush(&mut paragraph, &mut blocks);
        blocks
    }

    /// The blocks of an id that stands alone; `None` if the id belongs inside a sentence.
    fn block(&mut self, id: &str) -> Option<Vec<Block>> {
        let name = self.findings.ids().find(|name| *name == id)?;
        let item = self.findings.get(name)?;
        if matches!(item, Item::Number(_) | Item::Words(_)) {
            return None;
        }
        self.used.insert(id.into());
        Some(Block::of(name, item))
    }

    fn sentence(&mut self, line: &str, out: &mut Vec<Span>) {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("[[") {
            let Some((inside, behind)) = after.split_once("]]") else { break };
            let (before, behind) = match self.findings.get(id_of(inside)) {
                Some(Item::Words(words)) => {
                    number::around_words(before, words.get(self.lang), behind, self.lang)
                }
                _ => (before, behind),
            };
            push_markdown(out, before);
            out.push(self.inline(inside, behind));
            rest = behind;
        }
        push_markdown(out, rest);
    }

    fn inline(&mut self, inside: &str, behind: &str) -> Span {
        let (id, form) = inside.split_once(':').unwrap_or((inside, ""));
        self.used.insert(id.into());
        if let Some(claim) = self.claims.iter().find(|claim| short_id(claim.id) == id) {
            return Span::Claim(claim.id);
        }
        let set = match self.findings.get(id) {
            Some(Item::Number(value)) => number::formatted_before(*value, form, self.lang, behind)
                .map(|shown| Span::Number { id: id.into(), shown }),
            Some(Item::Words(words)) => Some(Span::Words(literal(words.get(self.lang)))),
            Some(Item::Formula(formula)) => Some(Span::Formula(*formula)),
            _ => None,
        };
        set.unwrap_or_else(|| {
            self.problems.push(format!("[[{inside}]] names nothing that fits inside a sentence"));
            Span::Markdown(String::new())
        })
    }

    fn name_unused(&mut self) {
        let measured = self.findings.ids();
        let claimed = self.claims.iter().map(|claim| short_id(claim.id));
        for id in measured.chain(claimed).filter(|id| !self.used.contains(*id)) {
            self.problems.push(format!("{id} was measured, but no prose uses it"));
        }
    }
}

/// Words as they are: a person's own text may hold what Markdown takes for emphasis, code, links or HTML.
pub(crate) fn literal(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn flush(paragraph: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    let spans = std::mem::take(paragraph);
    if !joined(&spans).is_empty() {
        blocks.push(Block::Prose(spans));
    }
}

#[cfg(test)]
mod tests;
