//! What a lesson measured, by the ids that its prose uses.

use std::path::PathBuf;
use std::sync::Arc;

use ndarray::Array2;

use super::figure::Figure;
use super::page::Block;
use super::text::Text;

/// Everything that a run of a lesson measured, in the order in which it was added.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    items: Vec<(&'static str, Item)>,
    files: Vec<ToSave>,
    results: Option<Results>,
    witnesses: Vec<Witness>,
}

/// What a real model says, and the claims of the lesson that it is about: `C2`.
pub type Witness = (&'static [&'static str], Text);

/// All numbers of a long run, for another program: `--out` with the ending of one of these forms gets them.
#[derive(Debug, Clone)]
pub struct Results {
    /// As JSON.
    pub json: String,
    /// As a table.
    pub csv: String,
}

/// A file that a person asked for. A lesson computes; whoever runs it writes.
#[derive(Debug, Clone)]
pub struct ToSave {
    /// The flag that asked for it, without dashes.
    pub flag: &'static str,
    /// Where.
    pub path: PathBuf,
    /// What.
    pub text: String,
}

/// One thing that prose can name.
#[derive(Debug, Clone)]
pub enum Item {
    /// A number, shown inside a sentence.
    Number(f64),
    /// A few words, shown inside a sentence: a mask's name, a token.
    Words(Text),
    /// A formula, on a line of its own.
    Formula(Formula),
    /// Matrices, one below the other; none where the knobs leave nothing to show.
    Matrices(Vec<Matrix>),
    /// Tables, one below the other; none where the knobs leave nothing to show.
    Tables(Vec<Table>),
    /// A figure.
    Figure(Box<Figure>),
    /// Remarks, one below the other; none where there is nothing to remark.
    Notes(Vec<Text>),
    /// A remark that depends on the knobs; `None` where there is nothing to remark.
    Note(Option<Text>),
    /// What is printed instead of a page, for another program to read.
    Instead(String),
}

/// A formula as a value: a terminal shows `plain`, a page sets `tex`.
#[derive(Debug, Clone, Copy)]
pub struct Formula {
    /// LaTeX.
    pub tex: &'static str,
    /// Unicode.
    pub plain: &'static str,
}

/// A matrix with names for its rows and columns.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// What it is: `S = QKᵀ/√dₖ`.
    pub symbol: String,
    /// A few words beside the symbol.
    pub caption: Text,
    /// One name a row; may be empty.
    pub rows: Vec<String>,
    /// One name a column; may be empty.
    pub cols: Vec<String>,
    /// The values, shared: a long text has large ones. −∞ is a pair hidden by a mask.
    pub data: Arc<Array2<f64>>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it shows.
    pub caption: Text,
    /// Name of each column.
    pub head: Vec<Text>,
    /// The rows, each as long as `head`.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub enum Cell {
    /// A number, set to the right.
    Number(f64),
    /// Words, set to the left.
    Words(Text),
}

impl From<f64> for Cell {
    fn from(value: f64) -> Cell {
        Cell::Number(value)
    }
}

impl From<Text> for Cell {
    fn from(words: Text) -> Cell {
        Cell::Words(words)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Cell {
        Cell::Number(count as f64)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Cell {
        Cell::Number(count as f64)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Cell::Words(Text::same(words))
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        Cell::Words(Text::same(words))
    }
}

impl Findings {
    /// Nothing but a text that is printed instead of a page.
    pub fn instead_of_a_page(text: String) -> Findings {
        Findings { items: vec![("instead", Item::Instead(text))], ..Findings::default() }
    }

    /// The text that is printed instead of a page, if there is one.
    pub fn instead(&self) -> Option<&str> {
        self.items.iter().find_map(|(_, item)| match item {
            Item::Instead(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// Adds an item under the id by which prose names it.
    pub fn add(&mut self, id: &'static str, item: Item) {
        self.items.push((id, item));
    }

    /// Adds a number.
    pub fn number(&mut self, id: &'static str, value: f64) {
        self.add(id, Item::Number(value));
    }

    /// Adds words.
    pub fn words(&mut self, id: &'static str, words: Text) {
        self.add(id, Item::Words(words));
    }

    /// Adds a formula.
    pub fn formula(&mut self, id: &'static str, tex: &'static str, plain: &'static str) {
        self.add(id, Item::Formula(Formula { tex, plain }));
    }

    /// Adds a matrix.
    pub fn matrix(&mut self, id: &'static str, matrix: Matrix) {
        self.matrices(id, vec![matrix]);
    }

    /// Adds any number of matrices under one id, for instance one a head.
    pub fn matrices(&mut self, id: &'static str, matrices: Vec<Matrix>) {
        self.add(id, Item::Matrices(matrices));
    }

    /// Adds a table.
    pub fn table(&mut self, id: &'static str, table: Table) {
        self.tables(id, vec![table]);
    }

    /// Adds any number of tables under one id, for instance one a step.
    pub fn tables(&mut self, id: &'static str, tables: Vec<Table>) {
        self.add(id, Item::Tables(tables));
    }

    /// Adds a figure.
    pub fn figure(&mut self, figure: Figure) {
        self.add(figure.id, Item::Figure(Box::new(figure)));
    }

    /// Are they a list that was asked for in the place of the page: tables and nothing else?
    pub fn is_list(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(|(_, item)| matches!(item, Item::Tables(_)))
    }

    /// Do they stand alone, without the lesson's prose: a list, or a text for another program?
    pub fn is_apart(&self) -> bool {
        self.instead().is_some() || self.is_list()
    }

    /// The blocks of all items that stand on lines of their own.
    pub fn blocks(&self) -> Vec<Block> {
        self.items.iter().flat_map(|(id, item)| Block::of(id, item)).collect()
    }

    /// Adds a remark, or says that there is none for these knobs.
    pub fn note(&mut self, id: &'static str, note: Option<Text>) {
        self.add(id, Item::Note(note));
    }

    /// Adds any number of remarks under one id.
    pub fn notes(&mut self, id: &'static str, notes: Vec<Text>) {
        self.add(id, Item::Notes(notes));
    }

    /// Adds a file to be written.
    pub fn file(&mut self, flag: &'static str, path: PathBuf, text: String) {
        self.files.push(ToSave { flag, path, text });
    }

    /// The files to be written.
    pub fn files(&self) -> &[ToSave] {
        &self.files
    }

    /// Sets the numbers for another program.
    pub fn results(&mut self, results: Results) {
        self.results = Some(results);
    }

    /// The numbers for another program.
    pub fn taken_results(&self) -> Option<&Results> {
        self.results.as_ref()
    }

    /// Says under an id what a real model says about claims; the page shows it as a remark, and it can be recorded.
    pub fn witness(&mut self, id: &'static str, said: Vec<Witness>) {
        self.notes(id, said.iter().map(|(_, text)| text.clone()).collect());
        self.witnesses.extend(said);
    }

    /// What a real model said.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// Adds everything that another part of the lesson measured.
    pub fn extend(&mut self, other: Findings) {
        self.items.extend(other.items);
        self.files.extend(other.files);
        self.results = self.results.take().or(other.results);
        self.witnesses.extend(other.witnesses);
    }

    /// Every item, changed; the ids stay.
    #[must_use]
    pub fn map(self, change: impl Fn(Item) -> Item) -> Findings {
        let items = self.items.into_iter().map(|(id, item)| (id, change(item))).collect();
        Findings { items, ..self }
    }

    /// The item of an id.
    pub fn get(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|(name, _)| *name == id).map(|(_, item)| item)
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.items.iter().map(|(id, _)| *id)
    }

    /// All figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.items.iter().filter_map(|(_, item)| match item {
            Item::Figure(figure) => Some(&**figure),
            _ => None,
        })
    }
}
