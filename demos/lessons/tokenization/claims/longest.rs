//! C18: cutting by the longest match.

use concepts::tokenizer::wordpiece::{WordPiece, WordPieceError};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;

/// The model of a vocabulary.
fn model(pieces: &[&str]) -> Result<WordPiece, WordPieceError> {
    WordPiece::new(pieces.iter().map(|piece| (*piece).to_string()).collect(), "[UNK]")
}

/// C18: playing becomes [play, ##ing]
pub(crate) fn playing(c: &mut Case) -> Checked {
    let with = model(&["[UNK]", "play", "##ing", "playing", "low", "##er"])?;
    let without = model(&["[UNK]", "play", "##ing", "low", "##er"])?;
    c.as_written(|t| {
        t.exactly("whole", with.cut("playing").len() as f64, 2.0);
    });
    c.corrected(Degree::Qualified, &without, |t, model: &WordPiece| {
        let pieces = model.cut("playing");
        let marked = pieces.iter().skip(1).filter(|piece| piece.starts_with("##")).count();
        let lost = without.cut("lowz") == ["[UNK]"];
        t.exactly("pieces", pieces.len() as f64, 2.0);
        t.exactly("marked", marked as f64, 1.0);
        t.exactly("lost", f64::from(u8::from(lost)), 1.0);
    })
    .control("kept", &with);
    Ok(())
}
