//! Figures on paper: each is one SVG file, the same byte for byte on every run.

mod bars;
mod frame;
mod heat;
mod lines;
mod names;
mod paper;
mod pictures;

use crate::kit::figure::{Figure, Plot};
use crate::kit::text::Lang;
use frame::titled;
use paper::Paper;

/// The figure as an SVG document with a title and a description for those who cannot see it.
pub fn svg(figure: &Figure, lang: Lang) -> String {
    let figure = &figure.visible(); // XML has no escape for a control character
    let mut drawn = String::new();
    {
        let paper = Paper::new(&mut drawn);
        let top = titled(&paper, figure.title.get(lang));
        match &figure.plot {
            Plot::Lines { x, y, series, rule } => {
                lines::draw(&paper, top, lang, &lines::Lines { x, y, series, rule: rule.as_ref() });
            }
            Plot::Bars { y, bars } => bars::draw(&paper, top, lang, y, bars),
            Plot::Heat(heat) => heat::draw(&paper, top, heat, lang),
            Plot::Pictures(pictures) => pictures::draw(&paper, top, pictures, lang),
        }
    }
    described(&drawn, figure, lang)
}

/// Adds what plotters leaves out: the language, the role, the title and the description.
fn described(drawn: &str, figure: &Figure, lang: Lang) -> String {
    let body = drawn.trim_end().strip_prefix("<svg ").unwrap_or(drawn);
    let (attributes, body) = body.split_once('>').unwrap_or((body, ""));
    let language = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans", // decides which shapes a reader's font gives to shared characters
    };
    let (title, description) = (escaped(figure.title.get(lang)), escaped(figure.description.get(lang)));
    format!(
        "<svg {attributes} role=\"img\" xml:lang=\"{language}\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n{}\n",
        body.trim_start()
    )
}

/// Text as it may stand between two tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
