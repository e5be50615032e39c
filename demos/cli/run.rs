//! Shows a lesson, or the list of lessons.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use demos::kit::answer::answer;
use demos::kit::lesson::{self, Block, Lesson, LessonError, Page};
use demos::kit::parts::Part;
use demos::kit::race::Race;
use demos::kit::visible::{message, visible};
use demos::render::form::{Depth, View};
use demos::render::screen::{Role, Screen};
use demos::render::{svg, text};

use super::args::{Common, LessonRequest, What};
use super::output::{Output, check_place, write_file, write_whole};
use super::overwriting::{self, OUT, Other};
use super::{Failure, refusal, terminal, timing, unused, waiting};

/// Lists the lessons.
pub(crate) fn syllabus(common: &Common) -> Result<(), Failure> {
    let mut output = Output::open(common.out.as_deref(), common)?;
    output.write(&(common.form.syllabus)(&terminal::screen(common)))?;
    output.finish()
}

/// Shows a lesson.
pub(crate) fn lesson(request: &LessonRequest) -> Result<(), Failure> {
    let common = &request.common;
    let screen = terminal::screen(common);
    refuse_overwriting(request)?;
    let saves = results_file(request);
    let mut output = Output::open(if saves.is_some() { None } else { common.out.as_deref() }, common)?;
    if let What::Code(language) = request.what {
        let idle = unused::beside_code(request.lesson, &request.setting);
        let remark = idle.map_or_else(String::new, |said| text::remark(&said, language, &screen) + "\n");
        output.write(&(remark + &text::code(request.lesson, language, &screen)))?;
        return output.finish();
    }
    saves.into_iter().try_for_each(|path| check_place(path, common.lang))?;
    written(request).into_iter().try_for_each(|(flag, path)| saving(flag, check_place(path, common.lang)))?;
    let waiting = waiting::Waiting::new(request);
    let (page, claims) = page(request)?;
    let races = timing::races(request).map_err(|refused| failure(&refused.into(), request))?;
    drop(waiting);
    refuse_beside_text(request, &page)?;
    if request.figures.is_some() && page.instead.is_none() && page.figures().next().is_none() {
        return Err(refusal::no_figures(common.lang));
    }
    if let (Some(path), Some(results)) = (saves, &page.results) {
        let table = ending(path) == Some("csv");
        write_whole(path, if table { &results.csv } else { &results.json }, common.lang)?;
    }
    for file in &page.files {
        saving(file.flag, write_whole(&file.path, &file.text, common.lang))?;
    }
    if let Some(text) = &page.instead {
        output.write_exactly(text)?;
        output.finish()?;
        remark_aside(&page);
        return Ok(());
    }
    let (saved, link) = pictures(&page, request.figures.as_deref(), common)?;
    let view = View { depth: request.depth, pictures: link, whole: matches!(request.what, What::Page) };
    output.write(&(common.form.walk)(&page, &view, &screen))?;
    output.flush()?; // the walk is read while the claims are run
    let start = Instant::now();
    let page = page.with_claims(lesson::run_some(request.lesson, &claims, request.setting.seed));
    let rest = (common.form.rest)(&page, &view, start.elapsed(), &screen);
    let saved: Vec<PathBuf> = saved.into_iter().chain(saves.map(Path::to_path_buf)).collect();
    output.write(&(rest + &times(&races, &screen)))?;
    // Another program reads what it asked for and nothing else.
    if common.form.folds {
        output.write(&named(&saved, &screen))?;
    }
    output.finish()?;
    if cfg!(debug_assertions) {
        complain(request.lesson);
    }
    Ok(())
}

/// What there is to say beside a text for another program: where that program does not read it.
fn remark_aside(page: &Page) {
    for block in &page.blocks {
        if let Block::Note(said) = block {
            let _ = writeln!(std::io::stderr(), "demo: {}", message(said.get(page.lang)));
        }
    }
}

/// The file that gets all numbers of a benchmark instead of the page: `--out` with an ending that says so.
fn results_file(request: &LessonRequest) -> Option<&Path> {
    let path = request.common.out.as_deref()?;
    let asked = request.lesson.asked_benchmark(&request.setting.values).is_some();
    let whole = matches!(request.what, What::Page) && request.common.form.folds;
    (asked && whole && matches!(ending(path), Some("json" | "csv"))).then_some(path)
}

fn ending(path: &Path) -> Option<&str> {
    path.extension().and_then(|ending| ending.to_str())
}

/// Tells whoever writes a lesson where its words and its code disagree: the page shows a question mark there.
fn complain(lesson: &Lesson) {
    for problem in lesson.words.disagreements() {
        let _ = writeln!(std::io::stderr(), "{}: {problem}", lesson.card.name);
    }
}

/// The knobs that name a file to be written, with the file.
fn written(request: &LessonRequest) -> Vec<(&'static str, &Path)> {
    let knobs = request.lesson.knobs.iter().filter(|knob| knob.writes());
    knobs.filter_map(|knob| Some((knob.name(), request.setting.values.file(*knob)?))).collect()
}

/// A file that is written is none that is read, and none that is written for another flag.
fn refuse_overwriting(request: &LessonRequest) -> Result<(), Failure> {
    let out = request.common.out.iter().map(|path| (OUT, path.as_path()));
    let written: Vec<_> = written(request).into_iter().chain(out).collect();
    let all: Vec<_> = overwriting::named(&request.setting.values).chain(written.clone()).collect();
    written.iter().try_for_each(|(flag, path)| {
        let others = all.iter().filter(|(other, _)| other != flag);
        let others = others.map(|(other, file)| (Other::Flag(other), *file));
        overwriting::refuse(flag, path, others, request.common.lang)
    })
}

/// A text for another program, as ids are, has no sections and no other form.
fn refuse_beside_text(request: &LessonRequest, page: &Page) -> Result<(), Failure> {
    let form = request.common.form;
    let flag = match request.what {
        _ if page.instead.is_none() => return Ok(()),
        What::Brief => "--brief".to_string(),
        What::Section(_) => "--section".to_string(),
        What::Claims(_) => "--claim".to_string(),
        What::Answer(_) => "--answer".to_string(),
        _ if request.depth == Depth::Evidence => "--evidence".to_string(),
        _ if request.figures.is_some() => "--figures".to_string(),
        _ if !form.folds => format!("--format {}", form.word),
        _ => return Ok(()),
    };
    Err(refusal::text_alone(&flag, request.common.lang))
}

/// The flag before what is said of its file.
fn saving(flag: &str, done: Result<(), Failure>) -> Result<(), Failure> {
    done.map_err(|failure| Failure {
        lines: failure.lines.iter().map(|line| format!("--{flag}: {line}")).collect(),
        ..failure
    })
}

/// What is asked for of the page, and the claims that go with it.
fn page(request: &LessonRequest) -> Result<(Page, Vec<&'static str>), Failure> {
    let (lesson, lang) = (request.lesson, request.common.lang);
    if let What::Answer(role) = request.what {
        let mut page =
            answer(lesson, request.setting.clone(), role, lang).map_err(|error| failure(&error, request))?;
        let idle = unused::beside_answer(lesson, &request.setting, (&page, role));
        page.blocks.extend(idle.map(Block::Note));
        return Ok((page, Vec::new()));
    }
    let page = match part(&request.what) {
        Some(part) => lesson::run_for(lesson, request.setting.clone(), part, lang),
        None => lesson::run(lesson, request.setting.clone(), lang),
    };
    let mut page = page.map_err(|error| failure(&error, request))?;
    if page.is_list() {
        page.blocks.extend(unused::beside_list(lesson, &request.setting).map(Block::Note));
        return Ok((page, Vec::new()));
    }
    if page.instead.is_some() {
        return Ok((page, Vec::new()));
    }
    let cites = lesson.asked_benchmark(&request.setting.values).is_some();
    let cited = if cites { page.cited() } else { lesson.claims.iter().map(|claim| claim.id).collect() };
    let all = || cited.clone();
    let (page, claims) = match &request.what {
        What::Section(number) => {
            let mut section = page.section(*number).ok_or_else(|| refusal::no_section(*number, &page))?;
            let cited = section.cited();
            let idle = match cites {
                true => unused::in_part(lesson, &request.setting, *number),
                false => unused::in_section(lesson, &request.setting, &page, *number),
            };
            section.blocks.extend(idle.map(Block::Note));
            (section, cited)
        }
        What::Claims(ids) => {
            let blocks =
                unused::beside_claims(lesson, &request.setting).map(Block::Note).into_iter().collect();
            (Page { blocks, ..page }, ids.clone())
        }
        What::Brief => {
            let mut brief = page.brief();
            let idle = match cites {
                true => unused::in_second_brief(lesson, &request.setting),
                false => unused::in_brief(lesson, &request.setting, &brief),
            };
            brief.blocks.extend(idle.map(Block::Note));
            (brief, all())
        }
        _ => (page, all()),
    };
    Ok((page, if request.claims { claims } else { Vec::new() }))
}

/// The part of the page that is shown, if it is not all of it.
pub(super) fn part(what: &What) -> Option<Part> {
    match what {
        What::Section(number) => Some(Part::Section(*number)),
        What::Brief => Some(Part::Brief),
        What::Claims(_) => Some(Part::Nothing),
        _ => None,
    }
}

/// The figures that were saved, in this folder if one is named, and how the page links them.
pub(super) fn pictures(
    page: &Page,
    folder: Option<&Path>,
    common: &Common,
) -> Result<(Vec<PathBuf>, Option<String>), Failure> {
    let beside = |out: &Path| out.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let (folder, link) = match (folder, &common.out) {
        (Some(folder), _) => (Some(folder.to_path_buf()), Some(format!("{}/", folder.display()))),
        // A page that stands alone brings its pictures along.
        (None, Some(out)) if common.form.links => (Some(beside(out)), Some(String::new())),
        (None, _) => (None, None),
    };
    let saved = folder.map_or_else(|| Ok(Vec::new()), |folder| save(page, &folder))?;
    Ok((saved, link))
}

fn save(page: &Page, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut saved = Vec::new();
    for figure in page.figures() {
        let path = folder.join(format!("{}-{}.svg", page.card.name, figure.id));
        write_file(&path, &svg::svg(figure, page.lang), page.lang)?;
        saved.push(path);
    }
    Ok(saved)
}

/// Times beside a comparison.
fn times(races: &[Race], screen: &Screen) -> String {
    timing::tables(races).iter().map(|table| text::table(&table.visible(), screen)).collect()
}

/// The names of the files that were saved, for a person.
pub(super) fn named(saved: &[PathBuf], screen: &Screen) -> String {
    let label = screen.paint(Role::Quiet, screen.pick("Saved", "已保存"));
    saved.iter().map(|path| format!("{label} {}\n", visible(&path.display().to_string()))).collect()
}

fn failure(error: &LessonError, request: &LessonRequest) -> Failure {
    match error {
        LessonError::Refused(refused) => {
            refusal::of_knob(refused, request.lesson.card.name, request.common.lang)
        }
        LessonError::Prose(error) => Failure::failed(vec![error.to_string()]),
    }
}
