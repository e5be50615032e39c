//! The sections of a page: they begin at the numbered headings of its prose.

use super::claim::short_id;
use super::page::{Block, Page, Span};
use super::span::{joined, push_markdown};
use super::text::Lang;

/// A section of a page.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its number, as the heading has it.
    pub number: usize,
    /// Its heading, without the number.
    pub title: String,
    /// What stands in it, heading first.
    pub blocks: Vec<Block>,
}

/// How a paragraph begins that a person reads the evening before: the trap, and what to say.
const KEPT: [[&str; 2]; 2] = [["**The trap", "**容易踩的坑"], ["> ", "> "]];

impl Page {
    /// What stands before the first heading, and the sections.
    pub fn sections(&self) -> (Vec<Block>, Vec<Section>) {
        let mut opening = Vec::new();
        let mut sections: Vec<Section> = Vec::new();
        for block in self.blocks.iter().flat_map(cut_at_headings) {
            if let Some((number, title)) = heading(&block) {
                sections.push(Section { number, title, blocks: Vec::new() });
            }
            match sections.last_mut() {
                Some(section) => section.blocks.push(block),
                None => opening.push(block),
            }
        }
        (opening, sections)
    }

    /// The page with one of its sections only, if it has one of this number.
    #[must_use]
    pub fn section(&self, number: usize) -> Option<Page> {
        let section = self.sections().1.into_iter().find(|section| section.number == number)?;
        Some(Page { blocks: section.blocks, ..self.clone() })
    }

    /// The page in brief: its opening with what there is to note of the run, and the traps and what to say under the headings of their sections.
    #[must_use]
    pub fn brief(&self) -> Page {
        let (mut blocks, sections) = self.sections();
        // A heading without a number goes with the items that stand under it.
        let headless = |spans: &[Span]| !joined(spans).starts_with("## ");
        blocks.retain(|block| match block {
            Block::Prose(spans) => headless(spans),
            Block::Note(_) => true,
            _ => false,
        });
        blocks.extend(sections.iter().filter_map(|section| in_brief(section, self.lang)));
        Page { blocks, ..self.clone() }
    }

    /// The claims that the prose points to, each once.
    pub fn cited(&self) -> Vec<&'static str> {
        let mut cited = Vec::new();
        for block in &self.blocks {
            let Block::Prose(spans) = block else { continue };
            for span in spans {
                match span {
                    Span::Claim(id) if !cited.contains(id) => cited.push(id),
                    _ => {}
                }
            }
        }
        cited.sort_by_key(|id| short_id(id)[1..].parse::<usize>().unwrap_or(usize::MAX));
        cited
    }
}

/// A section's heading, its traps and what to say, if it has any.
fn in_brief(section: &Section, lang: Lang) -> Option<Block> {
    let mut kept = vec![Span::Markdown(format!("## {} {}\n\n", section.number, section.title))];
    for block in &section.blocks {
        let Block::Prose(spans) = block else { continue };
        for paragraph in paragraphs(spans) {
            let begins = |marks: &[&str; 2]| joined(&paragraph).starts_with(marks[lang as usize]);
            if KEPT.iter().any(begins) {
                kept.extend(paragraph);
                kept.push(Span::Markdown("\n\n".into()));
            }
        }
    }
    (kept.len() > 1).then_some(Block::Prose(kept))
}

/// A block of prose in one piece for each heading that stands in it.
fn cut_at_headings(block: &Block) -> Vec<Block> {
    match block {
        Block::Prose(spans) => {
            let pieces = split(spans, "\n## ").into_iter().enumerate();
            let headed = pieces.map(|(i, mut piece)| {
                if i > 0 {
                    piece.insert(0, Span::Markdown("## ".into()));
                }
                piece
            });
            headed.filter(|piece| !joined(piece).is_empty()).map(Block::Prose).collect()
        }
        other => vec![other.clone()],
    }
}

fn paragraphs(spans: &[Span]) -> Vec<Vec<Span>> {
    split(spans, "\n\n")
}

/// Cuts a run of spans wherever their Markdown has a mark.
fn split(spans: &[Span], mark: &str) -> Vec<Vec<Span>> {
    let mut pieces = vec![Vec::new()];
    for span in spans {
        let Span::Markdown(text) = span else {
            last(&mut pieces).push(span.clone());
            continue;
        };
        for (i, part) in text.split(mark).enumerate() {
            if i > 0 {
                pieces.push(Vec::new());
            }
            push_markdown(last(&mut pieces), part);
        }
    }
    pieces
}

fn last(pieces: &mut [Vec<Span>]) -> &mut Vec<Span> {
    let end = pieces.len() - 1;
    &mut pieces[end]
}

/// Number and title of the heading that a block begins with.
fn heading(block: &Block) -> Option<(usize, String)> {
    let Block::Prose(spans) = block else { return None };
    let text = joined(spans);
    let line = text.strip_prefix("## ")?.lines().next()?;
    let (number, title) = line.split_once(' ')?;
    Some((number.parse().ok()?, title.trim().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LESSONS;
    use crate::kit::knob::{Kind, Values};
    use crate::kit::lesson::{DEFAULT_SEED, Lesson, Setting, run};

    fn pages(check: impl Fn(&Page)) {
        for lesson in LESSONS {
            for lang in Lang::ALL {
                let setting = Setting { values: Values::defaults(lesson.knobs), seed: DEFAULT_SEED };
                check(&run(lesson, setting, lang).unwrap());
            }
        }
    }

    #[test]
    fn sections_are_numbered_from_one_and_lose_nothing() {
        pages(|page| {
            let (opening, sections) = page.sections();
            let numbers: Vec<usize> = sections.iter().map(|section| section.number).collect();
            assert_eq!(numbers, (1..=sections.len()).collect::<Vec<_>>(), "{}", page.card.name);
            let text = |blocks: &[Block]| -> String {
                let prose = blocks.iter().map(|block| match block {
                    Block::Prose(spans) => joined(spans),
                    other => format!("{other:?}"),
                });
                prose.collect::<Vec<_>>().join("\n").split_whitespace().collect()
            };
            let parts: String = std::iter::once(opening)
                .chain(sections.into_iter().map(|s| s.blocks))
                .map(|b| text(&b))
                .collect();
            assert_eq!(parts, text(&page.blocks));
        });
    }

    /// The sections of a page as text, for one knob at this value; nothing where the lesson refuses it.
    fn with(lesson: &'static Lesson, given: Option<(&str, &str)>) -> Option<Vec<String>> {
        let value = |name: &str| given.filter(|(knob, _)| *knob == name).map(|(_, value)| value);
        let values = Values::read(lesson.knobs, value).ok()?;
        let page = run(lesson, Setting { values, seed: DEFAULT_SEED }, Lang::En).ok()?;
        Some(page.sections().1.iter().map(|section| format!("{:?}", section.blocks)).collect())
    }

    #[test]
    fn a_knob_changes_the_sections_that_it_names_and_no_other() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for lesson in LESSONS {
            let usual = with(lesson, None).unwrap();
            for knob in lesson.knobs.iter().filter(|knob| !knob.sections().is_empty()) {
                let tried = match knob.kind() {
                    Kind::Integer { min, max, .. } => {
                        vec![min.to_string(), max.min(10 * min + 20).to_string()]
                    }
                    Kind::Number { min, max, .. } => vec![min.to_string(), max.to_string()],
                    Kind::Choice { options, .. } => options.iter().map(ToString::to_string).collect(),
                    Kind::File => {
                        let own = if knob.name() == "prefs" {
                            "winner,loser\na,b\nb,a\n"
                        } else {
                            "a,b\n2,0\n5,6\n"
                        };
                        std::fs::write(file.path(), own).unwrap();
                        vec![file.path().display().to_string()]
                    }
                    other => panic!("{}: {other:?}", knob.name()),
                };
                let mut changed = Vec::new();
                let mut refused = 0;
                for value in &tried {
                    let Some(sections) = with(lesson, Some((knob.name(), value))) else {
                        refused += 1;
                        continue;
                    };
                    let other = (1..).zip(sections.iter().zip(&usual)).filter(|(_, (one, two))| one != two);
                    changed.extend(other.map(|(number, _)| number));
                }
                let (name, sections) = (knob.name(), knob.sections());
                assert!(changed.iter().all(|number| sections.contains(number)), "--{name}: {changed:?}");
                // Two files of embeddings belong together: one alone is refused.
                assert!(refused == tried.len() || !changed.is_empty(), "--{name} changes nothing");
            }
        }
    }

    #[test]
    fn in_brief_the_traps_and_what_to_say_are_kept() {
        pages(|page| {
            let brief = page.brief();
            let count = |page: &Page, mark: &str| {
                let prose = page.blocks.iter().filter_map(|block| match block {
                    Block::Prose(spans) => Some(joined(spans)),
                    _ => None,
                });
                prose.map(|text| text.matches(mark).count()).sum::<usize>()
            };
            for marks in KEPT {
                let mark = format!("\n{}", marks[page.lang as usize]);
                assert!(count(&brief, &mark) >= count(page, &mark), "{}: {mark}", page.card.name);
            }
        });
    }
}
