//! Texts by id, parsed out of Markdown.

use std::collections::{BTreeMap, BTreeSet};

use super::fill;
use crate::kit::text::Lang;

/// The texts of a lesson by id, in both languages.
#[derive(Debug, Default)]
pub struct Book {
    texts: [BTreeMap<String, String>; 2],
    problems: Vec<String>,
}

impl Book {
    /// Reads the files, each with its name and its content in English and Chinese.
    pub fn read<'a>(files: impl IntoIterator<Item = [(&'a str, &'a str); 2]>) -> Book {
        let mut book = Book::default();
        for file in files {
            for (lang, (name, content)) in file.into_iter().enumerate() {
                let problems = &mut book.problems;
                each(content, |entry| match entry {
                    Ok((id, text)) => {
                        if book.texts[lang].insert(id.clone(), text).is_some() {
                            problems.push(format!("{name}: {id} stands there twice"));
                        }
                    }
                    Err(line) => problems.push(format!("{name}: a line that belongs nowhere: {line}")),
                });
            }
        }
        book
    }

    /// Is there a text of this id?
    pub fn has(&self, id: &str) -> bool {
        self.texts[0].contains_key(id)
    }

    /// The text of an id.
    pub fn text(&self, id: &str, lang: Lang) -> Option<&str> {
        self.texts[lang as usize].get(id).map(String::as_str)
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.texts[0].keys().map(String::as_str)
    }

    /// All texts of a section, English first.
    pub fn section<'b>(&'b self, section: &'b str) -> impl Iterator<Item = &'b str> {
        let of = move |id: &str| {
            id.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.texts.iter().flatten().filter(move |(id, _)| of(id)).map(|(_, text)| text.as_str())
    }

    /// The names of the values that the texts of a section have placeholders for.
    pub fn names<'b>(&'b self, section: &'b str) -> BTreeSet<&'b str> {
        self.section(section).flat_map(fill::names).collect()
    }

    /// What could not be read, and what the two languages do not share.
    pub fn problems(&self) -> impl Iterator<Item = String> {
        let [en, zh] = &self.texts;
        let alone = |here: &BTreeMap<String, String>, there: &BTreeMap<String, String>, lang: &str| {
            let missing = here.keys().filter(|id| !there.contains_key(*id));
            missing.map(|id| format!("{id}: only in {lang}")).collect::<Vec<_>>()
        };
        let differ = en.iter().filter(|(id, en)| {
            let names = |text| fill::names(text).collect::<BTreeSet<_>>();
            zh.get(*id).is_some_and(|zh| names(en) != names(zh))
        });
        let differ = differ.map(|(id, _)| format!("{id}: the languages name different values"));
        let found = [alone(en, zh, "English"), alone(zh, en, "Chinese")].concat();
        found.into_iter().chain(differ).chain(self.problems.iter().cloned()).collect::<Vec<_>>().into_iter()
    }
}

/// Each id with its text, or a line that is neither. `## id text` begins a section, whose text may also stand
/// on the line below; `- id: text` is a text of the section. `# …` is a title for whoever reads the file.
fn each(content: &str, mut take: impl FnMut(Result<(String, String), &str>)) {
    let mut section = String::new();
    let mut open = false; // a heading without its text
    for line in content.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("## ") {
            let (id, text) = heading.split_once(' ').unwrap_or((heading, ""));
            section = id.to_string();
            open = text.is_empty();
            if !open {
                take(Ok((section.clone(), text.to_string())));
            }
        } else if let Some((id, text)) = line.strip_prefix("- ").and_then(|rest| rest.split_once(": ")) {
            take(Ok((format!("{section}.{id}"), text.to_string())));
        } else if line.starts_with("# ") {
            open = false;
        } else if open {
            take(Ok((section.clone(), line.to_string())));
            open = false;
        } else {
            take(Err(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(en: &'static str, zh: &'static str) -> Book {
        Book::read([[("en", en), ("zh", zh)]])
    }

    #[test]
    fn headings_bullets_and_paragraphs_are_texts() {
        let book = book("# Figures\n\n## a The title\n- x: an axis\n\n## b\nA remark of [[n]].\n", "");
        assert_eq!(book.text("a", Lang::En), Some("The title"));
        assert_eq!(book.text("a.x", Lang::En), Some("an axis"));
        assert_eq!(book.text("b", Lang::En), Some("A remark of [[n]]."));
        assert_eq!(book.names("b").into_iter().collect::<Vec<_>>(), ["n"]);
    }

    #[test]
    fn what_the_languages_do_not_share_is_told() {
        let book = book("## a one [[n]]\n## b two\nlost\n", "## a 一\n## c 三\n## c 三\n");
        let problems: Vec<_> = book.problems().collect();
        assert_eq!(
            problems,
            [
                "b: only in English",
                "c: only in Chinese",
                "a: the languages name different values",
                "en: a line that belongs nowhere: lost",
                "zh: c stands there twice",
            ]
        );
    }
}
