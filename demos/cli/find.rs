//! Looks for words in everything that a person reads.

use demos::render::text;
use demos::search;

use super::args::FindRequest;
use super::output::Output;
use super::{Failure, refusal, terminal};

/// Prints where the words stand, best first.
pub(crate) fn find(request: &FindRequest) -> Result<(), Failure> {
    let lang = request.common.lang;
    if request.words.trim().is_empty() {
        return Err(refusal::nothing_to_find(lang));
    }
    let screen = terminal::screen(&request.common);
    let hits = search::find(&request.words);
    let mut output = Output::open(request.common.out.as_deref(), &request.common)?;
    output.write(&text::hits(&request.words, &hits, &screen))?;
    output.finish()?;
    if hits.is_empty() { Err(Failure { status: 1, lines: Vec::new() }) } else { Ok(()) }
}
