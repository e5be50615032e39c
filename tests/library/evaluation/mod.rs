//! Measures of texts and comparisons of strategies.

mod comparing;
mod fast;
mod oracle;
mod sets;
mod texts;
