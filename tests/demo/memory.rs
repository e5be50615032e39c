//! What a run is said to take is what it takes, within a factor of 1.5, in every format. The allocator counts.

use demos::LESSONS;
use demos::kit::knob::Values;
use demos::kit::lesson::{DEFAULT_SEED, Setting, run};
use demos::kit::text::Lang;
use demos::lessons::attention::estimate::memory;
use demos::render::form::{Depth, FORMS, View};
use demos::render::screen::{Colour, Screen};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes at the highest point of a run, beyond those before it.
fn taken(name: &str, given: &[(&str, &str)], form: &str) -> usize {
    let lesson = LESSONS.iter().copied().find(|lesson| lesson.card.name == name).unwrap();
    let value = |flag: &str| given.iter().find(|(known, _)| *known == flag).map(|(_, value)| *value);
    let setting = Setting { values: Values::read(lesson.knobs, value).unwrap(), seed: DEFAULT_SEED };
    let form = FORMS.iter().find(|known| known.word == form).unwrap();
    let view = View { depth: Depth::Folded, pictures: None, whole: true };
    let screen = Screen { lang: Lang::En, width: 80, colour: Colour::None };
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let page = run(lesson, setting, Lang::En).unwrap();
    let shown = [(form.walk)(&page, &view, &screen), (form.rest)(&page, &view, Default::default(), &screen)];
    assert!(shown.iter().any(|part| !part.is_empty()));
    ALLOCATOR.peak_usage() - before
}

#[test]
fn attention_takes_what_is_said() {
    for (seq, heads, causal) in [(1200, 1, false), (1200, 1, true), (1000, 2, false), (800, 8, true)] {
        for form in ["text", "markdown", "json"] {
            let (n, h) = (seq.to_string(), heads.to_string());
            let mut given = vec![("seq", n.as_str()), ("heads", h.as_str()), ("d-model", h.as_str())];
            given.extend(causal.then_some(("causal", "")));
            let (said, taken) = (memory([seq, seq], heads, heads, causal), taken("attention", &given, form));
            let ratio = taken as f64 / said as f64;
            eprintln!("{seq} tokens, {heads} heads, causal {causal}, {form}: {ratio:.2}");
            assert!(
                (1.0 / 1.5..=1.5).contains(&ratio),
                "{seq} {heads} {form}: {taken} bytes, {said} were said"
            );
        }
    }
}
