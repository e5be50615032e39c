//! Cards for another program: front, back and tags as CSV, as Anki reads them.

use super::card::{Card, Front};
use super::sheet::points;
use crate::kit::claim::Verdict;
use crate::kit::lesson::DEFAULT_SEED;
use crate::kit::question::question;
use crate::kit::text::Lang;

/// Cards as CSV.
#[derive(Debug)]
pub struct Exported {
    /// The file.
    pub text: String,
    /// How many cards stand in it.
    pub cards: usize,
}

/// Claims to judge and answers to say. What is drawn anew each time, and what is to be guessed before it runs, has no
/// fixed back and is left out.
///
/// # Errors
/// What the writer of CSV says.
pub fn csv(deck: &[Card], lang: Lang, word: impl Fn(Verdict) -> String) -> Result<Exported, csv::Error> {
    let mut cards = 0;
    let mut out = csv::Writer::from_writer(Vec::new());
    for card in deck {
        let name = card.lesson.card.name;
        let (front, back) = match card.front {
            Front::Judge(claim, verdict) => {
                let claim = claim.run(DEFAULT_SEED, card.lesson.words);
                let say = claim.say.as_ref().map_or("", |say| say.get(lang));
                let but = claim.correction().map_or("", |correction| correction.counterexample.get(lang));
                let word = word(verdict);
                let parts = [word.as_str(), but, say].into_iter().filter(|part| !part.is_empty());
                (claim.statement.get(lang).to_string(), parts.collect::<Vec<_>>().join("\n"))
            }
            Front::Say => {
                let asked = card.lesson.card.questions.iter().filter_map(|id| question(id));
                let asked: Vec<&str> = asked.map(|question| question.asks.get(lang)).collect();
                (asked.join("\n"), points(card.lesson, lang).join("\n"))
            }
            Front::Compute(_) | Front::Predict(_) => continue,
        };
        let tags = format!("llm::{name} {}", card.kind().word());
        out.write_record([front.replace('\n', "<br>"), back.replace('\n', "<br>"), tags])?;
        cards += 1;
    }
    out.flush()?;
    let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    let rows = String::from_utf8_lossy(&bytes);
    Ok(Exported { text: format!("#separator:Comma\n#html:true\n#tags column:3\n{rows}"), cards })
}
