//! How a `tokenizer.json` cuts text.

use std::collections::VecDeque;

use super::error::{FileError, within};
use super::field::Field;
use super::parts::{escape, flat};
use crate::tokenizer::files::words::{Known, Wanted};
use crate::tokenizer::pretokenize::{Behavior, Cut, METASPACE, Pretokenizer, Split};
use crate::tokenizer::{Spaces, Step};

/// How text is cut.
#[derive(Debug, Clone)]
pub(super) struct Cutting {
    /// What is cut first.
    pub(super) cuts: Vec<Cut>,
    pub(super) spaces: Spaces,
    pub(super) pretokenizer: Pretokenizer,
    /// What is done to each word then.
    pub(super) steps: Vec<Step>,
    /// Whether the words are in the end bytes in printable characters.
    pub(super) bytes: bool,
}

impl Default for Cutting {
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

/// The names that are used in files.
pub(super) const BEHAVIORS: [(&str, Behavior); 5] = [
    ("Isolated", Behavior::Isolated),
    ("Removed", Behavior::Removed),
    ("MergedWithPrevious", Behavior::MergedWithPrevious),
    ("MergedWithNext", Behavior::MergedWithNext),
    ("Contiguous", Behavior::Contiguous),
];

/// Reads the steps.
pub(super) fn cutting(field: &Field<'_>) -> Result<Cutting, FileError> {
    let mut steps = Vec::new();
    for step in flat(field, "pretokenizers")? {
        match step.kind()? {
            "ByteLevel" => byte_level(&step, &mut steps)?,
            "Metaspace" => metaspace(&step, &mut steps)?,
            _ => steps.push(Step::Cut(cut(&step)?)),
        }
    }
    Ok(Cutting::of(steps))
}

impl Cutting {
    /// What most files have, cuts and a change of spaces and a cut, is made the fast way; what is left is done
    /// word by word.
    fn of(steps: Vec<Step>) -> Self {
        let mut rest: VecDeque<Step> = steps.into();
        // Bytes at the very end are the model's; before that they are text for the next step.
        let bytes = rest.back() == Some(&Step::Printable);
        if bytes {
            rest.pop_back();
        }
        let mut cuts = Vec::new();
        while let Some(Step::Cut(cut)) = rest.front() {
            cuts.push(cut.clone());
            rest.pop_front();
        }
        let mut spaces = Spaces::Kept;
        if let Some(&Step::Spaces(change)) = rest.front() {
            spaces = change;
            rest.pop_front();
        }
        let next = if spaces == Spaces::Kept { cuts.last() } else { rest.front().and_then(Step::cut) };
        let pretokenizer = match next {
            Some(&Cut::Known(how)) => how,
            _ => Pretokenizer::None,
        };
        if pretokenizer != Pretokenizer::None {
            if spaces == Spaces::Kept { drop(cuts.pop()) } else { drop(rest.pop_front()) }
        }
        Self { cuts, spaces, pretokenizer, steps: rest.into(), bytes }
    }
}

fn byte_level(step: &Field<'_>, steps: &mut Vec<Step>) -> Result<(), FileError> {
    if step.flag("add_prefix_space", true)? {
        steps.push(Step::Spaces(Spaces::Prefixed));
    }
    if step.flag("use_regex", true)? {
        steps.push(Step::Cut(Cut::Known(Pretokenizer::Gpt2)));
    }
    steps.push(Step::Printable);
    Ok(())
}

fn metaspace(step: &Field<'_>, steps: &mut Vec<Step>) -> Result<(), FileError> {
    let (sign, prepend) = escape(step)?;
    let usual = sign == METASPACE;
    steps.push(Step::Spaces(if usual {
        Spaces::Metaspace(prepend)
    } else {
        Spaces::Escaped { sign, prepend }
    }));
    if step.flag("split", true)? {
        let cut = if usual { Cut::Known(Pretokenizer::Metaspace) } else { Cut::Split(before(sign)?) };
        steps.push(Step::Cut(cut));
    }
    Ok(())
}

/// A cut before each sign for a space.
pub(super) fn before(sign: char) -> Result<Split, FileError> {
    Split::text(&sign.to_string(), Behavior::MergedWithNext, false).map_err(within("pre_tokenizer"))
}

/// tokenizers' own number of characters.
const USUAL_LENGTH: usize = 5;

fn fixed_length(step: &Field<'_>) -> Result<Cut, FileError> {
    let Some(field) = step.maybe("length")? else { return Ok(Cut::Every(USUAL_LENGTH)) };
    let length = field.value.as_u64().and_then(|length| usize::try_from(length).ok());
    length.filter(|&length| length > 0).map(Cut::Every).ok_or_else(|| field.wrong(Wanted::Above0))
}

fn cut(step: &Field<'_>) -> Result<Cut, FileError> {
    Ok(match step.kind()? {
        "BertPreTokenizer" => Cut::Known(Pretokenizer::Bert),
        "WhitespaceSplit" => Cut::Known(Pretokenizer::Whitespace),
        "Whitespace" => Cut::WordsAndSigns,
        "Digits" => Cut::Digits { alone: step.flag("individual_digits", false)? },
        "Punctuation" => {
            let behavior = step.maybe("behavior")?;
            Cut::Punctuation(behavior.map_or(Ok(Behavior::Isolated), |field| self::behavior(&field))?)
        }
        "Split" => split(step)?,
        "FixedLength" => fixed_length(step)?,
        "UnicodeScripts" => Cut::Scripts,
        "CharDelimiterSplit" => {
            let sign = step.need("delimiter")?;
            Cut::Split(Split::text(sign.text()?, Behavior::Removed, false).map_err(within(&sign.name))?)
        }
        _ => {
            return Err(step.unsupported(Known::Cuts));
        }
    })
}

fn behavior(field: &Field<'_>) -> Result<Behavior, FileError> {
    let text = field.text()?;
    let found = BEHAVIORS.iter().find(|(name, _)| *name == text).map(|&(_, behavior)| behavior);
    found.ok_or_else(|| field.unsupported(Known::Behaviors))
}

fn split(step: &Field<'_>) -> Result<Cut, FileError> {
    let (behavior, invert) = (behavior(&step.need("behavior")?)?, step.flag("invert", false)?);
    let pattern = step.need("pattern")?;
    if let Some(text) = pattern.maybe("String")? {
        return Split::text(text.text()?, behavior, invert).map(Cut::Split).map_err(within(&text.name));
    }
    let Some(regex) = pattern.maybe("Regex")? else {
        return Err(pattern.unsupported(Known::Pattern));
    };
    let text = regex.text()?;
    let known = [Pretokenizer::Gpt2, Pretokenizer::Cl100k, Pretokenizer::Qwen];
    match known.into_iter().find(|how| how.regex() == Some(text)) {
        // They match everywhere, so that nothing stands between.
        Some(how) if behavior == Behavior::Isolated || (behavior == Behavior::Removed && invert) => {
            Ok(Cut::Known(how))
        }
        _ => Split::regex(text, behavior, invert).map(Cut::Split).map_err(within(&regex.name)),
    }
}
