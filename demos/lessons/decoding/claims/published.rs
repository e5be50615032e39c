//! C19, C26: what is published.

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::decoding::published::{Defaults, PUBLISHED, Whose, of};

/// C19: the most common method, the default of GPT and LLaMA
pub(crate) fn defaults(c: &mut Case) -> Checked {
    let top_p = |whose: Whose| of(whose).map_or(f64::NAN, |defaults| defaults.top_p);
    let cutting = PUBLISHED.iter().filter(|defaults| defaults.top_p < 1.0).count() as f64;
    let share = cutting / PUBLISHED.len() as f64;
    c.as_written(|t| {
        t.at_least("share", share, 0.5).over(PUBLISHED.len());
        t.at_most("cuts", top_p(Whose::OpenAi), 0.99);
    });
    c.corrected(Qualified, Whose::LlamaAtRelease, |t, llama| {
        t.at_least("share", share, 0.5).over(PUBLISHED.len());
        t.exactly("openai", top_p(Whose::OpenAi), 1.0);
        t.exactly("transformers", top_p(Whose::Transformers), 1.0);
        t.at_most("llama", top_p(llama), 0.9);
    })
    .control("no-llama", Whose::OpenAi);
    Ok(())
}

/// C26: ChatGPT decodes with top-p and temperature
pub(crate) fn chatgpt(c: &mut Case) -> Checked {
    let published = |whose: Whose| of(whose).map_or(0.0, Defaults::settings_published);
    c.as_written(|t| {
        t.at_least("published", published(Whose::ChatGpt), 1.0);
    });
    c.corrected(Qualified, Whose::ChatGpt, |t, product| {
        t.exactly("api", published(Whose::OpenAi), 2.0);
        t.exactly("product", published(product), 0.0);
    })
    .control("llama", Whose::LlamaAtRelease);
    Ok(())
}
