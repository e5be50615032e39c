//! Cards, ten minutes at a time.
//!
//! | file | what it does |
//! |---|---|
//! | [`talk`] | asks and hears: single keys at a terminal, lines through a pipe |
//! | [`session`] | which card comes next, until the minutes are over |
//! | [`ask`] | one card; sizes and predictions |
//! | [`judge`] | a claim |
//! | [`say`] | an answer, said aloud |

mod ask;
mod judge;
mod say;
mod session;
mod talk;

use std::path::Path;

use chrono::{Local, Utc};
use serde_json::json;

use demos::kit::claim::Verdict;
use demos::kit::draft::Draft;
use demos::kit::system::reason;
use demos::kit::text::Text;
use demos::kit::visible::visible;
use demos::named;
use demos::practice::drill::WORDS;
use demos::practice::drill::calibration::Calibration;
use demos::practice::drill::card::{Card, deck};
use demos::practice::drill::export;
use demos::practice::drill::progress::{Progress, standings};
use demos::practice::drill::schedule::Schedule;
use demos::practice::journal::{Contents, Journal};
use demos::render::screen::Screen;
use demos::render::text::practice::paragraph;
use demos::render::verdict::word;

use super::args::{Common, DrillRequest, ProgressRequest};
use super::grade::{form, not_kept, not_read};
use super::output::Output;
use super::overwriting::{self, OUT, Other};
use super::{Failure, terminal};
use talk::Talk;

/// A session, or the cards for another program.
pub(crate) fn drill(request: &DrillRequest) -> Result<(), Failure> {
    let screen = terminal::screen(&request.common);
    let cards = chosen(request);
    if cards.is_empty() {
        return Err(Failure::usage(screen.say(&WORDS.get("refused.nothing")).to_string()));
    }
    if let Some(path) = &request.export {
        return write_cards(&cards, path, &screen);
    }
    let (journal, contents) = opened(request.data.as_deref(), &request.common)?;
    journal.check().map_err(|error| not_kept(&journal, &error, screen.lang))?;
    let mut schedule = Schedule::of(&contents.entries);
    if let Some(day) = request.interview {
        journal
            .add("interview", json!({ "date": day.to_string() }))
            .map_err(|error| not_kept(&journal, &error, screen.lang))?;
        schedule.set_interview(day);
    }
    session::run(&cards, schedule, (&journal, &contents), request, &screen)
}

/// One screen: how a person stands with each question.
pub(crate) fn progress(request: &ProgressRequest) -> Result<(), Failure> {
    let screen = terminal::screen(&request.common);
    let (journal, contents) = opened(request.data.as_deref(), &request.common)?;
    if let Some(out) = &request.common.out {
        overwriting::refuse(OUT, out, [(Other::Results, journal.path())], request.common.lang)?;
    }
    let schedule = Schedule::of(&contents.entries);
    let progress = Progress {
        standings: standings(&deck(), &schedule, Utc::now()),
        interview: schedule.interview(),
        today: Local::now().date_naive(),
        calibration: Calibration::of(&contents.entries),
    };
    let page = (form(&request.common).progress)(&progress, &journal.kept(&contents), &screen);
    let mut output = Output::open(request.common.out.as_deref(), &request.common)?;
    output.write(&page)?;
    output.finish()
}

fn chosen(request: &DrillRequest) -> Vec<Card> {
    let mut cards = deck();
    cards.retain(|card| request.lesson.is_none_or(|lesson| card.lesson.card.name == lesson));
    cards.retain(|card| request.kind.is_none_or(|kind| card.kind() == kind));
    cards
}

fn opened(folder: Option<&Path>, common: &Common) -> Result<(Journal, Contents), Failure> {
    let journal = Journal::open(folder)
        .map_err(|error| Failure::failed(vec![reason(&error).get(common.lang).into()]))?;
    let contents = journal.read().map_err(|error| not_read(&journal, &error, common.lang))?;
    Ok((journal, contents))
}

fn write_cards(cards: &[Card], path: &Path, screen: &Screen) -> Result<(), Failure> {
    let shown = Text::same(visible(&path.display().to_string()));
    if path.exists() {
        let said = demos::practice::WORDS.with("refused.exists", &named![path = shown]);
        return Err(Failure::usage(screen.say(&said).to_string()));
    }
    let name = |verdict: Verdict| word(verdict, screen).to_string();
    let exported = export::csv(cards, screen.lang, name).map_err(|error| {
        let said = WORDS.with("refused.export", &named![reason = Text::same(visible(&error.to_string()))]);
        Failure::failed(vec![screen.say(&said).to_string()])
    })?;
    if exported.cards == 0 {
        return Err(Failure::usage(screen.say(&WORDS.get("refused.nothing-fixed")).to_string()));
    }
    Draft::whole(path, &exported.text)
        .map_err(|error| Failure::failed(vec![error.0.get(screen.lang).to_string()]))?;
    let said = WORDS.with("session.exported", &named![count = exported.cards, file = shown]);
    Talk::new().say(&paragraph(&said, screen));
    Ok(())
}
