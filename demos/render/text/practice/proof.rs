//! Every mistake against every case.

use super::kind;
use crate::kit::exercise::Exercise;
use crate::kit::text::Text;
use crate::named;
use crate::practice::WORDS;
use crate::practice::prove::Proof;
use crate::render::screen::{Role, Screen, pad_left, pad_right};
use crate::render::text::prose::wrap;

/// The matrix of mistakes and cases.
pub(super) fn proof(exercise: &Exercise, proof: &Proof, screen: &Screen) -> String {
    let title = WORDS.with("proof.title", &named![name = exercise.title()]);
    let mut out = format!("{}\n\n", screen.paint(Role::Heading, screen.say(&title)));
    let room = proof.rows.iter().map(|(flaw, _)| flaw.id.len()).max().unwrap_or(0);
    let numbers: String = (1..=proof.cases.len()).map(|n| pad_left(&n.to_string(), 3)).collect();
    out.push_str(&format!("  {}{}\n", " ".repeat(room), screen.paint(Role::Quiet, &numbers)));
    for (flaw, caught) in &proof.rows {
        let marks: String = caught.iter().map(|&caught| if caught { "  ×" } else { "  ·" }).collect();
        out.push_str(&format!("  {}{marks}\n", pad_right(flaw.id, room)));
    }
    out.push('\n');
    out.push_str(&wrap(screen.say(&WORDS.get("proof.caught")), "", "", screen));
    for flaw in proof.survivors() {
        let [name, _] = exercise.flaw(flaw);
        let line = WORDS.with("proof.survivor", &named![name]);
        out.push_str(&wrap(&screen.paint(Role::Bad, screen.say(&line)), "", "", screen));
    }
    if proof.survivors().is_empty() {
        let all = WORDS.with("proof.all", &named![flaws = proof.rows.len()]);
        out.push_str(&wrap(&screen.paint(Role::Good, screen.say(&all)), "", "", screen));
    }
    out.push_str(&format!("\n{}\n", screen.paint(Role::Strong, screen.say(&WORDS.get("proof.cases")))));
    for (i, case) in proof.cases.iter().enumerate() {
        out.push_str(&format!("  {}  {}\n", pad_left(&(i + 1).to_string(), 2), kind(case, screen)));
    }
    out.push('\n');
    for (flaw, _) in &proof.rows {
        let [name, _]: [Text; 2] = exercise.flaw(flaw);
        let first = format!("  {}  ", screen.paint(Role::Quiet, &pad_right(flaw.id, room)));
        out.push_str(&wrap(screen.say(&name), &first, &" ".repeat(room + 4), screen));
    }
    out
}
