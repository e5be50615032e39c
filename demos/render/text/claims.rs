//! The claims of a written answer with their verdicts, and every measurement behind them.

use std::time::Duration;

use super::check::verdict_columns;
use super::prose::wrap;
use crate::kit::claim::{Claim, Control, Correction, Evidence, Measure, Outcome, Test, Tested};
use crate::kit::lesson::Page;
use crate::kit::number::plain;
use crate::kit::text::{Lang, Text};
use crate::render::form::Depth;
use crate::render::screen::{Role, Screen, columns, pad_left, pad_right, shorten};
use crate::render::verdict::{missed, predicted, role, sign, tally, word, words};

/// The section of a page's claims: a summary, then each claim as deep as is asked for.
pub fn claims(page: &Page, depth: Depth, elapsed: Duration, screen: &Screen) -> String {
    if page.claims().next().is_none() {
        return String::new();
    }
    let title = screen.pick(
        "Claims of the written answer: the one in the question bank, sentence by sentence",
        "逐句检验参考答案（题库给出的答案）",
    );
    let mut out = format!("\n{}\n", screen.paint(Role::Heading, title));
    out.push_str(&format!("{}\n\n", checked(page, elapsed, screen)));
    match depth {
        Depth::Folded => {
            page.claims().for_each(|claim| out.push_str(&folded(claim, None, " ", screen)));
            out.push_str(&format!("\n{}", unfold(page, screen)));
        }
        Depth::Brief => page.claims().for_each(|claim| out.push_str(&brief(claim, screen))),
        Depth::Evidence => {
            out.push_str(&header(screen));
            page.claims().for_each(|claim| out.push_str(&(one(claim, screen) + "\n")));
        }
    }
    out
}

/// The verdicts, and what it took to find them; the page itself may have taken longer. On two lines where one is too
/// narrow.
fn checked(page: &Page, elapsed: Duration, screen: &Screen) -> String {
    let found = tally(page.claims(), screen);
    let took = format!("{} {:.2} s", screen.pick("checked in", "检验用时"), elapsed.as_secs_f64());
    let fits = columns(&found) + columns(&took) + 3 <= screen.width;
    format!("{found}{}{took}", if fits { " · " } else { "\n" })
}

/// One line: sign, id, verdict, what stands out, and as much of the statement as fits.
pub(super) fn folded(claim: &Claim, remark: Option<&str>, indent: &str, screen: &Screen) -> String {
    let verdict = claim.verdict();
    let word = pad_right(word(verdict, screen), verdict_columns(screen));
    let mut line = format!("{indent}{} {} {word}  ", sign(verdict, screen), pad_right(claim.id, 11));
    if let Some(remark) = remark {
        line += &format!("{} ", screen.paint(Role::Bad, remark));
    }
    let room = screen.width.saturating_sub(columns(&line));
    line + &shorten(screen.say(&claim.statement), room) + "\n"
}

/// Two lines that a person can keep: the verdict on the sentence, and what to say.
fn brief(claim: &Claim, screen: &Screen) -> String {
    let verdict = claim.verdict();
    let first = format!(
        " {} {} {}  ",
        sign(verdict, screen),
        screen.paint(Role::Strong, claim.short_id()),
        screen.paint(role(verdict), &words(claim, screen))
    );
    let say = claim.say.as_ref().map_or(String::new(), |say| {
        let mark = format!("   {} ", screen.paint(Role::Good, "┃"));
        wrap(screen.say(say), &mark, &mark, screen)
    });
    wrap(screen.say(&claim.statement), &first, "   ", screen) + &say + "\n"
}

/// How to see more of the claims.
fn unfold(page: &Page, screen: &Screen) -> String {
    let name = page.card.name;
    let one = page.claims().next().map_or("C1", Claim::short_id);
    let commands = [format!("demo {name} {one}"), format!("demo {name} --evidence")];
    let [one, all] = commands.map(|command| screen.paint(Role::Code, &command));
    let line = match screen.lang {
        Lang::En => format!("{one} shows what decided a claim and what to say of it; {all} does so for all."),
        Lang::Zh => format!("{one} 看一条论断的依据和应答；{all} 看全部。"),
    };
    wrap(&line, " ", " ", screen)
}

/// Columns of the labels in front of the measurements.
const LABEL: usize = 11;
/// Columns of a measured and of a predicted value.
const VALUE: usize = 10;
const PREDICTION: usize = 14;

fn one(claim: &Claim, screen: &Screen) -> String {
    let verdict = claim.verdict();
    let mut out = format!(
        " {} {}  {}\n",
        sign(verdict, screen),
        screen.paint(Role::Strong, claim.id),
        screen.paint(role(verdict), &words(claim, screen))
    );
    out.push_str(&wrap(screen.say(&claim.statement), "   ", "   ", screen));
    match &claim.evidence {
        Evidence::Tested(tested) => out.push_str(&evidence(tested, screen)),
        Evidence::Data { source } => {
            out.push_str(&labelled(screen.pick("source", "出处"), screen.say(source), screen));
        }
        Evidence::Opinion { remark } => {
            out.push_str(&labelled(screen.pick("remark", "说明"), screen.say(remark), screen));
        }
        Evidence::Failed { reason } => {
            out.push_str(&labelled(screen.pick("failed", "未能运行"), screen.say(reason), screen));
        }
    }
    for (record, said) in crate::evidence::of(claim.id) {
        let said = format!("{}{}{}", record.model, screen.pick(": ", "："), screen.say(&said.text));
        out.push_str(&labelled(screen.pick("real model", "真实模型"), &said, screen));
    }
    // A correction has said so already, where it stands.
    match (&claim.say, claim.correction()) {
        (Some(say), None) => out + &aloud(say, screen),
        _ => out,
    }
}

fn evidence(tested: &Tested, screen: &Screen) -> String {
    let mut out = test(screen.pick("as written", "原句"), &tested.as_stated, screen);
    if let Some(Correction { counterexample, say, test: corrected, .. }) = &tested.correction {
        out.push_str(&labelled(screen.pick("but", "反例"), screen.say(counterexample), screen));
        out.push_str(&test(screen.pick("corrected", "更正后"), corrected, screen));
        out.push_str(&aloud(say, screen));
    }
    for control in &tested.controls {
        out.push_str(&labelled(screen.pick("control", "负对照"), &caught(tested, control, screen), screen));
    }
    out
}

fn aloud(say: &Text, screen: &Screen) -> String {
    // Quotes within quotes.
    let inside = screen.say(say).replace('“', "‘").replace('”', "’");
    let aloud = screen.paint(Role::Strong, &format!("“{inside}”"));
    labelled(screen.pick("say", "应答"), &aloud, screen)
}

fn labelled(label: &str, text: &str, screen: &Screen) -> String {
    let first = format!("   {}", screen.paint(Role::Quiet, &pad_right(label, LABEL)));
    wrap(text, &first, &" ".repeat(3 + LABEL), screen)
}

fn test(label: &str, test: &Test, screen: &Screen) -> String {
    let mut out = String::new();
    for (i, measure) in test.0.iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        out.push_str(&line(label, measure, screen));
    }
    out
}

/// One measurement: does it agree, measured, predicted with tolerance, what it is, where the tolerance
/// comes from, sample size and seed.
fn line(label: &str, measure: &Measure, screen: &Screen) -> String {
    let mark = match measure.outcome() {
        Outcome::Pass => screen.paint(Role::Good, "✓"),
        Outcome::Fail => screen.paint(Role::Bad, "✗"),
        Outcome::Undecided => screen.paint(Role::Caution, "?"),
    };
    let first = format!(
        "   {}{mark} {} {} ",
        screen.paint(Role::Quiet, &pad_right(label, LABEL)),
        pad_left(&screen.paint(Role::Strong, &plain(measure.value)), VALUE),
        pad_right(&screen.paint(Role::Quiet, &predicted(measure.criterion)), PREDICTION),
    );
    let hanging = " ".repeat(columns(&first));
    let behind = screen.paint(Role::Quiet, &format!("· {}", origin(measure, screen)));
    wrap(&format!("{} {behind}", screen.say(&measure.what)), &first, &hanging, screen)
}

/// The names of the columns that [`line`] fills.
fn header(screen: &Screen) -> String {
    let first = format!(
        "   {}  {} {} ",
        " ".repeat(LABEL),
        pad_left(screen.pick("measured", "实测"), VALUE),
        pad_right(screen.pick("predicted", "预测"), PREDICTION),
    );
    let what = screen
        .pick("what · where the tolerance comes from, n, seed", "测的是什么 · 容差依据、样本量 n、seed");
    let hanging = " ".repeat(columns(&first));
    wrap(what, &first, &hanging, screen).lines().map(|line| screen.paint(Role::Quiet, line) + "\n").collect()
}

/// Where the tolerance comes from, the interval, the sample size and the seed.
fn origin(measure: &Measure, screen: &Screen) -> String {
    let interval = measure.interval.map(|(low, high)| format!("[{}, {}]", plain(low), plain(high)));
    let n = measure.n.map(|n| format!("n{}{n}", screen.pick(" ", " = ")));
    let seed = measure.seed.map(|seed| format!("seed{}{seed}", screen.pick(" ", " = ")));
    let basis = screen.say(&measure.basis);
    let source = if measure.looked_up { screen.pick("looked up: ", "查自：") } else { "" };
    let basis = Some(format!("{source}{basis}"));
    let parts: Vec<String> = [basis, interval, n, seed].into_iter().flatten().collect();
    parts.join(screen.pick(", ", "，"))
}

/// What was broken, and the first measurement that noticed.
fn caught(tested: &Tested, control: &Control, screen: &Screen) -> String {
    let broken = screen.say(&control.broken);
    if !tested.caught(control) {
        let missed = screen.pick("NOT CAUGHT: the check cannot fail", "未检出：这个检验根本不会失败");
        return format!("{broken} → {}", screen.paint(Role::Bad, missed));
    }
    let failed = control.test.0.iter().find(|measure| measure.outcome() == Outcome::Fail);
    let seen = failed.map_or(String::new(), |measure| {
        let (what, [value, predicted]) = (screen.say(&measure.what), missed(measure));
        match screen.lang {
            Lang::En => format!("{what}: {value} against {predicted}"),
            Lang::Zh => format!("{what}，实测 {value}，要求 {predicted}"),
        }
    });
    let caught = screen.paint(Role::Good, screen.pick("caught", "已检出"));
    format!("{broken} → {caught}{}{seen}", screen.pick(": ", "："))
}
