//! A claim: does it hold, and why?

use std::thread;

use serde_json::{Value, json};

use demos::kit::claim::{ClaimCheck, Verdict};
use demos::kit::lesson::DEFAULT_SEED;
use demos::named;
use demos::practice::drill::WORDS;
use demos::practice::drill::card::Card;
use demos::render::screen::{Role, Screen};
use demos::render::text::practice::{back_of_claim, paragraph};

use super::ask::{Outcome, marked};
use super::talk::{Heard, Talk};

/// Asks whether a claim holds, and shows what was measured.
pub(super) fn judge(
    card: &Card,
    claim: &'static ClaimCheck,
    verdict: Verdict,
    talk: &Talk,
    screen: &Screen,
) -> Option<Outcome> {
    talk.say(&paragraph(&card.lesson.words.plain(claim.id.rsplit('-').next().unwrap_or(claim.id)), screen));
    // Measured while the person thinks.
    let words = card.lesson.words;
    let measuring = thread::spawn(move || claim.run(DEFAULT_SEED, words));
    talk.say(&screen.paint(Role::Quiet, paragraph(&WORDS.get("session.judge-keys"), screen).trim_end()));
    let (said, why) = judged(talk, screen)?;
    let fair = claim.conditional && said == Some(Verdict::Qualified);
    let right = said == Some(verdict) || fair;
    let name = WORDS.get(&format!("session.{}", verdict.word()));
    let line = match said {
        _ if fair => WORDS.get("session.right-too"),
        _ if right => WORDS.get("session.right"),
        Some(_) => WORDS.with("session.not-right", &named![verdict = name]),
        None => WORDS.with("session.unknown", &named![verdict = name]),
    };
    talk.say(&marked(right, &line, screen));
    if let Ok(claim) = measuring.join() {
        talk.say(&back_of_claim(&claim, screen));
    }
    let mut outcome = Outcome::of(right);
    outcome.details.push(("said", said.map_or(Value::Null, |said| json!(said.word()))));
    outcome.details.extend(why.map(|why| ("why", json!(why))));
    Some(outcome)
}

/// The reason behind a key: `h it turns pairs`, `h：因为`.
fn behind_key(line: &str) -> &str {
    let behind = line.get(1..).unwrap_or("");
    behind.trim_start_matches(|c: char| c.is_whitespace() || ",.:;，。：；、".contains(c)).trim_end()
}

/// What a person makes of a claim, nothing if they do not know, and why; nothing at all if they stop.
///
/// At a terminal the reason is asked for after the key, and Enter passes. Through a pipe it stands behind the key, on
/// the same line.
fn judged(talk: &Talk, screen: &Screen) -> Option<(Option<Verdict>, Option<String>)> {
    const LONGEST: usize = 300;
    let quiet = |id: &str| screen.paint(Role::Quiet, paragraph(&WORDS.get(id), screen).trim_end());
    if !talk.is_terminal() {
        talk.say(&format!("\n{}", quiet("session.judge-line")));
    }
    talk.say("\n> ");
    let wanted = paragraph(&WORDS.get("session.judge-wanted"), screen) + "> ";
    let Heard::Said(line) = talk.key(&['h', 'q', 'w', 'd', 'x'], &wanted) else { return None };
    let said = match line.chars().next().map(|c| c.to_ascii_lowercase()) {
        Some('h') => Verdict::Holds,
        Some('q') => Verdict::Qualified,
        Some('w') => Verdict::Wrong,
        Some('x') => return None,
        _ => return Some((None, None)),
    };
    let mut why = behind_key(&line).to_string();
    if talk.is_terminal() {
        talk.say(&format!("{}\n> ", quiet("session.judge-why")));
        let Heard::Said(line) = talk.line() else { return None };
        why = line;
    }
    let why: String = why.chars().take(LONGEST).collect();
    Some((Some(said), (!why.is_empty()).then_some(why)))
}

#[cfg(test)]
mod tests {
    use super::behind_key;

    #[test]
    fn a_reason_stands_behind_the_key_whatever_parts_them() {
        for line in ["h why", "h：why", "h，why", "H why "] {
            assert_eq!(behind_key(line), "why", "{line}");
        }
        assert_eq!((behind_key("h因为"), behind_key("h"), behind_key("")), ("因为", "", ""));
    }
}
