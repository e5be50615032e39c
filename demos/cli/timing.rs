//! Times beside a comparison. They depend on the machine and on what else it does: shown to a person, never
//! part of a page, a file or a test.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use demos::kit::findings::{Cell, Table};
use demos::kit::knob::Refusal;
use demos::kit::text::{Lang, Text, text};
use demos::lessons::decoding::{self, Workload};

use super::args::{LessonRequest, What};

/// How long one workload is repeated.
const EACH: Duration = Duration::from_millis(60);

/// Is this a request whose page is followed by times?
pub(crate) fn wanted(request: &LessonRequest) -> bool {
    let compared =
        request.lesson.card.name == decoding::LESSON.card.name && request.setting.values.is_on("compare");
    compared && request.what == What::Page && request.common.form.folds && request.common.out.is_none()
}

/// A line on standard error while a comparison runs, if somebody sits before it. It is wiped when dropped.
pub(crate) struct Waiting(bool);

impl Waiting {
    pub(crate) fn new(request: &LessonRequest) -> Waiting {
        let shown = request.setting.values.is_on("compare") && std::io::stderr().is_terminal();
        if shown {
            let line = match request.common.lang {
                Lang::En => "comparing the strategies, a few seconds …",
                Lang::Zh => "正在对比各策略，需要几秒钟……",
            };
            eprint!("{line}");
            let _ = std::io::stderr().flush();
        }
        Waiting(shown)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.0 {
            eprint!("\r\u{1b}[K");
        }
    }
}

/// Runs every workload for a while: texts, and single choices from a large vocabulary.
pub(crate) fn tables(request: &LessonRequest) -> Result<[Table; 2], Refusal> {
    Ok([texts(request)?, choices(request)?])
}

fn choices(request: &LessonRequest) -> Result<Table, Refusal> {
    let row = |choosing: &decoding::Choosing| {
        let [readable, fast] = [&choosing.readable, &choosing.fast].map(microseconds);
        vec![
            Cell::Words(choosing.label.clone()),
            Cell::Number(readable),
            Cell::Number(fast),
            Cell::Number(readable / fast),
        ]
    };
    let large = decoding::LARGE;
    Ok(Table {
        caption: Text::new(
            format!("One choice among {large} logits, no model: microseconds, now and here"),
            format!("从 {large} 个 logit 里选一次（不含模型）：本机此刻的微秒数"),
        ),
        head: vec![
            text("by", "方法"),
            text("readable", "可读版"),
            text("fast", "快速版"),
            text("ratio", "倍数"),
        ],
        rows: decoding::choosing(&request.setting)?.iter().map(row).collect(),
    })
}

fn texts(request: &LessonRequest) -> Result<Table, Refusal> {
    let workloads = decoding::workloads(&request.setting)?;
    let times: Vec<(Text, f64)> =
        workloads.iter().map(|work| (work.label.clone(), microseconds(work))).collect();
    let first = times.first().map_or(f64::NAN, |time| time.1);
    let row = |(label, time): &(Text, f64)| {
        vec![Cell::Words(label.clone()), Cell::Number(*time), Cell::Number(time / first)]
    };
    Ok(Table {
        caption: text(
            "Time on this machine, just now: microseconds a token, readable samplers. This model only looks up a table, a large one takes milliseconds. Not recorded, not tested; cargo bench --bench decoding measures with care",
            "本机此刻的耗时：每 token 的微秒数，用的是可读版实现。这个模型只是查表，大模型要几毫秒。不记录、不测试；严谨的测量见 cargo bench --bench decoding",
        ),
        head: vec![
            text("work", "项目"),
            text("µs a token", "每 token µs"),
            text("over the model", "与模型之比"),
        ],
        rows: times.iter().map(row).collect(),
    })
}

/// The best of repeated runs: what disturbs only ever adds.
fn microseconds(work: &Workload) -> f64 {
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    while begin.elapsed() < EACH || best.is_infinite() {
        let start = Instant::now();
        let tokens = (work.run)();
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / tokens.max(1) as f64);
    }
    best
}
