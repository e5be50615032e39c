//! Work that is timed beside a page. Nothing here reads a clock: a page is a function of its knobs, a time is not;
//! the command line takes the times and shows them below the page, to a person only.

use super::text::Text;

/// Work to be done once; returns how many tokens, or whatever is counted, that made.
pub type Run = Box<dyn Fn() -> usize>;

/// Several pieces of work that are compared.
pub struct Race {
    /// What the table of times shows.
    pub caption: Text,
    /// Its columns: what it is, then a time for each run, then a ratio.
    pub head: Vec<Text>,
    /// The rows.
    pub lanes: Vec<Lane>,
}

/// A piece of work, done in one way or in two. One run is set against the first lane's, two against each other.
pub struct Lane {
    /// What it is.
    pub label: Text,
    /// The ways.
    pub runs: Vec<Run>,
}
