//! Draws the gallery, or compares it with the files that are there.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use demos::LESSONS;
use demos::kit::knob::Values;
use demos::kit::lesson::{DEFAULT_SEED, Lesson, Setting};
use demos::kit::reading::reason;
use demos::kit::text::{Lang, Text};
use demos::kit::visible::visible;
use demos::render::svg::svg;

use super::args::PlotsRequest;
use super::output::{say, write_file};
use super::{Failure, refusal};

/// Writes every figure, or compares.
pub(crate) fn plots(request: &PlotsRequest) -> Result<(), Failure> {
    let gallery = gallery(request)?;
    if request.compare { compare(&gallery, request) } else { write(&gallery, request.lang) }
}

/// Every figure of the lessons with their defaults, in both languages, by its path.
fn gallery(request: &PlotsRequest) -> Result<BTreeMap<PathBuf, String>, Failure> {
    let mut gallery = BTreeMap::new();
    for lesson in &request.lessons {
        let name = lesson.card.name;
        for flags in settings(lesson) {
            let given = |flag: &str| flags.iter().find(|(name, _)| *name == flag).map(|(_, value)| *value);
            let findings = Values::read(lesson.knobs, given)
                .and_then(|values| lesson.findings(&Setting { values, seed: DEFAULT_SEED }))
                .map_err(|refused| refusal::of_knob(&refused, name, request.lang))?;
            for figure in findings.figures() {
                for lang in Lang::ALL {
                    let path = folder(&request.folder, lang).join(format!("{name}-{}.svg", figure.id));
                    gallery.insert(path, svg(figure, lang));
                }
            }
        }
    }
    Ok(gallery)
}

/// The flags whose figures the gallery has: none, and those of the benchmark.
fn settings(lesson: &Lesson) -> Vec<&'static [(&'static str, &'static str)]> {
    std::iter::once(&[][..]).chain(lesson.benchmark.map(|benchmark| benchmark.gallery)).collect()
}

/// The English figures lie in the folder itself.
fn folder(root: &Path, lang: Lang) -> PathBuf {
    match lang {
        Lang::En => root.into(),
        Lang::Zh => root.join(lang.code()),
    }
}

fn write(gallery: &BTreeMap<PathBuf, String>, lang: Lang) -> Result<(), Failure> {
    for (path, figure) in gallery {
        write_file(path, figure, lang)?;
        say(&format!("{}\n", visible(&path.display().to_string())), lang)?;
    }
    Ok(())
}

fn compare(gallery: &BTreeMap<PathBuf, String>, request: &PlotsRequest) -> Result<(), Failure> {
    let mut complaints: Vec<Text> =
        gallery.iter().filter_map(|(path, figure)| differs(path, figure)).collect();
    complaints.extend(stale(gallery, request).iter().map(|path| {
        let path = path.display();
        Text::new(
            format!("{path} shows no figure that still exists (delete it)"),
            format!("{path} 对应的图已不存在（请删除该文件）"),
        )
    }));
    if complaints.is_empty() {
        return say_unchanged(gallery.len(), request.lang);
    }
    Err(Failure::failed(complaints.iter().map(|text| text.get(request.lang).to_string()).collect()))
}

fn differs(path: &Path, figure: &str) -> Option<Text> {
    let shown = path.display();
    match fs::read(path) {
        Ok(bytes) if bytes == figure.as_bytes() => None,
        Ok(_) => Some(Text::new(
            format!("{shown} differs from the figure (demo plots draws it anew)"),
            format!("{shown} 与现在画出的图不一致（运行 demo plots 重新生成）"),
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(Text::new(
            format!("{shown} is missing (demo plots draws it)"),
            format!("{shown} 不存在（运行 demo plots 生成）"),
        )),
        Err(error) => {
            let why = reason(&error);
            let [en, zh] = Lang::ALL.map(|lang| why.get(lang));
            Some(Text::new(format!("cannot read {shown}: {en}"), format!("无法读取 {shown}：{zh}")))
        }
    }
}

/// Files named after one of the lessons that are not in its gallery.
fn stale(gallery: &BTreeMap<PathBuf, String>, request: &PlotsRequest) -> Vec<PathBuf> {
    let mut stale = Vec::new();
    for lang in Lang::ALL {
        let entries = fs::read_dir(folder(&request.folder, lang)).into_iter().flatten().flatten();
        stale.extend(entries.map(|entry| entry.path()).filter(|path| {
            let owner = owner(path);
            let asked = request.lessons.iter().any(|lesson| Some(lesson.card.name) == owner);
            asked && !gallery.contains_key(path)
        }));
    }
    stale.sort();
    stale
}

/// The lesson that a file is named after: of two names that fit, the longer.
fn owner(path: &Path) -> Option<&'static str> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".svg")?;
    let fits = |name: &&str| stem.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'));
    LESSONS.iter().map(|lesson: &&'static Lesson| lesson.card.name).filter(fits).max_by_key(|name| name.len())
}

fn say_unchanged(count: usize, lang: Lang) -> Result<(), Failure> {
    let text = Text::new(format!("{count} files, all as drawn\n"), format!("{count} 个文件，全部一致\n"));
    say(text.get(lang), lang)
}
