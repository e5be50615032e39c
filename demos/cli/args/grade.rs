//! The flags of `demo grade`: what to do with which exercise.

use std::path::PathBuf;

use demos::kit::knob::Values;
use demos::kit::text::{Lang, Text};
use demos::kit::visible::visible;
use demos::named;
use demos::practice::WORDS;
use demos::practice::catalogue::{self, Entry};
use demos::render::screen::shorten;

use super::{Common, GradeRequest, Grading};
use crate::cli::options::{CMD, DATA, MEMORY, PROTOCOL, PROVE, SECONDS, STARTER};
use crate::cli::{Failure, refusal};

/// What to do with which exercise.
pub(super) fn request(names: &[&str], values: &Values, common: Common) -> Result<GradeRequest, Failure> {
    let lang = common.lang;
    let asked = [
        (CMD.of(values).is_some(), "--cmd"),
        (values.given(&STARTER), "--starter"),
        (PROVE.of(values), "--prove"),
        (PROTOCOL.of(values), "--protocol"),
    ];
    let mut asked = asked.into_iter().filter(|(there, _)| *there).map(|(_, flag)| flag);
    let (one, other) = (asked.next(), asked.next());
    if let (Some(one), Some(other)) = (one, other) {
        return Err(refusal::one_of_two(one, other, lang));
    }
    if one != Some("--cmd") {
        let unused = [(values.given(&SECONDS), "--seconds"), (values.given(&MEMORY), "--memory")];
        if let Some((_, flag)) = unused.into_iter().find(|(given, _)| *given) {
            return Err(refusal::only_with(flag, "--cmd", lang));
        }
    }
    let text = [Some("--starter"), Some("--protocol")];
    if let Some(flag) = one.filter(|_| text.contains(&one) && !common.form.folds) {
        return Err(refusal::one_of_two("--format", flag, lang));
    }
    let what = what(names, one, values, lang)?;
    Ok(GradeRequest {
        what,
        seconds: SECONDS.of(values),
        memory_mib: MEMORY.of(values),
        data: DATA.of(values).map(PathBuf::from),
        common,
    })
}

fn what(names: &[&str], flag: Option<&str>, values: &Values, lang: Lang) -> Result<Grading, Failure> {
    let entry = match names {
        [] => None,
        [name] => Some(named_exercise(name, lang)?),
        _ => {
            let names = Text::same(shorten(&visible(&names.join(", ")), 60));
            return Err(refused(&WORDS.with("refused.one-name", &named![names]), lang));
        }
    };
    match (flag, entry) {
        (Some("--protocol"), _) => Ok(Grading::Protocol),
        (Some("--prove"), None) => Ok(Grading::Prove(catalogue::all().collect())),
        (Some("--prove"), Some(entry)) => Ok(Grading::Prove(vec![entry])),
        (None, None) => Ok(Grading::List),
        (None, Some(entry)) => Ok(Grading::Task(entry)),
        (Some(flag), None) => {
            Err(refused(&WORDS.with("refused.no-name", &named![flag = Text::same(flag)]), lang))
        }
        (Some("--starter"), Some(entry)) => Ok(Grading::Starter(entry, STARTER.of(values))),
        (Some(_), Some(entry)) => Ok(Grading::Run(entry, words_of(CMD.of(values).unwrap_or(""), lang)?)),
    }
}

fn named_exercise(name: &str, lang: Lang) -> Result<Entry, Failure> {
    catalogue::named(name).ok_or_else(|| {
        let near = catalogue::nearest(name).map_or_else(
            || Text::same(""),
            |near| WORDS.with("refused.near", &named![name = Text::same(near)]),
        );
        let name = Text::same(shorten(&visible(name), 40));
        refused(&WORDS.with("refused.unknown", &named![name, near]), lang)
    })
}

/// A command as a shell splits it.
fn words_of(command: &str, lang: Lang) -> Result<Vec<String>, Failure> {
    let words = shlex::split(command).ok_or_else(|| refused(&WORDS.get("refused.command"), lang))?;
    const FOR_A_SHELL: [&str; 9] = ["|", "||", "&", "&&", ";", ">", ">>", "<", "2>&1"];
    if let Some(word) = words.iter().find(|word| FOR_A_SHELL.contains(&word.as_str())) {
        return Err(refused(&WORDS.with("refused.no-shell", &named![word = Text::same(word)]), lang));
    }
    match words.first() {
        Some(program) if !program.is_empty() => Ok(words),
        _ => Err(refused(&WORDS.get("refused.empty-command"), lang)),
    }
}

fn refused(text: &Text, lang: Lang) -> Failure {
    Failure { status: 2, lines: vec![text.get(lang).to_string()] }
}
