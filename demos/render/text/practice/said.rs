//! Sentences about what a program answered, or why it does not answer any more.

use super::values::short;
use crate::kit::exercise::Value;
use crate::kit::exercise::value::{Difference, What};
use crate::kit::text::Text;
use crate::kit::visible::visible;
use crate::named;
use crate::practice::WORDS;
use crate::practice::child::Ending;
use crate::practice::judge::{Judgement, Trouble};
use crate::practice::protocol::NoReply;
use crate::practice::signs::{Sign, Signs};
use crate::render::screen::shorten;

/// Why no further case could be asked.
pub(in crate::render) fn said(trouble: &Trouble, judgement: &Judgement, memory: usize) -> Text {
    let (answered, cases) = (judgement.answers.len(), judgement.cases.len());
    let line = |line: &str| Text::same(shorten(&visible(line), 120));
    let mut values = named![answered, cases, memory, case = answered + 1].to_vec();
    match trouble {
        Trouble::Ended(Ending::Status(status)) => {
            values.extend(named![status = Text::same(status.to_string())]);
        }
        Trouble::Ended(Ending::Signal(signal)) => {
            values.extend(named![signal = Text::same(signal.to_string())]);
        }
        Trouble::Silent { seconds } => values.extend(named![seconds = *seconds]),
        Trouble::NoReply(NoReply::Foreign(id), said) => {
            values.extend(named![id = Text::same(id), line = line(said)]);
        }
        Trouble::Twice(said) | Trouble::NoReply(_, said) => values.extend(named![line = line(said)]),
        Trouble::Ended(Ending::OutputClosed) | Trouble::Endless => {}
    }
    WORDS.with(&format!("trouble.{}", judgement.word_of(trouble)), &values)
}

/// What is seen in the answers, with the first case in which it is.
pub(in crate::render) fn seen(signs: &Signs, judgement: &Judgement) -> Text {
    let (count, first) = (signs.cases.len(), signs.cases[0]);
    let mut values = named![count, case = first + 1].to_vec();
    if signs.sign == Sign::Shape {
        let what = judgement.answers[first].difference.as_ref().map_or_else(|| Text::same("?"), differs);
        values.extend(named![what]);
    }
    WORDS.with(&format!("judged.{}", signs.sign.word()), &values)
}

/// What is wrong at a place.
pub(in crate::render) fn differs(difference: &Difference) -> Text {
    let place = Text::same(&difference.place);
    let value = |value: &Value| Text::same(shorten(&short(value), 40));
    let whole = difference.place.is_empty();
    match &difference.what {
        What::Value { right, got } if whole => {
            WORDS.with("differs.whole-value", &named![right = value(right), got = value(got)])
        }
        What::Value { right, got } => {
            WORDS.with("differs.value", &named![place, right = value(right), got = value(got)])
        }
        What::NotANumber if whole => WORDS.get("differs.whole-nan"),
        What::NotANumber => WORDS.with("differs.nan", &named![place]),
        What::Length { right, got } if whole => {
            WORDS.with("differs.whole-length", &named![right = *right, got = *got])
        }
        What::Length { right, got } => {
            WORDS.with("differs.length", &named![place, right = *right, got = *got])
        }
        What::Form { right, got } if whole => {
            WORDS.with("differs.whole-form", &named![right = value(right), got = value(got)])
        }
        What::Form { right, got } => {
            WORDS.with("differs.form", &named![place, right = value(right), got = value(got)])
        }
        What::Missing => WORDS.with("differs.missing", &named![place]),
        What::Unasked => WORDS.with("differs.unasked", &named![place]),
    }
}
