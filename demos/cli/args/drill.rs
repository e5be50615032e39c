//! The flags of `demo drill`.

use std::path::PathBuf;

use chrono::{Local, NaiveDate};

use demos::LESSONS;
use demos::kit::knob::Values;
use demos::kit::text::{Lang, Text};
use demos::kit::visible::visible;
use demos::named;
use demos::practice::drill::WORDS;
use demos::render::screen::shorten;

use super::{Common, DrillRequest};
use crate::cli::Failure;
use crate::cli::options::{DATA, DUE, EXPORT, INTERVIEW, KIND, LESSON, MINUTES, SEED};

/// Which cards, for how long.
pub(super) fn request(values: &Values, common: Common) -> Result<DrillRequest, Failure> {
    let lang = common.lang;
    if EXPORT.of(values).is_some() {
        let unused = [
            (values.given(&MINUTES), "--minutes"),
            (values.given(&INTERVIEW), "--interview"),
            (values.given(&DUE), "--due"),
            (values.given(&SEED), "--seed"),
            (values.given(&DATA), "--data"),
        ];
        if let Some((_, flag)) = unused.into_iter().find(|(given, _)| *given) {
            let said = WORDS.with("refused.not-with-export", &named![flag = Text::same(flag)]);
            return Err(Failure::usage(said.get(lang).to_string()));
        }
    }
    Ok(DrillRequest {
        minutes: MINUTES.of(values),
        interview: INTERVIEW.of(values).map(|date| day(date, lang)).transpose()?,
        lesson: LESSON.of(values).map(|name| lesson(name, lang)).transpose()?,
        kind: KIND.of(values),
        due: DUE.of(values),
        export: EXPORT.of(values).map(PathBuf::from),
        data: DATA.of(values).map(PathBuf::from),
        seed: values.given(&SEED).then_some(common.seed),
        common,
    })
}

/// A day from tomorrow on.
fn day(date: &str, lang: Lang) -> Result<NaiveDate, Failure> {
    let shown = Text::same(shorten(&visible(date), 40));
    let refused =
        |id: &str| Failure::usage(WORDS.with(id, &named![date = shown.clone()]).get(lang).to_string());
    let day: NaiveDate = date.trim().parse().map_err(|_| refused("refused.date"))?;
    if day <= Local::now().date_naive() { Err(refused("refused.past")) } else { Ok(day) }
}

fn lesson(name: &str, lang: Lang) -> Result<&'static str, Failure> {
    let wanted = name.trim().to_lowercase();
    let called = |card: &demos::kit::lesson::Card| {
        card.name == wanted || card.other_names().any(|other| other == wanted)
    };
    let known = LESSONS.iter().find(|lesson| called(&lesson.card));
    known.map(|lesson| lesson.card.name).ok_or_else(|| {
        let name = Text::same(shorten(&visible(name), 40));
        Failure::usage(WORDS.with("refused.lesson", &named![name]).get(lang).to_string())
    })
}
