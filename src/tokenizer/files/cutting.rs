//! How a `tokenizer.json` cuts text.

use super::error::{FileError, within};
use super::field::Field;
use super::parts::{flat, prepend};
use crate::tokenizer::Spaces;
use crate::tokenizer::files::words::Known;
use crate::tokenizer::pretokenize::{Behavior, Cut, Pretokenizer, Split};

/// How text is cut.
#[derive(Debug, Clone)]
pub(super) struct Cutting {
    /// What is cut first.
    pub(super) cuts: Vec<Cut>,
    pub(super) spaces: Spaces,
    pub(super) pretokenizer: Pretokenizer,
    /// Whether the words are then bytes in printable characters.
    pub(super) bytes: bool,
}

impl Default for Cutting {
    fn default() -> Self {
        Self { cuts: Vec::new(), spaces: Spaces::Kept, pretokenizer: Pretokenizer::None, bytes: false }
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

/// Reads the steps. Only the last may change spaces or make bytes of words: what comes after would cut those.
pub(super) fn cutting(field: &Field<'_>) -> Result<Cutting, FileError> {
    let steps = flat(field, "pretokenizers")?;
    let mut cutting = Cutting::default();
    for (i, step) in steps.iter().enumerate() {
        match step.kind()? {
            "ByteLevel" | "Metaspace" if i + 1 < steps.len() => {
                return Err(field.unsupported(Known::OneLastCut));
            }
            "ByteLevel" => byte_level(step, &mut cutting)?,
            "Metaspace" => metaspace(step, &mut cutting)?,
            _ => cutting.cuts.push(cut(step)?),
        }
    }
    // The last cut is made the fast way, if nothing comes between.
    if cutting.spaces == Spaces::Kept
        && cutting.pretokenizer == Pretokenizer::None
        && let Some(&Cut::Known(how)) = cutting.cuts.last()
    {
        cutting.pretokenizer = how;
        cutting.cuts.pop();
    }
    Ok(cutting)
}

fn byte_level(step: &Field<'_>, cutting: &mut Cutting) -> Result<(), FileError> {
    if step.flag("add_prefix_space", true)? {
        cutting.spaces = Spaces::Prefixed;
    }
    if step.flag("use_regex", true)? {
        cutting.pretokenizer = Pretokenizer::Gpt2;
    }
    cutting.bytes = true;
    Ok(())
}

fn metaspace(step: &Field<'_>, cutting: &mut Cutting) -> Result<(), FileError> {
    cutting.spaces = Spaces::Metaspace(prepend(step)?);
    if step.flag("split", true)? {
        cutting.pretokenizer = Pretokenizer::Metaspace;
    }
    Ok(())
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
