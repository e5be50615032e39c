//! The most probable tokens after a prompt, and how the model goes on.

use concepts::decoder::Keeping;
use concepts::decoder::fast::{FastModel, Rows};
use concepts::decoding::{Candidates, greedy};
use concepts::tokenizer::TokenId;

use super::WORDS;
use super::asked::Asked;
use super::shown::{one_line, token};
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::real::{Real, marks};
use crate::{named, row};

/// Tokens that are listed.
const LISTED: usize = 10;
/// Tokens that are written.
const WRITTEN: usize = 20;

pub(super) fn findings(real: &Real, model: &FastModel<'_>, asked: &Asked) -> Result<Findings, Refusal> {
    let decoder = model.decoder(Keeping::F32)?;
    let mut cache = decoder.start_cache();
    let mut findings = Findings::default();
    findings.words("prompt", Text::same(one_line(&asked.prompt)));
    findings.number("prompt_tokens", asked.prompt_ids.len() as f64);
    findings.note("prompt_note", marks(real, &asked.prompt));
    let mut logits = decoder.extend(&mut [&mut cache], &[&asked.prompt_ids], Rows::Last)?;
    let candidates = Candidates::from_logits(&logits.row(0).to_vec())?;
    let mut sum = 0.0;
    let rows = (1_usize..).zip(candidates.as_slice()).take(LISTED).map(|(place, candidate)| {
        sum += candidate.prob;
        row![place, token(real, candidate.id), candidate.id as usize, candidate.prob, sum]
    });
    findings.table("next", Grid::new("next", &WORDS).rows(rows.collect::<Vec<_>>()).table());
    findings.number("entropy", candidates.entropy());
    let mut written: Vec<TokenId> = Vec::new();
    let stopped = loop {
        if written.len() == WRITTEN {
            break None;
        }
        let next = greedy(&logits.row(0).to_vec())?;
        if real.ends.contains(&next) {
            break Some("ended");
        }
        written.push(next);
        // The last one is said and not read: a learned table of positions may have no row for it.
        if asked.prompt_ids.len() + written.len() > real.config().context {
            break (written.len() < WRITTEN).then_some("full");
        }
        logits = decoder.extend(&mut [&mut cache], &[&[next]], Rows::Last)?;
    };
    findings.words("continuation", Text::same(one_line(&real.text(&written))));
    findings.number("written", written.len() as f64);
    let values = named![written = written.len(), context = real.config().context];
    findings.note("ended", stopped.map(|id| WORDS.with(id, &values)));
    Ok(findings)
}
