//! What one run of a lesson gives.

use super::claim::Claim;
use super::figure::Figure;
use super::findings::{Formula, Item, Matrix, Results, Table, ToSave};
use super::knob::Values;
pub use super::span::Span;
use super::text::{Lang, Text};

/// By which names a lesson is called.
#[derive(Debug)]
pub struct Card {
    /// The subcommand.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// The questions of the bank that it answers: `LLM Q1`. See [`super::question`].
    pub questions: &'static [&'static str],
}

impl Card {
    /// Every other name: the aliases, and the questions of the bank as they are typed (`q3`, `llm-q3`).
    pub fn other_names(&self) -> impl Iterator<Item = String> {
        let questions = self.questions.iter().flat_map(|id| {
            let whole = id.to_lowercase().replace(' ', "-");
            let short = whole.strip_prefix("llm-").map(String::from);
            short.into_iter().chain([whole])
        });
        self.aliases.iter().map(ToString::to_string).chain(questions)
    }
}

/// The checked values that a lesson runs with.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Values of the knobs.
    pub values: Values,
    /// The seed of everything drawn.
    pub seed: u64,
}

/// A command worth trying.
#[derive(Debug, Clone)]
pub struct Next {
    /// The command.
    pub command: &'static str,
    /// What it shows.
    pub why: Text,
}

/// What one run of a lesson gives: plain data that any renderer can show.
#[derive(Debug, Clone)]
pub struct Page {
    /// Which lesson.
    pub card: &'static Card,
    /// Its title.
    pub title: Text,
    /// The language of the prose.
    pub lang: Lang,
    /// The setting.
    pub setting: Setting,
    /// The content, top to bottom.
    pub blocks: Vec<Block>,
    /// What is printed instead of all this, where it was asked for.
    pub instead: Option<String>,
    /// What to try next.
    pub next: Vec<Next>,
    /// Files that the person asked for.
    pub files: Vec<ToSave>,
    /// All numbers, for another program, where there are such.
    pub results: Option<Results>,
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub enum Block {
    /// Paragraphs in the page's language, every placeholder filled in.
    Prose(Vec<Span>),
    /// A formula.
    Formula(&'static str, Formula),
    /// A matrix.
    Matrix(&'static str, Matrix),
    /// A table.
    Table(&'static str, Table),
    /// A figure.
    Figure(Figure),
    /// A remark.
    Note(Text),
    /// A claim with its verdict.
    Claim(Claim),
}

impl Page {
    /// The questions that it answers, if any, and its title.
    pub fn heading(&self) -> String {
        let questions = self.card.questions.join(", ");
        let between = if questions.is_empty() { "" } else { " · " };
        format!("{questions}{between}{}", self.title.get(self.lang))
    }

    /// Adds the claims at the end.
    pub fn with_claims(mut self, claims: Vec<Claim>) -> Page {
        self.blocks.extend(claims.into_iter().map(Block::Claim));
        self
    }

    /// The claims, in order.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> + Clone {
        self.blocks.iter().filter_map(|block| match block {
            Block::Claim(claim) => Some(claim),
            _ => None,
        })
    }

    /// Is it a list, without a lesson's prose? Then no claims go with it.
    pub fn is_list(&self) -> bool {
        !self.blocks.is_empty() && self.blocks.iter().all(|block| matches!(block, Block::Table(..)))
    }

    /// The figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }
}

impl Block {
    /// The blocks of an item that stands on a line of its own. What goes inside a sentence has none.
    pub fn of(id: &'static str, item: &Item) -> Vec<Block> {
        match item {
            Item::Number(_) | Item::Words(_) | Item::Note(None) | Item::Instead(_) => Vec::new(),
            Item::Formula(formula) => vec![Block::Formula(id, *formula)],
            Item::Matrices(matrices) => matrices.iter().map(|m| Block::Matrix(id, m.clone())).collect(),
            Item::Tables(tables) => tables.iter().map(|t| Block::Table(id, t.clone())).collect(),
            Item::Figure(figure) => vec![Block::Figure((**figure).clone())],
            Item::Notes(notes) => notes.iter().cloned().map(Block::Note).collect(),
            Item::Note(Some(note)) => vec![Block::Note(note.clone())],
        }
    }
}
