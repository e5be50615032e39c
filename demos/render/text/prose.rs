//! Markdown on a terminal: headings, paragraphs, lists, quotes and code, wrapped to the width.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::render::screen::{Role, Screen};
use crate::render::wrap::lines;

/// Longer lines tire the eye, however wide the terminal is.
const LINE: usize = 100;

/// Sets a piece of Markdown.
pub(super) fn prose(markdown: &str, screen: &Screen) -> String {
    let mut setter = Setter {
        screen,
        out: String::new(),
        line: String::new(),
        roles: Vec::new(),
        lists: Vec::new(),
        quoted: false,
    };
    for event in Parser::new(markdown) {
        setter.take(event);
    }
    // A heading may be all there is: what follows must not stick to it.
    if !setter.out.ends_with("\n\n") {
        setter.out.push('\n');
    }
    setter.out
}

/// Wraps a text to the screen, every line after the first under `hanging`.
pub(super) fn wrap(text: &str, first: &str, hanging: &str, screen: &Screen) -> String {
    lines(text, screen.width.min(LINE), first, hanging)
        .iter()
        .flat_map(|line| [line.as_str(), "\n"])
        .collect()
}

struct Setter<'a> {
    screen: &'a Screen,
    out: String,
    /// The paragraph being collected, styles included.
    line: String,
    roles: Vec<Role>,
    /// One entry an open list: the next number, or `None` for bullets.
    lists: Vec<Option<u64>>,
    quoted: bool,
}

impl Setter<'_> {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => self.words(&text),
            Event::Code(code) => {
                let painted = self.screen.paint(Role::Code, &code);
                self.line.push_str(&painted);
            }
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.line.push('\n'),
            Event::Rule => self.out.push('\n'),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        match self.roles.last() {
            Some(&role) => self.line.push_str(&self.screen.paint(role, words)),
            None => self.line.push_str(words),
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag {
            Tag::Heading { .. } => self.roles.push(Role::Heading),
            Tag::Strong | Tag::Emphasis => self.roles.push(Role::Strong),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.roles.push(Role::Code),
            Tag::List(start) => {
                self.flush();
                self.lists.push(*start);
            }
            Tag::BlockQuote(_) => self.quoted = true,
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.roles.pop();
                self.out.push('\n');
                self.flush();
            }
            TagEnd::Paragraph => {
                self.flush();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::Item => self.flush(),
            TagEnd::Strong | TagEnd::Emphasis => {
                self.roles.pop();
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::BlockQuote(_) => self.quoted = false,
            _ => {}
        }
    }

    fn code_block(&mut self) {
        self.roles.pop();
        let code = std::mem::take(&mut self.line);
        for line in code.trim_end().lines() {
            self.out.push_str(&format!("    {line}\n"));
        }
        self.out.push('\n');
    }

    /// Sets the collected paragraph.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.line);
        if text.trim().is_empty() {
            return;
        }
        let (first, hanging) = self.indents();
        self.out.push_str(&wrap(&text, &first, &hanging, self.screen));
    }

    fn indents(&mut self) -> (String, String) {
        let depth = "  ".repeat(self.lists.len().saturating_sub(1));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{depth}{number}. ");
                *number += 1;
                let hanging = " ".repeat(mark.len());
                (mark, hanging)
            }
            Some(None) => (format!("{depth}• "), format!("{depth}  ")),
            None if self.quoted => {
                let bar = self.screen.paint(Role::Good, "┃ ");
                (bar.clone(), bar)
            }
            None => (String::new(), String::new()),
        }
    }
}
