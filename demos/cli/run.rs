//! Shows a lesson, or the list of lessons.

use std::path::{Path, PathBuf};
use std::time::Instant;

use demos::kit::lesson::{self, LessonError, Page};
use demos::render::screen::{Role, Screen};
use demos::render::{json, markdown, svg, text};
use serde_json::Value;

use super::args::{Common, Format, LessonRequest};
use super::output::{Output, write_file};
use super::{Failure, refusal, terminal, timing};

/// Lists the lessons.
pub(crate) fn syllabus(common: &Common) -> Result<(), Failure> {
    let mut output = Output::open(common.out.as_deref(), common.lang)?;
    let syllabus = match common.format {
        Format::Json => pretty(&json::syllabus(common.lang)),
        Format::Text | Format::Markdown => text::syllabus(&terminal::screen(common)),
    };
    output.write(&syllabus)?;
    output.finish()
}

/// Shows a lesson.
pub(crate) fn lesson(request: &LessonRequest) -> Result<(), Failure> {
    let common = &request.common;
    let screen = terminal::screen(common);
    let mut output = Output::open(common.out.as_deref(), common.lang)?;
    if request.code {
        output.write(&text::code(request.lesson, &screen))?;
        return output.finish();
    }
    let waiting = timing::Waiting::new(request);
    let page = lesson::run(request.lesson, request.setting.clone(), common.lang)
        .map_err(|error| failure(&error, request))?;
    drop(waiting);
    let saved = match &request.figures {
        Some(folder) => save_figures(&page, folder)?,
        None => Vec::new(),
    };
    match common.format {
        Format::Text => show(page, request, &saved, &screen, &mut output)?,
        Format::Json => output.write(&pretty(&json::page(&with_claims(page, request))))?,
        Format::Markdown => output.write(&markdown::page(&with_claims(page, request)))?,
    }
    output.finish()
}

/// The walk goes out before the claims are run: it is read while they are computed.
fn show(
    page: Page,
    request: &LessonRequest,
    saved: &[PathBuf],
    screen: &Screen,
    output: &mut Output,
) -> Result<(), Failure> {
    output.write(&text::page(&page, screen))?;
    output.flush()?;
    let start = Instant::now();
    let page = with_claims(page, request);
    if request.claims {
        output.write(&text::claims(&page, start.elapsed(), screen))?;
    }
    if timing::wanted(request) {
        for table in timing::tables(request).map_err(|refused| failure(&refused.into(), request))? {
            output.write(&text::table(&table, screen))?;
        }
    }
    output.write(&text::closing(&page, screen))?;
    for path in saved {
        let label = screen.paint(Role::Quiet, screen.pick("Saved", "已保存"));
        output.write(&format!("{label} {}\n", path.display()))?;
    }
    Ok(())
}

fn with_claims(page: Page, request: &LessonRequest) -> Page {
    if !request.claims {
        return page;
    }
    let claims = lesson::run_claims(request.lesson, request.setting.seed);
    page.with_claims(claims)
}

fn save_figures(page: &Page, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut saved = Vec::new();
    for figure in page.figures() {
        let path = folder.join(format!("{}-{}.svg", page.card.name, figure.id));
        write_file(&path, &svg::svg(figure, page.lang), page.lang)?;
        saved.push(path);
    }
    Ok(saved)
}

fn failure(error: &LessonError, request: &LessonRequest) -> Failure {
    match error {
        LessonError::Refused(refused) => {
            refusal::of_knob(refused, request.lesson.card.name, request.common.lang)
        }
        LessonError::Prose(error) => Failure::failed(vec![error.to_string()]),
    }
}

/// JSON that a person can read too.
pub(crate) fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
