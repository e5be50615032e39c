//! Flags of a lesson that were given and that what is shown has no use for: they are named.

use demos::kit::knob::{Knob, Values};
use demos::kit::lesson::{Block, DEFAULT_SEED, Lesson, Page, Setting};
use demos::kit::text::{Lang, Text, text};

/// The flags that were given and do not change this section, with the sections that they do change.
pub(super) fn in_section(lesson: &Lesson, setting: &Setting, number: usize) -> Option<Text> {
    let given = lesson.knobs.iter().filter(|knob| setting.values.given(**knob));
    let idle: Vec<_> =
        given.filter(|knob| !knob.sections().is_empty() && !knob.sections().contains(&number)).collect();
    if idle.is_empty() {
        return None;
    }
    let listed = |between: &str, said: fn(&str, &str) -> String| {
        let one = |knob: &&&dyn Knob| {
            let sections: Vec<String> = knob.sections().iter().map(ToString::to_string).collect();
            said(knob.name(), &sections.join(between))
        };
        idle.iter().map(one).collect::<Vec<_>>().join(between)
    };
    Some(Text::new(
        format!("Not used in this section: {}.", listed(", ", |name, at| format!("--{name} (see {at})"))),
        format!("这一节用不到 {}。", listed("、", |name, at| format!("--{name}（用在第 {at} 节）"))),
    ))
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

/// The flags that were given beside an answer, if it says with them what it says without: that is decided by the
/// answer `plain` of a run without them, since it shows some numbers of the run. A file that is written is of use.
pub(super) fn beside_answer<E>(
    lesson: &Lesson,
    setting: &Setting,
    page: &Page,
    plain: impl FnOnce(Setting) -> Result<Vec<Block>, E>,
) -> Result<Option<Text>, E> {
    let flags = given(lesson, setting);
    if flags.is_empty() || page.instead.is_some() || page.is_list() {
        return Ok(None);
    }
    let without = plain(Setting { values: Values::defaults(lesson.knobs), seed: setting.seed })?;
    let same = format!("{without:?}") == format!("{:?}", page.blocks);
    let why = text(" The answer is the same without.", "不给，答案也一样。");
    Ok(if same { not_used(&flags, &why) } else { None })
}

/// The flags that were given beside code, which is the same for everybody.
pub(super) fn beside_code(lesson: &Lesson, setting: &Setting) -> Option<Text> {
    let seed = (setting.seed != DEFAULT_SEED).then(|| "--seed".to_string());
    let flags: Vec<String> = given(lesson, setting).into_iter().chain(seed).collect();
    not_used(&flags, &text("", ""))
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
