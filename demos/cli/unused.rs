//! Flags of a lesson that were given and that what is shown has no use for: they are named.

use demos::kit::answer::{Role, answer};
use demos::kit::knob::{Knob, Value};
use demos::kit::lesson::{self, DEFAULT_SEED, Lesson, Page, Setting};
use demos::kit::parts::Part;
use demos::kit::text::{Lang, Text, text};
use rayon::prelude::*;

/// A flag without use, and the sections that it does change.
struct Idle {
    name: &'static str,
    sections: Vec<usize>,
}

/// The flags that were given and do not change this section of the page, with the sections that they do change.
pub(super) fn in_section(
    lesson: &'static Lesson,
    setting: &Setting,
    page: &Page,
    number: usize,
) -> Option<Text> {
    let mut idle = measured(lesson, setting, page, number);
    idle.sort_by_key(|idle| lesson.knobs.iter().position(|knob| knob.name() == idle.name));
    said(&idle)
}

/// The same of a second page: which section uses what is known without a run.
pub(super) fn in_part(lesson: &'static Lesson, setting: &Setting, number: usize) -> Option<Text> {
    let resting = lesson.resting(&setting.values).into_iter();
    let idle = resting.filter(|(_, sections)| !sections.contains(&number));
    said(&idle.map(|(knob, sections)| Idle { name: knob.name(), sections }).collect::<Vec<_>>())
}

/// Flags without use, and where they are of use.
fn said(idle: &[Idle]) -> Option<Text> {
    if idle.is_empty() {
        return None;
    }
    let (elsewhere, nowhere): (Vec<_>, Vec<_>) = idle.iter().partition(|idle| !idle.sections.is_empty());
    let listed = |between: &str, place: fn(&str) -> String| {
        let one = |idle: &&Idle| {
            let sections: Vec<String> = idle.sections.iter().map(ToString::to_string).collect();
            format!("--{}{}", idle.name, place(&sections.join(between)))
        };
        elsewhere.iter().map(one).collect::<Vec<_>>().join(between)
    };
    let names = |between: &str| {
        nowhere.iter().map(|idle| format!("--{}", idle.name)).collect::<Vec<_>>().join(between)
    };
    let (mut en, mut zh) = (Vec::new(), Vec::new());
    // What stays the same may have been used, and have come to the same: longer answers, of which none is right either.
    if !elsewhere.is_empty() {
        let (of_en, of_zh) =
            (listed(", ", |at| format!(" (see {at})")), listed("、", |at| format!("（用在第 {at} 节）")));
        en.push(format!("This section is the same without {of_en}."));
        zh.push(format!("给不给 {of_zh}，这一节都一样。"));
    }
    if !nowhere.is_empty() {
        en.push(format!("This section is the same without {}.", names(", ")));
        zh.push(format!("给不给 {}，这一节都一样。", names("、")));
    }
    Some(Text::new(en.join(" "), zh.concat()))
}

/// Some knobs say themselves which sections they change. The others are taken back one by one, from the last, since a
/// flag may need one that is listed before it: where the section stays what it was, the flag has no use there. That
/// takes a run for each flag, so it is left out where a run is long enough to be announced, and a lesson whose work is
/// worth timing is run once without all of them.
fn measured(lesson: &'static Lesson, setting: &Setting, page: &Page, number: usize) -> Vec<Idle> {
    let says = |knob: &dyn Knob| !knob.sections().is_empty() && !knob.sections().contains(&number);
    let given = || lesson.knobs.iter().copied().filter(|knob| setting.values.given(*knob) && !knob.writes());
    let own = given().filter(|knob| says(*knob));
    let mut idle: Vec<Idle> =
        own.map(|knob| Idle { name: knob.name(), sections: knob.sections().to_vec() }).collect();
    let long = |setting: &Setting| lesson.waiting.and_then(|waiting| waiting(setting)).is_some();
    if long(setting) {
        return idle;
    }
    let (mut values, mut now) = (setting.values.clone(), sections(page));
    let others: Vec<_> = given().filter(|knob| !says(*knob) && setting.values.changed(*knob)).collect();
    let each = if lesson.races.is_some() { others.len().max(1) } else { 1 };
    for knobs in others.rchunks(each) {
        let values_without = knobs.iter().fold(values.clone(), |values, knob| values.without(*knob));
        let without = Setting { values: values_without, seed: setting.seed };
        // What is refused without it needs it.
        let Some(Ok(page)) = (!long(&without)).then(|| lesson::run(lesson, without.clone(), page.lang))
        else {
            continue;
        };
        let before = sections(&page);
        let same = |at: usize| now.iter().find(|(n, _)| *n == at) == before.iter().find(|(n, _)| *n == at);
        if same(number) {
            let changed: Vec<usize> = now.iter().map(|(at, _)| *at).filter(|at| !same(*at)).collect();
            // Of several it is not known which one changes what.
            let sections = if knobs.len() > 1 { Vec::new() } else { changed };
            idle.extend(knobs.iter().map(|knob| Idle { name: knob.name(), sections: sections.clone() }));
            (values, now) = (without.values, before);
        }
    }
    idle
}

/// Each section by its number, with all that it shows.
fn sections(page: &Page) -> Vec<(usize, String)> {
    let (_, sections) = page.sections();
    sections.into_iter().map(|section| (section.number, format!("{:?}", section.blocks))).collect()
}

/// The flags that were given beside single claims. None changes a claim: its verdict holds for everybody, so it is
/// tested with settings of its own.
pub(super) fn beside_claims(lesson: &Lesson, setting: &Setting) -> Option<Text> {
    let why = text(
        " A claim is tested with settings of its own; of the flags only --seed moves it.",
        "说法用自己的设置检验，只有 --seed 会影响它。",
    );
    not_used(&given(lesson, setting), &why)
}

/// The flags that were given beside an answer and that it says the same without. Those with another value than their
/// own are taken back one by one, at the same time: the answer shows some numbers of the run. A file that is written is
/// of use.
pub(super) fn beside_answer(
    lesson: &'static Lesson,
    setting: &Setting,
    (page, role): (&Page, Role),
) -> Option<Text> {
    if page.instead.is_some() || page.is_list() {
        return None;
    }
    let said = |setting: Setting| answer(lesson, setting, role, page.lang).ok();
    let flags = without_effect(lesson, setting, page, said);
    not_used(&flags, &text(" The answer is the same without.", "不给，答案也一样。"))
}

/// The flags that were given and that the brief is the same without: it has the traps and what to say, few of which show
/// numbers of the run. Left out where a run is long enough to be announced: it would take as long once more.
pub(super) fn in_brief(lesson: &'static Lesson, setting: &Setting, brief: &Page) -> Option<Text> {
    if lesson.waiting.and_then(|waiting| waiting(setting)).is_some() {
        return None;
    }
    let said = |setting: Setting| {
        lesson::run_for(lesson, setting, Part::Brief, brief.lang).ok().map(|page| page.brief())
    };
    let flags = without_effect(lesson, setting, brief, said);
    not_used(&flags, &without_brief())
}

/// The same of a second page: what its brief uses is known without a run.
pub(super) fn in_second_brief(lesson: &Lesson, setting: &Setting) -> Option<Text> {
    let resting = lesson.resting_in_brief(&setting.values).into_iter();
    let flags: Vec<String> = resting.map(|knob| format!("--{}", knob.name())).collect();
    not_used(&flags, &without_brief())
}

/// What is said of flags that a brief has no use for.
fn without_brief() -> Text {
    text(" The brief is the same without.", "不给，摘要也一样。")
}

/// The flags that were given and without which the same is said.
fn without_effect(
    lesson: &'static Lesson,
    setting: &Setting,
    page: &Page,
    said: impl Fn(Setting) -> Option<Page> + Sync,
) -> Vec<String> {
    let given: Vec<_> =
        lesson.knobs.iter().copied().filter(|knob| setting.values.given(*knob) && !knob.writes()).collect();
    let (others, mut idle): (Vec<_>, Vec<_>) =
        given.iter().copied().partition(|knob| setting.values.changed(*knob));
    let now = format!("{:?}", page.blocks);
    // Nothing where it is refused without them.
    let same = |knobs: &[&dyn Knob]| {
        let values = knobs.iter().fold(setting.values.clone(), |values, knob| values.without(*knob));
        let page = said(Setting { values, seed: setting.seed })?;
        Some(format!("{:?}", page.blocks) == now)
    };
    let long = lesson.waiting.and_then(|waiting| waiting(setting)).is_some();
    let each = if lesson.races.is_some() || long { others.len().max(1) } else { 1 };
    let parts: Vec<&[&dyn Knob]> = others.chunks(each).collect();
    let tried: Vec<_> = parts.into_par_iter().map(|knobs| (knobs, same(knobs))).collect();
    let which = |outcome| tried.iter().filter(move |part| part.1 == outcome).flat_map(|part| part.0.to_vec());
    let mut spare: Vec<&dyn Knob> = which(Some(true)).collect();
    // Of two that stand in for each other one is of use.
    if spare.len() > each && same(&spare) != Some(true) {
        spare.truncate(each);
    }
    // One that another needs may have no use once that is gone.
    for knob in which(None) {
        let together: Vec<_> = spare.iter().copied().chain([knob]).collect();
        if same(&together) == Some(true) {
            spare = together;
        }
    }
    idle.extend(spare);
    let named = |knob: &&dyn Knob| idle.iter().any(|idle| idle.name() == knob.name());
    given.into_iter().filter(named).map(|knob| format!("--{}", knob.name())).collect()
}

/// The flags that were given beside code, which is the same for everybody.
pub(super) fn beside_code(lesson: &Lesson, setting: &Setting) -> Option<Text> {
    let seed = (setting.seed != DEFAULT_SEED).then(|| "--seed".to_string());
    let flags: Vec<String> = given(lesson, setting).into_iter().chain(seed).collect();
    not_used(&flags, &text("", ""))
}

/// The flags that were given beside a list, which is the same for everybody; not those that ask for one.
pub(super) fn beside_list(lesson: &Lesson, setting: &Setting) -> Option<Text> {
    let word = |word: &str| word.trim().eq_ignore_ascii_case("list");
    let asks = |flag: &str| {
        setting.values.iter().any(|(name, value)| match value {
            Value::Words(words) => *flag == format!("--{name}") && word(words),
            Value::File(path) => *flag == format!("--{name}") && path.to_str().is_some_and(word),
            _ => false,
        })
    };
    let flags: Vec<String> = given(lesson, setting).into_iter().filter(|flag| !asks(flag)).collect();
    not_used(&flags, &text(" The list is the same without.", "不给，列表也一样。"))
}

/// The flags of the lesson that were given; not those that name a file to be written, which is.
fn given(lesson: &Lesson, setting: &Setting) -> Vec<String> {
    let given = lesson.knobs.iter().filter(|knob| setting.values.given(**knob) && !knob.writes());
    given.map(|knob| format!("--{}", knob.name())).collect()
}

fn not_used(flags: &[String], why: &Text) -> Option<Text> {
    let (en, zh) = (flags.join(", "), flags.join("、"));
    let said = || {
        Text::new(
            format!("Not used here: {en}.{}", why.get(Lang::En)),
            format!("这里用不到 {zh}。{}", why.get(Lang::Zh)),
        )
    };
    (!flags.is_empty()).then(said)
}
