//! A part of a second page, and what has to be measured for it.

use std::collections::BTreeSet;

use super::prose::placeholders;

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The section of this number.
    Section(usize),
    /// The opening, the traps and what to say.
    Brief,
    /// Nothing: claims that stand alone.
    Nothing,
}

/// The ids that are asked for: those of a whole page, or those that a part of it names.
///
/// ```
/// use demos::kit::parts::{Asked, Part};
///
/// let page = "Of [[model]].\n\n## 1 First\n\nWords.\n\n[[heads]]\n\n## 2 Next\n\n[[cost:.2]]\n";
/// let (asked, rest) = Asked::of(page, Part::Section(2));
/// assert!(asked.any(&["cost", "heads"]) && !asked.any(&["heads", "model"]));
/// assert_eq!(rest, "\n## 1 First\n\n## 2 Next\n\n[[cost:.2]]\n");
/// let (asked, rest) = Asked::of(page, Part::Brief);
/// assert!(asked.any(&["model"]) && !asked.any(&["heads", "cost"]) && rest.contains("Words."));
/// assert!(Asked::of(page, Part::Nothing).0.is_nothing() && Asked::all().any(&["heads"]));
/// ```
#[derive(Debug, Clone)]
pub struct Asked(Option<BTreeSet<String>>);

impl Asked {
    /// The whole page.
    pub fn all() -> Asked {
        Asked(None)
    }

    /// What a part of a page asks for, and the page with no more than that: every section has its heading.
    pub fn of(markdown: &str, part: Part) -> (Asked, String) {
        let opening = markdown.split("\n## ").next().unwrap_or_default();
        let mut rest = if part == Part::Brief { opening.to_string() } else { String::new() };
        for section in sections(markdown) {
            let title = section.lines().next().unwrap_or_default();
            let kept = match part {
                Part::Section(number) if title.split(' ').next() == Some(number.to_string().as_str()) => {
                    section.trim_end().to_string()
                }
                Part::Brief => {
                    let paragraphs = section.split("\n\n").filter(|paragraph| !stands_alone(paragraph));
                    paragraphs.collect::<Vec<_>>().join("\n\n")
                }
                _ => title.to_string(),
            };
            rest += &format!("\n## {kept}\n");
        }
        let ids = placeholders(&rest).into_iter().map(String::from).collect();
        (Asked(Some(ids)), rest)
    }

    /// Is nothing asked for?
    pub fn is_nothing(&self) -> bool {
        self.0.as_ref().is_some_and(BTreeSet::is_empty)
    }

    /// Is one of these asked for?
    pub fn any(&self, ids: &[&str]) -> bool {
        self.0.as_ref().is_none_or(|asked| ids.iter().any(|id| asked.contains(*id)))
    }
}

/// Is this a table, a figure or a note, on a line of its own?
fn stands_alone(paragraph: &str) -> bool {
    let paragraph = paragraph.trim();
    paragraph.starts_with("[[") && paragraph.ends_with("]]")
}

/// The sections of a text, each from its title on.
pub(super) fn sections(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.split("\n## ").skip(1)
}
