//! A part of a second page: one section of it, and what has to be measured for that.

use std::collections::BTreeSet;

use super::prose::placeholders;

/// The ids that are asked for: those of a whole page, or those that one of its sections names.
///
/// ```
/// use demos::kit::parts::Asked;
///
/// let page = "Of [[model]].\n\n## 1 First\n\n[[heads]]\n\n## 2 Next\n\n[[cost:.2]]\n";
/// let (asked, rest) = Asked::section(page, 2);
/// assert!(asked.any(&["cost", "heads"]) && !asked.any(&["heads", "model"]));
/// assert_eq!(rest, "\n## 1 First\n\n## 2 Next\n\n[[cost:.2]]\n");
/// assert!(Asked::all().any(&["heads"]) && !Asked::section(page, 0).0.any(&["heads"]));
/// ```
#[derive(Debug, Clone)]
pub struct Asked(Option<BTreeSet<String>>);

impl Asked {
    /// The whole page.
    pub fn all() -> Asked {
        Asked(None)
    }

    /// One section, and the page with that section and the headings of the others; of a number that the page does not
    /// have, nothing and all headings.
    pub fn section(markdown: &str, number: usize) -> (Asked, String) {
        let (mut ids, mut rest) = (BTreeSet::new(), String::new());
        for section in sections(markdown) {
            let (title, _) = section.split_once('\n').unwrap_or((section, ""));
            let is_asked = title.split(' ').next() == Some(number.to_string().as_str());
            if is_asked {
                ids.extend(placeholders(section).into_iter().map(String::from));
            }
            rest += "\n## ";
            rest += if is_asked { section.trim_end() } else { title };
            rest += "\n";
        }
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

/// The sections of a text, each from its title on.
pub(super) fn sections(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.split("\n## ").skip(1)
}
