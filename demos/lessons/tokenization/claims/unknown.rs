//! C5, C12, C26: what is unknown.

use concepts::tokenizer::TokenizerError;
use concepts::tokenizer::bpe::Base;
use concepts::tokenizer::pretokenize::Pretokenizer;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::tokenization::experiments::prose::random_bytes;
use crate::lessons::tokenization::trained::{BYTES, Trained};

/// The nine words as a text.
const NINE: &str = "low low low lower lower newest newest newest newest";

/// All merges that the nine words have.
fn nine(base: Base) -> Result<Trained, TokenizerError> {
    Trained::new(NINE, Pretokenizer::Gpt2, base, usize::MAX)
}

/// Random strings that do not come back.
fn lost(trained: &Trained, samples: &[Vec<u8>]) -> usize {
    samples.iter().filter(|sample| !trained.restores(sample)).count()
}

/// C5: no more unknown words
pub(crate) fn solves_unknown_words(c: &mut Case) -> Checked {
    let (bytes, characters) = (nine(BYTES)?, nine(Base::Chars)?);
    let lost = characters.unknown(b"zebra");
    c.as_written(|t| {
        t.exactly("from-characters", lost as f64, 0.0);
    });
    c.value("lost", lost);
    c.corrected(Degree::Qualified, &bytes, |t, trained: &Trained| {
        t.exactly("lowest", trained.unknown(b"lowest") as f64, 0.0);
        t.exactly("zebra", trained.unknown(b"zebra") as f64, 0.0);
    })
    .control("characters", &characters);
    Ok(())
}

/// C12: any text
pub(crate) fn handles_any_text(c: &mut Case) -> Checked {
    let samples = random_bytes(200, c.seed);
    let (bytes, characters) = (nine(BYTES)?, nine(Base::Chars)?);
    let unknown = characters.unknown(b"zebra");
    c.as_written(|t| {
        t.exactly("from-characters", unknown as f64, 0.0);
    });
    c.value("lost", unknown).value("misspelt", characters.unknown(b"lowwest"));
    c.corrected(Degree::Qualified, &bytes, |t, trained: &Trained| {
        t.exactly("zebra", trained.unknown(b"zebra") as f64, 0.0);
        t.exactly("lost", lost(trained, &samples) as f64, 0.0).over(samples.len()).drawn();
    })
    .control("characters", &characters);
    Ok(())
}

/// C26: 256 bytes, nothing unknown
pub(crate) fn all_bytes(c: &mut Case) -> Checked {
    let samples = random_bytes(300, c.seed);
    let (bytes, characters) = (nine(BYTES)?, nine(Base::Chars)?);
    let gpt2 = concepts::budget::find("gpt-2-small")?.config.vocab as f64;
    c.holds(&bytes, |t, trained: &Trained| {
        let unknown = samples.iter().filter(|sample| trained.unknown(sample) > 0).count();
        t.exactly("unknown", unknown as f64, 0.0).over(samples.len()).drawn();
        t.exactly("lost", lost(trained, &samples) as f64, 0.0).over(samples.len()).drawn();
        t.at_most("love", trained.length("我爱你".as_bytes()), 9.0);
        t.exactly("gpt-2", gpt2 - 256.0 - 50_000.0 - 1.0, 0.0);
    })
    .control("characters", &characters);
    Ok(())
}
